"""Sentences of reviews, and the messages of the commits that they make."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    # Commits
    "did-review-request": Sentence("{what}: ask for a review", "{what}: レビューを依頼"),
    "did-review-commented": Sentence("{what}: comment in the review", "{what}: レビューに書き込み"),
    "did-review-suggested": Sentence(
        "{what}: suggest other words", "{what}: レビューで直しの案を提案"
    ),
    "did-review-accepted": Sentence("{what}: take a suggestion", "{what}: 直しの案を採用"),
    "did-review-approved": Sentence("{what}: approve", "{what}: レビューで承認"),
    "did-review-changes-requested": Sentence(
        "{what}: ask for changes", "{what}: レビューで差し戻し"
    ),
    "did-review-closed": Sentence("{what}: end the review", "{what}: レビューを終了"),
    # Titles of threads
    "review-title-pre": Sentence("Pre-review", "事前レビュー"),
    "review-title-post": Sentence("Post-review", "事後レビュー"),
    "review-title-adoption": Sentence("Adoption", "採用の検討"),
    # Asking
    "review-kind": Sentence(
        "{what} can't get a review of the kind “{kind}”.",
        "{what} には「{kind}」のレビューはできません。",
        "Meetings are reviewed before (pre) and after (post), pages for their adoption.",
        "ミーティングは事前(pre)と事後(post)、プレイブックのページは採用(adoption)のレビューです。",
    ),
    "review-empty": Sentence(
        "There is nothing to review yet in {what}.",
        "{what} には、レビューするものがまだありません。",
        "Before a meeting write a hypothesis or a topic with its stance; after it the minutes.",
        "事前なら事前仮説か論点とスタンスを、事後なら議事録を書いてから依頼してください。",
    ),
    "review-not-held": Sentence(
        "{what} has not begun yet, so there are no minutes to review.",
        "{what} はまだ始まっていないため、議事録のレビューはできません。",
        "Ask for a review before the meeting: --kind pre",
        "事前のレビューを依頼してください: --kind pre",
    ),
    "review-cancelled": Sentence(
        "{what} was called off; nobody has to review it.",
        "{what} は中止になっているため、レビューは要りません。",
        "If it takes place after all, take the mark out of its heading.",
        "行うことになった場合は、見出しの [中止] を消してください。",
    ),
    "no-reviewer": Sentence(
        "There is nobody who could review {what}: everybody wrote it, or is away.",
        "{what} をレビューできる人がいません。全員が書き手か、不在です。",
        "Name somebody with --to, or add a member to kb.toml.",
        "--to で相手を決めるか、kb.toml にメンバーを足してください。",
    ),
    "review-to-author": Sentence(
        "@{member} wrote this and can't review it.",
        "@{member} さんはこれを書いた人なので、レビューを頼めません。",
        "Ask somebody else; without --to it goes to whose turn it is.",
        "ほかの人に頼んでください。--to をつけなければ順番の人に頼みます。",
    ),
    "review-no-member": Sentence(
        "{email} belongs to no member, and reviews are among members.",
        "{email} はメンバーのアドレスではないため、レビューには加われません。",
        "Say who you are with --as (members: {known}), or have the address added to kb.toml.",
        "--as でメンバー（{known}）を指定するか、kb.toml にアドレスを足してもらってください。",
    ),
    "review-no-member-none": Sentence(
        "kb.toml names nobody under [members] yet; have yourself added there.",
        "kb.toml の [members] に、まだだれも登録されていません。まず登録してもらってください。",
    ),
    "review-no-page": Sentence(
        "There is no page “{page}” in the playbook.",
        "プレイブックに「{page}」というページはありません。",
        "Name a page (p-handover-30), or a meeting (acme/2026-11-25).",
        "ページの名前（p-handover-30）か、ミーティング（acme/2026-11-25）を指定してください。",
    ),
    # Finding
    "no-review": Sentence(
        "There is no review “{ref}”.",
        "「{ref}」のレビューは見つかりません。",
        "`kb review list` shows all; `kb review request` asks for one.",
        "`kb review list` で一覧を見られます。依頼は `kb review request` です。",
    ),
    "review-ambiguous": Sentence(
        "“{ref}” has several reviews: {ids}",
        "「{ref}」のレビューは一つではありません: {ids}",
        "Name one by its id.",
        "id で一つを指定してください。",
    ),
    "review-gone": Sentence(
        "What {id} reviews ({of}) is no longer there.",
        "{id} がレビューしている {of} は、もうありません。",
        "It may have been deleted by hand; `kb history` shows the past.",
        "ファイルが直接消された可能性があります。`kb history` で履歴を見られます。",
    ),
    # Saying
    "review-closed": Sentence(
        "The review {id} is over; nothing more goes into it.",
        "レビュー {id} は終了しているため、書き足せません。",
        "`kb review show {id}` shows it.",
        "`kb review show {id}` で内容を見られます。",
    ),
    "review-author": Sentence(
        "@{member} wrote or changed {what} and can't judge it.",
        "@{member} さんは {what} の書き手なので、承認や差し戻しはできません。",
        "Somebody else has to; comments are welcome from everybody.",
        "ほかのメンバーに頼んでください。コメントはだれでも書けます。",
    ),
    "review-approved-before": Sentence(
        "You approved this text already; there is no second approval.",
        "この内容はすでに承認済みのため、二つ目の承認は書いていません。",
    ),
    "review-not-yours": Sentence(
        "Only its authors, its reviewers and leads end the review {id}.",
        "レビュー {id} を終了できるのは、書き手、レビューする人、リーダーだけです。",
        "Ask one of them.",
        "その中のだれかに頼んでください。",
    ),
    # Other words for a line
    "suggest-elsewhere": Sentence(
        "{on} is not in what is reviewed here ({of}), so it can't be changed from here.",
        "{on} はこのレビューの対象（{of}）にないため、ここから直しの案を出せません。",
        "`kb review comment` goes to any line.",
        "`kb review comment` ならどの行にも書けます。",
    ),
    "suggest-which": Sentence(
        "{count} lines of {on} could be meant.",
        "{on} の中に、当てはまる行が{count}つあります。",
        "Name the line by its present words: --old '…'",
        "いまの文言で行を指定してください: --old '…'",
    ),
    "suggest-no-line": Sentence(
        "No line of {on} says “{old}”.",
        "{on} の中に「{old}」にあたる行はありません。",
        "`kb meeting show` shows the words as they are; --old picks the line.",
        "いまの文言は `kb meeting show` で見られます。行は --old で選べます。",
    ),
    "suggest-same": Sentence(
        "The line says that already: {text}",
        "その行はすでにその文言です: {text}",
    ),
    "no-suggestion": Sentence(
        "{event} is no suggestion of the review {id}.",
        "{event} はレビュー {id} の直しの案ではありません。",
        "`kb review show {id}` shows the suggestions with their ids (e-…).",
        "`kb review show {id}` で案の id（e-…）を見られます。",
    ),
    "suggestion-unnamed": Sentence(
        "It is not said which suggestion to take.",
        "どの直しの案を採用するかが指定されていません。",
        "`kb review show {id}` shows the suggestions with their ids (e-…).",
        "`kb review show {id}` で案の id（e-…）を見られます。",
    ),
    "suggestion-taken": Sentence(
        "The suggestion {event} was taken before; nothing was changed.",
        "直しの案 {event} はすでに採用されています。何も変えていません。",
    ),
    "suggestion-stale": Sentence(
        "The line no longer says “{old}”, so the suggestion was not put in; nothing was changed.",
        "その行は「{old}」ではなくなっているため、案を反映しませんでした。何も変えていません。",
        "Write it in by hand, or suggest it anew: {new}",
        "手で直すか、案を出し直してください: {new}",
    ),
    "suggestion-not-lacking": Sentence(
        "The hypothesis says something there by now, so “{new}” was not put in; nothing changed.",
        "その欄にはもう書き込みがあるため、「{new}」を反映しませんでした。何も変えていません。",
        "Write it in by hand, or suggest it anew.",
        "手で直すか、案を出し直してください。",
    ),
    # Sharing
    "share-note": Sentence(
        "said by @{by} in a review ({place})", "@{by} さんのレビューでの言葉 ({place})"
    ),
    "share-no-meeting": Sentence(
        "The review {id} is of a page, and the phrase belongs to no meeting.",
        "レビュー {id} はページのレビューで、その言葉がどのミーティングのものか分かりません。",
        "Add it where it belongs: `kb add acme/2026-11-25 insight '…'`",
        "もとのミーティングに書いてください: `kb add acme/2026-11-25 insight '…'`",
    ),
    # Today
    "today-review-wait": Sentence(
        "@{who} asks you for a review", "@{who} さんからのレビューの依頼です"
    ),
    "today-review-changes": Sentence(
        "@{who} asked for changes", "@{who} さんから差し戻しがありました"
    ),
    "today-review-suggested": Sentence(
        "@{who} suggested other words", "@{who} さんから直しの案があります"
    ),
    "today-review-commented": Sentence(
        "@{who} left a comment", "@{who} さんからコメントがあります"
    ),
    "today-review-until": Sentence("(wanted by {due})", "（期限 {due}）"),
}
