"""Sentences of the sample team's pages, of beginning a team of one's own, and of the help."""

from kb.messages import Sentence

_SAMPLE: dict[str, Sentence] = {
    "web-sample": Sentence(
        "The sample team. It is {day} here.",
        "見本のチームです。ここでは{day}です。",
    ),
    "web-sample-note": Sentence("The sample", "見本について"),
    "web-begin": Sentence("Start your own team", "自分のチームを始める"),
    "web-begin-lead": Sentence(
        "It gets a folder of its own beside the sample, on this computer.",
        "このパソコンの、見本の隣に、チームのフォルダーを作ります。",
    ),
    "web-begin-team": Sentence("The team's name", "チームの名前"),
    "web-begin-name": Sentence("Your name", "あなたの名前"),
    "web-begin-lang": Sentence("Language", "言葉"),
    "web-begin-do": Sentence("Start", "始める"),
    "web-begin-three": Sentence(
        "A team needs a name, somebody in it, and a language.",
        "チームの名前、あなたの名前、言葉の3つが要ります。",
        "Fill in what is missing and start again.",
        "足りないところを埋めて、もう一度始めてください。",
    ),
    "web-begin-long": Sentence(
        "A name has {most} characters at most.",
        "名前は{most}文字までです。",
        "Take a shorter one; it can be changed later.",
        "短い名前にしてください。あとで変えられます。",
    ),
    "web-begin-enough": Sentence(
        "Enough teams were started from this sample.",
        "この見本からは、もう十分な数のチームを始めました。",
        "Go on in one of them, or stop the sample and begin it again.",
        "すでに始めたチームを使うか、見本をいったん終えてから開き直してください。",
    ),
    "web-begin-failed": Sentence(
        "The team could not be started: {why}",
        "チームを始められませんでした。{why}",
        "Try `kb init` at the terminal; it says the same and more.",
        "端末で `kb init` を試してください。くわしい理由が出ます。",
    ),
    "web-begun": Sentence(
        "Your team is ready. It starts with our candidates for principles, and nothing else.",
        "チームの準備ができました。行動原則の候補のほかは、何もない状態から始まります。",
    ),
    "web-begun-open": Sentence("Open your team", "自分のチームを開く"),
    "web-begun-back": Sentence("Look at the sample again", "見本に戻る"),
    "web-begun-where": Sentence("Its folder", "フォルダー"),
    "web-begun-again": Sentence("To open it later", "次に開くとき"),
    "web-begun-why": Sentence(
        "It stays open as long as the sample does.",
        "この見本を開いている間は、そのまま使えます。",
    ),
}

TABLE = {**_SAMPLE}
