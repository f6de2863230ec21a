"""Accounts: add, list, rename, archive; links to a renamed one follow in the same commit."""

import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.errors import NotAllowed, NotFound, WrongUse
from kb.messages import say
from kb.text.ids import PATTERN
from kb.work.typed import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.catalogue.lists import Account
    from kb.catalogue.refs import AccountPlace
    from kb.store.ports import Change
    from kb.work.context import Context

SLUG = re.compile(r"[\w-]{1,64}")
HANDLE = re.compile(r"\w[\w.-]{0,63}")
LONGEST_NAME = 120
LINKING = ("accounts", "playbooks", "reviews", "insights")
"""The folders whose documents may link to an account."""

_CONTROL = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class Place(NamedTuple):
    """An account, the path of its document, and the commit that made it so (None: no change)."""

    account: str
    path: str
    commit: str | None


def listed(ctx: "Context", *, archived: bool = False) -> "list[Account]":
    """Return all accounts by name; archived ones only if asked for."""
    return ctx.catalogue.accounts(ctx.now.replace(tzinfo=None), archived=archived)


def one(ctx: "Context", word: str) -> "Account":
    """Return one account, archived or not; `NotFound("no-account")`."""
    place = ctx.catalogue.account(word)
    found = ctx.catalogue.account_at(place.path, ctx.now)
    if found is None:  # it was renamed just now
        raise NotFound("no-account", account=word, near="—")
    return found


def as_json(account: "Account") -> dict[str, Any]:
    """Return an account as the command line's contract has it."""
    return {
        "account": account.account,
        "name": account.name,
        "csm": account.csm,
        "unit": account.unit,
        "segment": account.segment,
        "stage": account.stage,
        "mrr": account.mrr,
        "meetings": account.meetings,
        "last": account.last,
        "next": account.next,
        "open_todos": account.open_todos,
        "path": account.path,
        "archived": account.archived,
    }


def slug(word: str) -> str:
    """Return `word` as an account's short name; `WrongUse` ("bad-slug", "bad-slug-id")."""
    composed = unicodedata.normalize("NFC", word)
    if not SLUG.fullmatch(composed) or composed.startswith("-"):
        raise WrongUse("bad-slug", slug=word)
    if PATTERN.fullmatch(composed):
        raise WrongUse("bad-slug-id", slug=word)
    return composed


def add(
    ctx: "Context",
    word: str,
    name: str,
    *,
    csm: str | None = None,
    unit: str | None = None,
    segment: str | None = None,
    mrr: int | None = None,
) -> Place:
    """Make the running document of a new account.

    Without `csm` it is whoever adds it, if they are a member; without `unit` the CSM's own.
    `mrr` is money a month. Raises `WrongUse` ("bad-slug", "bad-slug-id", "account-exists",
    "account-alike", "bad-name", "bad-value", "bad-handle"); an unknown CSM or
    unit is a hint, no error.
    """
    wanted = slug(word)
    shown = one_line("bad-name", name)
    _free(ctx, wanted)
    csm = handle(csm) if csm else ctx.actor.key
    if csm and csm not in ctx.settings.members:
        ctx.hints.append(("hint-unknown-csm", {"csm": csm}))
    units = ctx.settings.units
    if unit and unit not in units:
        ctx.hints.append(("hint-unknown-unit", {"unit": unit, "known": " ".join(units) or "—"}))
    if not unit and csm:
        own = [one.key for one in units.values() if csm in (one.lead, *one.members)]
        unit = own[0] if len(own) == 1 else None
    front = {
        "account": wanted,
        "name": shown,
        "csm": csm,
        "unit": one_line("bad-value", unit) if unit else None,
        "segment": one_line("bad-value", segment) if segment else None,
        "mrr": None if mrr is None else str(mrr),
    }
    path = f"accounts/{wanted}.md"
    commit = _create(ctx, path, wanted, _document(front, shown), shown)
    return Place(wanted, path, commit)


def _create(ctx: "Context", path: str, account: str, data: bytes, name: str) -> str | None:
    from kb.store.ports import Edit

    def fresh(current: bytes | None) -> bytes:
        if current is not None:
            raise WrongUse("account-exists", account=account)
        return data

    message = say("did-account-add", ctx.settings.lang, account=account, name=name)[0]
    try:
        saved = ctx.store.save([Edit(path, fresh)], actor=ctx.actor, message=message, when=ctx.now)
    except NotAllowed as error:
        if error.code == "unsafe-path":
            raise WrongUse("bad-slug", slug=account) from None
        raise
    return saved.commit


def _document(front: dict[str, str | None], name: str) -> bytes:
    from kb.text.arrange import quoted
    from kb.text.escape import escape_title

    lines = [f"{key}: {quoted(value)}" for key, value in front.items() if value is not None]
    return "\n".join(["---", *lines, "---", "", f"# {escape_title(name)}", ""]).encode()


def handle(word: str) -> str:
    """Return a member's key as it is written; `WrongUse("bad-handle")` for what can be none."""
    handle = unicodedata.normalize("NFC", word.strip().lstrip("@＠"))
    if not HANDLE.fullmatch(handle):
        raise WrongUse("bad-handle", value=word)
    return handle


