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
}
