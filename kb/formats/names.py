"""Names of people: what looks like one, and what never is, in English and Japanese."""

import re

HANDLE = re.compile(r"[@＠]([\w](?:[\w.-]{0,62}[\w])?)")
JA = r"[一-龥々〆ヶァ-ヴーぁ-ん]"
HONORIFIC = r"(?:さん|様|氏|くん|君|ちゃん|部長|課長|先生)"
TEAM = r"(?:[Tt]eams?|leads?|members|folks|chairs|maintainers|admins?|managers|[Ww][Gg]|group)"

_HONOURED = re.compile(rf"{HONORIFIC}$")
_JA_NAME = re.compile(rf"{JA}{{1,8}}(?:[ \u3000]{JA}{{1,5}})?")
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ɏ][\w.'’-]*(?: (?:[A-ZÀ-Þ][\w.'’-]*|v[ao]n|de|[A-Z]))*@?")
_LOWER_NAME = re.compile(r"[a-zà-ɏ][\w.'-]{1,38}@?")
_SPLIT = re.compile(r"\s*(?:,|、|，|/|／|&amp;|&|＆|\+|・|;|\band\b|\bor\b|と)\s*")
_PATH = re.compile(r"[a-z]/[a-z]")
_GROUP = re.compile(r"^(?:SIG|WG|Team|team|TSC|CPC) ", re.IGNORECASE)
_TEAM_END = re.compile(rf"^[A-Z][\w-]*(?: [\w-]+){{0,2}} {TEAM}$")
_VERB_FORM = re.compile(r"(?!Steering)[A-Za-z]{3,}ing|[a-z][a-z-]*[a-z]{2}ed")
_LONGEST = 40  # characters of a name

