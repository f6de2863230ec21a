"""The words by which notes name their parts (action items, decisions, people), in two languages."""

import re
from functools import lru_cache

from kb.formats.blocks import fold, plain

_ACTION_HEAD = re.compile(
    r"(?:(?:new|previous|past|last|old|carried over|open|our|proposed|outcome|outstanding|remaining"
    r"|the|today['’]?s?|team|key|any|unchecked|current|summary of)\s+)*"
    r"(?:ais?|action(?:able)?\s*(?:items?|points?|list|steps?)?|actions"
    r"|(?:todo'?s?|to-?dos?|to do)(?: lists?| items?)?|task(?:s| list)|assignments?|homework)"
    r"(?:\s*(?:summary|from|for|of|this|the|today|meeting|next|week|review(?:ed)?|list|before|past"
    r"|previous|last|agenda|overview|meetings|and|owners?|decisions|time)\b)*"
    r"|todo|(?:次回までの?)?(?:宿題|アクション(?:アイテム|プラン|項目)?|ネクストアクション"
    r"|次(?:の|回)?アクション|タスク(?:一覧)?|やること|対応事項|要対応|持ち?帰り(?:事項)?"
    r"|todo(?:リスト|事項)?|実施事項|依頼事項|残タスク|次回まで(?:に|の).{0,8})"
    r"(?:・todo|一覧|\s*\(.*\))?"
)
_WEAK_HEAD = re.compile(
    r"next\s*steps?|takeaways? and actions?|今後の(?:対応|進め方)|次のステップ|ネクストステップ"
)
_FOLLOW_HEAD = re.compile(r"follow-?\s?ups?(?: items?)?|previous action items?|フォローアップ")
_DECISION_HEAD = re.compile(
    r"(?:(?:key|all)\s+)?(?:decisions?(?: made| log)?|resolutions?|resolved|agreements?|decided"
    r"|conclusions?)|決定(?:事項|したこと)?|決まったこと|決議(?:事項)?|合意(?:事項)?|結論"
    r"|決定・合意事項|確定事項"
)
_ATTENDEE_HEAD = re.compile(
    r"(?:meeting |team |voting |regular |non-?voting |active )?"
    r"(?:attendees?|attend(?:ance|ing)|attended|participants?|present|members?(?: present)?"
    r"|visitors?|guests?|people(?: present)?|who(?:'s here)?|sign.?in|roll ?call|in attendance"
    r"|on the call|others|team members|observers?|public(?: guests?)?|hosts?|invited)"
    r"|(?:ご)?(?:出席|参加|列席)(?:者|メンバー)?(?:\s*\(敬称略\))?|メンバー|当社(?:側)?(?:出席者)?"
    r"|先方(?:出席者)?|お客様(?:出席者)?|理事|オブザーバー|陪席"
)
_ABSENT_HEAD = re.compile(
    r"regrets?|absent|apologies|not present|scribes?|欠席(?:者)?|facilitators?|note ?takers?"
)
_OTHER_HEAD = re.compile(
    r"agenda(?: items?)?|notes?|discussions?|minutes|announcements?|topics?|links?|memo|議題"
    r"|アジェンダ|メモ|議論|報告|upcoming meetings?|次回.*|next meeting.*|q&a.*|other|その他"
    r"|follow-?up discussion"
)
_NOTHING = re.compile(
    r"(?:none|nothing|n/?a|no|none .{0,30}|text|tbd|\.\.\.|…|-+|_+|x"
    r"|no (?:new |further )?(?:action(?: items?)?|actions?|ais?|todos?)(?: .*)?"
    r"|[\[(<]?(?:add|your|todo|text|name|description).{0,20} here[\])>]?"
    r"|(?:特に)?(?:なし|無し|無い|ありません)|未定|(?:this )?was landed .*|no action\b.*"
    r"|(?:the )?(?:issue|pr|item|this)(?:\s*#?\d+)? (?:was |is |has been )?"
    r"(?:closed|landed|merged|resolved|done))[.。!]*"
)
_HEADS = (
    ("action", _ACTION_HEAD),
    ("next", _WEAK_HEAD),
    ("follow", _FOLLOW_HEAD),
    ("decision", _DECISION_HEAD),
    ("attendee", _ATTENDEE_HEAD),
    ("absent", _ABSENT_HEAD),
    ("part", _OTHER_HEAD),
)
_EDGES = re.compile(r"^[^\w]+|[^\w)）]+$")
_REMARK = re.compile(r"\s*[(（][^()（）]{0,40}[)）]$")
_LONGEST = 90  # characters of a heading or label that announces something


def action_head(text: str) -> bool:
    """Tell whether a heading or label announces action items."""
    return "action" in _kinds(text)


def weak_head(text: str) -> bool:
    """Tell whether a heading announces next steps, which are action items only when assigned."""
    return "next" in _kinds(text)


def follow_head(text: str) -> bool:
    """Tell whether a heading announces what is followed up: topics, and promises among them."""
    return "follow" in _kinds(text)


def decision_head(text: str) -> bool:
    """Tell whether a heading or label announces decisions."""
    return "decision" in _kinds(text)


def attendee_head(text: str) -> bool:
    """Tell whether a heading or label announces who was there."""
    return "attendee" in _kinds(text)


def absent_head(text: str) -> bool:
    """Tell whether a heading or label announces who was not there, or who wrote."""
    return "absent" in _kinds(text)


def other_head(text: str) -> bool:
    """Tell whether a heading announces another part of the minutes, so that a list ends."""
    kinds = _kinds(text)
    return "decision" in kinds or "attendee" in kinds or "part" in kinds


def is_label(text: str) -> bool:
    """Tell whether a line is only a label with its colon."""
    bare = plain(text)
    return len(bare) <= 40 and bare.endswith((":", "："))


def _kinds(text: str) -> frozenset[str]:
    return _folded_kinds(text) if len(text) <= _LONGEST else frozenset()


@lru_cache(maxsize=4096)
def _folded_kinds(text: str) -> frozenset[str]:
    bare = _EDGES.sub("", fold(text))
    if "敬称" not in bare:
        bare = _REMARK.sub("", bare)
    return frozenset(kind for kind, pattern in _HEADS if pattern.fullmatch(bare))


def nothing(text: str) -> bool:
    """Tell whether an entry says that there is none (なし, n/a, "No action needed")."""
    folded = fold(text[:200])
    return not folded or bool(_NOTHING.fullmatch(folded))
