"""Answers that are put together of several parts, as the command line's contract has them.

The parts have their own `as_json` beside them; the command line and the HTTP API answer alike.
"""

from typing import TYPE_CHECKING, Any

from kb.messages import say

if TYPE_CHECKING:
    from kb.work.changes import AsOf
    from kb.work.closing import Closed
    from kb.work.context import Context
    from kb.work.insights import Insight
    from kb.work.insights_finding import Group, Near, Recurring
    from kb.work.insights_judging import Judged
    from kb.work.meetings import Found
    from kb.work.registration import Registered
    from kb.work.reviews import Review
    from kb.work.reviews_next import Next


def meeting(
    ctx: "Context",
    found: "Found",
    registered: "dict[str, Registered]",
    seen: "list[Review]",
) -> dict[str, Any]:
    """Return a whole meeting, with since when its claims are registered, and its reviews."""
    from kb.work import meetings, reviews_policy

    data = meetings.as_json(found.meeting, meetings.wall(ctx)) | reviews_policy.as_json(seen)
    for claim in data["hypotheses"]:
        claim.update(registered[claim["id"]].as_json())
    return data


def closed(done: "Closed") -> dict[str, Any]:
    """Return when the minutes were complete; whole minutes as a whole number."""
    after = done.minutes_after_end
    return {
        "id": done.id,
        "ended": done.ended.isoformat(timespec="seconds"),
        "closed": done.closed.isoformat(timespec="seconds"),
        "minutes_after_end": int(after) if after == int(after) else after,
        "within_target": done.within_target,
        "unjudged": list(done.unjudged),
        "undecided": list(done.undecided),
        "commit": done.commit,
    }


def next_review(ctx: "Context", found: "Next | None") -> dict[str, Any]:
    """Return the review that waits, with what helps to look at it."""
    from kb.work import reviews_context, reviews_json, reviews_since

    if found is None:
        return {"review": None, "waiting": 0}
    data = reviews_json.as_json(ctx, found.review) | reviews_context.as_json(found.known)
    data["lines"] = [{"part": part, "text": text} for part, text in found.lines]
    data["edited_since"] = reviews_since.as_json(found.since)
    data["waiting"] = found.waiting
    return data


def insights(ctx: "Context", found: "list[Insight]") -> list[dict[str, Any]]:
    """Return insights as rows of the list: where each stands, and its principle."""
    from kb.work import insights as work

    decided = work.decided(ctx, work.all_of(ctx))
    return [
        {
            **work.as_json(one),
            "meeting": one.meeting,
            "path": one.path,
            "line": one.line,
            "principle": decided.principle_of([one.id]),
        }
        for one in found
    ]


def near(one: "Near") -> dict[str, Any]:
    """Return a neighbour: an insight, and how near it is."""
    from kb.work import insights as work

    return {**work.as_json(one.insight), "similarity": one.similarity}


def recurring(found: "Recurring", lang: str) -> dict[str, Any]:
    """Return all groups, and the judgements that were overruled."""
    return {
        "groups": [_group(group, lang) for group in found.groups],
        "considered": found.considered,
        "ungrouped": found.ungrouped,
        "contradictions": [
            {
                "about": list(one.about),
                "overruled": {
                    "id": one.older.id,
                    "type": one.older.kind,
                    "by": one.older.member,
                    "at": one.older.at.isoformat(timespec="seconds"),
                },
                "stands": {
                    "id": one.newer.id,
                    "type": one.newer.kind,
                    "by": one.newer.member,
                    "at": one.newer.at.isoformat(timespec="seconds"),
                },
            }
            for one in found.decided.contradictions
        ],
    }


def _group(group: "Group", lang: str) -> dict[str, Any]:
    from kb.work import insights as work

    return {
        "id": group.id,
        "strength": group.strength,
        "accounts": group.accounts,
        "authors": group.authors,
        "members": [work.as_json(one) for one in group.members],
        "why": {
            "terms": list(group.terms),
            "similarity": group.similarity,
            "sentence": why(group, lang),
        },
        "state": group.state,
        "principle": group.principle,
        "joined": list(group.joined),
    }


def why(group: "Group", lang: str) -> str:
    """Return in a sentence why a group is one."""
    if group.principle:
        code = "joined" if group.joined else "principle"
    elif group.linked:
        code = "linked"
    else:
        code = "wording" if group.strength == "strong" else "near"
    first = say(
        f"insight-why-{code}",
        lang,
        principle=group.principle,
        count=len(group.joined),
        accounts=group.accounts,
    )[0]
    ending = "insight-why-terms" if group.terms else "insight-why-no-terms"
    terms = ("・" if lang == "ja" else ", ").join(group.terms)
    return first + say(ending, lang, terms=terms, similarity=f"{group.similarity:.2f}")[0]


def judged(done: "Judged") -> dict[str, Any]:
    """Return a judgement that was written."""
    return {
        "id": done.id,
        "type": done.kind,
        "insights": list(done.insights),
        "principles": list(done.principles),
        "path": done.path,
        "commit": done.commit,
    }


def as_of(ctx: "Context", found: "AsOf") -> dict[str, Any]:
    """Return a document as it was, and its meetings."""
    from kb.work.meetings import as_json

    wall = found.at.astimezone(ctx.settings.tz).replace(tzinfo=None)
    return {
        "account": found.account,
        "path": found.path,
        "at": found.at.isoformat(),
        "commit": found.commit,
        "meetings": [as_json(meeting, wall) for meeting in found.meetings],
        "text": found.text,
    }
