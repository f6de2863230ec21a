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
    "web-begin-lang": Sentence("Language", "言語"),
    "web-lang": Sentence("English", "日本語"),
    "web-begin-do": Sentence("Start", "始める"),
    "web-begin-three": Sentence(
        "A team needs a name, somebody in it, and a language.",
        "チームの名前、あなたの名前、言語の3つが要ります。",
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

_READING: dict[str, Sentence] = {
    "reading-title": Sentence("Reading path", "はじめに読むもの"),
    "reading-lead": Sentence(
        "{done} of {of} done. Only you see the marks.",
        "{of}のうち{done}まで終わりました。印は、あなたにだけ見えます。",
    ),
    "reading-mark": Sentence("Read: {what}", "読んだ: {what}"),
    "reading-read": Sentence("Read {day}", "{day}に読みました"),
    "reading-changed": Sentence(
        "Changed since you read it {day}", "{day}に読んだあとで、変わりました"
    ),
    "reading-charter": Sentence(
        "What we are here for",
        "私たちは何のためにいるか",
        "Every principle below serves this line.",
        "このあとの行動原則は、どれもこの一行のためにあります。",
    ),
    "reading-no-charter": Sentence(
        "The team has not written its mission yet.", "チームの使命は、まだ書かれていません。"
    ),
    "reading-lessons": Sentence(
        "How we want to be",
        "私たちのあり方",
        "Read each beside two meetings in which it held and one in which it failed.",
        "当てはまった回を2つ、外れた回を1つ、実際の議事録と並べて読みます。",
    ),
    "reading-help": Sentence("The tool", "この道具の使い方"),
    "reading-help-do": Sentence(
        "What each page is for",
        "どのページで何をするか",
        "Five minutes; you can come back to it from any page.",
        "5分で読めます。どのページからも開けます。",
    ),
    "reading-search": Sentence("Search", "さがす"),
    "reading-search-for": Sentence("champion left", "解約 予兆"),
    "reading-search-do": Sentence(
        "Look for what you would ask a colleague",
        "同僚に聞きたくなることを、さがしてみる",
        "Two words are enough. Dates and verdicts say how far to trust a hit.",
        "言葉は2つで十分です。日付と判定を見れば、どこまで信じてよいかが分かります。",
    ),
    "reading-train": Sentence("Ten predictions", "予想を10問"),
    "reading-train-do": Sentence(
        "Say how likely each hypothesis was to hold",
        "仮説がどれくらい当たりそうだったかを答える",
        "After each answer you see what happened, and what to read about it.",
        "答えると、実際の結果と、読むとよいページが出ます。",
    ),
    "reading-guess": Sentence("A hypothesis of your own", "自分の仮説"),
    "reading-guess-do": Sentence(
        "Choose a meeting of this week, write a hypothesis, ask for its review",
        "今週のミーティングを1つ選び、仮説を書いて、レビューを頼む",
        "Customers never see it, and it gets a verdict like all others.",
        "お客様の目には触れません。ほかの仮説と同じように、判定も付きます。",
    ),
    "no-reading": Sentence(
        "“{name}” is not on the reading path.",
        "「{name}」は、はじめに読むものに入っていません。",
        "It may have been renamed or given up; look at the playbook.",
        "名前が変わったか、使わなくなったのかもしれません。プレイブックを見てください。",
    ),
}

_HELP: dict[str, Sentence] = {
    "help-title": Sentence("Help", "使い方"),
    "help-lead": Sentence(
        "What each page is for, in six sentences. Keys: press ?.",
        "どのページで何をするかを、6行ずつで。キーの一覧は ? で出ます。",
    ),
    "help-csm": Sentence("As a CSM", "CSMの一日"),
    "help-reviewer": Sentence("As a reviewer", "レビューをするとき"),
    "help-newcomer": Sentence("New in the team", "入ったばかりのとき"),
    "help-leader": Sentence("As a lead", "リーダーの一週間"),
    "help-csm-1": Sentence(
        "Today lists only what needs you, each with its reason.",
        "「今日」には、あなたの番のことだけが、理由と一緒に並びます。",
    ),
    "help-csm-2": Sentence(
        "Before a meeting you write hypotheses, and our stance on every topic.",
        "ミーティングの前に、仮説と、論点ごとのスタンスを書きます。",
    ),
    "help-csm-3": Sentence(
        "You ask for a review on the meeting's page, and take suggestions in one step.",
        "レビューはミーティングの画面から頼み、言いかえの提案はひと押しで取り入れます。",
    ),
    "help-csm-4": Sentence(
        "In the meeting you only add what was said, decided and promised: c, d and t.",
        "ミーティング中に書き足すのは、お客様の声、決定、TODOだけです。キーは c、d、t です。",
    ),
    "help-csm-5": Sentence(
        "After it you judge the hypotheses, say how it felt, and finish within five minutes.",
        "終わったら仮説を判定し、感触を選んで、5分以内に仕上げます。",
    ),
    "help-csm-6": Sentence(
        "An account's page keeps all of it in one document, newest first, with the open promises.",
        "「顧客」には、これまでの全部が新しい順に一つの文書で残り、約束も見えます。",
    ),
    "help-reviewer-1": Sentence(
        "“The next one” opens what has waited longest for you.",
        "「次の1件へ」で、いちばん長く待っているものが開きます。",
    ),
    "help-reviewer-2": Sentence(
        "What changed since you approved stands on top; only that has to be read again.",
        "承認のあとに変わったところが先に出ます。読み直すのは、そこだけです。",
    ),
    "help-reviewer-3": Sentence(
        "A comment belongs to a line and says its kind; better words you simply write as a suggestion.",
        "コメントは行ごとに、種類を選んで書きます。もっと良い言い方は、そのまま提案できます。",
    ),
    "help-reviewer-4": Sentence(
        "Beside each hypothesis you see how similar ones ended elsewhere.",
        "似た仮説がほかでどう終わったかを、見比べられます。",
    ),
    "help-reviewer-5": Sentence(
        "A good phrase becomes an insight by “Worth sharing”.",
        "良い言葉は「広めたい」を押すと、気づきになります。",
    ),
    "help-reviewer-6": Sentence(
        "Your approval holds for the text that you were shown, and for no other.",
        "承認は、あなたが見ていた文にだけ付きます。あとで変われば、そう分かります。",
    ),
    "help-newcomer-1": Sentence(
        "Begin with the reading path, from the top; only you see how far you are.",
        "「はじめに読むもの」を上から順に。進み具合が見えるのは、あなただけです。",
    ),
    "help-newcomer-2": Sentence(
        "Search for what you would ask a colleague; two words are enough.",
        "同僚に聞きたいことは、まずさがしてみます。言葉は2つで足ります。",
    ),
    "help-newcomer-3": Sentence(
        "Practice asks how past hypotheses ended: ten questions are a good beginning.",
        "「練習」では、昔の仮説がどう終わったかを予想します。まずは10問です。",
    ),
    "help-newcomer-4": Sentence(
        "Every principle says who said so, and what speaks against it.",
        "行動原則を開くと、だれの言葉がもとか、反する声は何かが分かります。",
    ),
    "help-newcomer-5": Sentence(
        "Choose a meeting of this week, write a hypothesis of your own, and ask for a review.",
        "今週のミーティングを選び、自分の仮説を書いて、レビューを頼みます。",
    ),
    "help-newcomer-6": Sentence(
        "Every page names whom to ask; a page that is wrong is worth a word to its owner.",
        "どのページにも担当者の名前があります。古いと思ったら、ひとこと伝えてください。",
    ),
    "help-leader-1": Sentence(
        "The board says where knowledge stalls, and what lacks for the next step.",
        "「ボード」で、知恵がどこで止まっているか、何が足りないかが分かります。",
    ),
    "help-leader-2": Sentence(
        "Among the insights you see what several of us noticed, and make a candidate of it.",
        "「気づき」では、何人もが気づいたことを見つけ、候補にします。",
    ),
    "help-leader-3": Sentence(
        "A candidate is adopted on its page, once accounts, people and approvals suffice.",
        "候補は、顧客、人、承認の数がそろえば、そのページで採用できます。",
    ),
    "help-leader-4": Sentence(
        "What nobody has used for 60 days is listed below the playbook; give it up or bring it back.",
        "60日使われていないページは、プレイブックの下に出ます。やめるか、使い直すかを決めます。",
    ),
    "help-leader-5": Sentence(
        "“Everybody's” shows the whole team's day.",
        "「全員の分」で、チーム全体の今日が見えます。",
    ),
    "help-leader-6": Sentence(
        "Members, units and policies are changed in the settings.",
        "メンバー、ユニット、方針は「設定」で変えます。",
    ),
    "help-always": Sentence("Always", "いつでも"),
    "help-always-1": Sentence(
        "What is marked internal is never shown to a customer.",
        "「社内のみ」のものは、お客様の画面には出ません。",
    ),
    "help-always-2": Sentence(
        "Everything that was saved can be taken back, and earlier states can be looked at.",
        "保存したものは取り消せますし、前の状態も見られます。",
    ),
    "help-always-3": Sentence(
        "What you typed is never thrown away: not by a lost connection, not by a colleague.",
        "書いた文は消えません。つながりが切れても、同時にだれかが書いても、残ります。",
    ),
}

_ALOUD: dict[str, Sentence] = {
    "web-timer": Sentence("Time", "時間"),
    "web-written-text": Sentence("The text", "本文"),
}

TABLE = {**_SAMPLE, **_READING, **_HELP, **_ALOUD}
