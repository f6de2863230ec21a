"""Sentences of the web page: what goes out to customers, and the links that guests open."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    # What goes out
    "web-share": Sentence("Give it to the customer", "お客様への共有"),
    "web-share-link": Sentence("Share", "お客様へ"),
    "web-share-lead": Sentence(
        "This is all that the customer gets. Hypotheses, insights, memos and internal TODOs never go out.",
        "お客様に届くのは、ここに見えている内容だけです。事前仮説・気づき・社内メモ・社内のTODOは出ません。",
    ),
    "web-share-preview": Sentence("What the customer gets", "お客様に届く内容"),
    "web-share-back": Sentence("Back to sharing", "共有の画面へ戻る"),
    "web-share-ways": Sentence("Ways to give it", "渡し方"),
    "web-share-mail": Sentence("Copy as mail", "メールの文面をコピーする"),
    "web-share-mail-why": Sentence(
        "Subject and text, ready to be pasted.", "件名と本文を、そのまま貼り付けられます。"
    ),
    "web-share-docx": Sentence("Save as a Word file", "Wordファイルを保存する"),
    "web-share-docx-why": Sentence(
        "Our proposals on the left, their words and decisions on the right.",
        "左にご提案、右にご意見と決まったことを並べた2列の表です。",
    ),
    "web-share-print": Sentence("Print", "印刷する"),
    "web-share-print-why": Sentence(
        "The minutes alone; the browser prints them or makes a PDF.",
        "議事録だけの画面です。ブラウザーの印刷で、PDFにもできます。",
    ),
    "web-share-projected-why": Sentence(
        "In large type, for the meeting itself.", "打ち合わせ中に映す、大きな文字の画面です。"
    ),
    "web-print-all": Sentence(
        "All meetings as the customer may see them, to be printed",
        "お客様に見せてよい内容だけで、全部を印刷する",
    ),
    "web-print-from": Sentence(
        "This page holds internal words and is not printed. Print from:",
        "この画面には社内の内容があるため、印刷しません。印刷は次の画面からどうぞ。",
    ),
    # The mail
    "web-mail": Sentence("Mail to the customer", "お客様へのメール"),
    "web-mail-lead": Sentence(
        "Read it through before you send it: it holds what the customer may see, and nothing else.",
        "お客様に見せてよい内容だけで作った文面です。送る前に一度読み通してください。",
    ),
    "web-mail-subject": Sentence("Subject", "件名"),
    "web-mail-body": Sentence("Text", "本文"),
    "web-mail-how": Sentence(
        "A click into the text selects all of it.", "文面を押すと、全体が選択されます。"
    ),
    "web-mail-open": Sentence("Open in the mail program", "メールソフトで開く"),
    "web-copy": Sentence("Copy", "コピー"),
    "web-copied": Sentence("Copied", "コピーしました"),
    # One id, several meetings
    "web-which": Sentence(
        "Which meeting?",
        "どのミーティングですか",
        "Several have this address. Choose one; it will have an address of its own.",
        "同じアドレスのミーティングが複数あります。開くものを選んでください。",
    ),
    # Links for guests
    "web-guest-links": Sentence("Links for the customer", "お客様用のリンク"),
    "web-guest-closed": Sentence(
        "This server has no place for guests.",
        "このサーバーでは、お客様用のリンクを使えません。",
        "Who looks after it can open one: `kb serve --guest-port`.",
        "管理している人が `kb serve --guest-port` で用意できます。",
    ),
    "web-guest-days": Sentence("Opens for", "開ける期間"),
    "web-guest-n-days": Sentence("{count} days", "{count}日間"),
    "web-guest-n-days-one": Sentence("1 day", "1日間"),
    "web-guest-make": Sentence("Make a link", "リンクを作る"),
    "web-guest-make-why": Sentence(
        "Whoever has the link sees these minutes, and what changes in them, without logging in.",
        "リンクを知っている人は、ログインせずに、この議事録とその後の変更を見られます。",
    ),
    "web-guest-made": Sentence("The link is ready.", "リンクを作りました。"),
    "web-guest-made-why": Sentence(
        "Copy it now: it is shown this once. It opens until {day}.",
        "表示は今回だけです。今コピーしてください。{day}まで開けます。",
    ),
    "web-guest-until": Sentence("Opens until {day}", "{day}まで開けます"),
    "web-guest-withdrawn": Sentence("Withdrawn {day}", "{day}に取り消し"),
    "web-guest-over": Sentence("Ended {day}", "{day}に期限切れ"),
    "web-guest-by": Sentence("{name}, {at}", "{name} {at}"),
    "web-guest-opened": Sentence("last opened {at}", "最後に開かれたのは{at}"),
    "web-guest-unopened": Sentence("not opened yet", "まだ開かれていません"),
    "web-guest-withdraw": Sentence("Withdraw", "取り消す"),
    "web-guest-changed": Sentence(
        "The minutes have changed since you looked; no link was made.",
        "ご覧になったあとで内容が変わったため、リンクは作っていません。",
        "This is how they are now. If it is right so, make the link.",
        "今の内容は画面のとおりです。これでよければ、リンクを作ってください。",
    ),
    "web-serving-guests": Sentence(
        "Links for guests open at {url}.", "お客様用のリンクは {url} で開きます。"
    ),
    "web-guest-needs-url": Sentence(
        "It is not known under which address guests open their links.",
        "お客様がリンクを開くアドレスがわかりません。",
        "Say it with `--guest-url`, such as `--guest-url https://minutes.example.com`.",
        "`--guest-url https://minutes.example.com` のように指定してください。",
    ),
    # What guests see
    "web-guest-docx": Sentence("Save as a Word file", "Wordファイルで保存"),
    "web-guest-note": Sentence(
        "This page follows the minutes. Please don't pass the address on.",
        "議事録に変更があると、この画面にも反映されます。アドレスの転送はお控えください。",
    ),
    "web-guest-none": Sentence(
        "This page can't be opened.",
        "このページは開けません。",
        "The address may be incomplete, or no longer in use. Please ask whoever sent it to you.",
        "アドレスの一部が欠けているか、公開が終わった可能性があります。お手数ですが、送り主にお尋ねください。",
    ),
    "web-guest-later": Sentence(
        "This page can't be shown just now.",
        "ただいま表示できません。",
        "Please try again in a few minutes.",
        "お手数ですが、数分後にもう一度お開きください。",
    ),
}
