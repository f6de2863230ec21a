"""The text that a review is about: its digest now, who wrote it, and what changed since."""

from typing import TYPE_CHECKING

from kb.errors import KbError, NotFound
from kb.text.canonical import post_digest, post_text, pre_digest, pre_text
from kb.text.page import adopt_digest, adopt_text

if TYPE_CHECKING:
    from kb.model.review import Kind
    from kb.text.document import Meeting
    from kb.work.context import Context
    from kb.work.reviews_subject import Subject


def digest(ctx: "Context", subject: "Subject", kind: "Kind") -> str | None:
    """Return the digest of what a review of this kind approves, or None when it is gone."""
    from kb.work.places import text_of

    data = text_of(ctx, subject.path)
    if data is None:
        return None
    if subject.row is None:
        return adopt_digest(data) if kind == "adoption" else None
    meeting = _meeting(ctx, data, subject)
    if meeting is None:
        return None
    return post_digest(meeting) if kind == "post" else pre_digest(meeting)


def text(ctx: "Context", data: bytes, subject: "Subject", kind: "Kind") -> str:
    """Return what a review of this kind approves in a text of the document or page."""
    if subject.row is None:
        return adopt_text(data)
    meeting = _meeting(ctx, data, subject)
    if meeting is None:
        return ""
    return post_text(meeting) if kind == "post" else pre_text(meeting)


def _meeting(ctx: "Context", data: bytes, subject: "Subject") -> "Meeting | None":
    from kb.work.places import read_document, target

    assert subject.row is not None
    try:
        document = read_document(ctx, data, subject.path)
        where = target(ctx, f"{subject.row.account}/{subject.row.id}")
        return document.meeting(where.find(document))
    except KbError:
        return None


def authors(ctx: "Context", subject: "Subject", kind: "Kind") -> frozenset[str]:
    """Return who wrote the text: the account's CSM, and everybody whose commits changed it."""
    if subject.row is None:
        return _page_authors(ctx, subject.path)
    found = ctx.past.authors(subject.path, subject.row.id, "post" if kind == "post" else "pre")
    csm = csm_of(ctx, subject)
    return found | ({csm} if csm else frozenset())


def csm_of(ctx: "Context", subject: "Subject") -> str | None:
    """Return the CSM of a meeting's account, or None."""
    return _front(ctx, subject, "csm") if subject.row else None


def owner_of(ctx: "Context", subject: "Subject") -> str | None:
    """Return the member who owns a page, or None."""
    found = _front(ctx, subject, "owner") if subject.row is None else None
    return found if found in ctx.settings.members else None


def _front(ctx: "Context", subject: "Subject", key: str) -> str | None:
    from kb.text import frontmatter
    from kb.work.places import text_of

    data = text_of(ctx, subject.path)
    return frontmatter.scalar(data, key) if data else None


def _page_authors(ctx: "Context", path: str) -> frozenset[str]:
    """Return everybody whose commits changed what an adoption approves of a page.

    Evidence makes no author, and who only merged what others wrote changed nothing.
    """
    found: set[str] = set()
    for version in ctx.past.versions(path):
        before = {adopt_digest(ctx.store.blob(blob) or b"") for blob in version.was}
        if adopt_digest(ctx.past.text(version)) not in before:
            found.update(version.by)
    return frozenset(found)


def approved_text(ctx: "Context", subject: "Subject", kind: "Kind", approved: str) -> str | None:
    """Return the text that had the digest `approved`, from the history; None if it is not there."""
    for version in reversed(ctx.past.versions(subject.path)):
        data = ctx.past.text(version)
        if subject.row is None:
            if adopt_digest(data) == approved:
                return adopt_text(data)
            continue
        part = "post" if kind == "post" else "pre"
        if any(getattr(then, part) == approved for then in ctx.past.meetings(version)):
            meeting = _then(ctx, data, part, approved)
            if meeting is not None:
                return post_text(meeting) if part == "post" else pre_text(meeting)
    return None


def _then(ctx: "Context", data: bytes, part: str, approved: str) -> "Meeting | None":
    """Return the meeting of a text that has this digest, whatever its id or day was then."""
    from kb.text.outline import parse

    rule = post_digest if part == "post" else pre_digest
    found = (meeting for meeting in parse(data, ctx.names).meetings if rule(meeting) == approved)
    return next(found, None)


def present_text(ctx: "Context", subject: "Subject", kind: "Kind") -> str:
    """Return what a review of this kind approves now; `NotFound("no-file")`."""
    from kb.work.places import text_of

    data = text_of(ctx, subject.path)
    if data is None:
        raise NotFound("no-file", path=subject.path)
    return text(ctx, data, subject, kind)
