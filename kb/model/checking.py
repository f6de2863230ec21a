"""What a meeting's preparation and minutes lack; how strict to be about it is policy."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from kb.model.agenda import folded, only_carried, small_talk
from kb.model.meeting import Hypothesis, Meeting
from kb.model.state import ends, starts
from kb.text.ids import normal

STREAK = 3
"""How many meetings in a row may stay at tool use before somebody should say so."""


class Finding(NamedTuple):
    """One thing to mend: the check's code, its sentence's code and values, and the line."""

    code: str
    said: str
    line: int
    params: dict[str, str]


def preparation(meeting: Meeting) -> list[Finding]:
    """Return what the hypotheses and the agenda lack."""
    found = []
    if not meeting.hypotheses:
        found.append(_finding("no-hypothesis", meeting.line))
    for claim in meeting.hypotheses:
        found += _claim(claim)
    for topic in meeting.topics:
        if topic.title and topic.stance is None:
            found.append(_finding("no-stance", topic.line, topic=topic.title))
        elif topic.stance and _VAGUE_STANCE.fullmatch(folded(topic.stance)):
            told = {"topic": topic.title, "value": topic.stance}
            found.append(_finding("no-stance", topic.line, "check-no-stance-vague", **told))
    if small_talk(meeting):
        found.append(_finding("small-talk", meeting.topics[0].line, topic=meeting.topics[0].title))
    elif only_carried(meeting):
        found.append(_finding("only-carried", meeting.line))
    return found


def _finding(code: str, line: int, said: str = "", **params: str) -> Finding:
    return Finding(code, said or f"check-{code}", line, params)


def _claim(claim: Hypothesis) -> list[Finding]:
    found = []
    for code, value, vague in (
        ("no-test", claim.test, _VAGUE_TEST),
        ("no-impact", claim.impact, _VAGUE),
    ):
        if value is None or not value.strip():
            found.append(_finding(code, claim.line, text=claim.text))
        elif vague.fullmatch(folded(value)):
            vaguely = f"check-{code}-vague"
            found.append(_finding(code, claim.line, vaguely, text=claim.text, value=value))
    if claim.confidence is None:
        found.append(_finding("no-confidence", claim.line, text=claim.text))
    return found


_NOTHING = (
    r"\(?(?:なし|無し|無|未定|不明|未記入|あとで|後で|検討中|特になし"
    r"|tbd|tba|n/?a|none|unknown|later|\?+|-+|…+|\.+|x+|〇+)\)?[。.]?"
)
_VAGUE = re.compile(_NOTHING)
_VAGUE_TEST = re.compile(
    rf"{_NOTHING}"
    r"|(?:今後の?|しばらく)?(?:様子|経過|推移|反応|状況|動向|変化)を?"
    r"(?:見る|みる|見守る|確認する?|確かめる)[。.]?"
    r"|(?:we(?:'ll| will) )?"
    r"(?:wait and see|see how it goes|keep an eye on it|watch|monitor|observe)\.?"
)


_VAGUE_STANCE = re.compile(
    rf"{_NOTHING}"
    r"|(?:ご)?(?:相談|検討|確認|共有|報告|説明|議論)(?:を?(?:する|します|したい|したいです|させて(?:ください|いただきたい)))?[。.]?"
    r"|(?:ご?意見|お考え)を?(?:伺う|伺いたい|うかがう|うかがいたい|聞く|聞きたい|お聞きしたい)[。.]?"
    r"|(?:to )?(?:discuss|talk (?:about it|it over)|review|share|confirm|listen)[.]?"
)


# Over several meetings

_MONEY = re.compile(
    r"売上|売り上げ|収益|収入|利益|粗利|費用|コスト|経費|原価|人件費|工数|削減|[¥￥$€£]"
    r"|\d\s*(?:円|万|億|時間|時|件)"
    r"|revenue|sales|cost|profit|margin|saving|expense|\b(?:jpy|usd|eur|arr|mrr|ltv)\b",
    re.IGNORECASE,
)


def tool_use(meeting: Meeting) -> bool | None:
    """Tell whether the talk stays at how the tool is used; None when there is nothing to judge.

    A written level decides (1–2 of 4: tool use, community); without one a claim whose impact
    names sales or cost lifts the meeting above it.
    """
    if meeting.cancelled or not (meeting.hypotheses or meeting.topics):
        return None
    written = [c.value_level for c in meeting.hypotheses] + [t.value_level for t in meeting.topics]
    levels = [level for level in written if level is not None]
    if levels:
        return max(levels) <= 2
    return not any(claim.impact and _MONEY.search(claim.impact) for claim in meeting.hypotheses)


def value_level(meeting: Meeting, earlier: Sequence[Meeting]) -> list[Finding]:
    """Return a finding when this meeting and the two before it all stay at tool use.

    `earlier` are the account's meetings before this one, in any order.
    """
    before = sorted(earlier, key=starts, reverse=True)
    judged = [(m, low) for m in (meeting, *before) if (low := tool_use(m)) is not None]
    last = judged[:STREAK]
    if len(last) == STREAK and last[0][0] is meeting and all(low for _, low in last):
        return [_finding("value-level", meeting.line, since=last[-1][0].date)]
    return []


# Against the clock


def not_closed(meeting: Meeting, now: datetime, within: int) -> list[Finding]:
    """Return a finding when the meeting ended more than `within` minutes ago without minutes.

    `now` is naive, the team's time.
    """
    if meeting.minutes or meeting.cancelled:
        return []
    over = now - ends(meeting)
    if over <= timedelta(minutes=within):
        return []
    return [_finding("not-closed", meeting.line, ended=ends(meeting).isoformat(" ", "minutes"))]


def late(meeting: Meeting, at_start: Meeting | None) -> list[Finding]:
    """Return the hypotheses that were not there, or read otherwise, when the meeting started.

    `at_start` is the same meeting as it was written then, None when it was not there at all.
    """
    before = at_start.hypotheses if at_start else ()
    texts = {normal(claim.text) for claim in before}
    ids = {claim.id for claim in before}
    confidence = {normal(claim.text): claim.confidence for claim in before}
    found = []
    for claim in meeting.hypotheses:
        text = normal(claim.text)
        if text not in texts:
            said = "check-late-changed" if claim.given and claim.id in ids else "check-late"
            found.append(_finding("late", claim.line, said, text=claim.text))
        elif claim.confidence != confidence[text]:
            found.append(_finding("late", claim.line, "check-late-confidence", text=claim.text))
    return found
