"""Who an action item belongs to: the many ways in which people put a name on a line."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from kb.formats.blocks import plain

_JA = r"[一-龥々〆ヶァ-ヴーぁ-ん]"
_HANDLE = re.compile(r"[@＠]([\w](?:[\w.-]{0,62}[\w])?)")
_HONORIFIC = r"(?:さん|様|氏|くん|君|ちゃん|部長|課長|先生)"
_JA_NAME = re.compile(rf"{_JA}{{1,8}}(?:[ \u3000]{_JA}{{1,5}})?")
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ɏ][\w.'’-]*(?: (?:[A-ZÀ-Þ][\w.'’-]*|v[ao]n|de|[A-Z]))*@?")
_LOWER_NAME = re.compile(r"[a-zà-ɏ][\w.'-]{1,38}@?")
_SPLIT = re.compile(r"\s*(?:,|、|，|/|／|&amp;|&|＆|\+|・|;|\band\b|\bor\b|と)\s*")
_GROUP = re.compile(r"^(?:SIG|WG|Team|team|TSC|CPC) ", re.IGNORECASE)
_TEAM_END = re.compile(r"^[A-Z][\w-]*(?: [\w-]+){0,2} (?:[Tt]eam|leads?|members|folks|chairs|maintainers|admins?|managers|WG|wg|group)$")

# words that stand where a name would, and are none
_NO_NAME = frozenset(
    """
    again also all-hands async asap blocked bonus closed context cont continued contd deferred demo
    discuss discussed discussion docs done draft duplicate etc example fixed fyi google here hold
    idea image implemented important in-progress info issue issues later link links low high medium
    maybe merged minor misc n/a needed new next no none not note notes now ok old open optional
    ongoing pending ping please possible possibly pr prs proposal punted question reason
    recording related repeat required resolved rfc same see skip skipped slack slides soon started
    stretch sync talk tbc tbd test text thanks thread todo tomorrow today tonight topic
    unassigned unclear unknown update updated updates urgent video wip yes yesterday zoom
    what who where when why how which this that these those it its there then if for from with
    about after before since until by to of on in at as is are was were be been being and or but
    a an the we i you they he she our your their my his her us them
    add agree agreed allow ask asked assign attempt back bring build call can change changes check
    close comment complete consider continue create decide decided define deploy do document draft
    edit email ensure expect explain explore fcp figure file find finish fix follow following
    follow-up followup get give go going have hand hear help how implement improve include
    investigate invite join keep land learn let lets like likely link look looking make mail meet
    meeting mention merge move need needs nothing notify offer open organize organise pick
    ping plan planning point post postpone prepare present propose proposed provide publish put
    raise reach read ready regarding remember remind remove reply report request resolve respond
    return reopen retry review revisit run schedule scheduled see seems seek send set setup share should
    show sign speak split start stop submit subscribe suggest summarize support switch take talk
    team try trying turn update use used useful verify vote wait want wants way will work working
    write way-to someone somebody anyone anybody nobody people person folks volunteer volunteers
    time need due able unable easy hard how-to fail failed have has had
    url list document refs individual things good convert ok ready fine easier better best happy nice
    analogous similar close equivalent specific according prior subject relative dedicated limited
    relevant hold clear unclear close opposed sufficient necessary worth back up down out over eli5
    access accessing suggestion suggestions meta-todo tbd-todo website docs-team upstream everything
    issue: action actions item items actionitem priority status summary result conclusion
    recording agenda january february march april may june july august september october november
    december monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
