"""A list page by page: the next page goes on after what was seen, whatever was added meanwhile."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from kb.errors import WrongUse

SEEN = 3
"""Of how many items a cursor knows that they were seen: one of them may be gone meanwhile."""


def page(
    items: Sequence[dict[str, Any]], key: tuple[str, ...], limit: int, cursor: str | None
) -> dict[str, Any]:
    """Return the answer with at most `limit` of the items, those after the cursor.

    `key` names what an item is known by. Raises `WrongUse("api-bad-cursor")`.
    """
    keys = [[item[name] for name in key] for item in items]
    begin = _begin(keys, cursor) if cursor else 0
    stop = begin + limit
    more = stop < len(items)
    return {
        "items": list(items[begin:stop]),
        "total": len(items),
        "next": _written(keys[max(begin, stop - SEEN) : stop], stop) if more else None,
    }


def _begin(keys: list[list[Any]], cursor: str) -> int:
    seen, place = _read(cursor)
    for one in reversed(seen):
        if one in keys:
            return len(keys) - keys[::-1].index(one)
    return min(place, len(keys))


def _written(seen: list[list[Any]], place: int) -> str:
    data = json.dumps([seen, place], separators=(",", ":"))
    return urlsafe_b64encode(data.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[list[list[Any]], int]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        seen, place = json.loads(urlsafe_b64decode(padded))
        if not isinstance(seen, list) or not isinstance(place, int) or place < 0:
            raise ValueError(cursor)  # noqa: TRY301 (one answer for whatever it is)
    except (ValueError, TypeError, RecursionError):
        raise WrongUse("api-bad-cursor") from None
    return seen, place
