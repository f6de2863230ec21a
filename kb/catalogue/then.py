"""What a document said at a time: of every blob in its history the meetings, claims and lessons.

A pure function of the bytes, remembered under each meeting's own bytes like the present rows, so
that a history of a hundred small changes costs a hundred small readings.
"""

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.catalogue.codec import dump
from kb.catalogue.documents import Parsed, Understanding, stem

if TYPE_CHECKING:
    from kb.model.reading import Reader
    from kb.text.document import Meeting

THEN = 1
"""Version of what is kept here; anything older is read again."""
NO_PRE = "pre1:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""The digest of a meeting for which nothing is prepared."""


class ClaimThen(NamedTuple):
    """A hypothesis at a time; `digest` is over its text and fields, the verdict left out."""

    id: str
    digest: str
    confidence: int | None
    verdict: str | None
    text: str
    because: str | None
    test: str | None
    refs: tuple[str, ...]


class InsightThen(NamedTuple):
    """An insight at a time; `digest` is over its text."""

    id: str
    digest: str
    text: str


class MeetingThen(NamedTuple):
    """A meeting at a time; `pre` and `post` are digests of what reviews approve."""

    id: str
    date: str
    start: str | None
    title: str
    pre: str
    post: str
    prepared: bool
    minutes: str | None
    claims: tuple[ClaimThen, ...]
    insights: tuple[InsightThen, ...]


Body = list[Any]
"""A `MeetingThen` as JSON has it."""


def restore(value: Body) -> MeetingThen:
    """Return the meeting that `read` gave as JSON."""
    id_, date, start, title, pre, post, prepared, minutes, claims, insights = value
    return MeetingThen(
        *(id_, date, start, title, pre, post, prepared, minutes),
        tuple(
            ClaimThen(i, digest, confidence, verdict, text, because, test, tuple(refs))
            for i, digest, confidence, verdict, text, because, test, refs in claims
        ),
        tuple(InsightThen(*one) for one in insights),
    )


def read(
    how: Understanding,
    data: bytes,
    path: str,
    known: Callable[[str], bool],
    before: Parsed | None = None,
) -> tuple[Parsed, dict[str, bytes]]:
    """Read a text of a document at `path`: its chunks, and the meetings that are not `known`.

    `before` is what was read of an earlier text of the same document.
    """
    from kb.model.people import read_people
    from kb.model.reading import Reader
    from kb.text import frontmatter

    front = frontmatter.read(data)
    named = front.get("account")
    named = named.strip() if isinstance(named, str) else ""
    account = unicodedata.normalize("NFC", named or stem(path))
    seed = how.seed(account, front)
    document = how.document(data, seed, before)
    parsed = how.read(data, path, lambda _key: True, document=document)
    reader = Reader(
        data,
        how.names,
        account=account,
        path=path,
        members=how.members,
        people=read_people(front),
    )
    found: dict[str, bytes] = {}
    for index, chunk in parsed.meetings():
        if chunk.key not in found and not known(chunk.key):
            found[chunk.key] = dump(_meeting(reader, document.meeting(index)))
    return parsed, found


def _meeting(reader: "Reader", found: "Meeting") -> Body:
    from kb.model.reading import claims
    from kb.text.canonical import claim_digest, post_digest, pre_digest, text_digest

    meeting = reader.read(found)
    digests = {
        claim.line: claim_digest(claim, fields)
        for section in found.root.walk()
        if section.kind == "hypotheses"
        for claim, fields in claims(section)
    }
    return [
        *(meeting.id, meeting.date, meeting.start, meeting.title),
        *(pre_digest(found), post_digest(found), meeting.prepared, meeting.minutes),
        [
            (
                *(h.id, digests.get(h.line, ""), h.confidence, h.verdict),
                *(h.text, h.because, h.test, h.refs),
            )
            for h in meeting.hypotheses
        ],
        [(i.id, text_digest(i.text), i.text) for i in meeting.insights],
    ]
