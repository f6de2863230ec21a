"""The facts of an account and its people, as they are changed on a page: only what was changed.

A form knows what each field said when it was opened. What somebody else has changed since in
another field stays; in the same field it is shown, and nothing is written.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kb.config import SLUG
from kb.errors import NotFound, WrongUse
from kb.messages import say
from kb.text import frontmatter
from kb.work.accounts import Place, handle, one_line

if TYPE_CHECKING:
    from kb.work.context import Context

FACTS = ("name", "csm", "unit", "segment", "stage", "mrr", "renewal", "goal")
"""What can be changed of an account, by the key of its front matter."""
PERSON = ("name", "role", "authority", "left")
"""What can be changed of one of its people."""
AUTHORITIES = ("decides", "influences", "champion", "operates", "none")
MOST_MONEY = 10**15
_NUMBER = re.compile(r"[0-9][0-9,]{0,20}")


def facts(ctx: "Context", word: str) -> dict[str, str]:
    """Return what the front matter says of an account now, "" for what it does not say."""
    place = ctx.catalogue.account(word)
    found = ctx.store.read(place.path)
    front = frontmatter.read(found.data) if found else {}
    return {key: _text(front.get(key)) for key in FACTS}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def change(ctx: "Context", word: str, was: Mapping[str, str], now: Mapping[str, str]) -> Place:
    """Write the facts that differ between `was` (as the form was opened) and `now`.

    Raises `WrongUse` ("bad-name", "bad-value", "bad-handle", "bad-number", "bad-date",
    "fact-changed", "front-unsafe") and what a save raises; an unknown CSM or unit is a hint.
    """
    place = ctx.catalogue.account(word)
    wanted = {
        key: _fact(ctx, key, now[key])
        for key in FACTS
        if key in now and now[key].strip() != was.get(key, "").strip()
    }

    def alter(data: bytes) -> bytes:
        from kb.text.front_edit import with_key

        front = frontmatter.read(data)
        for key, value in wanted.items():
            there = _text(front.get(key))
            _refuse_changed(there, was.get(key, ""), value or "")
            if there != (value or ""):
                data = with_key(data, key, value)
            if key == "name" and value:
                data = _renamed(data, there, value)
        return data

    told = {"account": place.account}
    return _save(
        ctx, place.path, place.account, alter, say("did-account-facts", _lang(ctx), **told)[0]
    )


def _lang(ctx: "Context") -> str:
    return ctx.settings.lang


def _refuse_changed(there: str, was: str, now: str) -> None:
    if there not in (was.strip(), now):
        raise WrongUse("fact-changed", now=there or "—")


def _fact(ctx: "Context", key: str, typed: str) -> str | None:
    """Return a fact as it is written, None for one that is taken out."""
    value = unicodedata.normalize("NFC", typed).strip()
    if not value:
        if key == "name":
            one_line("bad-name", value)
        return None
    if key == "name":
        return one_line("bad-name", value)
    if key == "csm":
        found = handle(value)
        if found not in ctx.settings.members:
            ctx.hints.append(("hint-unknown-csm", {"csm": found}))
        return found
    if key == "mrr":
        if not _NUMBER.fullmatch(value) or int(value.replace(",", "")) > MOST_MONEY:
            raise WrongUse("bad-number", value=value)
        return value.replace(",", "")
    if key == "renewal":
        return _day(value)
    return one_line("bad-value", value)


def _day(value: str) -> str:
    from kb.text.dates import day

    found = day(value)
    if found is None:
        raise WrongUse("bad-date", value=value)
    return found


def _renamed(data: bytes, old: str, new: str) -> bytes:
    """Give the heading on top the account's new name, if it bore the old one."""
    from kb.text.escape import escape_title

    if not old:
        return data
    head = re.compile(
        rb"^# " + re.escape(escape_title(old).encode()) + rb"(?=[ \t]*(?:\r|\n|$))", re.MULTILINE
    )
    return head.sub(lambda _: b"# " + escape_title(new).encode(), data, count=1)


def person(
    ctx: "Context", word: str, key: str, was: Mapping[str, str], now: Mapping[str, str]
) -> Place:
    """Write what differs of one of the customer's people, or add somebody (`was` empty).

    `key` is the handle by which lines name them. Raises `WrongUse` ("bad-person-key",
    "person-is-member", "bad-value", "bad-date", "bad-authority", "fact-changed", "front-unsafe").
    """
    place = ctx.catalogue.account(word)
    name = unicodedata.normalize("NFC", key.strip().lstrip("@＠"))
    if not SLUG.fullmatch(name) or not name.isascii():
        raise WrongUse("bad-person-key", value=key)
    if name in ctx.settings.members:
        raise WrongUse("person-is-member", value=name)
    fields = {
        field: _field(field, now[field])
        for field in PERSON
        if field in now and now[field].strip() != was.get(field, "").strip()
    }
    if not was and not fields.get("name"):
        raise WrongUse("bad-value", value="", most=120)

    def alter(data: bytes) -> bytes:
        from kb.text.front_edit import with_person

        there = frontmatter.read(data).get("people")
        people = there if isinstance(there, dict) else {}
        if not was and name in people:
            raise WrongUse("person-there", value=name)
        old = people.get(name, {})
        known = old if isinstance(old, dict) else {"name": old}
        for field, value in fields.items():
            _refuse_changed(_text(known.get(field)), was.get(field, ""), value or "")
        return with_person(data, name, fields) if fields else data

    shown = now.get("name", "").strip() or name
    message = say("did-account-person", _lang(ctx), account=place.account, name=shown)[0]
    return _save(ctx, place.path, place.account, alter, message)


def _field(field: str, typed: str) -> str | None:
    value = typed.strip()
    if not value:
        return None
    if field == "left":
        return _day(value)
    if field == "authority" and value not in AUTHORITIES:
        raise WrongUse("bad-authority", value=value)
    return one_line("bad-value", value)


def bring_back(ctx: "Context", word: str) -> Place:
    """Put an archived account among the others again; once is enough."""
    place = ctx.catalogue.account(word)

    def alter(data: bytes) -> bytes:
        from kb.text.front_edit import with_key

        return with_key(data, "archived", None) if frontmatter.read(data).get("archived") else data

    message = say("did-account-back", _lang(ctx), account=place.account)[0]
    return _save(ctx, place.path, place.account, alter, message)


def _save(
    ctx: "Context", path: str, account: str, alter: Callable[[bytes], bytes], message: str
) -> Place:
    from kb.store.ports import Edit

    def apply(data: bytes | None) -> bytes:
        if data is None:
            raise NotFound("no-account", account=account, near="—")
        return alter(data)

    saved = ctx.store.save([Edit(path, apply)], actor=ctx.actor, message=message, when=ctx.now)
    ctx.tell(path, saved)
    return Place(account, path, saved.commit)
