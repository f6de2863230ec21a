"""What an agenda is made of: small talk, a round over open TODOs, or something to talk about."""

import re
import unicodedata

from kb.model.meeting import Meeting, Topic

_LAST = r"(?:前回|先月|先週|持ち?越し|継続)"
_GO_OVER = r"(?:確認|進捗(?:の?確認)?|状況(?:の?確認)?|おさらい|振り?返り|チェック|レビュー|共有)"
_REVIEW = re.compile(
    rf"{_LAST}?の?(?:todo|宿題|タスク|アクション(?:アイテム)?|お?約束)s?(?:の|一覧の?)?{_GO_OVER}?"
    rf"|{_LAST}の?(?:{_GO_OVER}|(?:内容|議事録)の?確認|持ち?越し)"
    r"|進捗の?(?:確認|共有)?"
    r"|(?:review|check|status|follow.?up|recap|go (?:over|through))?\s*(?:of|on|the|our)?\s*"
    r"(?:last|previous|open|old|pending)?(?: (?:time|meeting|month|week)(?:'s)?)?\s*"
    r"(?:to-?dos?|action items?|actions|tasks?)(?: (?:review|check|status|follow.?up|recap))?"
)
_CHAT = re.compile(
    r"(?:ご?近況|最近)(?:の?(?:伺い|うかがい|報告|共有|確認|ご?様子|ご?状況)|について"
    r"|を(?:伺|うかが)う|(?:いかが|どう)ですか)?(?:[・、/と]\s*(?:ご?挨拶|雑談))?"
    r"|(?:最近|その後|お?調子)[は、]?\s*(?:いかが|どう)(?:でしょうか|ですか|でしたか)?"
    r"|(?:年末年始|新年|時候|季節)?の?(?:ご?挨拶|あいさつ)(?:回り)?"
    r"|雑談|アイスブレイク|世間話|顔合わせ|お伺い|情報交換|ご?様子伺い"
    r"|お変わりは?(?:ない|ありません)(?:でしょう|です)?か?"
    r"|何か(?:お?困りごと|困ったこと)は?(?:ない|ありません)か"
    r"|(?:quick )?catch(?:ing)?.?up|check.?in|small ?talk|chat|ice.?breaker|greetings?|hello"
    r"|touch(?:ing)? base|news"
    r"|how (?:are|is|have|has) (?:you|things|everything|it)(?: (?:been|going|doing))?"
    r"(?: lately| recently)?"
    r"|how(?:'s| is) (?:it|everything) going"
)
_EDGE = re.compile(r"^[\W\d_]+|[\W_]+$")


def folded(text: str) -> str:
    """Return the form in which words are compared: NFKC, trimmed, without case."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _bare(title: str) -> str:
    return _EDGE.sub("", folded(title))


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
