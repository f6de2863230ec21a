"""Sentences of `importing`."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "import-no-path": Sentence(
        'There is no file or folder "{path}".',
        "「{path}」というファイルもフォルダーもありません。",
        "Check the name; quote it if it has blanks.",
        "名前を確かめてください。空白を含む名前は引用符で囲みます。",
    ),
    "import-too-large": Sentence(
        "The file is larger than {limit} MB and was not imported.",
        "ファイルが{limit}MBを超えているため、取り込みませんでした。",
        "Split it by year or customer and import the parts.",
        "年や顧客ごとに分けてから取り込んでください。",
    ),
    "import-large": Sentence(
        "larger than 20 MB",
        "20MBを超えています",
    ),
    "import-not-text": Sentence(
        "not a text file in UTF-8 or Shift_JIS",
        "UTF-8やShift_JISのテキストファイルではありません",
    ),
    "import-empty": Sentence("nothing is written in it", "何も書かれていません"),
    "import-other-kind": Sentence(
        "not a .md, .markdown or .txt file", ".md、.markdown、.txt のファイルではありません"
    ),
    "import-unreadable": Sentence("the file can't be opened", "ファイルを開けません"),
    "import-own": Sentence(
        "These are the store's own documents; there is nothing to import.",
        "ストアにある文書そのものなので、取り込むものはありません。",
        "Name the files that the notes were kept in before.",
        "これまで議事録を書いていたファイルを指定してください。",
    ),
    "import-bad-year": Sentence(
        "{year} is no year that notes could be from.",
        "{year}は議事録の年として正しくありません。",
        "Write four digits: --year 2026",
        "西暦4桁で指定してください: --year 2026",
    ),
    "import-bad-account": Sentence(
        '"{account}" can\'t be the short name of an account.',
        "「{account}」は顧客の短い名前には使えません。",
        "Use letters, digits and hyphens: --account acme",
        "文字・数字・ハイフンだけで書いてください: --account acme",
    ),
    "import-no-account": Sentence(
        'Nothing tells whose notes "{path}" are.',
        "「{path}」がどの顧客の記録か分かりません。",
        "Name the account: --account acme",
        "顧客を指定してください: --account acme",
    ),
    "import-unsafe": Sentence(
        "The notes can't be put into this document without changing what is there; nothing was changed.",
        "この文書にいまある内容を変えずに取り込むことができないため、何も書き込みませんでした。",
        "Open the document in an editor and look for a comment or code block that was left open.",
        "文書をエディターで開き、閉じていないコメントやコードがないか確かめてください。",
    ),
    "import-message": Sentence(
        "Import {count} meetings of {account}", "{account}の記録を{count}件取り込む"
    ),
    "import-no-date": Sentence(
        "No meeting date was found; the text is kept as undated notes.",
        "ミーティングの日付が見つからないため、日付のない記録として残します。",
    ),
    "import-no-year": Sentence(
        "No year is known for {date}; kept undated.",
        "{date}の年が分からないため、日付なしで残します。",
        "Name the year of the first meeting: --year YYYY",
        "最初のミーティングの年を --year YYYY で指定してください。",
    ),
    "import-dates-differ": Sentence(
        "The text says {date}, the file's name says {name}; please check the date.",
        "本文の日付は{date}、ファイル名の日付は{name}です。日付を確かめてください。",
    ),
    "import-ambiguous-date": Sentence(
        "Read as {date} (month first); it could also be {other}.",
        "月が先の書き方として{date}と読みました。{other}かもしれません。",
    ),
    "import-changed": Sentence(
        "The meeting of {date} is already in the document and differs from the source; it was left as it is.",
        "{date}のミーティングはすでに文書にあり、元のファイルと内容が異なります。文書のほうをそのまま残しました。",
    ),
    "import-changed-undated": Sentence(
        "The undated notes are already in the document and differ from the source; they were left as they are.",
        "日付のない記録はすでに文書にあり、元のファイルと内容が異なります。文書のほうをそのまま残しました。",
    ),
    "import-skipped-line": Sentence(
        "{source}: skipped ({reason})", "{source}: 読み飛ばしました（{reason}）"
    ),
    "import-undated": Sentence("undated notes", "日付のない記録"),
    "import-cancelled": Sentence("cancelled", "中止"),
    "import-empty-meeting": Sentence("nothing noted", "記録なし"),
    "import-todos": Sentence("TODOs: {count}", "TODO {count}件"),
    "import-decisions": Sentence("decisions: {count}", "決定 {count}件"),
    "import-attendees": Sentence("people: {count}", "出席 {count}人"),
    "import-total": Sentence(
        "Files read: {files}. Meetings: {added} new, {known} already there.",
        "{files}件のファイルを読みました。新しく取り込んだもの{added}件、すでにあったもの{known}件です。",
    ),
    "import-total-dry": Sentence(
        "Files read: {files}. Meetings: {added} would be new, {known} already there. "
        "Nothing was written.",
        "{files}件のファイルを読みました。新しいもの{added}件、すでにあるもの{known}件です。書き込みはしていません。",
    ),
}
