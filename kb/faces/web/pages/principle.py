"""A principle: what it says, who says so, what speaks against it, and what can be done with it."""

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from starlette.responses import Response

from kb.errors import KbError
from kb.faces.web import render
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import instead, trouble
from kb.faces.web.paths import account_path, meeting_path
from kb.faces.web.people import names_of
from kb.faces.web.words import Words
from kb.work import ladder_status, playbook_answers, playbook_history, reviews_asking, tracing
from kb.work.playbook import Shelf, Shelved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kb.catalogue.citing import Cited

BEADS_A_ROW = 15
"""So many verdicts stand in one row of the picture."""
SIDES = ("evidence", "counter")
"""What speaks for a principle, and what speaks against it."""
RECENT = 6
"""How many hypotheses that cite the principle are named."""


class Bead(NamedTuple):
    """One verdict in the picture: its place, and whether it held."""

    x: int
    y: int
    held: bool


def show(ask: Ask) -> Response:
    """Show a principle that a form named."""
    shelf = Shelf(ask.ctx)
    return page(ask, shelf, shelf.one(ask.path["name"], "principle"))


def request(ask: Ask) -> Response:
    """Ask for the review of an adoption, or of the changed text of what is adopted."""

    def make(name: str) -> None:
        shelf = Shelf(ask.ctx)
        if shelf.one(name, "principle").page.status == "adopted":
            ladder_status.revise(ask.ctx, name, why=ask.typed("why"))
        else:
            reviews_asking.request(ask.ctx, name, kind="adoption", text=ask.typed("why"))

    return _do(ask, "review", make)


def adopt(ask: Ask) -> Response:
    """Adopt a principle, or say all that is missing."""
    return _do(ask, "adopt", lambda name: ladder_status.adopt(ask.ctx, name))


def retire(ask: Ask) -> Response:
    """Give a principle up, and say why."""
    return _do(ask, "retire", lambda name: ladder_status.retire(ask.ctx, name, ask.typed("why")))


def _do(ask: Ask, form: str, make: "Callable[[str], object]") -> Response:
    """Do one thing with the principle of the path and look at it; what failed stands there."""
    name = ask.path["name"]
    try:
        make(name)
    except KbError as error:
        shelf = Shelf(ask.ctx)
        one = shelf.pages.get(name)
        if one is None or one.page.kind != "principle":
            raise
        return page(ask, shelf, one, error=error, form=form)
    return go(f"/playbook/{quote(name)}", "state")


def page(
    ask: Ask, shelf: Shelf, one: Shelved, *, error: KbError | None = None, form: str = ""
) -> Response:
    """Return the page; with `error`, what was typed into `form` stands there again."""
    ctx = ask.ctx
    found = playbook_answers.whole(ctx, shelf, one)
    accounts = {row.account: row.name for row in ctx.catalogue.accounts(ctx.now, archived=True)}
    names = names_of(ctx, {})
    cited = shelf.citing(one.page.id)
    judged = [c for c in cited if c.verdict in ("supported", "refuted")]
    return ask.show(
        "principle.html.j2",
        status=trouble.status_of(error) if error else 200,
        here="playbook",
        one=found,
        beads=_beads(judged),
        judged=judged,
        quotes={key: [_quote(quote_, accounts) for quote_ in found[key]] for key in SIDES},
        plays=[playbook_answers.row(shelf, shelf.pages[id_]) for id_ in found["plays"]],
        heir=shelf.pages.get(found["superseded_by"] or ""),
        recent=[_cited(c, accounts) for c in reversed(cited[-RECENT:])],
        due=tracing.due(ctx, one.page),
        edited=tracing.edited(ctx, shelf, one.page),
        others=ask.words("web-list-mark").join(
            ask.words(f"book-ended-{key}", count=found[key])
            for key in ("mixed", "untested", "waiting")
            if found[key]
        ),
        lacks=_lacks(found),
        ready=_ready(found),
        story=playbook_history.history(ctx, one),
        names=names,
        approved_by=_list(ask, names, found["adoption"]["approved_by"]),
        outstanding=_list(ask, names, found["adoption"]["outstanding"]),
        forms=_forms(found) if ctx.me else (),
        path=f"/playbook/{quote(one.page.id)}",
        path_of=lambda name: f"/playbook/{quote(name)}",
        today=ctx.today,
        typed=ask.typed("why"),
        form=form,
        error=_told(ask, error, found) if error else None,
    )


def _told(ask: Ask, error: KbError, found: dict[str, Any]) -> dict[str, str]:
    """Return what the page shows of an error; it calls the principle by its title, as people do."""
    told = instead.told(ask, error)
    title = ask.words("web-quoted", text=found["title"]) + ask.words.gap
    return told | {"sentence": told["sentence"].replace(f"{found['id']} ", title)}


def _forms(found: dict[str, Any]) -> tuple[str, ...]:
    """Return what a member can do with a principle as it stands."""
    if found["status"] not in ("candidate", "adopted"):
        return ()
    waits = found["adoption"]["state"] not in ("none", "closed")
    return ("adopt" if waits else "review", "retire")


def _list(ask: Ask, names: dict[str, str], keys: list[str]) -> str:
    return ask.words("web-list-mark").join(names.get(key, key) for key in keys)


def _quote(told: dict[str, Any], accounts: dict[str, str]) -> dict[str, Any]:
    """Return a quote with the name of its account, and the path of the line that holds it."""
    account, ref = told["account"], told["ref"]
    if told["now"]:
        account, _, ref = told["now"].partition("#^")
    path = ""
    if account in accounts and told["state"] != "missing":
        here = told["state"] != "moved" or told["now"]
        path = f"/go/{quote(account)}/{ref}" if here and ref else account_path(account)
    words = told["quote"] or ""
    lang = "ja" if render.foreign(words, "en") else "en"
    return told | {
        "name": accounts.get(account, account),
        "to": path,
        "shown": Words(lang)("web-quoted", text=words),
    }


def _cited(one: "Cited", accounts: dict[str, str]) -> dict[str, Any]:
    return {
        "verdict": one.verdict,
        "name": accounts.get(one.account, one.account),
        "day": one.date,
        "to": f"{meeting_path(one.account, one.meeting)}#{one.id}",
    }


def _beads(judged: "Iterable[Cited]") -> list[Bead]:
    """Return where each verdict stands in the picture, the oldest first, row by row."""
    return [
        Bead(12 + 25 * (at % BEADS_A_ROW), 14 + 28 * (at // BEADS_A_ROW), c.verdict == "supported")
        for at, c in enumerate(judged)
    ]


def _ready(found: dict[str, Any]) -> bool:
    """Tell whether nothing lacks for an adoption: only then it is the next thing to do."""
    enough = all(has >= needs for _, has, needs in _lacks(found))
    return enough and not found["adoption"]["outstanding"]


def _lacks(found: dict[str, Any]) -> list[tuple[str, int, int]]:
    """Return what an adoption asks for: each with how many there are, and how many it takes."""
    way = found["adoption"]
    approvals = way["approvals"] if way["state"] not in ("none", "closed") else [0, 0]
    needs = way["approvals"][1]
    return [
        ("accounts", *way["accounts"]),
        ("csms", *way["csms"]),
        ("approvals", approvals[0], needs),
    ]
