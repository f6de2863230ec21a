"""What may stand in `kb.toml`: every table, every key, and the values that fit."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import cast

LEVELS = ("off", "remind", "require")
CHECKS = (
    *("no-hypothesis", "no-test", "no-confidence", "no-impact", "no-stance", "only-carried"),
    *("small-talk", "late", "value-level", "not-closed", "near-miss", "no-review"),
)
"""The codes of `kb meeting check`, each with a level in `[policies.checks]`."""

# What each table may hold: a check of the value, a nested table, or None for "anything".
# "*" stands for names that the team chooses.
Check = Callable[[object], str | None]
Shape = dict[str, "Check | Shape | None"]


def _one_of(*words: str) -> Check:
    expected = " | ".join(f'"{word}"' for word in words)
    return lambda value: None if value in words else expected


def _text(value: object) -> str | None:
    return None if isinstance(value, str) else '"…"'


def _named(value: object) -> str | None:
    return None if isinstance(value, str) and value.strip() else '"…"'


def _texts(value: object) -> str | None:
    fits = isinstance(value, list) and all(isinstance(word, str) for word in value)
    return None if fits else '["…", "…"]'


def _flag(value: object) -> str | None:
    return None if isinstance(value, bool) else "true | false"


def _day(value: object) -> str | None:
    fits = isinstance(value, date) and not isinstance(value, datetime)
    return None if fits else "2026-02-01"


def _number(least: int, most: int) -> Check:
    def check(value: object) -> str | None:
        fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return None if fits else f"{least}–{most}"

    return check


def _spans(value: object) -> str | None:
    expected = '["2026-12-24/2027-01-04"]'
    if _texts(value):
        return expected
    try:
        ordered = [first <= last for first, last in map(span, cast("list[str]", value))]
    except ValueError:
        return expected
    return None if all(ordered) else expected


def span(text: str) -> tuple[date, date]:
    """Read "2026-12-24/2027-01-04", or one day alone; ValueError when it is neither."""
    first, _, last = text.partition("/")
    return date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())


_LEVEL = _one_of(*LEVELS)
SHAPE: Shape = {
    "format": _number(1, 1),
    "store": {"branch": _named},
    "team": {
        "name": _text,
        "product": _text,
        "features": _texts,
        "language": _one_of("ja", "en"),
        "timezone": _named,
        "phase": _one_of("quality", "efficiency"),
    },
    "charter": {"mission": _text, "theme": _text, "team_name": _text, "principle_note": _text},
    "members": {
        "*": {
            "name": _text,
            "email": _text,
            "role": _one_of("member", "lead"),
            "language": _one_of("ja", "en"),
            "joined": _day,
            "away": _spans,
        }
    },
    "units": {"*": {"name": _text, "lead": _text, "members": _texts}},
    "policies": {
        "minutes": _LEVEL,
        "hypothesis": _LEVEL,
        "pre_review": _LEVEL,
        "minutes_options": {"done_within_minutes": _number(0, 1440)},
        "pre_review_options": {"hours_before": _number(0, 720), "within_unit": _flag},
        "checks": dict.fromkeys(CHECKS, _LEVEL),
    },
    "quorum": dict.fromkeys(("accounts", "csms", "approvals"), _number(0, 100)),
    "aliases": {"sections": {"*": _texts}, "labels": {"*": _texts}, "tags": {"*": _texts}},
    "health": dict.fromkeys(("version", "since", "colours", "indicators", "changes")),
    "roadmap": dict.fromkeys(("from", "goal", "stages")),
    "moments": None,
    "cta": None,
    "integrations": None,
    "search": {"engine": _one_of("embedded", "whoosh"), "words": _texts},
}
SECRET = re.compile(
    r"(?:^|[_-])(?:token|secret|password|webhook)s?(?:$|[_-](?:url|key)$)", re.IGNORECASE
)
"""Keys whose values are secrets and may only say where the secret is found."""
