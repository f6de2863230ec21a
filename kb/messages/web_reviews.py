"""Sentences of the pages of reviews, and what to do there when something can't be done."""

from kb.messages import Sentence

_LIST: dict[str, Sentence] = {
    "page-reviews": Sentence("Reviews", "レビュー"),
    "page-review": Sentence("Review", "レビュー"),
    "page-reviews-all": Sentence("All reviews", "レビューの一覧"),
    "page-reviews-waiting": Sentence(
        "{count} reviews wait for you.", "あなたを待っているレビューが{count}件あります。"
    ),
    "page-reviews-waiting-one": Sentence(
        "One review waits for you.", "あなたを待っているレビューが1件あります。"
    ),
    "page-reviews-none-waiting": Sentence(
        "No review waits for you.", "いま、あなたを待っているレビューはありません。"
    ),
    "page-reviews-empty": Sentence(
        "There are no reviews yet.",
        "レビューはまだありません。",
        "Before a meeting a colleague looks at the hypotheses and the agenda. "
        "Ask for it on the page of the meeting.",
        "ミーティングの前に、事前仮説とアジェンダを同僚に見てもらえます。"
        "依頼はミーティングの画面からできます。",
    ),
    "page-review-begin": Sentence("Begin with the first", "先に期限が来るものから見る"),
    "page-reviews-waiting-head": Sentence("Waiting for you", "あなたを待っているもの"),
    "page-reviews-mine-head": Sentence("Of what you wrote", "あなたが書いたもの"),
    "page-reviews-others-head": Sentence("Others", "ほかのレビュー"),
    "page-reviews-closed-head": Sentence("Ended", "終了したもの"),
    "page-reviews-older": Sentence(
        "{count} older ones are not shown.", "古い{count}件は省いています。"
    ),
    "page-review-asked-by": Sentence("asked by {who}", "{who}さんの依頼"),
    "page-review-due": Sentence("by {at}", "期限 {at}"),
    "page-review-due-over": Sentence("was due {at}", "期限を過ぎています {at}"),
    # Kinds and states
    "page-review-kind-pre": Sentence("Pre-review", "事前レビュー"),
    "page-review-kind-post": Sentence("Post-review", "事後レビュー"),
    "page-review-kind-adoption": Sentence("Adoption", "採用の検討"),
    "page-review-state-open": Sentence("waiting", "レビュー待ち"),
    "page-review-state-approved": Sentence("approved", "承認"),
    "page-review-state-changes": Sentence("changes wanted", "差し戻し中"),
    "page-review-state-stale": Sentence("edited since the approval", "承認後に変更あり"),
    "page-review-state-closed": Sentence("ended", "終了"),
    "page-review-state-closed-adopted": Sentence("ended: adopted", "終了（採用）"),
    "page-review-state-closed-rejected": Sentence("ended: not adopted", "終了（不採用）"),
}
_PAGE: dict[str, Sentence] = {
    "page-review-place": Sentence("{n} of {count}", "{n}/{count}件目"),
    "page-review-next": Sentence("The next one", "次の1件へ"),
    "page-review-mission": Sentence("What the team is for", "チームの使命"),
    "page-review-lead-gone": Sentence(
        "What was reviewed is no longer there. The thread stays.",
        "レビューの対象は、もうありません。やり取りは残っています。",
    ),
    "page-review-lead-closed": Sentence("This review has ended.", "このレビューは終了しています。"),
    "page-review-lead-edited": Sentence(
        "It changed after you approved it. Reading what changed is enough.",
        "あなたが承認したあとで変わりました。変わったところだけ読めば足ります。",
    ),
    "page-review-lead-mended": Sentence(
        "It changed after you asked for changes.",
        "あなたが差し戻したあとで、書き直されました。",
    ),
    "page-review-lead-author": Sentence(
        "You wrote this; somebody else approves it.",
        "あなたが書いたものです。承認はほかのメンバーが行います。",
    ),
    "page-review-lead-asked": Sentence("{who} asks you to look.", "{who}さんからの依頼です。"),
    "page-review-lead-other": Sentence(
        "Comments are welcome from everybody.", "コメントはだれでも書けます。"
    ),
    "page-review-meeting-at": Sentence(" The meeting: {at}.", "ミーティングは{at}です。"),
    "page-review-wanted-by": Sentence(" Wanted by {at}.", "期限は{at}です。"),
    "page-review-since-mine": Sentence(
        "What changed since your approval", "あなたの承認から変わったところ"
    ),
    "page-review-since-my-wish": Sentence(
        "What changed since you asked for changes", "あなたの差し戻しから変わったところ"
    ),
    "page-review-since": Sentence(
        "What changed since {who} looked", "{who}さんが見たあとで変わったところ"
    ),
    "page-review-since-at": Sentence("since {at}", "{at}から"),
    "page-review-places": Sentence("{count} places", "{count}か所"),
    "page-review-places-one": Sentence("1 place", "1か所"),
    "page-review-since-lost": Sentence(
        "The text of then can't be found any more: please read all of it.",
        "そのときの文はもう見つかりません。全体を読み直してください。",
    ),
    "page-review-since-little": Sentence(
        "Only the order or blanks changed.", "変わったのは並び順か空白だけです。"
    ),
    "page-review-reworded": Sentence("reworded", "書き換え"),
    "page-review-added": Sentence("added", "追加"),
    "page-review-removed": Sentence("removed", "削除"),
    "page-review-sr-del": Sentence("removed: ", "削除: "),
    "page-review-sr-ins": Sentence("added: ", "追加: "),
    "page-review-labelled": Sentence("{label}: ", "{label}: "),
    "page-review-blocks-claim": Sentence("Hypotheses", "事前仮説"),
    "page-review-blocks-topic": Sentence("Topics", "論点"),
    "page-review-blocks-decision": Sentence("Decisions", "決定事項"),
    "page-review-blocks-todo": Sentence("TODOs", "TODO（やること）"),
    "page-review-blocks-insight": Sentence("Insights", "気づき"),
    "page-review-blocks-page": Sentence("The page", "ページの内容"),
    "page-review-nothing": Sentence("nothing yet", "まだありません"),
    "page-review-no-text": Sentence(
        "There is nothing to read here.",
        "読むものがありません。",
        "What was reviewed may have been moved or deleted; what was said stands below.",
        "対象が移されたか、消された可能性があります。やり取りは下に残っています。",
    ),
    "page-review-thread": Sentence("The thread", "やり取り"),
    "page-review-comments": Sentence("Comments", "コメント"),
    "page-review-whole": Sentence("the whole", "全体"),
    "page-review-decide": Sentence("Decide", "判断"),
    # Parts of a text
    "page-review-part-claim": Sentence("Hypothesis", "事前仮説"),
    "page-review-part-more": Sentence("Note", "補足"),
    "page-review-part-why": Sentence("Why", "根拠"),
    "page-review-part-test": Sentence("Test", "検証"),
    "page-review-part-impact": Sentence("Impact", "効果"),
    "page-review-part-confidence": Sentence("Confidence", "確信度"),
    "page-review-part-see": Sentence("See", "参照"),
    "page-review-part-value-level": Sentence("Value level", "価値の段階"),
    "page-review-part-topic": Sentence("Topic", "論点"),
    "page-review-part-stance": Sentence("Stance", "スタンス"),
    "page-review-part-todo": Sentence("TODO", "TODO"),
    "page-review-part-customer": Sentence("Customer", "お客様"),
    "page-review-part-decision": Sentence("Decision", "決定"),
    "page-review-part-insight": Sentence("Insight", "気づき"),
    "page-review-part-verdict": Sentence("Verdict", "判定"),
    "page-review-part-page": Sentence("Title", "題"),
    "page-review-part-text": Sentence("Line", "行"),
    # The thread
    "page-review-you": Sentence("You", "あなた"),
    "page-review-did-requested": Sentence("asked for a review", "レビューを依頼"),
    "page-review-did-commented": Sentence("commented", "コメント"),
    "page-review-did-answered": Sentence("answered", "返事"),
    "page-review-did-suggested": Sentence("suggested", "書き換えの提案"),
    "page-review-did-approved": Sentence("approved", "承認"),
    "page-review-did-changes-requested": Sentence("asked for changes", "差し戻し"),
    "page-review-did-closed": Sentence("ended the review", "レビューを終了"),
    "page-review-did-closed-adopted": Sentence("ended the review: adopted", "採用して終了"),
    "page-review-did-closed-rejected": Sentence("ended the review: not adopted", "不採用で終了"),
    "page-review-unverified": Sentence(
        "Written by somebody else in this name: it does not count.",
        "本人が書いたものと確かめられないため、数えていません。",
    ),
    "page-review-other-text": Sentence(
        "The text changed after this.", "このあとで内容が変わりました。"
    ),
    "page-review-was-late": Sentence(
        "After the meeting had begun.", "ミーティングが始まってからの承認です。"
    ),
    "page-review-offer-gone": Sentence(
        "The line has been reworded since.", "この行は、そのあと書き直されました。"
    ),
    "page-review-taken": Sentence("taken", "取り入れ済み"),
    "page-review-take": Sentence("Take it", "取り入れる"),
    "page-review-take-why": Sentence(
        "The line gets these words at once.", "行の文が、すぐこの文に変わります。"
    ),
}
_FORMS: dict[str, Sentence] = {
    "page-review-comment": Sentence("Comment", "コメントする"),
    "page-review-comment-on": Sentence("Comment on: {what}", "コメントする: {what}"),
    "page-review-comment-text": Sentence("Comment", "コメント"),
    "page-review-about-what": Sentence("What is it about?", "何についてのコメントですか"),
    "page-review-type-evidence": Sentence("evidence", "根拠"),
    "page-review-type-stance": Sentence("stance", "スタンス"),
    "page-review-type-impact": Sentence("impact", "金額の効果"),
    "page-review-type-so-what": Sentence("so what", "だから何"),
    "page-review-type-customers-words": Sentence("customer's words", "お客様の言葉"),
    "page-review-type-wording": Sentence("wording", "言い回し"),
    "page-review-type-answer": Sentence("an answer", "返事"),
    "page-review-bad-type": Sentence(
        "It is not said what the comment is about.",
        "何についてのコメントかが選ばれていません。",
        "Choose one of the kinds above the field.",
        "入力欄の上から選んでください。",
    ),
    "page-review-reword-of": Sentence("Suggest other words: {what}", "{what}を書き換えて提案"),
    "page-review-reword-why": Sentence("Why (if you like)", "理由（書かなくてもかまいません）"),
    "page-review-suggest": Sentence("Suggest", "提案する"),
    "page-review-approve": Sentence("Approve", "承認する"),
    "page-review-approved": Sentence(
        "You approved it as it is now.", "いまの内容を承認しています。"
    ),
    "page-review-approve-change": Sentence("Approve what changed", "変わったところを承認する"),
    "page-review-approve-why": Sentence(
        "You approve the text as it stands on this page. If it changes later, that shows.",
        "この画面に出ている内容を承認します。あとで変わると「承認後に変更あり」と出ます。",
    ),
    "page-review-author-why": Sentence(
        "You wrote or changed this, so somebody else approves it.",
        "自分が書いたものは承認できません。ほかのメンバーが承認します。",
    ),
    "page-review-nobody": Sentence(
        "Only members of the team answer in reviews.", "レビューに書き込めるのはメンバーだけです。"
    ),
    "page-review-moved-on": Sentence(
        "The text changed while you were reading.",
        "読んでいるあいだに内容が変わりました。",
        "This page shows it as it is now: please look at what changed, then decide.",
        "この画面に出ているのが、いまの内容です。確かめてから、もう一度選んでください。",
    ),
    "page-review-changes": Sentence("Ask for changes", "直してほしい"),
    "page-review-changes-what": Sentence("What should change?", "直してほしいところ"),
    "page-review-changes-send": Sentence("Ask for changes", "差し戻す"),
    "page-review-close": Sentence("End the review", "レビューを終了する"),
    "page-review-close-text": Sentence(
        "A last word (if you like)", "ひとこと（書かなくてもかまいません）"
    ),
    "page-review-close-why": Sentence(
        "Nothing more can be written then.", "終了したあとは書き足せません。"
    ),
    "page-review-share": Sentence("Worth sharing", "「広めたい」言葉にする"),
    "page-review-share-this": Sentence("Worth sharing", "広めたい"),
    "page-review-share-of": Sentence("Worth sharing: what {who} said", "{who}さんの言葉を広めたい"),
    "page-review-share-ask": Sentence(
        "The words, as they were said here", "広めたい言葉（やり取りの中から）"
    ),
    "page-review-share-send": Sentence("Make it an insight", "気づきにする"),
    "page-review-shared": Sentence(
        "It is an insight now, with who said it.", "だれの言葉かをつけて、気づきにしました。"
    ),
    "page-review-shared-where": Sentence("Look at it", "気づきを見る"),
    "page-review-written-by": Sentence("Written by", "書き手"),
    "page-review-reviewers": Sentence("Asked", "依頼先"),
    "page-review-often": Sentence("What reviewers ask you for", "あなたがよく聞かれること"),
    "page-review-often-is": Sentence(
        "{about}: {times} of {of} comments lately", "{about}: 最近のコメント{of}件中{times}件"
    ),
    "page-review-only-you": Sentence("Only you see this.", "あなただけに表示しています。"),
    "page-review-earlier": Sentence(
        "Earlier hypotheses of this customer", "このお客様のこれまでの仮説"
    ),
    "page-review-citing": Sentence("Hypotheses that cite this page", "このページを引いた仮説"),
    "page-review-no-rate": Sentence(
        "Below 20 there is no rate.", "20件に満たないので、率は出しません。"
    ),
    "page-review-similar": Sentence("Similar ones elsewhere", "ほかの顧客の似た仮説"),
    "page-review-similar-ask": Sentence("Look for them", "さがす"),
    "page-review-similar-why": Sentence(
        "Judged hypotheses of other customers, the nearest in meaning first.",
        "判定の出ている仮説を、意味の近い順に並べています。",
    ),
    "page-review-similar-none": Sentence(
        "Nothing near enough was found.", "近いものは見つかりませんでした。"
    ),
    # Asking for one
    "page-review-ask-pre": Sentence("Ask for a review", "事前レビューを頼む"),
    "page-review-ask-post": Sentence("Ask for a review of the minutes", "事後レビューを頼む"),
    "page-review-ask-whom": Sentence("Whom", "だれに"),
    "page-review-ask-in-turn": Sentence("whose turn it is", "順番の人に"),
    "page-review-ask-note": Sentence("What to look at (if you like)", "見てほしいところ（あれば）"),
    "page-review-ask-send": Sentence("Ask", "頼む"),
}
_INSTEAD: dict[str, Sentence] = {
    "page-instead-review-empty": Sentence(
        "Write a hypothesis, or a topic with its stance, first; after the meeting its minutes.",
        "先に事前仮説か、論点とスタンスを書いてください。終わったあとなら議事録を書いてください。",
    ),
    "page-instead-no-reviewer": Sentence(
        "Choose somebody by name, or have a member added to the team.",
        "相手を名前で選ぶか、チームにメンバーを足してもらってください。",
    ),
    "page-instead-review-to-author": Sentence(
        "Choose somebody else, or whose turn it is.",
        "ほかの人を選ぶか、「順番の人に」を選んでください。",
    ),
    "page-instead-review-no-member": Sentence(
        "Have your address added to the team.",
        "チームの設定に、あなたのアドレスを足してもらってください。",
    ),
    "page-instead-no-review": Sentence(
        "The list of reviews has all there are.", "レビューの一覧から選び直してください。"
    ),
    "page-instead-review-closed": Sentence(
        "What was said in it stays readable.", "これまでのやり取りは、このまま読めます。"
    ),
    "page-instead-suggest-which": Sentence(
        "Say it in a comment instead.", "代わりに、コメントで伝えてください。"
    ),
    "page-instead-suggest-no-line": Sentence(
        "The line may have changed just now: load the page anew.",
        "行がいま変わったようです。画面を読み込み直してください。",
    ),
    "page-instead-suggest-elsewhere": Sentence(
        "Say it in a comment instead.", "代わりに、コメントで伝えてください。"
    ),
    "page-instead-no-suggestion": Sentence("Load the page anew.", "画面を読み込み直してください。"),
    "page-instead-suggestion-stale": Sentence(
        "Change the line on the page of the meeting, or have it suggested anew.",
        "ミーティングの画面で直すか、もう一度提案してもらってください。",
    ),
    "page-instead-share-no-meeting": Sentence(
        "Write it on the page of the meeting where it belongs.",
        "もとのミーティングの画面で、気づきとして書いてください。",
    ),
}
TABLE: dict[str, Sentence] = _LIST | _PAGE | _FORMS | _INSTEAD
