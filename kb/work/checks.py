"""`meeting check`: what a meeting lacks, as the team's policy wants it said."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.messages import say
from kb.model import checking
from kb.model.policy import Severity, severity

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.model.checking import Finding
    from kb.model.meeting import Meeting
    from kb.work.context import Context

IMPORTED = frozenset({"import", "imported"})
"""Sources of commits that say nothing about when their text was written."""


class Problem(NamedTuple):
    """One finding as it is shown: the message has the mend, the line counts from 1."""

    code: str
    message: str
    line: int
    severity: Severity


def check(ctx: "Context", ref: str) -> "tuple[Listed, list[Problem]]":
    """Return the meeting's row and its problems, by line; none for a cancelled meeting.

    Raises what `Catalogue.meeting` raises.
    """
    from kb.work.meetings import find

    found = find(ctx, ref)
    return found.row, problems(ctx, found.row, found.meeting)


def problems(ctx: "Context", row: "Listed", meeting: "Meeting") -> list[Problem]:
    """Return the problems of a meeting, by line, with what is switched off left out."""
    from kb.work.reviews_policy import missing

    if meeting.cancelled:
        return []
    found = [
        *checking.preparation(meeting),
        *checking.value_level(meeting, _earlier(ctx, row)),
        *checking.not_closed(
            meeting, ctx.now.replace(tzinfo=None), ctx.settings.policies.done_within_minutes
        ),
        *_late(ctx, row, meeting),
        *_near_misses(ctx, row),
        *missing(ctx, row, meeting),
    ]
    levels = ctx.settings.policies.checks
    shown = []
    for finding in sorted(found, key=lambda one: one.line):
        how = severity(levels[finding.code])
        if how is not None:
            shown.append(Problem(finding.code, _message(ctx, row, finding), finding.line, how))
    return shown


def as_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as the command line's contract has it."""
    return problem._asdict()


def _message(ctx: "Context", row: "Listed", finding: "Finding") -> str:
    params: dict[str, object] = {**finding.params, "account": row.account, "date": row.date}
    if finding.code == "small-talk":
        from kb.work.openers import openers

        params["openers"] = openers(ctx, row)
    return ("" if ctx.lang == "ja" else " ").join(say(finding.said, ctx.lang, **params)).strip()


def _earlier(ctx: "Context", row: "Listed") -> "list[Meeting]":
    """Return the meetings before this one that a streak may need, newest first."""
    before = [
        other
        for other in ctx.catalogue.meetings(row.account, None, row.date)
        if other.begins < row.begins and not other.cancelled
    ]
    return [ctx.catalogue.whole(other) for other in before[: checking.STREAK + 2]]


def _near_misses(ctx: "Context", row: "Listed") -> "list[Finding]":
    """Return the near misses of the format in the document as it stands."""
    from kb.model.people import read_people
    from kb.text import frontmatter
    from kb.text.find import meeting_index
    from kb.text.misses import near_misses
    from kb.text.outline import parse

    snapshot = ctx.store.read(row.path)
    if snapshot is None:
        return []
    document = parse(snapshot.data, ctx.names)
    people = read_people(frontmatter.read(snapshot.data))
    misses = near_misses(
        document, meeting_index(document, row.line), {*ctx.settings.members, *people}
    )
    return [
        checking.Finding("near-miss", miss.code, miss.line, _known(ctx, miss.params, people))
        for miss in misses
    ]


def _known(ctx: "Context", params: dict[str, str], people: dict[str, Any]) -> dict[str, str]:
    """Name who could have been meant by a handle that nobody knows."""
    if "name" not in params:
        return params
    from difflib import get_close_matches

    members = {key: member.name for key, member in ctx.settings.members.items()}
    handles = {**members, **{key: person.name for key, person in people.items()}}
    wanted = params["name"]
    near = [key for key, name in handles.items() if wanted in name or name.startswith(wanted)]
    near += get_close_matches(wanted, handles, n=2, cutoff=0.5)
    shown = " ".join(f"@{key}" for key in dict.fromkeys(near or list(handles)[:5]))
    return {**params, "known": shown or "—"}


def _late(ctx: "Context", row: "Listed", meeting: "Meeting") -> "list[Finding]":
    """Return the claims that were not written yet when the meeting started.

    A meeting that came into the store later, by an import or by hand before kb, is left out:
    nothing is known of when it was written.
    """
    from kb.model.state import ends, starts

    begin = starts(meeting) if meeting.start else ends(meeting)
    moment = begin.replace(tzinfo=ctx.settings.tz)
    if moment > ctx.now or not meeting.hypotheses:
        return []
    then = ctx.store.as_of(moment, row.path)
    before = meeting_in(ctx, row, then[1]) if then else None
    if before is None and not _written_here(ctx, row, moment):
        return []
    return checking.late(meeting, before)


def meeting_in(ctx: "Context", row: "Listed", data: bytes) -> "Meeting | None":
    """Return the meeting of a row as another text of its document has it, or None."""
    from kb.model.people import read_people
    from kb.model.reading import Reader
    from kb.text import frontmatter
    from kb.text.outline import parse

    same = [
        text
        for text in parse(data, ctx.names).meetings
        if row.id in text.ids or text.date == row.date
    ]
    if not same:
        return None
    by_id = [text for text in same if row.id in text.ids]
    by_time = [text for text in same if text.start == row.start]
    reader = Reader(
        data,
        ctx.names,
        account=row.account,
        path=row.path,
        members=ctx.settings.members,
        people=read_people(frontmatter.read(data)),
    )
    return reader.read((by_id or by_time or same)[0])


def _written_here(ctx: "Context", row: "Listed", moment: datetime) -> bool:
    """Tell whether the meeting first came into the document by writing, not by an import."""
    after = [one for one in ctx.store.history(row.path) if one.at >= moment]
    for revision in reversed(after):
        data = ctx.store.at(revision.commit, revision.path)
        if data is not None and meeting_in(ctx, row, data) is not None:
            source = dict(revision.trailers).get("Kb-Source")
            return source is not None and source not in IMPORTED
    return True  # not committed yet: it stands in the work tree only
