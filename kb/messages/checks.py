"""Sentences of `kb meeting check`: what is missing, what was nearly written, how to mend it."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "check-no-hypothesis": Sentence(
        "There is no hypothesis for this meeting.",
        "事前仮説がまだありません。",
        "Write one sentence that the meeting can prove wrong, with its test and your confidence.",
        "外れたら外れたとわかる見立てを一つ、検証の仕方と確信度をつけて書いてください。",
    ),
    "check-no-test": Sentence(
        "The hypothesis “{text}” has no test.",
        "仮説「{text}」に検証の仕方がありません。",
        "Add `- Test: …`: what you will ask or count, and what would prove it wrong.",
        "「- 検証: …」に、何を尋ねるか、何を数えるか、どうなれば外れかを書いてください。",
    ),
    "check-no-test-vague": Sentence(
        "The test of “{text}” (“{value}”) can't come out either way.",
        "仮説「{text}」の検証「{value}」では、当たったか外れたかを決められません。",
        "Name a question, a number or a day that would prove it wrong.",
        "どうなれば外れかがわかる質問、数字、期日のどれかを書いてください。",
    ),
    "check-no-confidence": Sentence(
        "The hypothesis “{text}” has no confidence.",
        "仮説「{text}」に確信度がありません。",
        "Add `- Confidence: 70%`; over time you will see how well you judge.",
        "「- 確信度: 70%」のように書いてください。後で自分の見立ての確かさがわかります。",
    ),
    "check-no-impact": Sentence(
        "The hypothesis “{text}” names no impact.",
        "仮説「{text}」に効果が書かれていません。",
        "Add `- Impact: …`: which of the customer's sales or costs moves, and by how much.",
        "「- 効果: …」に、お客様の売上か費用がどれだけ動くかを書いてください。",
    ),
    "check-no-impact-vague": Sentence(
        "The impact of “{text}” is “{value}”.",
        "仮説「{text}」の効果が「{value}」のままです。",
        "A rough figure will do: sales or cost, and its size.",
        "おおよそでかまいません。売上か費用か、その大きさを書いてください。",
    ),
    "check-no-stance": Sentence(
        "The topic “{topic}” has no stance of ours.",
        "論点「{topic}」に当社のスタンスがありません。",
        "Add `- Stance: …`: what we propose, so that the customer can agree or object.",
        "「- スタンス: …」に、当社から提案することを書いてください。",
    ),
    "check-no-stance-vague": Sentence(
        "“{value}” is no stance on “{topic}”: it proposes nothing.",
        "論点「{topic}」のスタンス「{value}」は、当社の提案になっていません。",
        "Write what we propose, by when and why, so that the customer can agree or object.",
        "当社ならどうするかを、お客様が賛成も反対もできるように書いてください。",
    ),
    "check-only-carried": Sentence(
        "The agenda only goes over what was left open last time.",
        "アジェンダが、前回から持ち越したことの確認だけになっています。",
        "Bring something of your own: one hypothesis, or a stance on one topic.",
        "仮説を一つ、またはスタンスのある論点を一つ足して、提案のある場にしてください。",
    ),
    "check-small-talk": Sentence(
        "Small talk (“{topic}”) is all there is on the agenda.",
        "アジェンダが近況を伺うこと（「{topic}」）だけになっています。",
        "You could begin with: {openers}",
        "たとえば次のように始められます: {openers}",
    ),
    "check-late": Sentence(
        "The hypothesis “{text}” was not on record when the meeting began.",
        "仮説「{text}」は、ミーティングが始まるまでに記録されていませんでした。",
        "It does not count as foreseen. What you write by hand is on record after `kb sync`.",
        "事前の仮説としては数えません。手で書いたものは `kb sync` で記録されます。",
    ),
    "check-late-changed": Sentence(
        "The hypothesis “{text}” read otherwise when the meeting began.",
        "仮説「{text}」は、ミーティングが始まった後に書き換えられています。",
        "What counts is how it read at the start (`kb history {account}/{date}` shows it).",
        "数えるのは開始時の文面です（`kb history {account}/{date}` で見られます）。",
    ),
    "check-late-confidence": Sentence(
        "The confidence in “{text}” was another when the meeting began.",
        "仮説「{text}」の確信度は、ミーティングが始まった後に変えられています。",
        "What counts is the confidence at the start.",
        "数えるのは開始時の確信度です。",
    ),
    "check-value-level": Sentence(
        "Since {since} three meetings in a row stayed at how the tool is used.",
        "{since} から3回続けて、話がツールの使い方にとどまっています。",
        "Connect one topic to the customer's sales or costs (an impact, or `- Value level: 3`).",
        "論点の一つをお客様の売上や費用につなげてください（効果、または「- 価値の段階: 3」）。",
    ),
    "check-not-closed": Sentence(
        "The meeting ended at {ended} and its minutes are not complete.",
        "{ended} に終わりましたが、議事録がまだ完了していません。",
        "Fill in what is missing, then `kb meeting close {account}/{date}`.",
        "書き足りないところを補ってから `kb meeting close {account}/{date}` を行ってください。",
    ),
    # Near misses of the format
    "miss-front": Sentence(
        "The lines between --- at the top can't be read from here on, so name, CSM and people are "
        "not known.",
        "先頭の --- で囲んだ部分がこの行から読めないため、名前や担当、people がわかりません。",
        "Look for a missing quote, bracket or colon, or a tab.",
        "引用符やかっこ、コロンの抜け、タブがないかを確かめてください。",
    ),
    "miss-front-open": Sentence(
        "The --- at the top is not closed, so name, CSM and people are not known.",
        "先頭の --- が閉じていないため、名前や担当、people がわかりません。",
        "Write --- on a line of its own below them.",
        "その下に --- だけの行を書いてください。",
    ),
    "miss-bullet": Sentence(
        "This line does not begin with a mark that kb knows, so it is no item.",
        "行頭の記号が箇条書きとして読めません。",
        "Write: {mend}",
        "こう書いてください: {mend}",
    ),
    "miss-indent": Sentence(
        "This line is indented with full-width spaces, so it is no item.",
        "行頭が全角の空白なので、箇条書きとして読めません。",
        "Indent with ordinary spaces: {mend}",
        "半角の空白で下げてください: {mend}",
    ),
    "miss-box": Sentence(
        "This checkbox can't be read as a TODO's.",
        "このチェック欄はTODOとして読めません。",
        "Write: {mend}",
        "こう書いてください: {mend}",
    ),
    "miss-space": Sentence(
        "There is no space after the mark, so the line is no item.",
        "記号の後に空白がないため、箇条書きとして読めません。",
        "Write: {mend}",
        "こう書いてください: {mend}",
    ),
    "miss-hash": Sentence(
        "This line was surely meant as a heading, but reads as text.",
        "見出しのつもりの行が、本文として読まれています。",
        "Write it with half-width # and a space: {mend}",
        "半角の # と空白で書いてください: {mend}",
    ),
    "miss-date": Sentence(
        "The heading begins with “{date}”, which is no full date, so no meeting starts here.",
        "見出しの「{date}」は年月日として読めないため、ミーティングの始まりになりません。",
        "Write year, month and day: ## 2026-11-25 …",
        "年月日をそろえて書いてください: ## 2026-11-25 …",
    ),
    "miss-section": Sentence(
        "This heading is not one that kb knows.",
        "この見出しは kb の知っている名前ではありません。",
        "Write just: {mend}",
        "余分な記号を取って「{mend}」とだけ書いてください。",
    ),
    "miss-box-place": Sentence(
        "This checkbox stands under “{heading}”, which kb does not know; it is not counted as a TODO.",
        "このチェック欄は kb の知らない見出し「{heading}」の下にあるため、TODOとして数えていません。",
        "Move it under TODO or a topic, or add the heading to [aliases.sections] in kb.toml.",
        "TODOか論点の下に移すか、見出しを kb.toml の [aliases.sections] に足してください。",
    ),
    "miss-label": Sentence(
        "The label lacks its colon, so the line is no more than text.",
        "ラベルの後に「:」がないため、ただの文として読まれています。",
        "Write: {mend}",
        "こう書いてください: {mend}",
    ),
    "miss-handle": Sentence(
        "Nobody has the handle @{name}.",
        "@{name} という人は登録されていません。",
        "Did you mean one of these? {known} Others go under `people:` at the top of the document.",
        "登録されている人: {known}。ほかの方は、文書の先頭の people: に足してください。",
    ),
    "miss-due": Sentence(
        "“{due}” is no due date that kb can read.",
        "「{due}」は期日として読めません。",
        "Write it at the end of the line: due:2026-12-01",
        "行の終わりに due:2026-12-01 のように書いてください。",
    ),
    "miss-due-place": Sentence(
        "“{due}” stands in the middle, so it is not read as the due date.",
        "「{due}」が文の途中にあるため、期日として読まれていません。",
        "Move it to the end of the line.",
        "行の終わりに移してください。",
    ),
    "miss-tag": Sentence(
        "“{tag}” is not read as a tag here, so the line does not count as internal.",
        "「{tag}」がタグとして読まれていないため、社内の項目になっていません。",
        "Move it to the end of the line, with a blank before it.",
        "前に空白を入れて、行の終わりに移してください。",
    ),
    "miss-verdict": Sentence(
        "“{word}” is no verdict.",
        "「{word}」は判定の言葉ではありません。",
        "Write supported, refuted, mixed or untested.",
        "支持、棄却、一部、未検証のどれかを書いてください。",
    ),
    "miss-confidence": Sentence(
        "“{word}” is no confidence in percent.",
        "確信度の「{word}」は数字ではありません。",
        "Write it like 70%.",
        "70% のように書いてください。",
    ),
    "miss-time": Sentence(
        "“{word}” is no time of day.",
        "時間の「{word}」を時刻として読めません。",
        "Write it like 14:00–14:50.",
        "14:00–14:50 のように書いてください。",
    ),
    "miss-id": Sentence(
        "“{id}” looks like the id of a line but is none, so no link finds it.",
        "「{id}」は行の id の形になっていないため、リンクできません。",
        "Take it out; kb gives the line one when it needs it.",
        "消してかまいません。必要なときに kb がつけ直します。",
    ),
    "miss-id-twice": Sentence(
        "Another line of this document has {id} too.",
        "同じ文書の別の行にも {id} がついています。",
        "Take it out of the copy.",
        "写した方の行から消してください。",
    ),
    "miss-comment": Sentence(
        "A comment <!-- begins here and does not end; all that follows is hidden.",
        "ここで始まるコメント <!-- が閉じていないため、この後がすべて隠れています。",
        "Close it with -->.",
        "--> で閉じてください。",
    ),
    "miss-comment-inline": Sentence(
        "A comment <!-- begins in this line and does not end; it is shown as text.",
        "この行のコメント <!-- が閉じていないため、そのまま表示されます。",
        "Close it with --> on the same line, or move it under the internal memo.",
        "同じ行で --> と閉じるか、社内メモに移してください。",
    ),
    "miss-fence": Sentence(
        "A block of code begins here and does not end; all that follows is hidden.",
        "ここで始まるコードの囲みが閉じていないため、この後がすべて読まれていません。",
        "Close it with a line of {fence}.",
        "{fence} だけの行で閉じてください。",
    ),
    # Better than small talk
    "opener-figure": Sentence(
        "“{name} went from {before} to {after} since {since}; what is behind that?”",
        "{since}から{name}が{before}→{after}に動きました。何があったのでしょうか",
    ),
    "opener-refuted": Sentence(
        "“We were wrong about ‘{text}’; here is what we think now.”",
        "前回の見立て「{text}」は外れました。今はこう考えています",
    ),
    "opener-decision": Sentence(
        "“On {date} we decided: {text}. What has come of it?”",
        "{date}に決めた「{text}」は、その後どうなりましたか",
    ),
    "opener-promise": Sentence(
        "“We owe you: {text}. This is where it stands.”",
        "お約束した「{text}」は、ここまで進みました",
    ),
    "opener-none": Sentence(
        "a figure of theirs that has changed, and what you make of it",
        "お客様の数字の変化を一つと、それについての当社の見立て",
    ),
    # Reviews
    "check-no-review": Sentence(
        "Nobody has been asked to look at this preparation.",
        "この準備は、まだだれにもレビューを頼んでいません。",
        "`kb review request {account}/{date}` asks whose turn it is.",
        "`kb review request {account}/{date}` で順番の人に頼めます。",
    ),
    "check-no-review-changes": Sentence(
        "{who} asked for changes, and has not approved since.",
        "{who} さんの差し戻しに、まだ承認がありません。",
        "`kb review show {id}` says what is wanted.",
        "`kb review show {id}` で直してほしい点を見られます。",
    ),
    "check-no-review-stale": Sentence(
        "The preparation was edited since {who} approved it.",
        "{who} さんの承認のあとに、準備の内容が変わっています。",
        "`kb review show {id}` shows what changed; ask again with `kb review request`.",
        "`kb review show {id}` で変わったところを見て、`kb review request` で頼み直してください。",
    ),
    "check-no-review-late": Sentence(
        "The review is overdue: {who} has not looked yet.",
        "レビューの期限を過ぎていますが、{who} さんはまだ見ていません。",
        "Remind them, or ask somebody else: `kb review request {account}/{date} --to …`.",
        "声をかけるか、別の人に頼んでください（`kb review request {account}/{date} --to …`）。",
    ),
}
