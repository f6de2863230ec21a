"""How well stated confidence agrees with what happened: Brier score, reliability bins, shares.

Nothing is concluded from fewer than `ENOUGH` cases: there a share has counts and no rate.
"""

from collections.abc import Iterable, Sequence
from math import fsum, sqrt
from typing import Any, NamedTuple

ENOUGH = 20
"""From how many cases on something may be concluded."""
BINS = tuple((start, start + 10) for start in range(0, 100, 10))
"""Ten bins in percent: from (included) to (excluded; 100 belongs to the last)."""
LEAST, MOST = 5, 95
"""What may be stated in percent: nobody knows for certain."""
UNKNOWN = 50
"""What is said of a verdict in percent when too little is known to say anything."""
OUTCOMES = {"supported": True, "refuted": False}
"""Verdicts with which confidence is compared; mixed and untested ones are in no denominator."""
_NORMAL_95 = 1.959964


class Forecast(NamedTuple):
    """What was stated in percent before, and whether it held."""

    stated: float
    held: bool


class Bin(NamedTuple):
    """Forecasts between two percentages: how many, and how many of them held."""

    start: int
    stop: int
    n: int
    held: int


class Share(NamedTuple):
    """So many of so many. `rate` is None where too few were counted."""

    n: int
    of: int

    @property
    def rate(self) -> float | None:
        """Return the share, 0 to 1, rounded to thousandths; None below `ENOUGH`."""
        return round(self.n / self.of, 3) if self.of >= ENOUGH else None

    def as_json(self) -> dict[str, Any]:
        """Return the share as the contract of the command line has it."""
        return {"n": self.n, "of": self.of, "rate": self.rate}


class Calibration(NamedTuple):
    """How forecasts did: their number, how many held, the Brier score (None without any)."""

    n: int
    held: int
    brier: float | None
    bins: tuple[Bin, ...]

    @property
    def enough(self) -> bool:
        """Tell whether something may be concluded."""
        return self.n >= ENOUGH

    @property
    def base_rate(self) -> float | None:
        """Return the share that held; None below `ENOUGH`."""
        return Share(self.held, self.n).rate

    def as_json(self) -> dict[str, Any]:
        """Return the calibration as the contract of the command line has it."""
        return {
            "n": self.n,
            "held": self.held,
            "brier": rounded(self.brier),
            "base_rate": self.base_rate,
            "bins": bins_json(self.bins),
            "enough": self.enough,
        }


def calibrate(forecasts: Iterable[Forecast]) -> Calibration:
    """Return how the forecasts did; each must have ended one way or the other."""
    known = tuple(forecasts)
    bins = []
    for start, stop in BINS:
        inside = [one for one in known if start <= one.stated < stop or one.stated == stop == 100]
        bins.append(Bin(start, stop, len(inside), sum(one.held for one in inside)))
    held = sum(one.held for one in known)
    return Calibration(len(known), held, brier(known), tuple(bins))


def brier(forecasts: Sequence[Forecast]) -> float | None:
    """Return the mean squared distance from what happened, 0 (best) to 1; None without any."""
    if not forecasts:
        return None
    return fsum((one.stated / 100 - one.held) ** 2 for one in forecasts) / len(forecasts)


def rounded(score: float | None, digits: int = 3) -> float | None:
    """Return a score with so many digits behind the point; None stays None."""
    return None if score is None else round(score, digits)


def baseline(ended: Iterable[bool]) -> float:
    """Return in percent what one would say who knows only how others ended."""
    known = tuple(ended)
    return 100 * sum(known) / len(known) if len(known) >= ENOUGH else UNKNOWN


def interval(share: Share) -> tuple[float, float]:
    """Return the 95 % range (Wilson) in which the true share lies; 0 to 1 when none was counted."""
    if not share.of:
        return 0.0, 1.0
    n, z = share.of, _NORMAL_95
    rate = share.n / n
    centre = rate + z * z / (2 * n)
    spread = z * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    below, above = (centre - spread) / (1 + z * z / n), (centre + spread) / (1 + z * z / n)
    return max(0.0, below), min(1.0, above)


def bins_json(bins: Iterable[Bin]) -> list[dict[str, int]]:
    """Return reliability bins as the contract of the command line has them."""
    return [{"from": b.start, "to": b.stop, "n": b.n, "held": b.held} for b in bins]
