"""The closed vocabulary of the format: section names and labels in both languages, with aliases.

Keys are English and stable (`hypotheses`, `why` …); what people write is looked up here, and what
kb writes is taken from here, in the document's language.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property

# key: (written in Japanese, written in English, further spellings that are read)
SECTIONS: dict[str, tuple[str, ...]] = {
    "hypotheses": ("事前仮説", "Hypotheses", "仮説", "Hypothesis"),
    "agenda": ("アジェンダ", "Agenda", "論点", "議題", "Topics"),
    "decisions": ("決定事項", "Decisions", "決まったこと"),
    "todos": (
        *("TODO", "TODO", "TODOs", "To-do", "To-dos", "宿題", "ネクストアクション"),
        *("Action items", "Actions", "Next actions"),
    ),
    "insights": ("気づき", "Insights", "Insight", "学び", "Learnings"),
    "memo": ("社内メモ", "Internal memo", "社内用", "内部メモ", "Internal", "Internal notes"),
}
LABELS: dict[str, tuple[str, ...]] = {
    "why": ("根拠", "Why", "理由"),
    "test": ("検証", "Test", "確かめ方"),
    "impact": ("効果", "Impact", "インパクト"),
    "confidence": ("確信度", "Confidence", "自信"),
    "see": ("参照", "See", "Refs"),
    "verdict": ("判定", "Verdict", "結果"),
    "verdict-due": ("判定予定", "Due"),
    "stance": ("スタンス", "Stance", "当社の考え"),
    "customer": ("お客様", "Customer", "先方"),
    "decision": ("決定", "Decision", "結論"),
    "time": ("時間", "Time"),
    "attendees": ("出席", "Attendees", "参加者"),
    "todo": ("TODO", "TODO", "宿題"),
    "gut": ("体感", "Gut feel"),
    "internal": ("社内", "Internal", "社外秘"),
    "value-level": ("価値の段階", "Value level"),
    "minutes": ("議事録", "Minutes"),
}
TAGS: dict[str, tuple[str, ...]] = {
    "request": ("要望", "request", "feature-request"),
    "internal": ("社内", "internal"),
}
_OURS = re.compile("社内|社外秘|内部|internal(?![a-z0-9])")
# Japanese is written without blanks, so a tag may follow a word; in an address it is none.
_BEARS = re.compile(rf"(?<!\S)(?:(?!https?://|mailto:)\S)*?[#＃](?:{_OURS.pattern})", re.IGNORECASE)
_HASH = re.compile("[#＃﹟]")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Characters that nobody sees; somebody copied them along with a word."""
VERDICTS: dict[str, tuple[str, ...]] = {
    "supported": ("支持", "supported"),
    "refuted": ("棄却", "refuted"),
    "mixed": ("一部", "mixed"),
    "untested": ("未検証", "untested"),
}
CLAIM_FIELDS = frozenset(
    {"why", "test", "impact", "confidence", "see", "verdict", "verdict-due", "value-level"}
)
"""Labels that belong to the hypothesis above them, nested or at the same level."""

_EDGES = re.compile(r"^[\s*_]+|[\s*_:：]+$")


def fold(name: str) -> str:
    """Return the form in which names are compared: NFKC, lower case, no emphasis or colon."""
    return _EDGES.sub("", _seen(name)).casefold()


def _seen(text: str) -> str:
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text))


def bears_internal(text: str) -> bool:
    """Tell whether a text bears a tag that says that it is ours, at its end or within its words.

    However it was typed: in full-width letters, or with characters in it that nobody sees.
    """
    if _HASH.search(text) is None:
        return False
    return _BEARS.search(text) is not None or _BEARS.search(_seen(text)) is not None


class Names:
    """A team's vocabulary: the built-in names and labels plus the aliases of its `kb.toml`."""

    def __init__(
        self,
        sections: Mapping[str, Iterable[str]] | None = None,
        labels: Mapping[str, Iterable[str]] | None = None,
        tags: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        """Add aliases, each under a name that is already known in either language.

        An alias table whose left side is no known name is left out; `kb.config` warns of it.
        """
        self._sections = _table(SECTIONS, sections or {})
        self._labels = _table(LABELS, labels or {})
        self._tags = _table(TAGS, tags or {})

    def section(self, heading: str) -> str | None:
        """Return the section key that a heading names, or None."""
        return self._sections.get(fold(heading))

    def label(self, word: str) -> str | None:
        """Return the label key of a word, or None."""
        return self._labels.get(fold(word))

    def tag(self, word: str) -> str:
        """Return the tag's key ("request", "internal"), or the tag as written."""
        return self._tags.get(fold(word), word)

    def inside(self, tag: str) -> bool:
        """Tell whether a tag says that its line is ours: #社内, the team's names, #社内用."""
        return self.tag(tag) == "internal" or _OURS.match(fold(tag)) is not None

    @cached_property
    def label_pattern(self) -> re.Pattern[str]:
        """Match a label with its colon at the start of an item's text."""
        words = sorted(self._labels, key=len, reverse=True)
        either = "|".join(re.escape(word) for word in words)
        return re.compile(
            rf"(?P<open>\*\*|__)?(?P<word>{either})(?P<mid>\*\*|__)?[ \t\u3000]*[:：](?:\*\*|__)?",
            re.IGNORECASE,
        )

    @cached_property
    def digest(self) -> str:
        """Return a short digest of the vocabulary: what was parsed with another must not count."""
        from hashlib import sha256

        body = repr([sorted(t.items()) for t in (self._sections, self._labels, self._tags)])
        return sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _table(
    known: Mapping[str, Iterable[str]], aliases: Mapping[str, Iterable[str]]
) -> dict[str, str]:
    found = {fold(word): key for key, words in known.items() for word in words}
    builtin = dict(found)
    for name, words in aliases.items():
        key = builtin.get(fold(name))
        if key is None:
            continue
        for word in words:
            if fold(word):
                found.setdefault(fold(word), key)
    return found


def written(table: Mapping[str, tuple[str, ...]], key: str, lang: str) -> str:
    """Return the word that kb writes for `key` of `table` in `lang` ("ja" or "en")."""
    return table[key][0 if lang == "ja" else 1]


def verdict_key(word: str) -> str | None:
    """Return the English key of a verdict word in either language, or None."""
    folded = fold(word)
    for key, words in VERDICTS.items():
        if folded in words:
            return key
    return None


DEFAULT_NAMES = Names()
