"""How to open a meeting better than with small talk: with something that the store knows."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from kb.messages import say

if TYPE_CHECKING:
    from kb.catalogue.lists import Listed
    from kb.work.context import Context

WEEKS = 6
"""How far back a figure is compared."""


def openers(ctx: "Context", row: "Listed", most: int = 2) -> str:
    """Return up to `most` things to begin with instead, from this account's own data."""
    found: list[str] = []
    for code, params in _candidates(ctx, row):
        found.append(
            f"「{say(code, ctx.lang, **params)[0]}」"
            if ctx.lang == "ja"
            else say(code, ctx.lang, **params)[0]
        )
        if len(found) == most:
            break
    if not found:
        found.append(say("opener-none", ctx.lang)[0])
    return ("" if ctx.lang == "ja" else "; ").join(found)


def _candidates(ctx: "Context", row: "Listed") -> Iterator[tuple[str, dict[str, object]]]:
    moved = _moved_most(ctx, row)
    if moved is not None:
        yield "opener-figure", moved
    earlier = [
        other
        for other in ctx.catalogue.meetings(row.account, None, row.date)
        if other.begins < row.begins and not other.cancelled
    ]
    if earlier:
        last = ctx.catalogue.whole(earlier[0])
        judged = [claim for claim in last.hypotheses if claim.verdict in ("refuted", "mixed")]
        if judged:
            yield "opener-refuted", {"text": judged[0].text}
        if last.decisions:
            yield "opener-decision", {"text": last.decisions[0].text, "date": last.date}
    today = ctx.today.isoformat()
    for todo in ctx.catalogue.todos(today, account=row.account):
        if todo.promise:
            yield "opener-promise", {"text": todo.text}
            return


def _moved_most(ctx: "Context", row: "Listed") -> dict[str, object] | None:
    """Return the figure that moved most over six weeks, or None where there are no signals."""
    found = ctx.store.read(f"signals/{row.account}.csv")
    if found is None:
        return None
    series = _series(found.data, row.date)
    best: tuple[float, dict[str, object]] | None = None
    for indicator, values in series.items():
        last_day, last = values[-1]
        since = (date.fromisoformat(last_day) - timedelta(weeks=WEEKS)).isoformat()
        before = [(day, value) for day, value in values if day <= since]
        if not before or not before[-1][1]:
            continue
        first = before[-1][1]
        moved = abs(last - first) / abs(first)
        if moved >= 0.05 and (best is None or moved > best[0]):
            name = _name(ctx, indicator)
            best = (
                moved,
                {
                    "name": name,
                    "before": f"{first:g}",
                    "after": f"{last:g}",
                    "since": before[-1][0],
                },
            )
    return best[1] if best else None


def _series(data: bytes, until: str) -> dict[str, list[tuple[str, float]]]:
    """Return the values of each indicator up to a day, oldest first; what is no number is left."""
    import csv

    lines = data.decode("utf-8-sig", "replace").splitlines()
    series: dict[str, list[tuple[str, float]]] = {}
    for line in csv.DictReader(lines):
        try:
            value = float(line["value"])
            day, indicator = line["date"].strip(), line["indicator"].strip()
            date.fromisoformat(day)
        except (KeyError, ValueError, AttributeError, TypeError):
            continue
        if day <= until:
            series.setdefault(indicator, []).append((day, value))
    return {indicator: sorted(values) for indicator, values in series.items()}


def _name(ctx: "Context", indicator: str) -> str:
    """Return an indicator's name as `kb.toml` has it."""
    health = ctx.settings.raw.get("health")
    rows = health.get("indicators") if isinstance(health, dict) else None
    for row in cast("list[dict[str, Any]]", rows if isinstance(rows, list) else []):
        if isinstance(row, dict) and row.get("id") == indicator:
            return str(row.get("name") or indicator)
    return indicator
