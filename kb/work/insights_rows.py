"""Insights from a file of JSON lines instead of the store, to try the finder on."""

import json
from collections.abc import Iterator
from pathlib import Path

from kb.errors import NotFound, WrongUse
from kb.model.recurrence import Decided
from kb.work.insights import Insight, language_of
from kb.work.insights_finding import Pool, encoder, speaking

LARGEST = 200 * 1024 * 1024
"""A larger file (bytes) is not read."""
LONGEST = 1024 * 1024
"""A longer line (bytes) is not read."""
KEYS = ("id", "text", "account", "author")


def pool(file: Path) -> Pool:
    """Return the insights of a file: nothing is decided about them, and the store isn't asked.

    Raises `NotFound("rows-no-file")` and `WrongUse` ("rows-unreadable", "rows-too-large",
    "rows-no-json", "rows-missing", "rows-twice", "rows-long", "rows-empty"), each with the number
    of the line.
    """
    insights = list(_rows(file))
    if not insights:
        raise WrongUse("rows-empty", path=file)
    masks = speaking(word for one in insights for word in (one.account, one.author))
    return Pool(insights, Decided(), encoder(None), masks)


def _rows(file: Path) -> Iterator[Insight]:
    seen: dict[str, int] = {}
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        one = _insight(line, number)
        if one.id in seen:
            raise WrongUse("rows-twice", line=number, id=one.id, first=seen[one.id])
        seen[one.id] = number
        yield one


def _lines(file: Path) -> list[bytes]:
    try:
        if file.stat().st_size > LARGEST:
            raise WrongUse("rows-too-large", path=file, limit=LARGEST // 1024 // 1024)
        data = file.read_bytes()
    except FileNotFoundError:
        raise NotFound("rows-no-file", path=file) from None
    except OSError as error:
        raise WrongUse("rows-unreadable", path=file, detail=error.strerror) from None
    return data.removeprefix(b"\xef\xbb\xbf").splitlines()


def _insight(line: bytes, number: int) -> Insight:
    if len(line) > LONGEST:
        raise WrongUse("rows-long", line=number, limit=LONGEST // 1024)
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise WrongUse("rows-no-json", line=number) from None
    if not isinstance(row, dict):
        raise WrongUse("rows-no-json", line=number)
    for key in KEYS:
        value = row.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            row[key] = value = str(value)
        if not isinstance(value, str) or not value.strip():
            raise WrongUse("rows-missing", line=number, key=key)
        row[key] = value.encode("utf-8", "replace").decode()  # a lone surrogate is no character
    text = " ".join(row["text"].split())
    return Insight(
        id=row["id"],
        given=True,
        account=row["account"],
        author=row["author"],
        date=_word(row.get("date")),
        text=text,
        lang=_word(row.get("lang")) or language_of(text),
        path="",
        line=number,
        meeting="",
    )


def _word(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
