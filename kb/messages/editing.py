"""Sentences of editing what stands in a meeting, and of two texts for one line."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "edit-two-texts": Sentence(
        "Somebody else has changed the same line. Nothing was written yet.",
        "同じ行をほかの人も変えました。まだ何も書き込んでいません。",
        "Look at both texts and say line by line what stays; both stay if you say nothing.",
        "両方の文を見て、行ごとにどちらを残すか選んでください。選ばなければ、両方を残します。",
    ),
    "edit-base-gone": Sentence(
        "The version that this form was made from is not known here.",
        "この入力欄のもとになった文書の版が見つかりません。",
        "Your text is below. Open the meeting again and put it in there.",
        "書いた文はこの下にあります。ミーティングを開き直して、貼り付けてください。",
    ),
    "edit-too-far": Sentence(
        "Too much has changed around this line to put both texts side by side. Nothing was written.",
        "この行のまわりが大きく変わったため、2つの文を並べられません。何も書き込んでいません。",
        "Your text is below. Open the meeting again and put it in there.",
        "書いた文はこの下にあります。ミーティングを開き直して、貼り付けてください。",
    ),
    "body-unsafe": Sentence(
        "As it is written here it would change another meeting or this one's heading.",
        "このままでは、前後のミーティングか、このミーティングの見出しが変わってしまいます。",
        "Take out headings with a date, and close what was opened (a comment, a code block).",
        "日付のある見出しを外し、コメントやコードの囲みは閉じてください。",
    ),
    # The form
    "edit-change-what": Sentence("Edit: {text}", "直す: {text}"),
    "edit-head": Sentence("Edit title, time and attendees", "題名・時間・出席者を直す"),
    "edit-written": Sentence("Edit as written", "書かれたままを直す"),
    "edit-title-line": Sentence("Edit this line", "この行を直す"),
    "edit-title-topic": Sentence("Edit this topic", "この論点を直す"),
    "edit-title-claim": Sentence("Edit this hypothesis", "この仮説を直す"),
    "edit-title-head": Sentence("Edit title, time and attendees", "題名・時間・出席者を直す"),
    "edit-title-text": Sentence("Edit as written", "書かれたままを直す"),
    "edit-line": Sentence("What it says", "文"),
    "edit-meeting-title": Sentence("Title", "題名"),
    "edit-start": Sentence("From", "開始"),
    "edit-end": Sentence("To", "終了"),
    "edit-attendees": Sentence("Attendees", "出席者"),
    "edit-attendees-how": Sentence(
        "The customer's people, then a slash, then ours: Tanaka, Suzuki / @sato",
        "お客様、斜線、こちらの順に書きます。例: 田中様、鈴木様 / @sato",
    ),
    "edit-as-written-how": Sentence(
        "This is the text of the document itself. Marks such as #, - and ^ carry meaning.",
        "文書の文そのものです。#・-・^ などの印には意味があります。",
    ),
    "edit-save": Sentence("Save", "保存する"),
    "edit-cancel": Sentence("Leave it", "やめる"),
    "edit-remove": Sentence("Remove", "削除する"),
    "edit-remove-why": Sentence(
        "It goes from the document; you can take that back afterwards.",
        "文書から消えます。あとで元に戻せます。",
    ),
    "edit-remove-below": Sentence(
        "What stands below it goes as well.", "この下に書かれたものも一緒に消えます。"
    ),
    "edit-remove-yes": Sentence("Remove it", "削除する"),
    # Two texts for one line
    "edit-both-title": Sentence("Two texts for one line", "同じ行に、2つの文があります"),
    "edit-both-by": Sentence(
        "{name} has changed the same line, too.", "同じ行を、{name}さんも変えていました。"
    ),
    "edit-both-own": Sentence(
        "You have changed the same line on another page, too.",
        "同じ行を、ご自分が別の画面でも変えていました。",
    ),
    "edit-both-somebody": Sentence(
        "Somebody else has changed the same line, too.", "同じ行を、ほかの人も変えていました。"
    ),
    "edit-both-nothing": Sentence(
        "Both are still there. The document stays as it is until you choose.",
        "どちらも残っています。選ぶまで、文書は変わりません。",
    ),
    "edit-both-row": Sentence("Line {n}", "{n}行目"),
    "edit-both-mine": Sentence("You", "あなた"),
    "edit-both-theirs": Sentence("In the document now", "いまの文書"),
    "edit-both-theirs-by": Sentence("{name} · {at}", "{name} · {at}"),
    "edit-both-no-line": Sentence("This line is not there.", "この行はありません。"),
    "edit-both-this": Sentence("Take this one", "こちらにする"),
    "edit-both-keep": Sentence("Keep both lines", "両方の行を残す"),
    "edit-both-save": Sentence("Save like this", "この内容で保存する"),
    "edit-both-leave": Sentence("Leave the document as it is", "文書はそのままにする"),
    "edit-pick-both": Sentence("Both", "両方"),
    "edit-pick-mine": Sentence("Mine", "あなたの文"),
    "edit-pick-theirs": Sentence("The document's", "いまの文書の文"),
}
