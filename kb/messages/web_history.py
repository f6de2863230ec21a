"""Sentences of earlier states, taking back, kept texts, and what was known on a day."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    # The messages of changes
    "did-restore": Sentence(
        "{account}: go back to the state of {at}", "{account}: {at} の内容に戻す"
    ),
    "did-restore-meeting": Sentence(
        "{account} {date}: go back to the meeting as of {at}",
        "{account} {date}: ミーティングを {at} の内容に戻す",
    ),
    # What was saved, in the bar
    "history-saved": Sentence("Saved {at}", "保存しました {at}"),
    "history-undo": Sentence("Take back", "取り消す"),
    "history-redo": Sentence("Bring back", "元に戻す"),
    "history-undo-of": Sentence("Take back: {what}", "取り消す: {what}"),
    "page-instead-nothing-to-undo": Sentence(
        "It may have been taken back already; “Earlier states” on the customer's page shows all"
        " changes.",
        "すでに取り消されているかもしれません。変更の一覧は、お客様の画面の「これまでの変更」で見られます。",
    ),
    "page-instead-built-on": Sentence(
        "Change it on its page: “Earlier states” there shows what others have changed.",
        "元の画面で直してください。ほかの人の変更は、その画面の「これまでの変更」で見られます。",
    ),
    "history-change-there": Sentence(
        "Change it on its page.", "そのページを開いて直してください。"
    ),
    # Earlier states
    "history-title": Sentence("Earlier states", "これまでの変更"),
    "history-lead": Sentence(
        "Every change is here, newest first. Look at any of them, and go back to it if you want: "
        "that can be taken back, too.",
        "すべての変更を新しい順に並べています。どの時点も見られ、戻すこともできます。戻したあとの取り消しもできます。",
    ),
    "history-of-account": Sentence("{name}: earlier states", "{name}のこれまでの変更"),
    "history-of-meeting": Sentence("{title}: earlier states", "{title}のこれまでの変更"),
    "history-count": Sentence("{count} changes", "{count}件の変更"),
    "history-count-one": Sentence("1 change", "1件の変更"),
    "history-none": Sentence(
        "There are no earlier states yet.",
        "まだ変更の記録がありません。",
        "They begin with the next thing that is saved.",
        "次に保存したときから記録されます。",
    ),
    "history-now": Sentence("stands now", "いまの内容"),
    "history-older": Sentence("Earlier changes ({count})", "それより前の変更（{count}件）"),
    "history-newer": Sentence("Later changes", "新しい変更"),
    "history-back-to": Sentence("Back to the document", "文書に戻る"),
    "history-since-show": Sentence("Show the differences", "違いを表示する"),
    "history-source-why": Sentence(
        "Times are those of the writers' own machines, unless another source is named.",
        "時刻は、断りのないかぎり書いた人のパソコンの時計によるものです。",
    ),
    "history-source-clock": Sentence(
        "time of the writer's own machine", "書いた人のパソコンの時計による時刻"
    ),
    "history-source-imported": Sentence(
        "time taken from imported notes", "取り込んだ記録にあった時刻"
    ),
    "history-source-server": Sentence(
        "time at which the team's server received it", "チームのサーバーが受け取った時刻"
    ),
    # One earlier state
    "history-changed": Sentence("What changed then", "このときの変更"),
    "history-since": Sentence("What is different now", "いまとの違い"),
    "history-nothing-changed": Sentence(
        "No words changed: only marks that pages don't show.",
        "文面の変更はありません（画面に出ない印だけの変更です）。",
    ),
    "history-nothing-since": Sentence(
        "The document reads today as it did then.", "そのときと、いまの文面は同じです。"
    ),
    "history-due": Sentence("by {day}", "期日 {day}"),
    "history-added": Sentence("added", "追加"),
    "history-taken-out": Sentence("taken out", "削除"),
    "history-reworded": Sentence("changed", "変更"),
    "history-front": Sentence("Facts of the account", "顧客の情報"),
    "history-top": Sentence("Before the first meeting", "最初のミーティングより前"),
    "history-more-places": Sentence("… and {count} more lines", "… ほか{count}行"),
    "history-back-title": Sentence("Go back", "この時点に戻す"),
    "history-back-whole": Sentence("Go back with the whole document", "文書全体をこの時点に戻す"),
    "history-back-why": Sentence(
        "What stands now stays among the earlier states, and this can be taken back.",
        "いまの内容も記録に残り、あとから取り消せます。",
    ),
    "history-back-one": Sentence("Go back with this meeting only", "このミーティングだけ戻す"),
    "history-back-parts": Sentence("Only a part of it", "一部だけ戻す"),
    "history-back-part": Sentence("Go back with this part", "この部分を戻す"),
    "history-attached": Sentence("attached: {what}", "添付: {what}"),
    "history-back-gone": Sentence("Put this meeting back in", "このミーティングを元に戻す"),
    "history-differs": Sentence("Meetings that read otherwise now", "いまと内容が違うミーティング"),
    "history-whole": Sentence("Look at the document of that time", "その時点の文書を見る"),
    "history-to-list": Sentence("All earlier states", "これまでの変更の一覧"),
    "no-state": Sentence(
        "There is no such earlier state.",
        "その時点の記録は見つかりません。",
        "It may belong to another document; the list has all there are.",
        "別の文書のものかもしれません。一覧から選び直してください。",
    ),
    "no-section": Sentence(
        "That state has no such meeting.", "その時点に、このミーティングはありません。"
    ),
    "state-old-form": Sentence(
        "This page is too old to go back from.",
        "このページは古くなっているため、戻せません。",
        "Open it again and look once more.",
        "もう一度開いて、内容を確かめてください。",
    ),
    # Kept texts
    "did-kept": Sentence("Put in a kept text: {path}", "取り置いた文章を反映: {path}"),
    "kept-title": Sentence("Kept texts", "取り置いた文章"),
    "kept-lead": Sentence(
        "These could not be saved. They are safe here until somebody decides.",
        "保存できなかった文章です。どうするか決めるまで、ここに残っています。",
    ),
    "kept-none": Sentence(
        "Nothing is kept.",
        "取り置いた文章はありません。",
        "Everything that was written is in its document.",
        "書いたものは、すべて文書に入っています。",
    ),
    "kept-for": Sentence("A text for {name}", "{name}への文章"),
    "kept-since": Sentence("Kept since {at}", "{at} から取り置いています"),
    "kept-place": Sentence("Place {n}", "{n}か所目"),
    "kept-theirs": Sentence("The kept text", "取り置いた文"),
    "kept-now": Sentence("In the document now", "いまの文書"),
    "kept-no-line": Sentence("There is no such line.", "この行はありません。"),
    "kept-pick-both": Sentence("Keep both", "両方を残す"),
    "kept-pick-kept": Sentence("Take the kept text", "取り置いた文にする"),
    "kept-pick-now": Sentence("Leave it as it is", "いまのままにする"),
    "kept-pick-in": Sentence("With these lines", "この行を入れる"),
    "kept-pick-out": Sentence("Without them", "この行を入れない"),
    "kept-more": Sentence(
        "{count} more places are put in, both texts where there are two.",
        "ほか{count}か所も反映します（両方に文があれば両方残します）。",
    ),
    "kept-put-in": Sentence("Put in what is chosen", "選んだとおりに反映する"),
    "kept-put-in-why": Sentence("It can be taken back.", "あとから取り消せます。"),
    "kept-done": Sentence("It is all there: finish", "すべて反映済みなので終える"),
    "kept-nothing-left": Sentence(
        "All of it stands in the document already.", "この文章は、すべて文書に入っています。"
    ),
    "kept-no-text": Sentence(
        "This is a file without lines. It can be put in whole.",
        "行のないファイルです。丸ごと反映できます。",
    ),
    "kept-whole": Sentence("The whole kept text, to copy", "取り置いた文章の全文（コピー用）"),
    "kept-drop": Sentence("Throw it away", "捨てる"),
    "kept-drop-sure": Sentence(
        "It is gone for good then, and can't be taken back. Throw it away?",
        "捨てると、この文章は戻せません。本当に捨てますか。",
    ),
    "kept-drop-yes": Sentence("Throw it away for good", "捨てる（取り消せません）"),
    "kept-changed": Sentence(
        "The document was changed while you looked.",
        "見ているあいだに、文書が変更されました。",
        "Nothing was put in. Look at both once more.",
        "まだ反映していません。もう一度見比べてください。",
    ),
    # As of a day
    "asof-title": Sentence("{name} as of {day}", "{day}時点の{name}"),
    "asof-lead": Sentence(
        "What was known then. Nothing can be written here.",
        "その時点で分かっていた内容です。ここには書き込めません。",
    ),
    "asof-at": Sentence("Last change before it: {at}", "直前の変更: {at}"),
    "asof-pick": Sentence("What we knew on", "その日の時点を見る"),
    "asof-show": Sentence("Show", "見る"),
    "asof-now": Sentence("To the document of today", "いまの文書へ"),
    "asof-empty": Sentence(
        "There was no meeting in the document yet.", "その時点では、まだミーティングがありません。"
    ),
    "asof-more": Sentence(
        "Older meetings of that state: {count}", "この時点のそれより前のミーティング: {count}件"
    ),
    "asof-change": Sentence("What changed then", "このときの変更を見る"),
}
"""Sentences by code."""