# frequent family names: they tell 「佐藤が送る」 from 「資料が届く」
_FAMILIES = tuple(
    """
    佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡部 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤
    斉藤 齋藤 清水 山崎 池田 橋本 阿部 安部 石川 山下 中島 中嶋 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤
    村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 三浦 中野 中川 原田 松田 竹内 小野 田村 中山
    和田 石田 森田 上田 柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井 高田 藤本 武田
    村田 上野 杉山 増田 平野 大塚 千葉 久保 松井 小島 岩崎 桜井 野口 松尾 野村 木下 菊地 菊池 佐野 大西
    杉本 新井 浜田 菅原 市川 水野 小松 島田 古川 小山 高野 西田 山中 川口 五十嵐 川崎 望月 永井 吉川 服部
    """.split()
)
_NO_JA_NAME = re.compile(
    r"済|完了|予定|未定|..中$|継続|検討|相談|報告|共有|要確認|確認|必須|任意|仮|案$|別途|後で|前回|次回|"
    r"重要|至急|緊急|優先|保留|新規|既存|詳細|概要|全社|社外|全員|今期|来期|年内|月末|週明|午前|午後|開始|終了|承認|"
    r"依頼|返信|返答|回答|送付|提出|共通|同上|下記|上記|別紙|添付|当方|弊社|貴社|御社|当社|先方|未着手|進行|延期|"
    r"担当|責任者|今回|今月|来月|来週|今週|毎|以上|以下|など|全員に|について|ため|です|ます|する|した|して|ない|"
    r"たい|ある|いる|から|まで|のみ|だけ|円|人$|件|回$|税|参照|補足|追記|例$|注$|場合|可能|対応|作成|高$|低$|"
    r"最大|最小|分$|時$|日$|月$|年$|版$|用$|者向け|さんの|の件|資料|お客様$|社内$|オンライン|その他"
)
_VERB = (
    r"(?:to|will|shall|should|must|needs? to|has to|have to|agreed to|agrees to|wants? to|plans? to"
    r"|volunteers?|volunteered|takes|taking|can take|is going to|are going to|is to|offers? to|offered to)"
)
_TEAM = r"(?:[Tt]eams?|leads?|members|folks|chairs|maintainers|admins?|managers|[Ww][Gg]|group)"
_ONE = rf"(?:[@＠]?[\w.'’-]+@?)(?: [A-ZÀ-Þ][\w.'’-]*){{0,3}}(?: {_TEAM})?"
_TO = re.compile(
    rf"^(?P<names>{_ONE}(?:\s*(?:,|/|&amp;|&|\+|\band\b|\bor\b)\s*{_ONE}){{0,5}})"
    rf"(?:['’]ll\b|\s+(?:{_VERB})\b)"
)
_STARTS_HANDLES = re.compile(
    r"^(?P<open>[(\[（【])?\s*(?P<names>[@＠][\w.-]+(?:\s*(?:,|、|/|&amp;|&|\+|\band\b|\s)\s*[@＠][\w.-]+)*)"
    r"\s*(?P<close>[)\]）】])?(?=[\s:：,]|$)\s*(?:[:：]|[-–—]\s)?\s*"
)
_STARTS_DASH = re.compile(r"^(?P<names>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)?)\s+[-–—]\s+(?P<text>.+)$", re.DOTALL)
_STARTS_COLON = re.compile(r"^(?P<names>[^:：()（）\[\]!?！？。\n]{1,60}?)\s*[:：]\s*(?P<text>.+)$", re.DOTALL)
_STARTS_BRACKET = re.compile(r"^[(\[（【](?P<names>[^()\[\]（）【】]{1,60})[)\]）】]\s*[:：]?\s*(?P<text>.+)$", re.DOTALL)
_STARTS_JA = re.compile(
    rf"^(?P<names>(?:[A-Za-z][A-Za-z0-9_.-]*|{_JA}{{1,8}}?)(?:{_HONORIFIC})?"
    rf"(?:[、,・&と](?:[A-Za-z][A-Za-z0-9_.-]*|{_JA}{{1,8}}?)(?:{_HONORIFIC})?){{0,4}})"
    r"(?P<by>が|は|→|より|にて)"
)
_INSIDE_JA = re.compile(r"([A-Za-z][A-Za-z0-9_-]{1,24}|[一-龥々]{1,4})(?:さん|様|氏)が")
_ENDS_BRACKET = re.compile(
    r"^(?P<text>.*?)\s*(?P<open>[(\[（【])(?P<names>[^()\[\]（）【】\n]{1,80})(?P<close>[)\]）】])?\s*[.。]?\s*$",
    re.DOTALL,
)
_ENDS_DASH = re.compile(r"^(?P<text>.+?)\s+(?:~|—|–|--|-|→|=>|->|⇒)\s*(?P<names>[^~—–→⇒()]{1,60})$", re.DOTALL)
_ENDS_HANDLES = re.compile(r"^(?P<text>.*?)(?P<names>(?:[\s\u3000,、&]+[@＠][\w][\w.-]*)+)\s*[.。]?\s*$", re.DOTALL)
_ENDS_INITIALS = re.compile(
    r"^(?P<text>.+?[.,;])\s*(?P<names>[A-Z]{2,3}(?:\s*[,/&]\s*[A-Z]{2,3})*)\s*\.?\s*$", re.DOTALL
)
_ENDS_BY = re.compile(
    r"^.*\b(?:sent|done|written|handled|owned|taken|led|drafted|created|filed|prepared|reviewed|"
    r"driven|submitted|published|organi[sz]ed)\b[\w ]{0,12}\bby\s+(?P<names>[A-Z][\w.-]*(?: [A-Z][\w.-]*)?)\s*\.?$",
    re.DOTALL,
)
_INSIDE_INITIALS = re.compile(r"(?:[,.;]|\band\b)\s*(?P<names>[A-Z]{2,3}(?:\s*(?:,|&|/|and)\s*[A-Z]{2,3})*) (?:to|will)\b")
_OWNER_LABEL = re.compile(
    r"(?:\b(?:owners?|assignees?|responsible|who)\s*[:：=]\s*|\bassigned to\s*[:：]?\s*|(?:担当者?|責任者|主担当)\s*[:：は]\s*)"
    r"(?P<names>[^\s()（）。、,;:：]+(?:\s*[,、&/]\s*[^\s()（）。、,;:：]+)*)",
    re.IGNORECASE,
)
_DATED = re.compile(r"^\[?\d{4}-\d\d-\d\d\]?\s*[:：]\s*")
_PAIR = re.compile(r"^(?P<names>[A-Z][\w.'’-]*(?:, [A-Z][\w.'’-]*)*,? (?:&|and|\+) [A-Z][\w.'’-]*) [a-z]{2,}")
_SENTENCE = re.compile(r"(?<=[.;!])\s+(?=[A-Z@])")


