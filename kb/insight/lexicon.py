"""Words that turn a sentence, words for bad outcomes, and opposites, in Japanese and English."""

import re

NO = re.compile(
    r"ない(?!ま|で済|しょ)|なかっ|なく(?!な)|なけれ|ません|ませんで|できず|せず|ず(?=に|、|。|$)"
    r"|ぬ(?=ま|うち)|不要|禁止|無駄|だけでは|わけではな"
)
NO_EN = re.compile(
    r"\b(?:not|never|no|nobody|nothing|none|neither|nor|cannot|without|hardly|unless|stop|avoid"
    r"|\w+n['’]t)\b"
)
BAD = re.compile(
    r"揉め|止ま(?!ら)|遅れ(?!な)|失(?:う|っ|わ|敗)|嫌|怒|不満|やめ|解約|悪|忘れ|疑|迷|困|壊|混乱|反発|反感"
    r"|負け|諦め|離れ|断ら|断り|危|苦情|恨|埋も|差し戻|反対|後回し|曖昧|損|延び|重く|叱|落ち(?!着)"
    r"|消え|黙|下げ|抜け|無駄|無い|滞|やり直|潰|切られ|削ら|見送|手遅れ|ずれ|食い違|間に合わ|不安|散らか"
)
BAD_EN = re.compile(
    r"\b(?:fail\w*|lost|lose\w*|die[sd]?|disappear\w*|break\w*|broke|worse|trouble|complain\w*"
    r"|cancel\w*|leave|left|late|stops?|stopped|refus\w*|forgot\w*|forgotten|suspicio\w*|cost\w*"
    r"|slow\w*|distract\w*|haggl\w*|frighten\w*|punish\w*|surpris\w*|hid\w*|useless|empty)\b"
)

STOP = frozenset(
    "a an and are as at be been but by can could did do doe does for from get had has have he her"
    " his how i if in into is it its just like me more most my no not of on one or our out over own"
    " she so some than that the their them then there these they thi this those to too up us wa"
    " was we were what when where which who why will with would you your about after before also"
    " alway only very much many make made ever every any other same first last time"
    " 方 時 前 後 上 下 中 人 月 日 年 週 回 件 分 側 的 性 何 際 度 言 行 見 出 入 来 思 使"
    " 一 二 三 本 者 会 先 間 以".split()
)


_EACH = r"一対一|一人(?:ずつ|ひとり|一人)|ひとりひとり|個別|別々|それぞれ"
_ALL = r"一斉|まとめて|一括|全員|同じ席|皆|一緒くた"
_EARLY = r"早め|早く|最初|初め|初回|事前|前もって|前に|まず|先に|すぐ|初日"
_LATE = r"遅く|遅め|最後|後から|後で|後日|あとで|事後|終わって"
_MORE = r"増え|増や|増す|増加|伸び|上が|上げ|高く|高い|多い|多く|広が|広げ"
_LESS = r"減ら|減り|減っ|減る|減少|下が|下げ|落ち(?!着)|低く|低い|少な|狭|絞"
_LONG = r"長く|長い|厚い|厚み|詳し|全部|細かい|細部"
_SHORT = r"短く|短い|短時間|薄い|要点|簡潔|一言"
_OPEN = r"見せ|公開|共有|伝え|知らせ|話す|開示|渡す"
_CLOSED = r"隠|伏せ|閉じ|黙っ|見せず|非公開"
_WORKS = (
    r"効く|効い|効果がある|うまくい|成功|できる|続く|続け|喜|好か|助か|動く|通る|通っ|信頼|信用"
)
_FAILS = r"効か|効果がな|うまくいか|できな|続か|嫌が|動か(?:な|ず)|通らな"
_ON = r"有効|オン|許可|許し|許す|併用|残し|残す|付け"
_OFF = r"無効|オフ|禁止|捨て|取り上げ|外す|削除|消す"
_OFTEN = r"毎日|毎週|毎回|頻繁|こまめ|いつも|常に|必ず"
_SELDOM = r"たまに|滅多|まれ|年に一度|四半期に|一度も"
_MANY = r"複数|二人|三案|並べ|いくつも"
_ONE = r"一つだけ|一人き|一人だ|一人に|一つに|一本|単独"

SIDES = [
    (name, side, re.compile(words))
    for name, one, other in (
        ("each", _EACH, _ALL),
        ("early", _EARLY, _LATE),
        ("more", _MORE, _LESS),
        ("long", _LONG, _SHORT),
        ("open", _OPEN, _CLOSED),
        ("works", _WORKS, _FAILS),
        ("on", _ON, _OFF),
        ("often", _OFTEN, _SELDOM),
        ("many", _MANY, _ONE),
        ("paper", r"紙|手書き|印刷", r"電子|画面|オンライン"),
        ("fast", r"即答|急い|素早", r"ゆっくり|時間をかけ|待って"),
    )
    for side, words in ((1, one), (-1, other))
]
"""Opposites in Japanese: name, side, and the words of that side."""

LATIN_SIDES = [
    (name, side, re.compile(rf"\b(?:{words})\b"))
    for name, one, other in (
        (
            "each",
            r"personal|individual\w*|one by one|separate\w*|split",
            r"mass|everyone|everybody|automated|bulk|together|all at once",
        ),
        (
            "early",
            r"early|first|before|beginning|start|immediately|right away|in advance|day one",
            r"late|later|last|after|afterwards|end",
        ),
        (
            "more",
            r"increas\w*|rais\w*|more|grow\w*|higher|rise\w*",
            r"decreas\w*|reduc\w*|fewer|less|drop\w*|lower\w*|shrink\w*|cut",
        ),
        ("long", r"long\w*|detail\w*|full|thick", r"short\w*|brief\w*|summary|sentence"),
        (
            "open",
            r"show\w*|open\w*|shar\w*|tell\w*|announce\w*|publish\w*",
            r"hid\w*|secret\w*|conceal\w*|clos\w*",
        ),
        (
            "works",
            r"work(?:s|ed)?|succe\w*|can|win\w*|trust\w*",
            r"cannot|can['’]?t|doesn['’]?t work|useless",
        ),
        (
            "on",
            r"enabl\w*|allow\w*|keep\w*|add\w*|accept\w*",
            r"disabl\w*|forbid\w*|remov\w*|delet\w*|reject\w*",
        ),
        (
            "often",
            r"always|often|daily|weekly|every",
            r"never|rare\w*|seldom|yearly|quarterly",
        ),
        ("many", r"several|two|multiple", r"single|alone|only one"),
        ("paper", r"paper|printed|handwritten", r"electronic|digital|online"),
        ("fast", r"quick\w*|fast\w*", r"slow\w*|wait\w*"),
    )
    for side, words in ((1, one), (-1, other))
]
"""The same in English."""
