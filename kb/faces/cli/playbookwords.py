"""What pages of the playbook say of themselves on a terminal: status, ground, counts, quotes."""

from typing import TYPE_CHECKING, Any

from kb.faces.cli.language import t

if TYPE_CHECKING:
    from kb.work.tracing import Traced


def status_word(status: str) -> str:
    """Return a principle's status in the chosen language."""
    words = {
        "candidate": t("candidate", "候補"),
        "adopted": t("adopted", "採用"),
        "superseded": t("superseded", "置き換え"),
        "retired": t("retired", "廃止"),
    }
    return words.get(status, status)


def rests_on(row: dict[str, Any]) -> str:
    """Return how many accounts and meetings speak for a page; "unproven" when none does."""
    if row["badge"]:
        return t("unproven: 0 meetings", "根拠なし: 0回")
    accounts, meetings = row["accounts"], row["meetings"]
    both = f"{_many(accounts, 'account')}, {_many(meetings, 'meeting')}"
    return t(both, f"{accounts}社 {meetings}回")


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def counts_line(found: dict[str, Any]) -> str:
    """Return how the hypotheses that cite a page ended: counts, and a rate from twenty on."""
    held, failed = found["held"], found["failed"]
    line = t(
        f"held {held} / failed {failed}, mixed {found['mixed']}, untested {found['untested']}, "
        f"waiting {found['waiting']}",
        f"当たり {held} / 外れ {failed}、一部 {found['mixed']}、未検証 {found['untested']}、"
        f"判定待ち {found['waiting']}",
    )
    rate = found.get("rate")
    return f"{line} ({rate['n']}/{rate['of']} = {rate['rate']:.0%})" if rate else line


def evidence_lines(found: dict[str, Any]) -> list[str]:
    """Return what speaks for a principle and against it: each quote, its state, where it is."""
    lines = []
    for key, heading in (
        ("evidence", t("Evidence", "根拠")),
        ("counter", t("Counter-evidence", "反証")),
    ):
        if found[key]:
            lines += ["", f"{heading} ({len(found[key])})"]
            lines += [line for quote in found[key] for line in _quote(quote)]
    return lines


def state_of_quote(state: str) -> str:
    """Return what became of a quote, in the chosen language."""
    return {
        "found": t("found", "原文あり"),
        "moved": t("moved", "移動"),
        "drifted": t("drifted", "変化"),
        "missing": t("missing", "原文なし"),
    }[state]


def _quote(quote: dict[str, Any]) -> list[str]:
    words = quote["quote"]
    shown = t(f"“{words}”", f"「{words}」") if words else t("(no words)", "(言葉なし)")
    where = f"{quote['account']}#^{quote['ref']}"
    facts = [state_of_quote(quote["state"]), where, quote["date"] or ""]
    if quote["now"]:
        facts.append(t(f"now {quote['now']}", f"いまは {quote['now']}"))
    if quote["author"]:
        facts.append(f"@{quote['author']}")
    if quote["commit"]:
        facts.append(quote["commit"][:12])
    if not quote["written"]:
        facts.append(t("refuted, not on the page", "棄却。ページには未記入"))
    return [f"  {shown}", f"    {'  '.join(fact for fact in facts if fact)}"]


def lost_line(quote: "Traced") -> str:
    """Return a quote that can't be found where the page says, on one line."""
    found = quote.evidence
    words = t(f"“{found.quote}”", f"「{found.quote}」")
    return f"  {state_of_quote(quote.state)}: {words} {found.account}#^{found.ref}"


def principle_page(found: dict[str, Any]) -> str:
    """Return a principle as one reads it: what it says, what it rests on, how it did."""
    lines = [f"{found['title']} ({found['id']})", f"  {_state_line(found)}"]
    lines += [f"  {rests_on(found)}", f"  {counts_line(found)}", *_living(found)]
    lines += _on_the_way(found)
    parts = (
        (t("Statement", "行動"), [found["statement"]] if found["statement"] else []),
        (t("Why", "なぜ"), [found["why"]] if found["why"] else []),
        (t("Do", "すること"), found["do"]),
        (t("Don't", "しないこと"), found["dont"]),
        (t("Use when", "使うとき"), found["use_when"]),
    )
    for heading, texts in parts:
        if texts:
            lines += ["", heading, *(f"  {' '.join(text.split())}" for text in texts)]
    return "\n".join([*lines, *evidence_lines(found)])


def _on_the_way(found: dict[str, Any]) -> list[str]:
    """Return what an adoption has of what it needs, for a candidate or an open revision."""
    way = found["adoption"]
    if found["status"] != "candidate" and way["state"] in ("none", "closed"):
        return []
    accounts, csms, approvals = (
        f"{has}/{needs}" for has, needs in (way["accounts"], way["csms"], way["approvals"])
    )
    line = t(
        f"  to adopt: accounts {accounts}, CSMs {csms}, approvals {approvals}",
        f"  採用まで: 顧客 {accounts}、CSM {csms}、承認 {approvals}",
    )
    if way["outstanding"]:
        who = " ".join(f"@{member}" for member in way["outstanding"])
        line += t(f"; {who} asked for changes", f"、{who} さんの差し戻しへの返答待ち")
    return [line]


def _living(found: dict[str, Any]) -> list[str]:
    last = found["changed"]
    if last is None:
        return []
    number, day, who = found["version"], last["at"][:10], last["by"] or ""
    name = f" @{who}" if who and "@" not in who else f" {who}".rstrip()
    return [
        t(
            f"  living document, version {number}, last changed {day} by {who}",
            f"  第{number}版、最終更新 {day}{name}",
        )
    ]


def _state_line(found: dict[str, Any]) -> str:
    parts = [status_word(found["status"])]
    for key, word in (
        ("adopted", t("adopted", "採用")),
        ("superseded_by", t("by", "後継")),
        ("verify_by", t("look again by", "見直し")),
    ):
        if found[key]:
            parts.append(f"{word} {found[key]}")
    if found.get("before_reviews"):
        parts.append(t("adopted before reviews", "レビュー開始前に採用"))
    if found["owner"]:
        parts.append(f"@{found['owner']}")
    return " · ".join(parts)