class Owned(NamedTuple):
    """A text with the names taken off that stood apart from it, and its owners."""

    text: str
    owners: tuple[str, ...]


_MARKUP = re.compile(r"[*_~`\[\\]")
_CODED_HANDLE = re.compile(r"`(@[\w.-]+)`")
_LINKED_HANDLE = re.compile(r"\[(\\?@[\w.-]+)\]\([^()\s]*\)")
_STRONG = re.compile(r"\*\*|~~|(?<!\w)__|__(?!\w)")
_ESCAPED = re.compile(r"\\([@_*\[\]()~-])")
_BLANKS = re.compile(r"[ \t]{2,}")


def soften(text: str) -> str:
    """Return `text` without emphasis, with links to people as their names; other links stay."""
    if _MARKUP.search(text):
        text = _LINKED_HANDLE.sub(r"\1", text)
        text = _CODED_HANDLE.sub(r"\1", text)
        text = _STRONG.sub("", text)
        text = _ESCAPED.sub(r"\1", text)
    return _BLANKS.sub(" ", text).strip(" \t\u3000\\")


def names_in(text: str, known: frozenset[str] = frozenset(), lower: bool = True) -> list[str]:
    """Return the names that make up `text`; empty when it holds anything but names.

    `lower` allows words in small letters that are no common words; `known` are people of the
    file (folded), who are recognised however they are written.
    """
    found: list[str] = []
    for part in _SPLIT.split(text.strip(" \t\u3000.:：,、")):
        part = part.strip(" \t\u3000*_`~.")
        if not part:
            continue
        handle = _HANDLE.fullmatch(part)
        bare = re.sub(rf"{_HONORIFIC}$", "", part) or part
        if re.search(r"[a-z]/[a-z]", text) and "/" in text and not handle and not part[:1].isupper():
            return []  # a path, no two names
        if handle:
            found.append(handle[1])
        elif bare.casefold() in known:
            found.append(bare)
        elif is_name(part, lower):
            found.append(bare.rstrip("@"))
        elif " @" in part and is_name(part.split(" @")[0], lower):
            found.append(part.split(" @")[0])
        else:
            return []
    return found


