"""How insights and groups of them are told, as data and to people."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kb.faces.cli.language import current, t

if TYPE_CHECKING:
    from kb.work.insights import Insight
    from kb.work.insights_finding import Group, Near, Pool, Recurring

# As data


def near_json(near: "Near") -> dict[str, Any]:
    """Return a neighbour as the contract has it: an insight, and how near it is."""
    from kb.work import insights as work

    return {**work.as_json(near.insight), "similarity": near.similarity}


def recurring_json(found: "Recurring") -> dict[str, Any]:
    """Return all groups as the contract has them, and the judgements that were overruled."""
    return {
        "groups": [_group_json(group) for group in found.groups],
        "considered": found.considered,
        "ungrouped": found.ungrouped,
        "contradictions": [
            {
                "about": list(one.about),
                "overruled": {
                    "id": one.older.id,
                    "type": one.older.kind,
                    "by": one.older.member,
                    "at": one.older.at.isoformat(timespec="seconds"),
                },
                "stands": {
                    "id": one.newer.id,
                    "type": one.newer.kind,
                    "by": one.newer.member,
                    "at": one.newer.at.isoformat(timespec="seconds"),
                },
            }
            for one in found.decided.contradictions
        ],
    }


def _group_json(group: "Group") -> dict[str, Any]:
    from kb.work import insights as work

    return {
        "id": group.id,
        "strength": group.strength,
        "accounts": group.accounts,
        "authors": group.authors,
        "members": [work.as_json(one) for one in group.members],
        "why": {
            "terms": list(group.terms),
            "similarity": group.similarity,
            "sentence": _why(group),
        },
        "state": group.state,
        "principle": group.principle,
        "joined": list(group.joined),
    }


# For people


def _why(group: "Group") -> str:
    """Return in a sentence why the group is one."""
    from kb.messages import say

    if group.principle:
        code = "joined" if group.joined else "principle"
    elif group.linked:
        code = "linked"
    else:
        code = "wording" if group.strength == "strong" else "near"
    lang = current()
    first = say(
        f"insight-why-{code}",
        lang,
        principle=group.principle,
        count=len(group.joined),
        accounts=group.accounts,
    )[0]
    ending = "insight-why-terms" if group.terms else "insight-why-no-terms"
    terms = t(", ", "・").join(group.terms)
    return first + say(ending, lang, terms=terms, similarity=f"{group.similarity:.2f}")[0]


def recurring_text(found: "Recurring", *, every: bool) -> Iterator[str]:
    """Yield the lines of the groups that wait for a decision; with `every` of all."""
    groups = [one for one in found.groups if every or one.state == "new"]
    if not groups:
        yield t("No lesson to propose.", "提案できる教訓はありません。")
    for group in groups:
        yield f"■ {group.id}  {_head(group)}"
        yield f"    {_why(group)}"
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
