"""Sentences of `config`."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "config-syntax": Sentence(
        "kb.toml can't be read from line {line} on: {text}",
        "kb.toml の{line}行目から先を読み取れません: {text}",
        'Check quotes, brackets and “=” there; texts need quotes: name = "East".',
        'その行の引用符、かっこ、「=」を確かめてください。文字は引用符で囲みます（例: name = "東"）。',
    ),
    "config-newer": Sentence(
        "This store needs a newer kb: its format is {format}, this kb knows {known}.",
        "このストアには新しい版の kb が必要です（ストアの形式は {format}、"
        "この kb が扱えるのは {known} まで）。",
        "Install the newest kb; nothing was changed.",
        "kb を新しい版にしてください。何も変更していません。",
    ),
    "config-encoding": Sentence(
        "kb.toml is not UTF-8 at line {line}.",
        "kb.toml の{line}行目が UTF-8 ではありません。",
        "Save the file as UTF-8 in your editor.",
        "エディターで文字コードを UTF-8 にして保存し直してください。",
    ),
    "config-value": Sentence(
        "kb.toml line {line}: {key} is {value}, which does not fit there.",
        "kb.toml の{line}行目: {key} に {value} は書けません。",
        "How it is written: {expected}",
        "書き方: {expected}",
    ),
    "config-secret": Sentence(
        "kb.toml line {line}: {key} looks like a secret, and this file is shared with the team.",
        "kb.toml の{line}行目: {key} は秘密の値のようです。このファイルはチーム全員に共有されます。",
        'Write where it is found instead: "env:NAME" or "file:PATH". If it was shared, change it.',
        '値ではなく置き場所を "env:変数名" か "file:パス" で書いてください。'
        "すでに共有した値は変更してください。",
    ),
    "config-unknown-key": Sentence(
        "kb.toml line {line}: {key} is not known and has no effect.",
        "kb.toml の{line}行目: {key} という項目はないため、無視しました。",
    ),
    "config-unknown-key-near": Sentence(
        "kb.toml line {line}: {key} is not known and has no effect.",
        "kb.toml の{line}行目: {key} という項目はないため、無視しました。",
        "Did you mean {suggestion}?",
        "{suggestion} の間違いではありませんか。",
    ),
    "config-unknown-member": Sentence(
        "kb.toml line {line}: {key} names {member}, who is not under [members].",
        "kb.toml の{line}行目: {key} にある {member} さんは [members] にいません。",
        "Add [members.{member}] or take the name out.",
        "[members.{member}] を足すか、名前を消してください。",
    ),
    "config-unknown-alias": Sentence(
        "kb.toml line {line}: {key} gives other words for a name that kb does not know.",
        "kb.toml の{line}行目: {key} は kb の知らない名前なので、別名として使えません。",
        'The left side is kb\'s own name in either language, such as "TODO" or "Agenda".',
        "左側には「TODO」「アジェンダ」のような kb の正式な名前を書いてください。",
    ),
    "config-same-email": Sentence(
        "kb.toml line {line}: {key} is {email}, which {other} has already.",
        "kb.toml の{line}行目: {key} の {email} は {other} さんと同じです。",
        "Give each member an address of their own; kb tells people apart by it.",
        "メンバーごとに別のアドレスを書いてください。kb はアドレスで人を見分けます。",
    ),
}