def is_name(part: str, lower: bool = True) -> bool:
    """Tell whether `part` looks like one person's (or team's) name."""
    words = part.split()
    if not words or len(words) > 4 or len(part) > 40:
        return False
    if _TEAM_END.match(part) and words[0].casefold() not in _NO_NAME:
        return True
    first = words[0].casefold()
    if re.search(r"ing$", first) and len(first) > 5 or (len(words) == 1 and re.search(r"[a-z]{2}ed$", part)):
        return False  # "moving", "commented": verbs
    if any(word.casefold().strip(".,'’") in _NO_NAME for word in words):
        return bool(_GROUP.match(part)) and part[0].isupper() and len(words) <= 3
    if len(words) > 1 and any(len(word) > 14 for word in words):
        return False
    if _LATIN_NAME.fullmatch(part) and (part[0].isupper() or len(words) == 1):
        return lower or part[0].isupper()
    if _GROUP.match(part):
        return True
    if lower and _LOWER_NAME.fullmatch(part):
        return True
    if re.search(rf"{_HONORIFIC}$", part):
        return len(part) <= 12
    return bool(_JA_NAME.fullmatch(part)) and not _NO_JA_NAME.search(part) and _kanji_led(part)


def _kanji_led(part: str) -> bool:
    """Tell names from words in kana: Japanese family names start with kanji or are katakana."""
    kana = sum("ぁ" <= char <= "ん" for char in part)
    return len(part) <= 6 and kana == 0


def owners_of(text: str, known: frozenset[str] = frozenset(), listed: bool = True) -> Owned:
    """Find the owners of an action item.

    `listed` says that the line stands under an action heading or after a marker, where a plain
    name before a colon or a verb is an owner.
    """
    text = _DATED.sub("", soften(text))
    for read in (_at_start, _handles_apart, _in_sentence, _at_end, _in_japanese):
        owned = read(text, known, listed)
        if owned.owners:
            return owned
    if not listed and (owners := assigned(text, known)):
        return Owned(text, owners)
    label = _OWNER_LABEL.search(text)
    if label:
        owners = names_in(label["names"], known)
        if owners:
            return Owned(text, _unique(owners))
    return Owned(text, ())


