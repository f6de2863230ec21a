"""Sentences of practice: a question, an answer, how well one predicts."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "train-title": Sentence("Practice", "判定の練習"),
    "train-lead": Sentence(
        "A hypothesis as it stood before its meeting.", "ミーティングの前に書かれた仮説です。"
    ),
    "train-later": Sentence("Go on later", "あとで続ける"),
    "train-stranger": Sentence(
        "Practice is for members of the team.",
        "練習は、チームのメンバーのためのものです。",
        "Your name is not in the team's settings yet.",
        "チームの設定に、お名前がまだありません。",
    ),
    "train-none": Sentence(
        "There is no question yet.",
        "まだ問題がありません。",
        "Hypotheses of others become questions once they have a verdict.",
        "ほかの方の仮説に判定がつくと、問題になります。",
    ),
    "train-again": Sentence(
        "You have answered all questions; the first answer to each is the one that counts.",
        "ひととおり答え終えました。成績には、それぞれ最初の答えだけを数えます。",
    ),
    "train-as-of": Sentence("as it stood on {day}", "{day}に書かれたまま"),
    "train-how-likely": Sentence(
        "How likely was it to be supported?", "支持された見込みは、どれくらいだと思いますか"
    ),
    "train-end-refuted": Sentence("surely refuted", "きっと棄却"),
    "train-end-either": Sentence("could be either", "どちらともいえない"),
    "train-end-supported": Sentence("surely supported", "きっと支持"),
    "train-exact": Sentence(
        "Or as a number, which then counts", "数字で入れる場合（こちらを優先します）"
    ),
    "train-send": Sentence("Give my prediction", "予想を出す"),
    "train-keys": Sentence("5% each.", "で5%ずつ。"),
    "train-after": Sentence("What happened is shown afterwards.", "判定は、出したあとで見えます。"),
    "train-even": Sentence("You left it open", "どちらともいえない、という予想でした"),
    "train-missed": Sentence("It went the other way", "予想とは逆でした"),
    "train-hit": Sentence("You leaned the right way", "予想のとおりでした"),
    "train-you-said": Sentence("You said {percent}%", "あなたの予想 {percent}%"),
    "train-verdict": Sentence("verdict", "判定"),
    "train-stated": Sentence("who wrote it said {percent}%", "書いた人の確信度は{percent}%"),
    "train-not-counted": Sentence(
        "You had answered this one before; the first answer counts.",
        "前にも答えた問題です。成績には最初の答えだけを数えます。",
    ),
    "train-reading": Sentence("Worth reading now", "ここから読めること"),
    "train-cited": Sentence("It named", "仮説が挙げていたもの"),
    "train-that-day": Sentence("the minutes of that day", "この日の議事録"),
    "train-next": Sentence("Next question", "次の問題"),
    "train-score": Sentence("So far", "これまで"),
    "train-n": Sentence("{count} answered", "{count}問"),
    "train-n-of": Sentence("{n} of {needed}", "{needed}問のうち{n}問"),
    "train-not-enough": Sentence(
        "{count} answered. From {needed} on you see how often your “70%” comes true.",
        "これまで{count}問。{needed}問になると、あなたの「70%」が何%当たるかをお見せします。",
    ),
    "train-brier": Sentence(
        "Brier score {brier} (0 is best); who only knew how others had ended would have"
        " {baseline}.",
        "ブライアスコア{brier}（0に近いほど良い）。ほかの仮説の結果だけから答えた場合は{baseline}です。",
    ),
    "train-picture": Sentence(
        "How many answers at each percentage, and how many of those were supported; the table"
        " beside it has the numbers.",
        "予想の％ごとの答えた数と、そのうち支持された数の図。数は表にあります。",
    ),
    "train-axis-said": Sentence("You said", "あなたの予想"),
    "train-col-answers": Sentence("Answers", "答えた数"),
    "train-col-held": Sentence("Supported", "支持"),
    "train-band": Sentence("{start}–{stop}%", "{start}〜{stop}%"),
    "train-table": Sentence(
        "The filled part of a bar was supported.",
        "塗られた部分が、支持されたものです。",
    ),
    "train-only-you": Sentence("Only you see this.", "この記録が見えるのは、あなただけです。"),
    "page-instead-train-no-question": Sentence(
        "Answer the one that is shown here; hypotheses of your own accounts are not asked.",
        "ここに出ている問題に答えてください。ご自分の担当の仮説は出ません。",
    ),
}
