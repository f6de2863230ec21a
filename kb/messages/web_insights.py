"""Sentences of the pages of insights, and what to do there when something can't be done."""

from kb.messages import Sentence

_LIST: dict[str, Sentence] = {
    "page-insights": Sentence("Insights", "気づき"),
    "page-insight": Sentence("Insight", "気づき"),
    "page-insights-list": Sentence("All, newest first", "新しい順"),
    "page-insights-recurring": Sentence("What recurs", "くりかえし出てくる気づき"),
    "page-insights-count": Sentence("{count} insights.", "{count}件の気づきがあります。"),
    "page-insights-count-one": Sentence("One insight.", "1件の気づきがあります。"),
    "page-insights-empty": Sentence(
        "There are no insights yet.",
        "気づきはまだありません。",
        "An insight is a short lesson from a meeting. Write the first on the page of a meeting.",
        "気づきは、ミーティングから得た短い教訓です。ミーティングの画面で書けます。",
    ),
    "page-insights-none-here": Sentence(
        "This customer has none yet.", "この顧客の気づきは、まだありません。"
    ),
    "page-insights-all": Sentence("All customers", "すべての顧客"),
    "page-insights-newer": Sentence("Newer ones", "新しいほうへ"),
    "page-insights-older": Sentence("Older ones", "古いほうへ"),
    "page-insights-back": Sentence("To the list", "一覧へ"),
    "page-insights-waiting": Sentence(
        "{count} groups wait for a decision.", "判断を待っているまとまりが{count}つあります。"
    ),
    "page-insights-waiting-one": Sentence(
        "One group waits for a decision.", "判断を待っているまとまりが1つあります。"
    ),
    "page-insights-fresh": Sentence(
        "{count} insights came since somebody last looked what recurs.",
        "前にくりかえしを探してから、気づきが{count}件増えました。",
    ),
    "page-insights-fresh-one": Sentence(
        "One insight came since somebody last looked what recurs.",
        "前にくりかえしを探してから、気づきが1件増えました。",
    ),
    "page-insights-look": Sentence("Look", "見る"),
    "page-insights-reading": Sentence(
        "The insights are being compared.",
        "気づきを読み比べています。",
        "This takes a while the first time and is remembered. You can do something else meanwhile.",
        "初めてのときは少しかかります。結果は覚えておくので、ほかの画面を見ていてもかまいません。",
    ),
    "page-insights-reading-at": Sentence("{done} of {of}.", "{done}/{of}件。"),
    "page-insights-again": Sentence("Look again", "もう一度見る"),
    "page-insight-of": Sentence("noticed by {who}", "{who}の気づき"),
    "page-insight-near": Sentence("The same lesson elsewhere?", "似た気づき"),
}
_GROUPS: dict[str, Sentence] = {
    "page-insights-recurring-lead": Sentence(
        "Different people noticed the same with different customers. "
        "A candidate is the first step to a principle.",
        "別の顧客で、別の人が、同じことに気づいています。候補にすると、行動原則への道が始まります。",
    ),
    "page-insights-grouped": Sentence(
        "{grouped} of {of} insights came into {count} groups. The other {rest} stand alone so far.",
        "気づき{of}件のうち{grouped}件が、{count}組にまとまりました。"
        "残りの{rest}件は、まだ1回きりです。",
    ),
    "page-insights-grouped-one": Sentence(
        "{grouped} of {of} insights came into one group. The other {rest} stand alone so far.",
        "気づき{of}件のうち{grouped}件が、1組にまとまりました。残りの{rest}件は、まだ1回きりです。",
    ),
    "page-insights-state-new": Sentence("To decide", "未判断"),
    "page-insights-state-few": Sentence("Too few yet", "まだ足りない"),
    "page-insights-state-principle": Sentence("Has a principle", "候補・原則になった"),
    "page-insights-state-dismissed": Sentence("Put away", "見送った"),
    "page-insights-none-new": Sentence(
        "Nothing waits for a decision.",
        "判断を待っているまとまりはありません。",
        "A group is proposed when people of three customers and two members noticed the same.",
        "3社以上で、2人以上の担当が同じことに気づくと、ここに出ます。",
    ),
    "page-insights-none-few": Sentence(
        "There are none.",
        "ありません。",
        "Here stand groups of fewer than three customers, or of one member alone.",
        "2社以下のもの、1人の担当からだけのものが、ここに出ます。",
    ),
    "page-insights-none-principle": Sentence(
        "No principle rests on insights yet.",
        "気づきから生まれた原則は、まだありません。",
        "Make a candidate from a group that waits for a decision.",
        "「未判断」のまとまりから候補にできます。",
    ),
    "page-insights-none-dismissed": Sentence(
        "Nothing was put away.",
        "見送ったまとまりはありません。",
        "What is put away comes back when three more customers join it.",
        "見送ったものは、新たに3社が加わると、また出ます。",
    ),
    "page-insight-strong": Sentence("strong", "確か"),
    "page-insight-strong-is": Sentence(
        "linked by people, or nearly the same wording", "人が同じと判断したか、言い方がほぼ同じ"
    ),
    "page-insight-possible": Sentence("possible", "かもしれない"),
    "page-insight-possible-is": Sentence("near in meaning", "意味が近い"),
    "page-insight-counts": Sentence(
        "{accounts} customers · {authors} people · {count} insights",
        "{accounts}社 · 担当{authors}人 · {count}件",
    ),
    "page-insight-first": Sentence("first {day}", "最初は{day}"),
    "page-insight-more-accounts": Sentence("{count} more customers needed", "あと{count}社"),
    "page-insight-more-accounts-one": Sentence("1 more customer needed", "あと1社"),
    "page-insight-more-people": Sentence("{count} more people needed", "担当があと{count}人"),
    "page-insight-more-people-one": Sentence("1 more person needed", "担当があと1人"),
    "page-insight-why": Sentence("Why together", "なぜまとまったか"),
    "page-insight-why-of": Sentence("Why together: {text}", "なぜまとまったか: {text}"),
    "page-insight-why-principle": Sentence(
        "A principle was made of these.", "この行動原則のもとになった気づきです。"
    ),
    "page-insight-why-joined": Sentence(
        "A principle was made of these; {count} joined since.",
        "この行動原則のもとになった気づきに、その後{count}件が加わっています。",
    ),
    "page-insight-why-joined-one": Sentence(
        "A principle was made of these; one joined since.",
        "この行動原則のもとになった気づきに、その後1件が加わっています。",
    ),
    "page-insight-why-linked": Sentence(
        "Members called some of these the same lesson.",
        "メンバーが同じ教訓と判断したものが入っています。",
    ),
    "page-insight-why-wording": Sentence(
        "{accounts} customers, nearly the same words.",
        "{accounts}社の気づきが、ほぼ同じ言い方です。",
    ),
    "page-insight-why-near": Sentence(
        "Of {accounts} customers, and nearest to each other in meaning.",
        "{accounts}社の気づきで、互いに意味がいちばん近いものです。",
    ),
    "page-insight-term": Sentence("{times}/{of}", "{times}/{of}件"),
    "page-insight-similarity": Sentence(
        "Likeness {value} (1 is the same)", "近さ {value}（1で同じ）"
    ),
    "page-insight-joined": Sentence("joined since", "あとから加わった"),
    "page-insight-propose": Sentence("Make it a candidate", "候補にする"),
    "page-insight-title": Sentence(
        "What should we do? One sentence is the title.",
        "どう行動しますか（一文。候補の題になります）",
    ),
    "page-insight-propose-why": Sentence(
        "These insights become its evidence.", "これらの気づきが、候補の根拠になります。"
    ),
    "page-insight-same-all": Sentence("All the same lesson", "どれも同じ教訓"),
    "page-insight-apart": Sentence("This one is another", "これは別の教訓"),
    "page-insight-dismiss": Sentence("Put away", "見送る"),
    "page-insight-dismiss-why": Sentence(
        "It comes back when three more customers join it.",
        "新たに3社が加わると、また出ます。",
    ),
    "page-insight-reason": Sentence("Choose a reason", "見送る理由を1つ選んでください"),
    "page-insight-reason-principle": Sentence("there is a principle", "すでに原則がある"),
    "page-insight-reason-obvious": Sentence("goes without saying", "当たり前すぎる"),
    "page-insight-reason-chance": Sentence("by chance", "たまたま"),
    "page-insight-reason-mixed": Sentence("different matters mixed", "別の話が混ざっている"),
    "page-insight-reason-mark": Sentence(": ", ": "),
    "page-insight-reason-more": Sentence(
        "A word more, for who looks at it later", "ひとこと（あとで見た人のために）"
    ),
    "page-insight-no-kind": Sentence(
        "It is not said what you think.",
        "どう判断するかが選ばれていません。",
        "Choose one of the buttons.",
        "ボタンから1つ選んでください。",
    ),
}
_ONE: dict[str, Sentence] = {
    "page-insight-in-principle": Sentence("Evidence of the principle", "この行動原則のもとです:"),
    "page-insight-same-head": Sentence("Called the same lesson", "同じ教訓とされた気づき"),
    "page-insight-ask": Sentence("The same lesson?", "同じ教訓ですか"),
    "page-insight-ask-why": Sentence(
        "These of other customers are nearest in meaning. What you answer is remembered.",
        "ほかの顧客の気づきで、意味がいちばん近いものです。答えは、まとまりを作るのに使います。",
    ),
    "page-insight-same": Sentence("The same", "同じ教訓"),
    "page-insight-different": Sentence("Another", "別の教訓"),
    "page-insight-later": Sentence("Later", "あとで"),
    "page-insight-no-questions": Sentence(
        "Nothing is left to ask.",
        "いま尋ねることはありません。",
        "When other customers bring something near, it stands here.",
        "ほかの顧客で近い気づきが書かれると、ここに出ます。",
    ),
}
_INSTEAD: dict[str, Sentence] = {
    "page-instead-why-missing": Sentence(
        "Choose a reason, or write one.", "理由を選ぶか、ひとこと書いてください。"
    ),
    "page-instead-insights-too-few": Sentence(
        "Load the page anew: the group may have changed just now.",
        "まとまりがいま変わったようです。画面を読み込み直してください。",
    ),
    "page-instead-no-id": Sentence(
        "The list of insights has all there are.", "気づきの一覧から選び直してください。"
    ),
    "page-instead-insights-two-principles": Sentence(
        "Take the one out that belongs elsewhere first.",
        "先に、別の原則の気づきを「これは別の教訓」で分けてください。",
    ),
    "page-instead-page-exists": Sentence("Give it another title.", "別の題をつけてください。"),
}
TABLE: dict[str, Sentence] = _LIST | _GROUPS | _ONE | _INSTEAD
