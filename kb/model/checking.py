"""What a meeting's preparation and minutes lack, as facts; how strict to be is the team's policy."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from kb.model.meeting import Hypothesis, Meeting, Topic
from kb.model.state import ends, starts
from kb.text.ids import normal

STREAK = 3
"""How many meetings in a row may stay at tool use before somebody should say so."""


class Finding(NamedTuple):
    """One thing to mend: the check's code, its sentence's code, the line, what fills the sentence."""

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
        elif vague.fullmatch(_folded(value)):
            vaguely = f"check-{code}-vague"
            found.append(_finding(code, claim.line, vaguely, text=claim.text, value=value))
    if claim.confidence is None:
        found.append(_finding("no-confidence", claim.line, text=claim.text))
    return found


_NOTHING = r"(?:なし|無し|無|未定|不明|未記入|あとで|後で|検討中|特になし|tbd|tba|n/?a|none|unknown|later|\?+|-+|…+|\.+|x+|〇+)"
_VAGUE = re.compile(rf"\(?{_NOTHING}\)?[。.]?")
_VAGUE_TEST = re.compile(
    rf"\(?{_NOTHING}\)?[。.]?"
    r"|(?:今後の?|しばらく)?(?:様子|経過|推移|反応|状況|動向|変化)を?(?:見る|みる|見守る|確認する?|確かめる)[。.]?"
    r"|(?:(?:we(?:'ll| will))?\s*)?(?:wait and see|see how it goes|keep an eye on it|watch|monitor|observe)[.]?"
)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


# The agenda

_REVIEW = re.compile(
    r"(?:前回|先月|先週|持ち?越し|継続)?の?(?:todo|宿題|タスク|アクション(?:アイテム)?|お?約束)s?(?:の|一覧の?)?"
    r"(?:確認|進捗(?:の?確認)?|状況(?:の?確認)?|おさらい|振り?返り|チェック|レビュー|共有)?"
    r"|(?:前回|先月|先週|持ち?越し)(?:の)?(?:確認|おさらい|振り?返り|内容の?確認|議事録の?確認|持ち?越し)"
    r"|進捗(?:の)?(?:確認|共有)?"
    r"|(?:review|check|status|follow.?up|recap|go (?:over|through))?\s*(?:of|on|the|our)?\s*(?:last|previous|open|old|pending)?"
    r"(?: (?:time|meeting|month|week)(?:'s)?)?\s*(?:to-?dos?|action items?|actions|tasks?)"
    r"(?: (?:review|check|status|follow.?up|recap))?"
)
_CHAT = re.compile(
    r"(?:ご?近況|最近)(?:の)?(?:伺い|うかがい|報告|共有|確認|ご?様子|状況|について|の共有|を伺う|をうかがう|いかがですか|どうですか|のご?状況)?"
    r"(?:[・、/と]\s*(?:ご?挨拶|雑談))?"
    r"|(?:最近|その後|お?調子)(?:は|、)?\s*(?:いかが|どう)(?:でしょうか|ですか|でしたか)?"
    r"|(?:年末年始?の?|新年の?|時候の?|季節の?)?(?:ご?挨拶|あいさつ)(?:回り)?|雑談|アイスブレイク|世間話|顔合わせ|お伺い|情報交換|ご?様子伺い"
    r"|お変わり(?:は)?(?:ない|ありません)(?:でしょう)?(?:か)?|何か(?:お?困りごと|困ったこと)は?(?:ない|ありません)か"
    r"|(?:quick )?catch(?:ing)?.?up|check.?in|small ?talk|chat|ice.?breaker|greetings?|hello|touch(?:ing)? base|news"
    r"|how (?:are|is|have|has) (?:you|things|everything|it)(?: (?:been|going|doing))?(?: lately| recently)?"
    r"|how(?:'s| is) (?:it|everything) going"
)
_EDGE = re.compile(r"^[\W\d_]+|[\W_]+$")


def _bare(title: str) -> str:
    return _EDGE.sub("", _folded(title))


def chat(topic: Topic) -> bool:
    """Tell whether a topic is small talk by its title and proposes nothing."""
    return topic.stance is None and bool(_CHAT.fullmatch(_bare(topic.title)))


def carried_over(topic: Topic) -> bool:
    """Tell whether a topic only goes over what was left open, by its title, without a stance.

    One that continues an earlier topic by its link is a topic of its own right.
    """
    return topic.stance is None and bool(_REVIEW.fullmatch(_bare(topic.title)))


def small_talk(meeting: Meeting) -> bool:
    """Tell whether small talk is all that is on the agenda, with nothing that we propose."""
    topics = [topic for topic in meeting.topics if topic.title]
    return bool(topics) and not meeting.hypotheses and all(chat(topic) for topic in topics)


def only_carried(meeting: Meeting) -> bool:
    """Tell whether the agenda only goes over what was left open: no claim, no stance, nothing new.

    Lines and headings that link to an earlier one are carried over; a topic that by its title
    only goes over TODOs counts with them, small talk beside it changes nothing.
    """
    if meeting.hypotheses or any(topic.stance for topic in meeting.topics):
        return False
    review = [topic for topic in meeting.topics if topic.link is not None or carried_over(topic)]
    rest = [topic for topic in meeting.topics if topic not in review and topic.title]
    return bool(review or meeting.carried) and all(chat(topic) for topic in rest)


# Over several meetings

_MONEY = re.compile(
    r"売上|売り上げ|収益|収入|利益|粗利|費用|コスト|経費|原価|人件費|工数|削減|[¥￥$€£]|\d\s*(?:円|万|億|時間|時|件)"
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
            found.append(
                _finding("late", claim.line, "check-late-confidence", text=claim.text)
            )
    return found
