"""What is wrong with the playbook: pages nobody can reach, uses, or can believe."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kb.catalogue.citing import account_files
from kb.messages import say
from kb.model.principle import Page
from kb.text import frontmatter
from kb.work.playbook import Shelf, Shelved
from kb.work.tracing import ASKED, traced
from kb.work.tracing_quotes import Documents

if TYPE_CHECKING:
    from kb.work.context import Context

UNUSED_AFTER = 60
"""Days without a citation after which a page is a weapon that nobody uses."""


class Finding(NamedTuple):
    """One problem: a stable code, the page, its file, and the sentence for people."""

    code: str
    id: str
    path: str
    message: str


def check(ctx: "Context") -> list[Finding]:
    """Return all that is wrong with the playbook, page by page in the order of paths.

    Codes: orphan given-up unused unproven broken-link no-use-when drifted missing unsourced
    same-id front-matter.
    """
    shelf = Shelf(ctx)
    documents = Documents(ctx)
    found = list(_unreadable(ctx, shelf))
    idle = {one.page.id for one in unused(ctx, shelf)}
    for one in sorted(shelf.pages.values(), key=lambda one: one.path):
        found += _layers(ctx, shelf, one)
        found += _links(ctx, shelf, one)
        found += _believed(ctx, shelf, one, documents)
        if one.page.id in idle:
            found.append(_finding(ctx, one, "unused", "check-unused", days=UNUSED_AFTER))
        if _asks_use_when(one.page) and not one.page.use_when:
            found.append(_finding(ctx, one, "no-use-when", "check-no-use-when"))
    return found


def orphans(shelf: Shelf) -> list[Shelved]:
    """Return plays that serve no principle, and manuals that belong to no play."""
    named = {m for one in shelf.of_kind("play") for m in one.page.manuals}
    return [
        one
        for one in shelf.pages.values()
        if (one.page.kind == "play" and one.page.principle is None)
        or (one.page.kind == "manual" and one.page.play is None and one.page.id not in named)
    ]


def unused(ctx: "Context", shelf: Shelf) -> list[Shelved]:
    """Return pages that no hypothesis has cited for 60 days, unless they are younger.

    A principle is used too when a play of it is; a manual is used as its play is, and is told
    with it. What was given up, and candidates, need not be used.
    """
    since = (ctx.today - timedelta(days=UNUSED_AFTER)).isoformat()
    cited = {ref for one in shelf.cited if one.date >= since for ref in one.refs}
    cited |= {
        one.page.principle
        for one in shelf.of_kind("play")
        if one.page.id in cited and one.page.principle
    }
    alone = {one.page.id for one in orphans(shelf)}
    return [
        one
        for one in shelf.pages.values()
        if one.page.id not in cited
        and (one.page.kind != "principle" or one.page.status == "adopted")
        and (one.page.kind != "manual" or one.page.id in alone)
        and _born(ctx, one) <= since
    ]


def _born(ctx: "Context", one: Shelved) -> str:
    """Return the day since which a page could be used; today's for one not in the history yet."""
    page = one.page
    for day in (page.adopted, page.proposed):
        if page.kind == "principle" and day and _is_day(day):
            return day
    versions = ctx.past.versions(one.path)
    return (versions[0].at.astimezone(ctx.settings.tz) if versions else ctx.now).date().isoformat()


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _asks_use_when(page: Page) -> bool:
    return page.kind == "play" or (page.kind == "principle" and page.status == "adopted")


def _layers(ctx: "Context", shelf: Shelf, one: Shelved) -> Iterator[Finding]:
    page = one.page
    if page.id in {other.page.id for other in orphans(shelf)}:
        yield _finding(ctx, one, "orphan", f"check-orphan-{page.kind}")
    above = page.principle if page.kind == "play" else page.play
    names = [above] if above else []
    names += [*page.manuals, *page.supersedes]
    names += [page.superseded_by] if page.superseded_by else []
    for name in dict.fromkeys(names):
        if name not in shelf.pages:
            yield _finding(ctx, one, "broken-link", "check-broken-name", target=name)
    serving = shelf.pages.get(page.principle or "")
    if serving is not None and serving.page.status not in (*ASKED, None):
        yield _finding(ctx, one, "given-up", "check-given-up", above=serving.page.id)


def _links(ctx: "Context", shelf: Shelf, one: Shelved) -> Iterator[Finding]:
    page = one.page
    quoted = {(found.account, found.ref) for found in (*page.evidence, *page.counter)}
    accounts: set[str] | None = None
    for link in page.links:
        account, mark, id_ = link.target.partition("#^")
        if mark:
            fine = (account, id_) in quoted or shelf.place(account, id_) is not None
        else:
            name = link.target.partition("#")[0].strip()
            fine = name in shelf.pages
            if not fine:
                accounts = accounts or {row[0] for row in ctx.catalogue.rows(account_files)}
                fine = name in accounts
        if not fine:
            told = {"line": link.line, "target": link.target}
            yield _finding(ctx, one, "broken-link", "check-broken-link", **told)


def _believed(
    ctx: "Context", shelf: Shelf, one: Shelved, documents: Documents
) -> Iterator[Finding]:
    page = one.page
    if page.status in (None, *ASKED) and shelf.badge(page):
        yield _finding(ctx, one, "unproven", "check-unproven")
    for line in page.unsourced:
        yield _finding(ctx, one, "unsourced", "check-unsourced", line=line)
    if not page.evidence and not page.counter:
        return
    told = traced(ctx, shelf, one, documents, history=False)
    for quote in (*told.evidence, *told.counter):
        if quote.state in ("drifted", "missing") and quote.written:
            found = quote.evidence
            where = {"line": found.line, "ref": f"{found.account}#^{found.ref}"}
            yield _finding(ctx, one, quote.state, f"check-{quote.state}", **where)


def _unreadable(ctx: "Context", shelf: Shelf) -> Iterator[Finding]:
    folder = ctx.root / "playbooks"
    for file in sorted(folder.rglob("*.md")):
        path = file.relative_to(ctx.root).as_posix()
        if file.is_symlink() or not file.is_file():
            continue
        line = frontmatter.problem(file.read_bytes())
        if line is not None:
            message = say("check-front-matter", ctx.lang, path=path, line=line)[0]
            yield Finding("front-matter", path, path, message)
    for one in shelf.every:
        if shelf.pages[one.page.id].path != one.path:
            yield _finding(ctx, one, "same-id", "check-same-id", path=one.path)


def _finding(ctx: "Context", one: Shelved, code: str, sentence: str, **told: object) -> Finding:
    message = say(sentence, ctx.lang, id=one.page.id, **told)[0]
    return Finding(code, one.page.id, one.path, message)
