"""Sentences of the ladder and the playbook: principles, plays, manuals and their check."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    # Commits
    "did-principle-propose": Sentence(
        "Propose the principle {id}: {title}", "行動原則の候補を提案: {title} ({id})"
    ),
    "did-principle-adopt": Sentence(
        "Adopt the principle {id}: {title}", "行動原則を採用: {title} ({id})"
    ),
    "did-principle-revise": Sentence(
        "Put the revised principle {id} up for review: {title}",
        "行動原則の改訂を検討に出す: {title} ({id})",
    ),
    "did-principle-retire": Sentence(
        "Retire the principle {id}: {title}", "行動原則を廃止: {title} ({id})"
    ),
    "did-principle-supersede": Sentence(
        "Supersede the principle {id}: {title}", "行動原則を置き換え: {title} ({id})"
    ),
    "did-page-new": Sentence(
        "Add {id} to the playbook: {title}", "プレイブックに追加: {title} ({id})"
    ),
    # Names and pages
    "bad-page-title": Sentence(
        "A page's title is one line of at most 120 letters.",
        "ページの題は、改行のない120字までの一行で書いてください。",
        "Write what to do, in one sentence.",
        "何をするかを一文で書いてください。",
    ),
    "bad-page-id": Sentence(
        "“{id}” can't be the id of a page.",
        "「{id}」はページの id に使えません。",
        "Small letters, digits and hyphens, at most {most}; it begins with {prefix}",
        "英小文字、数字、ハイフンを{most}字まで使えます。先頭は {prefix} です。",
    ),
    "page-exists": Sentence(
        "There is a page {id} already.",
        "ページ {id} はすでにあります。",
        "Look at it first; another title or --id makes another page.",
        "先にそのページをご覧ください。別のページにするなら、題か --id を変えてください。",
    ),
    "no-page": Sentence(
        "There is no page “{id}” in the playbook.",
        "プレイブックに「{id}」というページはありません。",
        "Similar: {near}",
        "近いもの: {near}",
    ),
    "other-layer": Sentence(
        "{id} is a {kind}: {title}",
        "{id} はここで扱うページではありません（{kind}）: {title}",
        "`kb {kind} show {id}` shows it.",
        "`kb {kind} show {id}` で見られます。",
    ),
    "template-page": Sentence(
        "What {name} makes is no page of a principle that could be read back.",
        "{name} から、行動原則として読み取れるページを作れませんでした。",
        "Compare it with the built-in template: front matter, title and the section of evidence.",
        "先頭の設定、題、根拠の見出しを、はじめから入っているひな形と見比べてください。",
    ),
    # Evidence
    "not-evidence": Sentence(
        "{id} is neither an insight nor a hypothesis: {text}",
        "{id} は気づきでも事前仮説でもありません: {text}",
        "A principle is proposed from insights, judged hypotheses or a recurring group.",
        "行動原則は、気づき、判定した仮説、くり返し現れる気づきの組から提案します。",
    ),
    "no-words": Sentence(
        "{id} has no verdict with the customer's words yet: {text}",
        "{id} には、お客様の言葉の入った判定がまだありません: {text}",
        "Give one first: kb verdict {id} supported --quote “…”",
        "先に判定をつけてください: kb verdict {id} supported --quote 「…」",
    ),
    "unproven": Sentence(
        "{id} rests on 0 meetings: a form before there is anything to put into it.",
        "{id} のもとになったミーティングは0回です。形だけが先にできています。",
        "Gather what was said first, then propose it from insights; it ranks lower until then.",
        "先にお客様の言葉を集めてください。それまでは検索で後ろに並びます。",
    ),
    "few-meetings": Sentence(
        "{id} rests on {meetings} meetings of {accounts} accounts so far.",
        "{id} のもとになったのは、まだ{accounts}社・{meetings}回のミーティングです。",
    ),
}
