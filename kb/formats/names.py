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
_VERB_FORM = re.compile(r"[A-Za-z]{3,}ing|[a-z][a-z-]*[a-z]{2}ed")
_LONGEST = 40  # characters of a name

# words that stand where a name would, and are none
_NO_NAME = frozenset(
    """
    again also all-hands async asap blocked bonus closed context cont continued contd deferred demo
    discuss discussed discussion docs done draft duplicate etc example fixed fyi google here hold
    idea image implemented important in-progress info issue issues later link links low high medium
    maybe merged minor misc n/a needed new next no none not note notes now ok old open optional
    ongoing pending ping please possible possibly pr prs proposal punted question reason recording
    related repeat required resolved rfc same see skip skipped slack slides soon started stretch
    sync talk tbc tbd test text thanks thread todo tomorrow today tonight topic unassigned unclear
    unknown update updated updates urgent video wip yes yesterday zoom what who where when why how
    which this that these those it its there then if for from with about after before since until
    by to of on in at as is are was were be been being and or but a an the we i you they he she our
    your their my his her us them add agree agreed allow ask asked assign attempt back bring build
    call can change changes check close comment complete consider continue create decide decided
    define deploy do document edit email ensure expect explain explore fcp figure file find finish
    fix follow following follow-up followup get give go going have hand hear help implement improve
    include investigate invite join keep land learn let lets like likely look looking make mail
    meet meeting mention merge move need needs nothing notify offer organize organise pick plan
    planning point post postpone prepare present propose proposed provide publish put raise reach
    read ready regarding remember remind remove reply report request resolve respond return reopen
    retry review revisit run schedule scheduled seems seek send set setup share should show sign
    speak split start stop submit subscribe suggest summarize support switch take team try trying
    turn use used useful verify vote wait want wants way will work working write way-to someone
    somebody anyone anybody nobody people person folks volunteer volunteers time due able unable
    easy hard how-to fail failed has had url list refs individual things good convert fine easier
    better best happy nice analogous similar equivalent specific according prior subject relative
    dedicated limited relevant clear opposed sufficient necessary worth up down out over eli5
    access accessing suggestion suggestions meta-todo tbd-todo website docs-team upstream
    everything action actions item items actionitem priority status summary result conclusion
    agenda january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
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
