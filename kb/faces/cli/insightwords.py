"""How insights and groups of them are told to people."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kb.faces.cli.language import current, t
from kb.work.answers import why

if TYPE_CHECKING:
    from kb.work.insights import Insight
    from kb.work.insights_finding import Group, Near, Pool, Recurring


def recurring_text(found: "Recurring", *, every: bool) -> Iterator[str]:
    """Yield the lines of the groups that wait for a decision; with `every` of all."""
    groups = [one for one in found.groups if every or one.state == "new"]
    if not groups:
        yield t("No lesson to propose.", "提案できる教訓はありません。")
    for group in groups:
        yield f"■ {group.id}  {_head(group)}"
        yield f"    {why(group, current())}"
        for one in group.members:
            mark = t("  (joined)", "  (新たに)") if one.id in group.joined else ""
            yield f"  - {_line(one)}{mark}"
        yield ""
    yield from _rest(found, every=every)
    if any(group.state == "new" for group in groups):
        name = next(group.id for group in groups if group.state == "new")
        yield t("A lesson? ", "教訓であれば: ") + f'kb principle propose --title "…" --from {name}'
        yield t("No lesson? ", "そうでなければ: ") + f'kb insight dismiss {name} --why "…"'


def _head(group: "Group") -> str:
    parts = [
        t("strong", "強い") if group.strength == "strong" else t("possible", "可能性あり"),
        t(
            f"{group.accounts} accounts, {group.authors} people",
            f"{group.accounts}社・{group.authors}人",
        ),
    ]
    if group.principle:
        parts.append(group.principle)
    elif group.state == "dismissed":
        parts.append(t("dismissed", "提案から外した組"))
    return "  ".join(parts)


def _rest(found: "Recurring", *, every: bool) -> Iterator[str]:
    """Say what is not shown: groups with a principle, dismissed ones, contradictions."""
    count = {state: sum(g.state == state for g in found.groups) for state in _STATES}
    if not every and any(count.values()):
        yield t(
            f"Not shown: {count['principle']} with a principle, {count['dismissed']} dismissed "
            "(--all)",
            f"ほかに、行動原則のある組 {count['principle']}、提案から外した組 {count['dismissed']}"
            "（--all で表示）",
        )
    for one in found.decided.contradictions:
        yield t(
            f"Contradiction: {' '.join(one.about)}: @{one.newer.member} {one.newer.kind} "
            f"stands over @{one.older.member} {one.older.kind}",
            f"食い違い: {' '.join(one.about)} は @{one.newer.member} の新しい判断"
            f"（{_KIND[one.newer.kind]}）が、@{one.older.member} の判断"
            f"（{_KIND[one.older.kind]}）より優先されています",
        )


_STATES = ("principle", "dismissed")
_KIND = {
    "same": "同じ",
    "different": "別",
    "accepted": "行動原則に採用",
    "absorbed": "別の行動原則に追加",
    "dismissed": "提案しない",
}


def table(found: "list[Insight]") -> str:
    """Return one line for each insight."""
    if not found:
        return t("No insights yet.", "気づきはまだありません。")
    return "\n".join(_line(one) for one in found)


def _line(one: "Insight") -> str:
    return f"{told(one)}  {one.id}"


def told(one: "Insight") -> str:
    """Return an insight on one line, without what a terminal would take for an order."""
    author = f" @{one.author}" if one.author else ""
    line = f"{one.date} {one.account}{author}: {one.text}".strip()
    return "".join(letter if letter.isprintable() else " " for letter in line)


def near_lines(near: "Iterable[Near]") -> list[str]:
    """Return one line for each neighbour, the nearest first."""
    lines = [f"{one.similarity:.2f}  {_line(one.insight)}" for one in near]
    return lines or [t("Nothing near.", "近い気づきはありません。")]


def all_near(pool: "Pool", found: "dict[str, list[Near]]") -> Iterator[str]:
    """Yield every insight with its neighbours below it."""
    for name, near in found.items():
        yield _line(pool.insights[name])
        for line in near_lines(near):
            yield f"    {line}"