# words that stand where a name would, and are none
_NO_NAME = frozenset(
    """
    a able about access accessing according action actionitem actions add advertise after again
    agenda agree agreed all-hands allow also an analogous and announce announcement anybody anyone
    api apply april are as asap ask asked assign async at attempt august back be been before being
    best better blocked bonus bring build but by call can change changes check ci clear close
    closed comment commit compare complete conclusion connect consider consolidate cont contd
    context continue continued contribute convert create december decide decided dedicated default
    deferred define delegate demo deploy details direct discuss discussed discussion do docs
    docs-team document done down draft due duplicate easier easy edit eli5 email encourage ensure
    equivalent escalate etc evaluate everything example expand expect experiment explain explore
    export extend fail failed fcp february figure file find fine finish fix fixed folks follow
    follow-up following followup for forward friday from fyi get give go going good google had hand
    happy hard has have he hear help her here high his hold how how-to i idea if image implement
    implemented import important improve in in-progress include individual info introduce
    investigate invite is issue issues it item items its january join july june keep kep keps land
    later learn let lets like likely limit limited link links list look looking low mail make map
    march may maybe medium meet meeting mention merge merged meta-todo migrate minor misc monday
    move my n/a necessary need needed needs new next nice no nobody none not note notes nothing
    notify november now october of offer ok old on ongoing open opposed optional or organise
    organize our out over pending people person pick ping plan planning please point port possible
    possibly post postpone pr prepare present prior priority proposal propose proposed provide prs
    publish punted push put question raise reach react read ready reason recording recruit refer
    refs regarding relate related relative relevant remember remind remove rename reopen repeat
    replace reply report request required resolve resolved respond restrict result retry return
    review revisit rfc route run same saturday scale schedule scheduled see seek seems send
    september set setup share she shift should show sign similar since skip skipped slack slides
    somebody someone soon speak specific split start started status stop stretch subject submit
    subscribe sufficient suggest suggestion suggestions summarize summary sunday support switch
    sync take talk tbc tbd tbd-todo team test text thanks that the their them then there these they
    things this those thread thursday time to today todo tomorrow tonight topic transfer transition
    translate try trying tuesday turn unable unassigned unclear unknown until up update updated
    updates upgrade upload upstream urgent url us use used useful ux verify video volunteer
    volunteers vote wait want wants was way way-to we website wednesday were what when where which
    who why will wip with work working worth write yes yesterday you your zoom
    """.split()
)
# frequent family names: they tell 「佐藤が送る」 from 「資料が届く」
_FAMILIES = tuple(
    """
    佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡部 山本 中村 小林 加藤 吉田 山田 佐々木 山口
    松本 井上 木村 斎藤 斉藤 齋藤 清水 山崎 池田 橋本 阿部 安部 石川 山下 中島 中嶋
    石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井
    金子 岡本 藤原 三浦 中野 中川 原田 松田 竹内 小野 田村 中山 和田 石田 森田 上田
    柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井 高田 藤本 武田
    村田 上野 杉山 増田 平野 大塚 千葉 久保 松井 小島 岩崎 桜井 野口 松尾 野村 木下
    菊地 菊池 佐野 大西 杉本 新井 浜田 菅原 市川 水野 小松 島田 古川 小山 高野 西田
    山中 川口 五十嵐 川崎 望月 永井 吉川 服部
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


class People:
    """Recognises names; `known` are people of the file at hand, however they are written."""

    def __init__(self, known: frozenset[str] = frozenset()) -> None:
        """Know the names `known` (folded)."""
        self._known = known

    def knows(self, name: str) -> bool:
        """Tell whether the file names this person elsewhere."""
        return name.casefold() in self._known

    def surely(self, name: str) -> bool:
        """Tell whether a Japanese word is a name: known, or begun by a frequent family name."""
        return self.knows(name) or any(
            name.startswith(family) and len(name) <= len(family) + 3 for family in _FAMILIES
        )

    def names_in(self, text: str, *, lower: bool = True) -> list[str]:
        """Return the names that make up `text`; empty when it holds anything but names.

        `lower` allows words in small letters that are no common words.
        """
        found: list[str] = []
        for piece in _SPLIT.split(text.strip(" \t\u3000.:：,、")):
            part = piece.strip(" \t\u3000*_`~.")
            if not part:
                continue
            name = self._name(part, lower=lower)
            small = not part[:1].isupper() and not HANDLE.fullmatch(part)
            if name is None or (small and _PATH.search(text)):
                return []  # a path is no pair of names
            found.append(name)
        return found

    def _name(self, part: str, *, lower: bool) -> str | None:
        handle = HANDLE.fullmatch(part)
        if handle:
            return handle[1]
        bare = _HONOURED.sub("", part) or part
        if self.knows(bare):
            return bare
        if is_name(part, lower=lower):
            return bare.rstrip("@")
        first, _, handle_after = part.partition(" @")
        return first if handle_after and is_name(first, lower=lower) else None


def is_name(part: str, *, lower: bool = True) -> bool:
    """Tell whether `part` looks like one person's (or team's) name."""
    words = part.split()
    if not words or len(words) > 4 or len(part) > _LONGEST:
        return False
    if _ALL.fullmatch(part) and words[-1] not in _NO_NAME:
        return True
    if _TEAM_END.match(part) and words[0].casefold() not in _NO_NAME:
        return True
    if _VERB_FORM.fullmatch(words[0]) and (len(words[0]) > 5 or len(words) == 1):
        return False  # "moving", "commented"
    if any(word.casefold().strip(".,'’") in _NO_NAME for word in words):
        return bool(_GROUP.match(part)) and part[0].isupper() and len(words) <= 3
    if len(words) > 1 and any(len(word) > 14 for word in words):
        return False
    return _latin(part, words, lower=lower) or _japanese(part)


_ALL = re.compile(r"(?:[Aa]ll|ALL|[Ee]very(?:one|body))(?: [a-z]+s)?")


def _latin(part: str, words: list[str], *, lower: bool) -> bool:
    if _LATIN_NAME.fullmatch(part) and (part[0].isupper() or len(words) == 1):
        return lower or part[0].isupper()
    return bool(_GROUP.match(part) or (lower and _LOWER_NAME.fullmatch(part)))


def _japanese(part: str) -> bool:
    """Tell a Japanese name from other words: honoured, or short and without kana of grammar."""
    if _HONOURED.search(part):
        return len(part) <= 12
    if not _JA_NAME.fullmatch(part) or _NO_JA_NAME.search(part) or len(part) > 6:
        return False
    return not any("ぁ" <= char <= "ん" for char in part)
