"""A learner's own answers: one line each beside the repository, never committed, read by nobody."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.errors import WrongUse
from kb.model.calibration import Calibration, Forecast, bins_json, brier, calibrate, rounded
from kb.work import own_notes

if TYPE_CHECKING:
    from kb.work.context import Context

KIND = "training"
HEAD = "date,answered,brier,baseline"
"""The columns of what a learner shared."""


class Answer(NamedTuple):
    """One answer, in percent, and what happened; `as_of` is the commit that was asked about.

    `baseline` is what one would have said who knew only how others had ended by then.
    """

    at: datetime
    id: str
    account: str
    as_of: str
    probability: int
    held: bool
    baseline: float


class Score(NamedTuple):
    """How the first answers did: `baseline` is the Brier score of saying the baseline each time."""

    calibration: Calibration
    baseline: float | None

    def as_json(self) -> dict[str, Any]:
        """Return the score as the contract of the command line has it."""
        return {
            "answered": self.calibration.n,
            "brier": rounded(self.calibration.brier, 6),
            "baseline": rounded(self.baseline, 6),
            "calibration": bins_json(self.calibration.bins),
            "enough": self.calibration.enough,
        }


class Shared(NamedTuple):
    """What was committed for the team to see; `commit` is None when it stood there already."""

    path: str
    commit: str | None


def member(ctx: "Context") -> str:
    """Return the key of the member who learns; `WrongUse("train-no-member")` for a stranger."""
    key = ctx.me
    if key is None:
        raise WrongUse("train-no-member", known=" ".join(ctx.settings.members))
    return key


def answers(ctx: "Context", member: str) -> list[Answer]:
    """Return all answers of a member, oldest first; what is no answer is left out."""
    noted = own_notes.lines(ctx, KIND, member)
    return [one for value in noted if (one := _read(value)) is not None]


def _read(value: dict[str, Any]) -> Answer | None:
    """Return the answer of a line, or None for what is none."""
    try:
        found = Answer(**value | {"at": datetime.fromisoformat(value["at"])})
        numbers = 0 <= found.probability <= 100 and 0 <= found.baseline <= 100
    except (ValueError, TypeError, KeyError):
        return None
    return found if numbers and isinstance(found.held, bool) and found.id else None


def append(ctx: "Context", member: str, answer: Answer) -> None:
    """Write one answer down for good; only the member's own system account may read it."""
    at = answer.at.isoformat(timespec="seconds")
    own_notes.append(ctx, KIND, member, answer._asdict() | {"at": at})


def score(ctx: "Context") -> Score:
    """Return how the member does so far; only the first answer to each question counts.

    Raises `WrongUse("train-no-member")`.
    """
    first = {one.id: one for one in reversed(answers(ctx, member(ctx)))}.values()
    said = [Forecast(one.probability, one.held) for one in first]
    plain = [Forecast(one.baseline, one.held) for one in first]
    return Score(calibrate(said), brier(plain))


def share(ctx: "Context", found: Score) -> Shared:
    """Commit a line with the score for the team: the day, the count, and Brier scores if enough.

    Raises what `score` and a save raise.
    """
    from kb.messages import say
    from kb.store.ports import Edit

    who = member(ctx)
    enough = found.calibration.enough
    scores = (rounded(found.calibration.brier), rounded(found.baseline))
    numbers = scores if enough else ("", "")
    row = ",".join(map(str, (ctx.today.isoformat(), found.calibration.n, *numbers)))
    path = f"training/{who}.csv"

    def apply(data: bytes | None) -> bytes:
        text = (data or b"").decode("utf-8", "surrogateescape")
        lines = text.splitlines() or [HEAD]
        if row not in lines:
            lines.append(row)
        return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")

    message = say("did-train-share", ctx.settings.lang, member=who)[0]
    saved = ctx.store.save([Edit(path, apply)], actor=ctx.actor, message=message, when=ctx.now)
    ctx.tell(path, saved)
    return Shared(path, saved.commit)
