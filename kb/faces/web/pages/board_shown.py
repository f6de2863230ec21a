"""The board's numbers as the page draws them: bars, lines, brackets; no rate below twenty."""

from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.model.calibration import ENOUGH, Share, interval, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.model.calibration import Calibration
    from kb.model.flow import Step
    from kb.model.flow_adoption import Lack
    from kb.model.flow_adoption import Step as AdoptionStep
    from kb.work.board import Board

BAR = 240
"""How long a whole bar is."""
LINE = (96, 28)
"""How wide and high the line of the weeks is."""


class Drawn(NamedTuple):
    """A share for the page: the numbers, a rate in percent and a bar's length where there is one.

    `low` and `high` are the lowest and the highest unit, as (percent, place on the bar).
    """

    n: int
    of: int
    percent: int | None
    bar: float | None
    low: tuple[int, float] | None = None
    high: tuple[int, float] | None = None


class Line(NamedTuple):
    """The weeks as a line: its points, the last one, and the numbers."""

    points: str
    x: float
    y: float
    values: tuple[int, ...]


def drawn(one: Share) -> Drawn:
    """Return a share with its bar; below twenty it has none."""
    rate = one.rate
    if rate is None:
        return Drawn(one.n, one.of, None, None)
    return Drawn(one.n, one.of, round(rate * 100), round(rate * BAR, 1))


def flow(steps: "Iterable[Step]") -> dict[str, dict[str, Any]]:
    """Return the four steps by name: share, days in the median, how many wait, and how long."""
    return {
        step.name: {
            "share": drawn(step.taken),
            "days": f"{median(step.days):g}" if step.days else None,
            "known": len(step.days),
            "waiting": len(step.waiting),
            "oldest": step.waiting[-1] if step.waiting else None,
        }
        for step in steps
    }


def coverage(found: "Board", weeks: int) -> list[dict[str, Any]]:
    """Return each habit: the whole, the range of the units, the last weeks."""
    rows = []
    for habit, whole in found.reach.shares.items():
        one = drawn(whole)
        rates = [
            (round(rate * 100), round(rate * BAR, 1))
            for unit in found.units
            if (rate := unit.shares[habit].rate) is not None
        ]
        if one.bar is not None and len(rates) > 1:
            one = one._replace(low=min(rates), high=max(rates))
        line = _line([week.shares[habit].n for week in found.weeks[-weeks:]])
        rows.append({"habit": habit, "share": one, "line": line})
    return rows


def _line(values: "Sequence[int]") -> Line | None:
    """Return a line through the numbers of the weeks; None for fewer than two."""
    if len(values) < 2:
        return None
    width, height = LINE
    top = max(*values, 1)
    step = (width - 8) / (len(values) - 1)
    points = [
        (round(4 + at * step, 1), round(height - 3 - value / top * (height - 7), 1))
        for at, value in enumerate(values)
    ]
    return Line(" ".join(f"{x},{y}" for x, y in points), *points[-1], tuple(values))


def calibration(known: "Calibration") -> dict[str, Any]:
    """Return how well stated confidence fits: the bands of twenty and more, with their range."""
    bands = []
    for one in known.bins:
        if one.n >= ENOUGH:
            low, high = interval(Share(one.held, one.n))
            bands.append(
                {
                    "start": one.start,
                    "stop": one.stop,
                    "n": one.n,
                    "held": one.held,
                    "percent": round(100 * one.held / one.n),
                    "low": round(100 * low),
                    "high": round(100 * high),
                }
            )
    return {
        "n": known.n,
        "held": drawn(Share(known.held, known.n)),
        "brier": rounded(known.brier),
        "enough": known.enough,
        "bands": bands,
    }


def steps(found: "Sequence[AdoptionStep]") -> list[dict[str, Any]]:
    """Return the steps of the team; the one that it stands on is the last that may begin."""
    here = max((step.number for step in found if step.ready), default=1)
    return [
        {
            "number": step.number,
            "name": step.name,
            "state": "done" if step.number < here else "here" if step.number == here else "next",
            "policies": step.policies,
            "habits": {habit: drawn(share) for habit, share in step.coverage.items()},
            "missing": [_lack(lack) for lack in step.missing],
        }
        for step in found
    ]


def _lack(lack: "Lack") -> dict[str, Any]:
    return {
        "code": lack.code,
        "what": lack.what,
        "share": drawn(lack.share) if lack.share else None,
    }