def assigned(text: str, known: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the owners of a line that says itself who will do it ("Niko to …", "… (@x)")."""
    text = soften(text)
    match = _STARTS_HANDLES.match(text)
    if match and text[match.end() :] and not match["open"]:
        return _unique(_HANDLE.findall(match["names"]))
    to = _TO.match(plain(text))
    if to and to["names"]:
        word = plain(text)[to.end("names") :].split()
        names = names_in(to["names"], known)
        if names and word and word[0] in ("to", "will", "'ll", "’ll"):
            return _unique(names)
    match = _ENDS_BRACKET.match(text)
    if match and _HANDLE.search(match["names"]):
        return _unique(names_in(match["names"], known))
    match = _ENDS_HANDLES.match(text)
    if match:
        return _unique(_HANDLE.findall(match["names"]))
    return ()


def _at_start(text: str, known: frozenset[str], listed: bool) -> Owned:
    match = _STARTS_HANDLES.match(text)
    if match and bool(match["open"]) == bool(match["close"]) and text[match.end() :]:
        rest = text[match.end() :]
        owners = _HANDLE.findall(match["names"])
        keeps = re.match(rf"(?:{_VERB})\b", rest)
        return Owned(text if keeps or not rest else rest, _unique(owners))
    if not listed:
        return Owned(text, ())
    match = _STARTS_BRACKET.match(text)
    if match and not match["text"].startswith("("):
        owners = names_in(match["names"], known)
        if owners:
            return Owned(match["text"].lstrip(" -–—:"), _unique(owners))
    match = _STARTS_COLON.match(text)
    if match and not match["text"].startswith("//"):
        owners = names_in(match["names"], known)
        if owners:
            return Owned(match["text"], _unique(owners))
    match = _STARTS_DASH.match(text)
    if match:
        owners = names_in(match["names"], known)
        if owners:
            return Owned(match["text"], _unique(owners))
    return Owned(text, ())


def _handles_apart(text: str, known: frozenset[str], listed: bool) -> Owned:  # noqa: ARG001
    """Read handles that stand apart at the end, in brackets or after a dash."""
    match = _ENDS_BRACKET.match(text)
    if match and match["text"].strip() and _HANDLE.search(match["names"]):
        owners = names_in(re.sub(r"^(?:for|by|owner)\s*:?\s+", "", match["names"]), known)
        if owners:
            return Owned(match["text"].rstrip(" -–—"), _unique(owners))
    match = re.match(r"^(?P<text>.+?)\s+(?:~|—|–|--|-|→|=>|->|⇒|:)\s*(?P<names>@[^~—–→⇒()]{1,60})$", text, re.DOTALL)
    owners = names_in(match["names"], known) if match else []
    return Owned(match["text"] if match and owners else text, _unique(owners))


def _in_sentence(text: str, known: frozenset[str], listed: bool) -> Owned:
    """Read the subject of the sentence: "Niko to …", "佐藤さんが…"."""
    if not listed:
        return Owned(text, ())
    owners = _subjects(plain(text), known)
    if owners:
        return Owned(text, _unique(owners))
    match = re.match(r"Every(?:one|body)(?= [a-z])", text)
    return Owned(text, (match[0],) if match else ())


def _in_japanese(text: str, known: frozenset[str], listed: bool) -> Owned:
    """Read who does it in a Japanese sentence: 佐藤さんが…, yoshida残タスク."""
    if not listed:
        return Owned(text, ())
    match = _STARTS_JA.match(text)
    if match:
        owners = names_in(match["names"], known)
        honoured = re.search(_HONORIFIC, match["names"])
        if owners and (honoured or all(_person(owner, known) for owner in owners)):
            return Owned(text, _unique(owners))
    match = re.match(r"[A-Za-z][A-Za-z0-9_.-]*(?=[ぁ-んァ-ヶ一-龥])", text)
    if match and match[0].casefold() in known:
        return Owned(text, (match[0],))
    match = _INSIDE_JA.search(text)
    return Owned(text, (match[1],) if match else ())


def _person(name: str, known: frozenset[str]) -> bool:
    return name.casefold() in known or any(
        name.startswith(family) and len(name) <= len(family) + 3 for family in _FAMILIES
    )


def _subjects(text: str, known: frozenset[str]) -> list[str]:
    """Return who is the subject of the sentences of `text` ("RV to draft. KK to assign …")."""
    owners: list[str] = []
    for sentence in _SENTENCE.split(text):
        match = _TO.match(sentence)
        if match:
            owners += names_in(match["names"], known)
        elif match := _PAIR.match(sentence):
            owners += names_in(match["names"], known, False)
        elif re.match(r"[A-Z]{2} \w+ing\b", sentence):
            owners.append(sentence.split()[0])
    if not owners:
        match = _INSIDE_INITIALS.search(text)
        if match:
            owners = names_in(match["names"], known)
    return owners


def _at_end(text: str, known: frozenset[str], listed: bool) -> Owned:
    match = _ENDS_BRACKET.match(text)
    if match and match["text"].strip():
        linked = match["open"] == "[" and match["text"].endswith("]")
        inner = match["names"]
        if "→" in inner:
            inner = inner.rsplit("→", 1)[1]
        owners = [] if linked else names_in(inner, known)
        if not owners:
            label = _OWNER_LABEL.match(inner)
            owners = names_in(label["names"], known) if label else []
        if not owners and listed:
            owners = [n for part in re.split(r"[,、;]", inner) for n in names_in(part, known, False)]
            owners = owners if _HANDLE.search(inner) or len(owners) == 1 else []
        if owners:
            return Owned(match["text"], _unique(owners))
    match = _ENDS_HANDLES.match(text)
    if match and match["text"].strip():
        return Owned(match["text"], _unique(_HANDLE.findall(match["names"])))
    if not listed:
        return Owned(text, ())
    match = _ENDS_INITIALS.match(text)
    if match:
        return Owned(match["text"].rstrip(",; "), _unique(names_in(match["names"], known)))
    match = _ENDS_DASH.match(text)
    if match:
        owners = names_in(re.sub(r"\s+(?:will|to)\b.*$", "", match["names"]), known, lower=False)
        if not owners:
            owners = [n for n in names_in(match["names"], known) if n.casefold() in known]
        if owners:
            return Owned(match["text"], _unique(owners))
    match = _ENDS_BY.match(text)
    if match:
        return Owned(text, _unique(names_in(match["names"], known)))
    return Owned(text, ())


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.rstrip(".") for name in names if name))
