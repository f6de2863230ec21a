"""All insights of the team, who noticed each, and what people decided about them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.errors import NotFound, WrongUse
from kb.text import decisions as events
from kb.text.canonical import text_digest

if TYPE_CHECKING:
    from kb.catalogue.insights import InsightRow
    from kb.model.recurrence import Decided
    from kb.text.decisions import Decision
    from kb.work.context import Context

FOLDER = "insights"
_FILE = re.compile(r"\d{4}-\d\d\.md")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


class Insight(NamedTuple):
    """An insight where it stands; `author` is the account's CSM ("" when it has none).

    `id` is `account#^i-…` for one that another account's insight shares its id with. `given`
    tells whether the id is written; `meeting` is its meeting's id; `line` counts from 1.
    """

    id: str
    given: bool
    account: str
    author: str
    date: str
    text: str
    lang: str
    path: str
    line: int
    meeting: str

    @property
    def digest(self) -> str:
        """Return the digest of the wording, as decisions name it."""
        return text_digest(self.text)

    @property
    def subject(self) -> events.Subject:
        """Return how a decision names this insight."""
        return events.Subject(self.id, self.digest)


def all_of(ctx: "Context") -> list[Insight]:
    """Return all insights, those of the oldest meeting first."""
    from kb.catalogue import insights as rows

    found: dict[str, Insight] = {}
    for row in ctx.catalogue.rows(rows.insights):
        name = row.id if row.id not in found else f"{row.account}#^{row.id}"
        if name not in found:
            found[name] = _insight(row, name)
    return list(found.values())


def _insight(row: "InsightRow", name: str) -> Insight:
    return Insight(
        id=name,
        given=row.given,
        account=row.account,
        author=row.csm or "",
        date=row.date,
        text=" ".join(row.text.split()),
        lang=language_of(row.text),
        path=row.path,
        line=row.line,
        meeting=row.meeting,
    )


def language_of(text: str) -> str:
    """Return "ja" for a text with Japanese characters, else "en"."""
    return "ja" if _JAPANESE.search(text) else "en"


def listed(
    ctx: "Context", *, account: str | None = None, since: str | None = None
) -> list[Insight]:
    """Return insights, the newest first, of one account or from a day on.

    Raises `NotFound("no-account")`.
    """
    name = ctx.catalogue.account(account).account if account is not None else None
    found = [
        one
        for one in all_of(ctx)
        if name in (None, one.account) and (since is None or one.date >= since)
    ]
    authors = Authors(ctx)
    return [one._replace(author=authors.of(one)) for one in reversed(found)]


def find(ctx: "Context", word: str, among: Sequence[Insight]) -> Insight:
    """Return the insight that an id (or a link to it) names.

    Raises `WrongUse` ("bad-id", "not-an-insight", "ambiguous-id") and `NotFound("no-id")`.
    """
    bare = word.strip().removeprefix("[[").removesuffix("]]").removeprefix("^")
    by_id = {one.id: one for one in among}
    if bare in by_id:
        return by_id[bare]
    line = ctx.catalogue.line(bare)
    if line.kind != "insight":
        raise WrongUse("not-an-insight", id=line.id, text=line.text)
    for name in (f"{line.account}#^{line.id}", line.id):
        if name in by_id and by_id[name].account == line.account:
            return by_id[name]
    raise NotFound("no-id", id=word)


def as_json(one: Insight) -> dict[str, Any]:
    """Return an insight as the command line's contract has the member of a group."""
    return {
        "id": one.id,
        "account": one.account,
        "author": one.author or None,
        "date": one.date or None,
        "text": one.text,
        "lang": one.lang,
    }


# Who noticed it


class Authors:
    """Tells who noticed an insight: the account's CSM, whoever typed it; else who wrote it."""

    def __init__(self, ctx: "Context") -> None:
        """Read nothing yet."""
        self.ctx = ctx
        self.known: dict[str, dict[str, str]] = {}

    def of(self, one: Insight) -> str:
        """Return a member's key; "" for an account without a CSM whose line a stranger wrote."""
        if one.author:
            return one.author
        if one.path not in self.known:
            self.known[one.path] = self._read(one.path)
        return self.known[one.path].get(one.id.rpartition("^")[2], "")

    def _read(self, path: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for version in self.ctx.past.versions(path):
            writer = version.by[0] if version.by else ""
            if version.source == "imported" or writer not in self.ctx.settings.members:
                writer = ""
            for meeting in self.ctx.past.meetings(version):
                for insight in meeting.insights:
                    found.setdefault(insight.id, writer)
        return found


# What people decided


def decisions(ctx: "Context") -> list["Decision"]:
    """Return all decisions on insights, in the order of the files; hand-written ones count."""
    return [one for _, data in files(ctx) for one in events.parse(data)]


def files(ctx: "Context") -> Iterator[tuple[str, bytes]]:
    """Yield (path, text) of the files that hold decisions."""
    folder = ctx.root / FOLDER
    if not folder.is_dir() or folder.is_symlink():
        return
    for name in sorted(entry.name for entry in folder.iterdir() if _FILE.fullmatch(entry.name)):
        found = ctx.store.read(f"{FOLDER}/{name}")
        if found is not None:
            yield f"{FOLDER}/{name}", found.data


def decided(
    ctx: "Context",
    insights: Iterable[Insight],
    pages: Mapping[str, Sequence[str]] | None = None,
) -> "Decided":
    """Return what people decided about these insights, folded.

    `pages` are the principles with the insights that each names, if they were read before.
    """
    from kb.catalogue.insights import further_ids
    from kb.model.recurrence import fold

    digests = {one.id: one.digest for one in insights}
    aliases = ctx.catalogue.rows(further_ids)
    named = principles(ctx) if pages is None else pages
    return fold(decisions(ctx), digests, named, aliases)


def principles(ctx: "Context") -> dict[str, tuple[str, ...]]:
    """Return the principles that there are, each with the insights that its page names."""
    from kb.model.principle import read_page

    found: dict[str, tuple[str, ...]] = {}
    for name, page in ctx.catalogue.pages().items():
        text = ctx.store.read(page.path) if page.kind == "principle" else None
        if text is not None:
            read = read_page(text.data, page.path, lang=ctx.settings.lang)
            found[name] = tuple(id_ for _, id_ in read.insights)
    return found
