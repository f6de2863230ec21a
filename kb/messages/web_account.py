"""Sentences of the facts of an account, its people, and of moving or cancelling a meeting."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    # The messages of changes
    "did-account-facts": Sentence("Change the facts of {account}", "顧客 {account} の情報を変更"),
    "did-account-person": Sentence(
        "Change {name} among the people of {account}", "顧客 {account} の{name}の情報を変更"
    ),
    "did-account-back": Sentence(
        "Bring the account {account} back", "顧客 {account} を保管から戻す"
    ),
    # The page of facts
    "facts-title": Sentence("Facts and people", "顧客の情報と人"),
    "facts-of": Sentence("{name}: facts and people", "{name}の情報と人"),
    "facts-facts": Sentence("Facts", "基本の情報"),
    "facts-name": Sentence("Name", "名前"),
    "facts-csm": Sentence("CSM", "担当"),
    "facts-unit": Sentence("Unit", "ユニット"),
    "facts-segment": Sentence("Segment", "区分"),
    "facts-stage": Sentence("Stage", "段階"),
    "facts-mrr": Sentence("Revenue a month", "月額"),
    "facts-renewal": Sentence("Renewal", "更新日"),
    "facts-goal": Sentence("The customer's goal", "お客様の目標"),
    "facts-nobody": Sentence("nobody", "なし"),
    "facts-save": Sentence("Save", "保存する"),
    "facts-people": Sentence("People of the customer", "お客様の人"),
    "facts-person-add": Sentence("Add somebody", "人を追加"),
    "facts-person-key": Sentence(
        "Short name, to name them in a line", "短い名前（行の中で @ を付けて使う）"
    ),
    "facts-person-key-why": Sentence(
        "Letters, digits, - and _: @tanaka", "半角の英数字と - _ が使えます（例: tanaka）"
    ),
    "facts-person-name": Sentence("Name", "名前"),
    "facts-person-role": Sentence("Role", "役職"),
    "facts-person-authority": Sentence("Part in decisions", "決めるときの立場"),
    "facts-person-left": Sentence("Left on", "異動・退職した日"),
    "facts-authority-decides": Sentence("decides", "決裁する"),
    "facts-authority-influences": Sentence("influences", "影響を与える"),
    "facts-authority-champion": Sentence("champion", "推進してくれる"),
    "facts-authority-operates": Sentence("operates", "運用する"),
    "facts-authority-none": Sentence("none", "かかわらない"),
    "facts-no-authority": Sentence("not known", "わからない"),
    "facts-rename": Sentence("Another short name", "短い名前を変える"),
    "facts-rename-why": Sentence(
        "It stands in links and addresses; all links follow.",
        "リンクやアドレスに使う名前です。ほかの文書からのリンクも合わせて変わります。",
    ),
    "facts-rename-yes": Sentence("Change the short name", "短い名前を変える"),
    "facts-archive": Sentence("Put this account aside", "この顧客を保管する"),
    "facts-archive-why": Sentence(
        "Lists leave it out. Its document and all links stay, and it can be brought back.",
        "一覧に出なくなります。文書とリンクは残り、いつでも戻せます。",
    ),
    "facts-archive-yes": Sentence("Put aside", "保管する"),
    "facts-back": Sentence("Bring this account back", "保管から戻す"),
    "facts-back-why": Sentence("It stands in the lists again.", "ふたたび一覧に出ます。"),
    # Trouble
    "bad-number": Sentence(
        "“{value}” is not an amount of money.",
        "「{value}」は金額として読み取れません。",
        "Write digits only: 450000",
        "450000 のように数字だけで書いてください。",
    ),
    "bad-person-key": Sentence(
        "“{value}” can't be the short name of a person.",
        "「{value}」は人の短い名前に使えません。",
        "Use letters, digits, - and _: tanaka",
        "tanaka のように、半角の英数字と - _ だけを使ってください。",
    ),
    "person-is-member": Sentence(
        "“{value}” is a member of our own team.",
        "「{value}」は自分のチームのメンバーの名前です。",
        "Take another short name: the customer's people and ours must not be mixed up.",
        "お客様と取り違えないよう、別の短い名前にしてください。",
    ),
    "person-there": Sentence(
        "There is somebody called “{value}” already.",
        "「{value}」という短い名前の人は、すでに登録されています。",
        "Change them in their own line, or take another short name.",
        "その人の行で変更するか、別の短い名前にしてください。",
    ),
    "bad-authority": Sentence(
        "“{value}” is no part in decisions.", "「{value}」という立場はありません。"
    ),
    "fact-changed": Sentence(
        "Somebody has changed the same thing meanwhile. It says now: {now}",
        "同じ項目を、ほかの人が先に変更しました。いまの内容: {now}",
        "Nothing was changed. Look once more and decide.",
        "まだ何も変えていません。確かめてから、もう一度変更してください。",
    ),
    "front-unsafe": Sentence(
        "The top of this document is written in a way that can't be changed from here.",
        "この文書の先頭の設定は、ここからは変えられない書き方になっています。",
        "Change it in the document itself; nothing was changed.",
        "何も変えていません。文書を直接編集してください。",
    ),
    # Moving and cancelling a meeting
    "plan-title": Sentence("Another day, or called off", "日時の変更・中止"),
    "plan-move": Sentence("Another day or time", "日時を変える"),
    "plan-date": Sentence("Day", "日付"),
    "plan-start": Sentence("Start", "開始"),
    "plan-end": Sentence("End", "終了"),
    "plan-move-why": Sentence(
        "The meeting moves to where its day belongs; everything in it stays.",
        "新しい日付の位置に移ります。書いた内容はそのまま残ります。",
    ),
    "plan-move-yes": Sentence("Move it", "日時を変える"),
    "plan-cancel": Sentence("Call the meeting off", "中止にする"),
    "plan-cancel-why": Sentence(
        "Its heading says so then; everything in it stays, and it can be taken back.",
        "見出しに中止と書きます。内容は残り、あとから取り消せます。",
    ),
    "plan-cancel-yes": Sentence("Call it off", "中止にする"),
    "plan-is-cancelled": Sentence(
        "This meeting was called off.", "このミーティングは中止になっています。"
    ),
    # The account page
    "account-to-facts": Sentence("Change facts and people", "情報と人を変更"),
    "account-hypotheses": Sentence("Hypotheses", "事前仮説"),
    "account-more": Sentence("This document", "この文書"),
    "account-days-left": Sentence("in {count} days", "あと{count}日"),
    "account-days-left-one": Sentence("tomorrow", "あと1日"),
    "account-loading": Sentence("Older meetings are coming…", "それより前を読み込んでいます…"),
    "account-not-loaded": Sentence(
        "Older meetings could not be had just now. Press the link to try again.",
        "それより前を読み込めませんでした。リンクを押すと、もう一度試せます。",
    ),
    "account-year": Sentence("{year}: {count} meetings", "{year}年 {count}回"),
    "account-year-one": Sentence("{year}: 1 meeting", "{year}年 1回"),
}
"""Sentences by code."""
