"""Sentences of adding lines, ticking, judging, and of taking changes back."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "option-not-here": Sentence(
        "{option} does not go with “{kind}”.",
        "{option} は「{kind}」には使えません。",
        "It goes with: {kinds}",
        "使える種類: {kinds}",
    ),
    "stance-under": Sentence(
        "A stance is one on a topic, and no topic is named.",
        "スタンスを書く論点が指定されていません。",
        "Name the topic with `--under`: its number, its id, or how its title begins.",
        "`--under` に、論点の番号、id、または題名の始めを書いてください。",
    ),
    "text-nul": Sentence(
        "The text holds a NUL character, which can't be written; nothing was changed.",
        "文に書き込めない文字（NUL）が入っているため、何も書き込みませんでした。",
        "Take it out; it often comes from a file that is no text, or is UTF-16.",
        "その文字を除いてください。テキストではないファイルや UTF-16 のファイルに入っています。",
    ),
    "bad-confidence": Sentence(
        "A confidence is {least} to {most} percent, not {value}.",
        "確信度は {least}〜{most}％ で書いてください（{value}％ は使えません）。",
        "Nobody knows before the meeting for certain; if you do, it is no hypothesis.",
        "ミーティングの前に確実に分かっていることは、仮説ではありません。",
    ),
    "into-cancelled": Sentence(
        "The meeting with {account} on {date} was cancelled; written all the same.",
        "{account} の {date} のミーティングは中止になっていますが、そのまま書きました。",
    ),
    "into-archived": Sentence(
        "The account {account} is archived; written all the same.",
        "顧客 {account} は保管済みですが、そのまま書きました。",
    ),
    "bad-owner": Sentence(
        "“{owner}” can't be the owner of a TODO.",
        "「{owner}」は担当者の名前として使えません。",
        "Write a member's key, or a customer's, without spaces: sato",
        "メンバーかお客様のキーを、空白を入れずに書いてください（例: sato）。",
    ),
    "unknown-owner": Sentence(
        "@{owner} is neither a member nor one of the customer's people; written all the same.",
        "@{owner} さんはメンバーにもお客様の一覧にもいませんが、そのまま書きました。",
        "Known: {known}",
        "登録されている人: {known}",
    ),
    "not-a-todo": Sentence(
        "{id} is no TODO: {text}",
        "{id} はTODOではありません: {text}",
        "`kb todo` lists them with their ids.",
        "`kb todo` でTODOのidを確かめられます。",
    ),
    "not-a-hypothesis": Sentence(
        "{id} is no hypothesis: {text}",
        "{id} は事前仮説ではありません: {text}",
        "`kb meeting show` shows those of a meeting.",
        "`kb meeting show` でミーティングの事前仮説を見られます。",
    ),
    "document-too-large": Sentence(
        "{path} is larger than {limit} MB; kb does not touch it.",
        "{path} が {limit} MB を超えているため、kb では扱えません。",
        "Move the oldest meetings into a document of their own.",
        "古いミーティングを別の文書に移してください。",
    ),
    "input-too-large": Sentence(
        "What was typed in is larger than {limit} MB.",
        "入力が {limit} MB を超えています。",
        "Put it into a file and link to that.",
        "ファイルに置いて、そのリンクを書いてください。",
    ),
    "input-encoding": Sentence(
        "What was typed in is not UTF-8.",
        "入力が UTF-8 ではありません。",
        "Convert it to UTF-8 first.",
        "先に UTF-8 に変換してください。",
    ),
    "nobody-owns": Sentence(
        "Nobody called @{owner} is a member or has a TODO.",
        "@{owner} さんというメンバーはなく、TODOもありません。",
        "Members: {known}",
        "メンバー: {known}",
    ),
    "bad-moment": Sentence(
        "“{value}” is no day or time.",
        "「{value}」は日付や時刻として読み取れません。",
        "Write it like this: 2026-11-25 or 2026-11-25T14:00",
        "2026-11-25 や 2026-11-25T14:00 のように書いてください。",
    ),
    "not-yet": Sentence(
        "{account} had no document yet at {when}.",
        "{when} の時点では、{account} の文書はまだありませんでした。",
        "`kb history {account}` shows since when there is one.",
        "`kb history {account}` でいつからあるかを見られます。",
    ),
    "front-matter": Sentence(
        "The lines at the top of {path} can't be read at line {line}.",
        "{path} の先頭の設定を{line}行目で読み取れません。",
        "Compare them with another document: `key: value`, texts with “:” in quotes.",
        "ほかの文書と見比べてください。「キー: 値」の形で、「:」を含む文は引用符で囲みます。",
    ),
    "index-pending": Sentence(
        "Saved. Another program holds git's list of files; kb catches up at its next command.",
        "保存しました。ほかのプログラムが git を使っているため、その一覧には次の操作で反映します。",
    ),
    "index-left": Sentence(
        "Saved. A git command seems to have ended without removing its lock (`.git/index.lock`).",
        "保存しました。ただ、終了した git のロック（`.git/index.lock`）が残っているようです。",
        "Nothing is lost, but git's list of files lags behind until that file is gone. Remove it if"
        " no git command runs elsewhere. `kb doctor` says where it is.",
        "失われたものはありませんが、git の一覧には反映できません。ほかで git を使っていなければ、"
        "このファイルを削除してください。場所は `kb doctor` で確かめられます。",
    ),
    "files-pending": Sentence(
        "Saved, but {path} could not be written yet; kb catches up at its next command.",
        "保存しましたが、{path} にはまだ書き込めていません。次の操作で反映します。",
        "Check the disk and whether another program holds the file.",
        "ディスクの空きと、ほかのプログラムがファイルを使っていないかを確かめてください。",
    ),
    "hand-edit-kept": Sentence(
        "What was edited by hand in {path} met another change at one place; that part is kept.",
        "手で編集した {path} の一箇所がほかの変更と重なったため、その部分を取り置きました。",
        "`kb kept show {kept}` shows it.",
        "`kb kept show {kept}` で見られます。",
    ),
}
