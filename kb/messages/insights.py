"""Sentences of insights: why a group is shown, and what is wrong with a judgement or a file."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    # Commits
    "did-insight-same": Sentence("judge them the same lesson: {ids}", "同じ教訓と判断: {ids}"),
    "did-insight-different": Sentence(
        "judge them different lessons: {ids}", "別の教訓と判断: {ids}"
    ),
    "did-insight-dismissed": Sentence("judge them no proposal: {ids}", "提案しないと判断: {ids}"),
    "did-insight-absorbed": Sentence(
        "let one principle absorb another's insights: {ids}", "気づきを別の行動原則に加える: {ids}"
    ),
    "did-insight-accepted": Sentence(
        "let a principle absorb insights: {ids}", "気づきを行動原則に加える: {ids}"
    ),
    # Groups
    "insight-why-principle": Sentence(
        "People based the principle {principle} on these insights",
        "行動原則 {principle} のもとになった気づきです",
    ),
    "insight-why-joined": Sentence(
        "People based the principle {principle} on these insights; {count} joined since",
        "行動原則 {principle} のもとになった気づきに、その後{count}件が加わっています",
    ),
    "insight-why-linked": Sentence(
        "Members called some of these the same lesson",
        "メンバーが同じ教訓と判断した気づきの集まりです",
    ),
    "insight-why-wording": Sentence(
        "Insights of {accounts} accounts say nearly the same in nearly the same words",
        "{accounts}社の気づきが、ほぼ同じ言い方をしています",
    ),
    "insight-why-near": Sentence(
        "Insights of {accounts} accounts are nearest to each other in meaning",
        "{accounts}社の気づきが、互いにいちばん近い意味を持っています",
    ),
    "insight-why-terms": Sentence(
        " (shared words: {terms}; similarity {similarity}).",
        "（共通の語: {terms}、近さ {similarity}）。",
    ),
    "insight-why-no-terms": Sentence(
        " (no words shared; similarity {similarity}).",
        "（共通の語はなし、近さ {similarity}）。",
    ),
    "today-insight": Sentence("“{text}”", "「{text}」"),
    "today-insight-why": Sentence(
        "{accounts} accounts taught the same: a principle, or dismissed?",
        "{accounts}社で同じ気づきが出ています。行動原則にするか、提案から外すかを決めてください",
    ),
    "today-insights": Sentence("{count} new insights", "新しい気づきが{count}件あります"),
    "today-insights-why": Sentence(
        "came since somebody last looked what recurs", "くり返す教訓を前に探してから増えました"
    ),
    "not-an-insight": Sentence(
        "{id} is no insight: {text}",
        "{id} は気づきではありません: {text}",
        "`kb insight list` lists them with their ids.",
        "`kb insight list` で気づきのidを確かめられます。",
    ),
    "no-group": Sentence(
        "There is no group {id} today.",
        "{id} という組は、いまはありません。",
        "A group's name changes with its members: `kb insight recurring --all` lists them.",
        "組の名前は中の気づきが変わると変わります。`kb insight recurring --all` で確かめてください。",
    ),
    "insights-too-few": Sentence(
        "A judgement needs two insights at least; there was only: {given}",
        "判断には気づきが2件以上要りますが、指定は「{given}」だけでした。",
        "Name them by id, or name a group: `kb insight same i-8pc0yv i-1m9nwd`",
        "idで並べるか、組の名前を書いてください（例: `kb insight same i-8pc0yv i-1m9nwd`）。",
    ),
    "insight-twice": Sentence(
        "{id} is named twice.",
        "{id} が2回指定されています。",
        "Name every insight once.",
        "気づきは1回ずつ指定してください。",
    ),
    "why-missing": Sentence(
        "It takes a reason to put a group away.",
        "提案から外すには理由が要ります。",
        'Add it: --why "…"; whoever meets the lesson again will read it.',
        '--why "…" で書いてください。あとで同じ気づきを見た人が読みます。',
    ),
    "insight-has-principle": Sentence(
        "These insights belong to the principle {principle}, which stays as it is.",
        "これらの気づきは行動原則 {principle} のもとになっており、行動原則はそのまま残ります。",
        "To give the principle up: `kb principle retire {principle} --why …`",
        "行動原則をやめるときは `kb principle retire {principle} --why …` を使います。",
    ),
    "insights-two-principles": Sentence(
        "These insights belong to several principles: {principles}",
        "これらの気づきは別々の行動原則のもとになっています: {principles}",
        "If the principles are one, let one take over the other: `kb insight absorb {principles}`",
        "行動原則どうしが同じなら、片方の気づきに加えます: `kb insight absorb {principles}`",
    ),
    "no-such-principle": Sentence(
        "There is no principle {id}.",
        "行動原則 {id} はありません。",
        "There are: {known}",
        "あるもの: {known}",
    ),
    "absorb-itself": Sentence(
        "{principle} can't absorb itself.",
        "同じ行動原則（{principle}）が2回指定されています。",
        "Name the one that goes first, then the one that stays.",
        "気づきを移す元、加える先の順に、別々の行動原則を書いてください。",
    ),
    "rows-no-file": Sentence(
        "There is no file {path}.",
        "ファイル {path} がありません。",
    ),
    "rows-unreadable": Sentence(
        "{path} can't be read: {detail}",
        "{path} を読み取れません（{detail}）。",
    ),
    "rows-too-large": Sentence(
        "{path} is larger than {limit} MB.",
        "{path} が {limit} MB を超えています。",
        "Split it into several files.",
        "いくつかのファイルに分けてください。",
    ),
    "rows-empty": Sentence(
        "{path} holds no insights.",
        "{path} に気づきがありません。",
        'One line each: {{"id": "1", "text": "…", "account": "acme", "author": "sato"}}',
        '1行に1件ずつ書きます: {{"id": "1", "text": "…", "account": "acme", "author": "sato"}}',
    ),
    "rows-no-json": Sentence(
        "Line {line} is no JSON object.",
        "{line}行目がJSONのオブジェクトとして読み取れません。",
        'One line each: {{"id": "1", "text": "…", "account": "acme", "author": "sato"}}',
        '1行に1件ずつ書きます: {{"id": "1", "text": "…", "account": "acme", "author": "sato"}}',
    ),
    "rows-missing": Sentence(
        "Line {line} has no “{key}”.",
        "{line}行目に「{key}」がありません。",
        "Every line needs id, text, account and author, each a text.",
        "どの行にも id、text、account、author が文字列で要ります。",
    ),
    "rows-long": Sentence(
        "Line {line} is longer than {limit} KB.",
        "{line}行目が {limit} KB を超えています。",
        "An insight is a sentence or two.",
        "気づきは1〜2文で書きます。",
    ),
    "rows-twice": Sentence(
        "Line {line} has the id {id} of line {first} again.",
        "{line}行目のid {id} は{first}行目と同じです。",
        "Every insight needs an id of its own.",
        "気づきごとに別のidをつけてください。",
    ),
}
