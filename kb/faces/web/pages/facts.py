"""The facts of an account and its people, changed on one page; renaming it, putting it aside."""

from collections.abc import Callable

from starlette.responses import Response

from kb.errors import KbError, WrongUse
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import trouble
from kb.faces.web.paths import account_path
from kb.faces.web.people import names_of
from kb.model.people import read_people
from kb.text import frontmatter
from kb.work import account_facts, accounts
from kb.work.account_facts import AUTHORITIES, FACTS, PERSON

STAGES = ("onboarding", "adoption", "outcome", "expansion", "renewal")
"""The stages that are offered; another one that is written stays."""


def show(ask: Ask) -> Response:
    """Show the facts with the forms to change them."""
    return _page(ask)


def change(ask: Ask) -> Response:
    """Do what one of the forms says, and look at the account."""
    account = accounts.one(ask.ctx, ask.path["account"]).account
    done = _DONE.get(ask.typed("form"))
    try:
        if done is None:
            raise WrongUse("web-bad-kind")
        return go(account_path(done(ask, account)))
    except KbError as error:
        return _page(ask, error)


def _change(ask: Ask, account: str) -> str:
    return account_facts.change(ask.ctx, account, _was(ask, FACTS), _now(ask, FACTS)).account


def _person(ask: Ask, account: str) -> str:
    was = _was(ask, PERSON)
    return account_facts.person(ask.ctx, account, ask.typed("key"), was, _now(ask, PERSON)).account


def _rename(ask: Ask, account: str) -> str:
    return accounts.rename(ask.ctx, account, ask.typed("new")).account


def _archive(ask: Ask, account: str) -> str:
    return accounts.archive(ask.ctx, account).account


def _back(ask: Ask, account: str) -> str:
    return account_facts.bring_back(ask.ctx, account).account


_DONE: dict[str, Callable[[Ask, str], str]] = {
    "facts": _change,
    "person": _person,
    "rename": _rename,
    "archive": _archive,
    "back": _back,
}


def _was(ask: Ask, names: tuple[str, ...]) -> dict[str, str]:
    """Return what the fields said when the form was opened."""
    return {name: ask.form[f"was-{name}"] for name in names if f"was-{name}" in ask.form}


def _now(ask: Ask, names: tuple[str, ...]) -> dict[str, str]:
    return {name: ask.form[name] for name in names if name in ask.form}


def _page(ask: Ask, error: KbError | None = None) -> Response:
    ctx = ask.ctx
    one = accounts.one(ctx, ask.path["account"])
    found = ctx.store.read(one.path)
    people = read_people(frontmatter.read(found.data) if found else {})
    facts = account_facts.facts(ctx, one.account)
    stages = STAGES if facts["stage"] in ("", *STAGES) else (*STAGES, facts["stage"])
    return ask.show(
        "facts.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="accounts",
        one=one,
        path=account_path(one.account),
        facts=facts,
        stages=stages,
        members={key: member.name for key, member in ctx.settings.members.items()},
        names=names_of(ctx, people),
        units={key: unit.name for key, unit in ctx.settings.units.items()},
        people=list(people.values()),
        authorities=AUTHORITIES,
        form=dict(ask.form),
        error=trouble.told(ask, error) if error else None,
    )
