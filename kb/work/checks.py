"""`meeting check`: what a meeting lacks, as the team's policy wants it said."""

from typing import TYPE_CHECKING, Any, NamedTuple

from kb.messages import say
from kb.model import checking
from kb.model.policy import Severity, severity
from kb.remembered import Remembered
from kb.work.checks_then import then

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.model.checking import Finding
    from kb.model.meeting import Meeting
    from kb.store.ports import Snapshot
    from kb.text.misslines import Miss
    from kb.work.context import Context

_read: Remembered["list[Miss]"] = Remembered(2_000)


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

    snapshot = ctx.store.read(row.path)
    if snapshot is None:
        return []
    people = read_people(frontmatter.read(snapshot.data))
    handles = frozenset({*ctx.settings.members, *people})
    key = (snapshot.blob, row.line, ctx.names.digest, handles)
    misses = _read.get(key)
    if misses is None:
        misses = _read.put(key, _misses(ctx, row, snapshot, handles))
    return [
        checking.Finding("near-miss", miss.code, miss.line, _known(ctx, miss.params, people))
        for miss in misses
    ]


def _misses(
    ctx: "Context", row: "Listed", snapshot: "Snapshot", handles: frozenset[str]
) -> "list[Miss]":
    from kb.text.find import meeting_index
    from kb.text.misses import near_misses
    from kb.text.outline import parse

    document = parse(snapshot.data, ctx.names, ctx.catalogue.boundaries(snapshot.blob))
    return near_misses(document, meeting_index(document, row.line), handles)


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
    stood = then(ctx, row, moment)
    if not stood.own and checking.late(meeting, stood.meeting):
        stood = then(ctx, row, moment, own=True)
    return checking.late(meeting, stood.meeting) if stood.written else []
