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
    "did-principle-retire": Sentence(
        "Retire the principle {id}: {title}", "行動原則を廃止: {title} ({id})"
    ),
    "did-principle-supersede": Sentence(
        "Supersede the principle {id}: {title}", "行動原則を置き換え: {title} ({id})"
    ),
    "did-principle-evidence": Sentence(
        "Add evidence to the principle {id}: {title}", "行動原則に根拠を追加: {title} ({id})"
    ),
    "did-principle-verify": Sentence(
        "Look at the principle {id} again: {title}", "行動原則を見直し: {title} ({id})"
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
    "page-title-empty": Sentence(
        "The page has no title.",
        "題を書いてください。",
        "Write what to do, in one sentence.",
        "何をするかを一文で書きます。",
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
    # Adoption and what comes after
    "principle-short": Sentence(
        "{id} can't be adopted yet: {missing}.",
        "{id} はまだ採用できません。足りないもの: {missing}",
        "`kb principle show {id}` shows what it rests on; `kb review request {id}` asks for a "
        "review.",
        "`kb principle show {id}` で根拠を、`kb review request {id}` でレビューの依頼ができます。",
    ),
    "lack-and": Sentence("; ", "、"),
    "lack-accounts": Sentence(
        "evidence from {has} of {needs} accounts", "根拠の顧客（{needs}社のうち{has}社）"
    ),
    "lack-csms": Sentence(
        "evidence from {has} of {needs} CSMs", "根拠を担当するCSM（{needs}人のうち{has}人）"
    ),
    "lack-approvals": Sentence(
        "{has} of {needs} approvals by others", "ほかの人の承認（{needs}人のうち{has}人）"
    ),
    "lack-review": Sentence("no review is open", "採用のレビュー（まだ開かれていません）"),
    "lack-changes": Sentence(
        "the changes that {who} asked for are not answered",
        "{who} さんの差し戻しへの返答",
    ),
    "adopted-because": Sentence(
        "Evidence from {accounts} accounts and {csms} CSMs, {approvals} approvals: adopted.",
        "根拠は{accounts}社、CSMは{csms}人、承認は{approvals}人。採用します。",
    ),
    "principle-adopted": Sentence(
        "{id} is adopted already ({day}).",
        "{id} はすでに採用されています（{day}）。",
        "For a changed text: `kb principle revise {id}`",
        "文面を改めるときは: `kb principle revise {id}`",
    ),
    "principle-not-adopted": Sentence(
        "{id} is not adopted yet, so there is nothing to revise.",
        "{id} はまだ採用されていないため、改訂ではありません。",
        "Edit the page and ask for its review: `kb review request {id}`",
        "ページを直し、レビューを依頼してください: `kb review request {id}`",
    ),
    "principle-given-up": Sentence(
        "{id} was given up.",
        "{id} はすでに廃止されています。",
        "Propose a new one from today's insights instead.",
        "いまの気づきから新しく提案してください。",
    ),
    "principle-superseded": Sentence(
        "{id} was superseded by {by}.",
        "{id} はすでに {by} に置き換えられています。",
        "The one that holds now: `kb principle show {by}`",
        "いまの行動原則はこちらです: `kb principle show {by}`",
    ),
    "revision-open": Sentence(
        "The review {review} of {id} is open already.",
        "{id} のレビュー {review} がすでに開いています。",
        "Comment and approve there; `kb principle adopt {id}` closes it.",
        "そちらで進めてください。`kb principle adopt {id}` で完了します。",
    ),
    "revision-same": Sentence(
        "The text of {id} is the adopted one, so there is nothing to review.",
        "{id} の文面は採用したときのままなので、レビューに出す改訂がありません。",
        "Change the page first ({path}), then: `kb principle revise {id}`",
        "先にページ（{path}）を直してから: `kb principle revise {id}`",
    ),
    "supersedes-itself": Sentence(
        "{id} can't supersede itself.",
        "{id} を自分自身で置き換えることはできません。",
        "Name the principle that takes its place: --by ID",
        "代わりになる行動原則を --by で指定してください。",
    ),
    "heir-candidate": Sentence(
        "{id} is a candidate still; adopt it, or the team has no principle for this.",
        "{id} はまだ候補です。採用するまで、チームにはこの行動原則がない状態になります。",
    ),
    "why-empty": Sentence(
        "Say why, in a sentence.",
        "理由を一文で書いてください。",
        "--why 'Two accounts did better without it.'",
        "--why '2社では、しないほうがうまくいった'",
    ),
    "page-no-front": Sentence(
        "The lines between `---` and `---` at the top of {path} are gone or not closed.",
        "{path} の先頭にある、--- から --- までの設定が消えているか、閉じられていません。",
        "Put them back (`kb history` shows what was saved), or a line `---` where they end.",
        "設定を書き戻すか（保存された内容は `kb history` で見られます）、終わりに --- を書いてください。",
    ),
    "page-changed": Sentence(
        "Somebody changed {id} just now; nothing was done.",
        "{id} がたった今ほかの人に変更されたため、何もしませんでした。",
        "Look at it again: `kb principle show {id}`",
        "もう一度ご覧ください: `kb principle show {id}`",
    ),
    "story-retired": Sentence("Retired: {why} ({day})", "廃止: {why} ({day})"),
    "story-superseded": Sentence(
        "Superseded by [[{by}]] ({day}) {why}", "[[{by}]] に置き換えた ({day}) {why}"
    ),
    # The playbook's check
    "check-orphan-play": Sentence(
        "{id} serves no principle.", "{id} がどの行動原則のための施策か、書かれていません。"
    ),
    "check-orphan-manual": Sentence(
        "{id} belongs to no play.", "{id} がどの施策の手順書か、書かれていません。"
    ),
    "check-given-up": Sentence(
        "{id} serves {above}, which was given up.",
        "{id} のもとの {above} は、廃止または置き換えになっています。",
    ),
    "check-unused": Sentence(
        "No hypothesis has cited {id} for {days} days.",
        "{id} は、この{days}日間どの事前仮説にも引かれていません。",
    ),
    "check-unproven": Sentence(
        "{id} rests on 0 meetings.", "{id} のもとになったミーティングは0回です。"
    ),
    "check-broken-link": Sentence(
        "{id}, line {line}: [[{target}]] leads nowhere.",
        "{id} の{line}行目: [[{target}]] のリンク先がありません。",
    ),
    "check-broken-name": Sentence(
        "{id} names {target}, which is no page of the playbook.",
        "{id} の先頭の設定にある {target} は、プレイブックにありません。",
    ),
    "check-no-use-when": Sentence(
        "{id} does not say when to use it.", "{id} に「使うとき」が書かれていません。"
    ),
    "check-drifted": Sentence(
        "{id}, line {line}: {ref} no longer holds the quote.",
        "{id} の{line}行目: {ref} に、引いた言葉がもうありません。",
    ),
    "check-missing": Sentence(
        "{id}, line {line}: neither {ref} nor the quote is to be found.",
        "{id} の{line}行目: {ref} も、引いた言葉も見つかりません。",
    ),
    "check-unsourced": Sentence(
        "{id}, line {line}: it is not said where the quote comes from.",
        "{id} の{line}行目: 引いた言葉の出典がありません。",
    ),
    "check-same-id": Sentence(
        "{path} has the id {id}, as another page has.",
        "{path} の id {id} は、別のページと同じです。",
    ),
    "check-front-matter": Sentence(
        "The lines at the top of {path} can't be read at line {line}.",
        "{path} の先頭の設定を{line}行目で読み取れません。",
    ),
    "no-layer-above": Sentence(
        "{id} names no {above}, so nobody can ask what it is for.",
        "{id} には、もとになる{above}がありません。何のためのページかがわからなくなります。",
        "Add the line `{key}:` at the top of the page.",
        "ページの先頭の設定に `{key}:` を足してください。",
    ),
    # Evidence
    "not-evidence": Sentence(
        "{id} is neither an insight nor a hypothesis: {text}",
        "{id} は気づきでも事前仮説でもありません: {text}",
        "A principle is proposed from insights, judged hypotheses or a recurring group.",
        "行動原則は、気づき、判定した仮説、くり返し現れる気づきの組から提案します。",
    ),
    "until-of-one": Sentence(
        "Name the principle that was looked at.",
        "見直した行動原則を一つ指定してください。",
        "kb principle verify ID --until DATE",
        "kb principle verify ID --until 日付",
    ),
    "until-past": Sentence(
        "{day} is over; the next look has to be today or later.",
        "{day} は過ぎた日です。次に見直す日は、今日以降にしてください。",
        "kb principle verify ID --until DATE",
        "kb principle verify ID --until 日付",
    ),
    "no-words": Sentence(
        "{id} has no verdict with the customer's words yet: {text}",
        "{id} には、お客様の言葉の入った判定がまだありません: {text}",
        'Give one first: kb verdict {id} supported --quote "…"',
        '先に判定をつけてください: kb verdict {id} supported --quote "…"',
    ),
    "insights-taken": Sentence(
        "{ids}: {id} rests on the same already: {title}.",
        "{ids} は、すでに {id}「{title}」のもとになっています。",
        "If it is the same lesson, put the new ones there: `kb principle evidence {id} --from …`",
        "同じ教訓なら、新しい分をそちらに足せます: `kb principle evidence {id} --from …`",
    ),
    "unproven": Sentence(
        "{id} rests on 0 meetings: a form before there is anything to put into it.",
        "{id} のもとになったミーティングは0回です。形だけが先にできています。",
        "Gather what was said first, then propose it from insights; it ranks lower until then.",
        "先にお客様の言葉を集めてください。それまでは検索で後ろに並びます。",
    ),
}
