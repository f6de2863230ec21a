"""Sentences of what the script adds to pages: quick keys, sending and its failures, completion."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    # The list of keys
    "keys-title": Sentence("Keys", "キー操作"),
    "keys-close": Sentence("Close", "閉じる"),
    "keys-single": Sentence("Use single keys", "1文字のキー操作を使う"),
    "keys-single-why": Sentence(
        "Off when keys do something by mistake, as with speech input. Esc, Enter and Ctrl+Enter stay.",
        "音声入力などで誤って動くときは、切れます。Esc・Enter・Ctrl+Enterはいつでも使えます。",
    ),
    "keys-writing": Sentence(
        "While you write in a field keys only write: first leave it with Esc.",
        "入力欄では文字になります。先にEscで欄を離れてください。変換中のキーは何も起こしません。",
    ),
    "keys-everywhere": Sentence("Everywhere", "どの画面でも"),
    "keys-lists": Sentence("In lists", "一覧で"),
    "keys-meeting": Sentence("In a meeting", "ミーティングで"),
    "keys-review": Sentence("In a review", "レビューで"),
    "keys-insights": Sentence("In recurring insights", "くり返し現れる気づきで"),
    "keys-practice": Sentence("In practice", "練習で"),
    "keys-list": Sentence("This list", "この一覧"),
    "keys-leave": Sentence("Leave the field, then close", "欄を離れる、次に閉じる"),
    "keys-move": Sentence("Next, previous", "次へ、前へ"),
    "keys-open": Sentence("Open", "開く"),
    "keys-topic": Sentence("Next, previous topic or hypothesis", "次・前の論点や仮説"),
    "keys-topic-short": Sentence("Topic", "次・前の論点"),
    "keys-verdict": Sentence(
        "Verdict of the hypothesis; Enter records it", "仮説の判定。Enterで残す"
    ),
    "keys-finish": Sentence(
        "Write down the line you are in, else complete the minutes",
        "書いている行を残す。なければ議事録を仕上げる",
    ),
    "keys-kind": Sentence("Kind of comment", "コメントの種類"),
    "keys-suggest": Sentence("Suggest other words", "文を書き換えて提案"),
    "keys-take": Sentence("Take the suggestion", "提案を受け入れる"),
    "keys-share": Sentence("Worth sharing", "広めたい"),
    "keys-next": Sentence("Next review", "次のレビュー"),
    "keys-candidate": Sentence("Make a candidate", "候補にする"),
    "keys-group": Sentence("The same lesson", "同じ教訓としてまとめる"),
    "keys-dismiss": Sentence("Dismiss", "見送る"),
    "keys-percent": Sentence("5% less, 5% more", "5%ずつ動かす"),
    "keys-send": Sentence("Send the prediction", "予想を出す"),
    "keys-said": Sentence("Customer's words", "お客様の声"),
    "keys-decision": Sentence("Decision", "決定"),
    "keys-todo": Sentence("TODO", "TODO"),
    "keys-insight": Sentence("Insight", "気づき"),
    "keys-memo": Sentence("Internal memo", "社内メモ"),
    # Search
    "seek-when": Sentence("When", "いつ"),
    "seek-any-time": Sentence("Any time", "いつでも"),
    "seek-since-30": Sentence("Last 30 days", "この30日"),
    "seek-since-365": Sentence("Last year", "この1年"),
    "seek-also": Sentence("“{word}” also as {others}.", "「{word}」は{others}でも探しました。"),
    "seek-by-meaning": Sentence("With what means the same.", "意味の近いものも入っています。"),
    "seek-only-near": Sentence(
        "Nothing has these words. This comes nearest in meaning.",
        "この言葉を含むものはありませんでした。意味の近いものを並べています。",
    ),
    "seek-words-only": Sentence("Words only", "言葉だけで探す"),
    "seek-by-words": Sentence("By words only.", "言葉だけで探しました。"),
    "seek-meaning-too": Sentence("Meaning, too", "意味の近いものも探す"),
    "seek-meaning-soon": Sentence(
        "What means the same follows; it is being read.", "意味の近いものは、いま準備しています。"
    ),
    "seek-preparing": Sentence(
        "The search is being prepared.",
        "検索の準備をしています。",
        "Much is new here: with thousands of customers that takes some minutes. Try again then.",
        "新しく読むものがたくさんあります。お客様が数千社あると、数分かかります。"
        "少し待ってから、もう一度お試しください。",
    ),
    "seek-more": Sentence("Show more results", "さらに結果を表示"),
    "seek-everywhere": Sentence("Search everywhere", "しぼり込まずに探す"),
    "seek-choose": Sentence("choose", "えらぶ"),
    # Completing a line
    "due-tomorrow": Sentence("tomorrow, {weekday} {day}", "明日 {day}（{weekday}）"),
    "due-in-a-week": Sentence("in a week, {weekday} {day}", "1週間後 {day}（{weekday}）"),
    "due-end-of-month": Sentence("end of the month, {weekday} {day}", "月末 {day}（{weekday}）"),
    "due-next-meeting": Sentence(
        "next meeting, {weekday} {day}", "次のミーティング {day}（{weekday}）"
    ),
    # The timer of a meeting
    "timer-left": Sentence("{time} left.", "残り {time}"),
    "timer-over": Sentence("{time} since the end.", "終了から {time}"),
    "timer-late": Sentence(
        "{time} since the end: later than agreed.", "終了から {time}（目安を過ぎています）"
    ),
    "timer-say-end": Sentence(
        "The meeting is over: now the minutes.", "終了時刻です。議事録を仕上げましょう。"
    ),
    "timer-say-minute": Sentence(
        "One minute left for the minutes.", "議事録の目安まで、あと1分です。"
    ),
    "timer-say-done": Sentence(
        "The time for the minutes is over.", "議事録を仕上げる目安の時刻になりました。"
    ),
    # Sending
    "send-failed": Sentence("Not saved.", "保存していません。"),
    "send-why": Sentence(
        "No answer came from the server. Your text is still in its field.",
        "サーバーから返事がありません。書いた文は欄に残っています。",
    ),
    "send-again": Sentence("Try again", "もう一度送る"),
    "send-copy": Sentence("Copy the text", "文をコピー"),
}