def one_line(code: str, value: str) -> str:
    """Return a value that stands on one line; `WrongUse(code)` when it does not."""
    text = value.strip()
    unfit = any(unicodedata.category(c) in _CONTROL and c not in "\u200d\u200c" for c in text)
    if not visible(text) or unfit or len(text) > LONGEST_NAME:
        raise WrongUse(code, value=value, most=LONGEST_NAME)
    return text


def _free(ctx: "Context", wanted: str) -> None:
    """Refuse a name that is there already, or that differs from one only by case or width."""
    for known in listed(ctx, archived=True):
        stem = known.path.rpartition("/")[2].removesuffix(".md")
        if wanted in (known.account, stem):
            raise WrongUse("account-exists", account=wanted)
        if _folded(wanted) in (_folded(known.account), _folded(stem)):
            raise WrongUse("account-alike", slug=wanted, account=known.account)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def archive(ctx: "Context", word: str) -> Place:
    """Put an account aside: it keeps its document and its links, lists leave it out.

    Raises `NotFound("no-account")`. Twice is once: the second time nothing is changed.
    """
    from kb.store.ports import Edit
    from kb.text import frontmatter
    from kb.text.arrange import set_front

    place = ctx.catalogue.account(word)
    day = ctx.today.isoformat()

    def put_aside(current: bytes | None) -> bytes:
        data = _there(current, place)
        if frontmatter.read(data).get("archived"):
            return data
        return set_front(data, "archived", day)

    message = say("did-account-archive", ctx.settings.lang, account=place.account)[0]
    change = Edit(place.path, put_aside)
    saved = ctx.store.save([change], actor=ctx.actor, message=message, when=ctx.now)
    ctx.tell(place.path, saved)
    return Place(place.account, place.path, saved.commit)


def rename(ctx: "Context", word: str, new: str) -> Place:
    """Give an account another short name: its file moves, and every link to it follows.

    One commit changes the document, all documents that link to it, its signals and its rows of
    outcomes. Raises `NotFound("no-account")` and what `add` raises for a name.
    """
    from kb.store.ports import Edit, Move
    from kb.text.arrange import set_front

    place = ctx.catalogue.account(word)
    old, wanted = place.account, slug(new)
    if wanted == old:
        raise WrongUse("account-exists", account=wanted)
    _free(ctx, wanted)
    relinked = _relinker(old, wanted)
    target = f"{place.path.rpartition('/')[0]}/{wanted}.md"

    def moved(data: bytes) -> bytes:
        return set_front(relinked(data), "account", wanted)

    changes: list[Change] = []
    if target == place.path:
        changes.append(Edit(place.path, lambda current: moved(_there(current, place))))
    else:
        changes.append(Move(place.path, target, moved))
    for path in _documents(ctx):
        found = None if path == place.path else ctx.store.read(path)
        if found is not None and relinked(found.data) != found.data:
            changes.append(Edit(path, lambda current: current and relinked(current)))
    signals = f"signals/{old}.csv"
    if ctx.store.read(signals) is not None:
        changes.append(Move(signals, f"signals/{wanted}.csv"))
    if ctx.store.read("outcomes.csv") is not None:
        rows = _row_renamer(old, wanted)
        changes.append(Edit("outcomes.csv", lambda current: current and rows(current)))
    message = say("did-account-rename", ctx.settings.lang, account=old, new=wanted)[0]
    try:
        saved = ctx.store.save(changes, actor=ctx.actor, message=message, when=ctx.now)
    except NotAllowed as error:
        if error.code == "unsafe-path":
            raise WrongUse("bad-slug", slug=wanted) from None
        raise
    ctx.tell(target, saved)
    return Place(wanted, target, saved.commit)


def _there(current: bytes | None, place: "AccountPlace") -> bytes:
    if current is None:
        raise NotFound("no-account", account=place.account, near="—")
    return current


def _relinker(old: str, new: str) -> "Callable[[bytes], bytes]":
    """Return what turns links to `old` (`[[old#^…]]`, `[[old|…]]`, a bare `old#^…`) to `new`."""
    from kb.text.lines import decode, encode

    name = re.escape(old)
    pattern = re.compile(
        rf"(\[\[[ \t]*){name}(?=[ \t]*(?:#|\||\]\]))|(?<![\w-]){name}(?=#\^[mhadtiqr]-)"
    )

    def relinked(data: bytes) -> bytes:
        text = decode(data)
        return encode(pattern.sub(lambda found: (found[1] or "") + new, text))

    return relinked


def _row_renamer(old: str, new: str) -> "Callable[[bytes], bytes]":
    """Return what renames the account in the rows of a CSV whose header has such a column."""

    def rename_rows(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        header = [cell.strip().strip(b'"') for cell in lines[0].split(b",")] if lines else []
        if b"account" not in header:
            return data
        column = header.index(b"account")
        return lines[0] + b"".join(_renamed(line, column) for line in lines[1:])

    def _renamed(line: bytes, column: int) -> bytes:
        cells = line.split(b",")
        if column < len(cells) and cells[column].strip().strip(b'"') == old.encode():
            cells[column] = cells[column].replace(old.encode(), new.encode())
        return b",".join(cells)

    return rename_rows


def _documents(ctx: "Context") -> "Iterator[str]":
    """Yield the paths of all documents that may hold links, in order."""
    for folder in LINKING:
        for path in sorted((ctx.store.root / folder).rglob("*.md")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(ctx.store.root).as_posix()
