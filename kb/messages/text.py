"""Sentences of `text`."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "text-unsafe": Sentence(
        "This text can't be put there without changing the lines around it; nothing was changed.",
        "この文はその場所に入れると前後の行の意味が変わるため、書き込みませんでした。",
        "Open the document in an editor and look at the lines around the place "
        "(an open comment or code block?).",
        "文書をエディターで開き、前後の行（閉じていないコメントやコードなど）を確かめてください。",
    ),
    "text-empty": Sentence(
        "The text is empty.",
        "文が空です。",
        "Write a sentence where the command wants a text.",
        "文を書いてから、もう一度実行してください。",
    ),
    "text-too-long": Sentence(
        "The text is too long for one item: at most {limit} KB a line.",
        "一行が長すぎます。一項目の一行は{limit}KBまでです。",
        "Shorten it, or put it into a file and link to that.",
        "短くするか、別のファイルに置いてリンクしてください。",
    ),
    "no-topic": Sentence(
        'There is no topic "{topic}" in this meeting.',
        "このミーティングに論点「{topic}」はありません。",
        "Topics here: {topics}",
        "ここにある論点: {topics}",
    ),
    "no-topic-none": Sentence(
        "There is no topic yet: kb add REF topic TEXT makes one.",
        "論点はまだありません。kb add REF topic 文 で作れます。",
    ),
    "topic-ambiguous": Sentence(
        'More than one topic begins with "{topic}".',
        "「{topic}」で始まる論点がいくつかあります。",
        "Name it by more letters, its number or its id: {topics}",
        "もう少し長く書くか、番号かIDで指定してください: {topics}",
    ),
    "no-item": Sentence(
        "There is no item {item} here.",
        "{item} という項目は見つかりません。",
        "List the items with `kb todo` or `kb meeting show`.",
        "`kb todo` か `kb meeting show` で一覧を見てください。",
    ),
    "title-is-section": Sentence(
        'A topic can\'t be called "{title}": that is the name of a section.',
        "「{title}」は見出しとして使われている名前なので、論点の題名にはできません。",
        'Say what about it, as in "{title}: who does what".',
        "「{title}の進め方」のように、もう少し詳しく書いてください。",
    ),
}
