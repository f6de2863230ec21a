"""Whether a meeting's preparation was looked at, as the team's policy wants it."""

from typing import TYPE_CHECKING, Any

from kb.model.checking import Finding
from kb.work import reviews

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.model.meeting import Meeting
    from kb.work.context import Context


def missing(ctx: "Context", row: "Listed", meeting: "Meeting") -> list[Finding]:
    """Return a finding when a prepared meeting lacks its review before; [] for anything else.

    Where the team requires it, also for a meeting that is over and not closed yet: a late review
    counts. Nobody is reminded where there is nobody else to ask.
    """
    from kb.work.meetings import wall

    level = ctx.settings.policies.checks["no-review"]
    over = row.ends <= wall(ctx).isoformat()
    if level == "off" or not meeting.prepared or meeting.minutes or (over and level == "remind"):
        return []
    said = _lack(ctx, row)
    return [Finding("no-review", said[0], meeting.line, said[1])] if said else []


def _lack(ctx: "Context", row: "Listed") -> tuple[str, dict[str, str]] | None:
    """Return the sentence of what is lacking, with its values, or None."""
    threads = reviews.threads_on(ctx, row.id, "pre")
    if not threads:
        others = [key for key in ctx.settings.members if key != ctx.me]
        return ("check-no-review", {}) if others else None
    review = threads[-1]
    state = review.state
    late = review.due is not None and review.due < ctx.now
    if state.state == "changes":
        who = " ".join(f"@{name}" for name in state.outstanding)
        return "check-no-review-changes", {"who": who, "id": review.id}
    if state.state == "stale":
        who = " ".join(f"@{name}" for name in state.outdated)
        return "check-no-review-stale", {"who": who, "id": review.id}
    if state.state == "open" and late:
        who = " ".join(f"@{name}" for name in review.reviewers)
        return "check-no-review-late", {"who": who, "id": review.id}
    return None


def standing_of(ctx: "Context", row: "Listed") -> "list[reviews.Review]":
    """Return the reviews of a meeting, the one before it first."""
    found = [one for one in reviews.every(ctx, naming=row.id) if reviews.is_of(one, row)]
    return sorted(found, key=lambda one: (one.kind != "pre", one.path))


def as_json(found: "list[reviews.Review]") -> dict[str, Any]:
    """Return the reviews of a meeting for the command line, in short."""
    return {
        "reviews": [{"review": one.id, "kind": one.kind, "state": one.state.state} for one in found]
    }
