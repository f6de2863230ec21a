"""Sentences of open pages: colleagues' lines, lines without a connection, typing that was not sent."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "live-changed": Sentence(
        "The page shows what others have changed.", "ほかの人の変更を表示しました。"
    ),
    "live-newer": Sentence(
        "Somebody has changed this document.", "ほかの人がこの文書を変えました。"
    ),
    "live-again": Sentence("Show the newest", "最新を表示する"),
    "held-offline": Sentence("There is no connection just now.", "いま、つながっていません。"),
    "held-one": Sentence(
        "What you wrote is on this device (1 line, {at}).",
        "書いたものは、この端末にあります（{at}に1行）。",
    ),
    "held-many": Sentence(
        "What you wrote is on this device ({n} lines since {at}).",
        "書いたものは、この端末にあります（{at}から{n}行）。",
    ),
    "held-go-on": Sentence(
        "Go on writing. It is sent by itself when the connection is back.",
        "そのまま書き続けてください。つながると、ひとりでに送ります。",
    ),
    "held-enter": Sentence(
        "The server does not know you any more. Come in again in another tab; then it is sent.",
        "サーバーに入り直す必要があります。別のタブで入り直すと、ひとりでに送ります。",
    ),
    "draft-title": Sentence(
        "Some of what you wrote was not sent yet.", "まだ送っていない文章があります。"
    ),
    "draft-here": Sentence("It stands in its field again.", "入力欄に戻しました。"),
    "draft-open": Sentence("Open its page", "書いていた画面を開く"),
    "draft-whole": Sentence("All of it", "全文を見る"),
    "draft-drop": Sentence("Discard", "破棄する"),
    "draft-leave": Sentence(
        "{n} texts were not sent yet. They go from this device when you leave.",
        "まだ送っていない文章が{n}件あります。ログアウトすると、この端末から消えます。",
    ),
}
