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
}
