"""The four steps by which a team takes the habits on, and what is missing for the next one."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from kb.model.calibration import ENOUGH, Share

THRESHOLD = 0.8
"""The share of meetings that must have a step's habit before the next step is begun."""
STEPS = ("visible", "hypotheses", "principles", "playbook")
"""Notes that all can see; guesses before meetings; what recurs as principles; one playbook."""
POLICIES = (("minutes",), ("hypothesis", "pre_review"), (), ())
"""The switches of `kb.toml` that belong to each step."""
HABITS = (("closed",), ("with_hypothesis", "pre_reviewed"), (), ())
"""The habits of meetings that each step must have spread before the next is begun."""


class Lack(NamedTuple):
    """What is missing before a step can be begun.

    `code` is "off" (a switch), "few" (too few meetings to say), "coverage" (a habit is rarer than
    `needs`), "principles" (none adopted) or "earlier" (the step before can't be begun yet);
    `what` names the switch, habit or step.
    """

    code: str
    what: str
    share: Share | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the lack with its numbers."""
        numbers = self.share.as_json() if self.share else {}
        return {"code": self.code, "what": self.what, **numbers}


class Step(NamedTuple):
    """A step: how strict its switches are, how far its habits reach, and whether it may begin."""

    number: int
    name: str
    policies: dict[str, str]
    coverage: dict[str, Share]
    missing: tuple[Lack, ...]

    @property
    def ready(self) -> bool:
        """Tell whether nothing is missing before the step can be begun."""
        return not self.missing

    def as_json(self) -> dict[str, Any]:
        """Return all of the step."""
        return {
            "step": self.number,
            "name": self.name,
            "policies": self.policies,
            "coverage": {name: share.as_json() for name, share in self.coverage.items()},
            "threshold": THRESHOLD,
            "ready": self.ready,
            "missing": [lack.as_json() for lack in self.missing],
        }


def steps(
    levels: Mapping[str, str], habits: Mapping[str, Share], adopted: int, plays: Share
) -> tuple[Step, ...]:
    """Return the four steps.

    `levels` are off, remind or require by switch, `habits` how far each habit reaches, `adopted`
    how many principles there are, `plays` how many of those have a play.
    """
    found: list[Step] = []
    for number, name in enumerate(STEPS):
        coverage = {habit: habits[habit] for habit in HABITS[number]}
        if name == "playbook":
            coverage["plays"] = plays
        missing = _missing(found[-1], adopted) if found else ()
        policies = {switch: levels[switch] for switch in POLICIES[number]}
        found.append(Step(number + 1, name, policies, coverage, missing))
    return tuple(found)


def _missing(before: Step, adopted: int) -> tuple[Lack, ...]:
    """Return what the step before lacks."""
    if not before.ready:
        return (Lack("earlier", before.name),)
    lacks = [Lack("off", switch) for switch, level in before.policies.items() if level == "off"]
    for habit in HABITS[before.number - 1]:
        share = before.coverage[habit]
        if share.of < ENOUGH:
            lacks.append(Lack("few", habit, share))
        elif share.n < THRESHOLD * share.of:
            lacks.append(Lack("coverage", habit, share))
    if before.name == "principles" and not adopted:
        lacks.append(Lack("principles", before.name))
    return tuple(lacks)
