"""Sentences of the web page: around every page, today, accounts, the command that serves them.

Codes in `-one` are the same for a count of one, where a language tells it apart.
"""

from kb.messages import Sentence

_PAGES: dict[str, Sentence] = {
    # Days
    "web-weekdays": Sentence(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
    ),
    "web-months": Sentence(
        "January February March April May June July August September October November December",
        "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    ),
    "web-due-today": Sentence("today", "今日まで"),
    "web-due-tomorrow": Sentence("tomorrow", "明日まで"),
    "web-due": Sentence("by {day}", "{day}まで"),
    "web-days-over": Sentence("{count} days late", "{count}日超過"),
    "web-days-over-one": Sentence("1 day late", "1日超過"),
    "web-list-mark": Sentence(", ", "、"),
    # Around every page
    "web-skip": Sentence("Skip to content", "本文へ移動"),
    "web-nav": Sentence("Main pages", "主なページ"),
    "web-today": Sentence("Today", "今日"),
    "web-accounts": Sentence("Accounts", "顧客"),
    "web-search": Sentence("Search", "さがす"),
    "web-search-words": Sentence("Words to search for", "さがす言葉"),
    "web-nobody": Sentence("Nobody known", "名前の登録なし"),
    "web-leave": Sentence("Leave this browser", "このブラウザーでの利用を終える"),
    "web-left": Sentence(
        "You have left.",
        "利用を終えました。",
        "To come back, press Enter where `kb serve` runs and open the new address.",
        "もう一度使うときは、`kb serve` を動かしている画面でEnterを押し、新しいアドレスを開いてください。",
    ),
    "web-n": Sentence("{count}", "{count}件"),
    "web-inside": Sentence("Internal only", "社内のみ"),
    "web-to-today": Sentence("To Today", "今日の画面へ"),
    "web-to-accounts": Sentence("To the accounts", "顧客の一覧へ"),
    "web-details": Sentence("Details", "くわしく"),
    # Trouble
    "web-failed": Sentence("Nothing was changed.", "保存していません。"),
    "web-your-text": Sentence("What you wrote:", "書いた文:"),
    "web-refused": Sentence("That can't be done", "できませんでした"),
    "web-fault": Sentence(
        "Something went wrong on our side.",
        "こちら側で問題が起きました。",
        "What was saved is safe. Try once more; if it stays, show the details to who looks after kb.",
        "保存済みのものは無事です。もう一度試し、続くようなら「くわしく」の内容を kb の担当者に伝えてください。",
    ),
    "web-unopened": Sentence(
        "kb can't be opened just now.",
        "いまは kb を開けません。",
        "What was saved is safe. Tell who looks after kb; then load this page once more.",
        "保存済みのものは無事です。kb の担当者に伝え、直ったらこのページを読み込み直してください。",
    ),
    "web-no-page": Sentence(
        "There is no such page.",
        "このページはありません。",
        "The address may be old, or a part of it was lost.",
        "アドレスが古いか、一部が欠けているようです。",
    ),
    "web-no-session": Sentence(
        "Open the page with the address that `kb serve` shows.",
        "`kb serve` が表示したアドレスから開いてください。",
        "In the window where it runs, press Enter: that gives a new one.",
        "`kb serve` を動かしている画面でEnterを押すと、新しいアドレスが出ます。",
    ),
    "web-used-address": Sentence(
        "This address was used already, or is older than ten minutes.",
        "このアドレスは使用済みか、10分を過ぎています。",
        "Press Enter where `kb serve` runs: that gives a new one.",
        "`kb serve` を動かしている画面でEnterを押すと、新しいアドレスが出ます。",
    ),
    "web-forwarded": Sentence(
        "This page is for this machine only, not by way of another server.",
        "この画面は、このパソコンから直接だけ開けます。",
        "Take the proxy away that stands in between.",
        "間にあるプロキシを外してください。",
    ),
    "web-wrong-host": Sentence(
        "This page has another address.",
        "アドレスが違います。",
        "Open the one that `kb serve` shows.",
        "`kb serve` が表示したアドレスを開いてください。",
    ),
    "web-wrong-origin": Sentence(
        "The form came from another page; nothing was changed.",
        "別のページから送られたため、何も変えていません。",
        "Go back, load the page anew, and send it once more.",
        "前のページに戻り、読み込み直してから、もう一度送ってください。",
    ),
    "web-wrong-method": Sentence(
        "This page can't be asked in that way.",
        "この方法では開けません。",
        "Begin with Today.",
        "今日の画面から開き直してください。",
    ),
    "web-old-form": Sentence(
        "The form is of an earlier visit; nothing was changed.",
        "前に開いた画面から送られたため、何も変えていません。",
        "Go back with the browser: your text is still there. Load the page anew and send it.",
        "ブラウザーの「戻る」で書いた文に戻れます。画面を読み込み直してから送ってください。",
    ),
    "web-bad-form": Sentence(
        "What was sent can't be read, or is too long; nothing was changed.",
        "送られた内容を読み取れないか、長すぎるため、何も変えていません。",
        "Go back with the browser and send it in shorter pieces.",
        "ブラウザーの「戻る」で戻り、短く分けて送ってください。",
    ),
    "web-bad-kind": Sentence(
        "It is not said what is to be written.",
        "何を書くかが選ばれていません。",
        "Choose one of the kinds above the field.",
        "入力欄の上から、種類を選んでください。",
    ),
    "web-bad-number": Sentence(
        "“{value}” is no number.",
        "「{value}」は数として読めません。",
        "Write a whole number, such as 70.",
        "70 のような整数で書いてください。",
    ),
    "web-no-verdict": Sentence(
        "No verdict was chosen.",
        "判定が選ばれていません。",
        "Choose one of the four.",
        "4つのうち1つを選んでください。",
    ),
    # Today
    "web-today-count": Sentence("{count} meetings.", "ミーティングは{count}件です。"),
    "web-today-count-one": Sentence("One meeting.", "ミーティングは1件です。"),
    "web-week-count": Sentence(
        "{count} meetings in seven days.", "7日間のミーティングは{count}件です。"
    ),
    "web-week-count-one": Sentence("One meeting in seven days.", "7日間のミーティングは1件です。"),
    "web-today-lacking": Sentence(
        " {count} still lack something.", "{count}件に、まだ足りないものがあります。"
    ),
    "web-today-lacking-one": Sentence(
        " One still lacks something.", "1件に、まだ足りないものがあります。"
    ),
    "web-today-all-ready": Sentence(" All prepared.", "準備はすべてできています。"),
    "web-today-none": Sentence(
        "No meetings ahead today.", "今日これからのミーティングはありません。"
    ),
    "web-week-none": Sentence(
        "No meetings in seven days.", "7日のうちにミーティングはありません。"
    ),
    "web-today-none-why": Sentence(
        "A good day to prepare the next ones.", "次の準備に使える日です。"
    ),
    "web-view-day": Sentence("Today", "今日"),
    "web-view-week": Sentence("Seven days", "7日間"),
    "web-view-all": Sentence("Everybody's", "全員の分"),
    "web-all-day": Sentence("All day", "終日"),
    "web-going-on": Sentence("now", "進行中"),
    "web-meetings": Sentence("Meetings", "ミーティング"),
    "web-write": Sentence("Write the minutes", "記録する"),
    "web-open": Sentence("Open", "開く"),
    "web-prepare-on": Sentence("Go on preparing", "準備をつづける"),
    "web-kind-kept": Sentence("Kept, not saved", "保存されずに取り置かれた文章"),
    "web-kind-minutes": Sentence("Minutes to complete", "完了していない議事録"),
    "web-kind-promise": Sentence("Promises", "お客様との約束"),
    "web-kind-todo": Sentence("TODOs", "TODO（やること）"),
    "web-kind-preparation": Sentence("To prepare", "準備が要るミーティング"),
    "web-kind-verdict": Sentence("Waiting for a verdict", "判定待ちの仮説"),
    "web-kind-waiting": Sentence("Waiting for the customer", "お客様待ち"),
    "web-kind-review": Sentence("Your reviews", "あなたのレビュー"),
    "web-kind-other": Sentence("More", "そのほか"),
    "web-and-more": Sentence(
        "{count} more, less urgent.", "ほかに{count}件あります（急ぎではないもの）。"
    ),
    "web-and-more-one": Sentence(
        "One more, less urgent.", "ほかに1件あります（急ぎではないもの）。"
    ),
    "web-nothing-else": Sentence("Nothing else needs you.", "ほかに急ぎの用件はありません。"),
    "web-tick": Sentence("Done: {text}", "完了にする: {text}"),
    "web-empty-store": Sentence(
        "There are no documents yet.",
        "まだ文書がありません。",
        "Begin with one customer. Notes that you have can be taken over with `kb import`.",
        "まず顧客を1社足してください。いまある議事録は `kb import` で取り込めます。",
    ),
    # Accounts
    "web-accounts-count": Sentence("{count} accounts.", "{count}社です。"),
    "web-accounts-count-one": Sentence("One account.", "1社です。"),
    "web-accounts-narrow": Sentence("Name", "名前"),
    "web-accounts-mine": Sentence("Only mine", "自分の担当だけ"),
    "web-accounts-no-match": Sentence("No account fits.", "当てはまる顧客はありません。"),
    "web-accounts-before": Sentence("Those before", "前の顧客へ"),
    "web-accounts-further": Sentence("{count} more", "次の顧客へ（あと{count}社）"),
    "web-accounts-further-one": Sentence("One more", "次の顧客へ（あと1社）"),
    "web-accounts-all": Sentence("Show all", "すべて表示"),
    "web-show": Sentence("Show", "表示"),
    "web-account": Sentence("Account", "顧客"),
    "web-csm": Sentence("CSM", "担当"),
    "web-last-meeting": Sentence("Last meeting", "前回"),
    "web-next-meeting": Sentence("Next meeting", "次回"),
    "web-open-todos": Sentence("Open TODOs", "残りのTODO"),
    "web-account-add": Sentence("Add an account", "顧客を1社足す"),
    "web-account-name": Sentence("Name of the customer", "お客様の名前"),
    "web-account-slug": Sentence("Short name", "短い名前"),
    "web-account-slug-why": Sentence(
        "Letters, digits, - and _; it names the file and can be changed later.",
        "文字・数字・- ・_ で書きます。ファイルの名前になり、あとで変えられます。",
    ),
    "web-add": Sentence("Add", "足す"),
    # An account
    "web-jump": Sentence("Go to a day", "日付へ"),
    "web-outline": Sentence("Meetings of this document", "この文書のミーティング"),
    "web-csm-is": Sentence("CSM {name}", "担当 {name}"),
    "web-mrr": Sentence("¥{yen} a month", "月額 {yen}円"),
    "web-renewal": Sentence("renewal {day}", "更新 {day}"),
    "web-goal": Sentence("The customer's goal", "お客様の目標"),
    "web-archived": Sentence("This account is archived.", "この顧客は保管済みです。"),
    "web-segment-enterprise": Sentence("large company", "大企業"),
    "web-segment-midmarket": Sentence("medium-sized company", "中堅企業"),
    "web-segment-smb": Sentence("small company", "中小企業"),
    "web-stage-onboarding": Sentence("onboarding", "導入期"),
    "web-stage-adoption": Sentence("adoption", "定着期"),
    "web-stage-expansion": Sentence("expansion", "拡大期"),
    "web-stage-renewal": Sentence("renewal", "更新期"),
    "web-gut-was": Sentence("How it felt on {day}:", "{day}の体感:"),
    "web-colour-green": Sentence("Good", "良好"),
    "web-colour-lime": Sentence("Mostly good", "おおむね良好"),
    "web-colour-yellow": Sentence("Watch", "注意"),
    "web-colour-red": Sentence("At risk", "危険"),
    "web-on-this-page": Sentence("On this page", "このページの中"),
    "web-promises-n": Sentence("Promises {count}", "約束 {count}"),
    "web-people-n": Sentence("People {count}", "人 {count}"),
    "web-decisions-n": Sentence("Decisions {count}", "決定 {count}"),
    "web-meeting-new": Sentence("Prepare a meeting", "ミーティングを準備する"),
    "web-date": Sentence("Day", "日付"),
    "web-start": Sentence("From", "開始"),
    "web-end": Sentence("To", "終了"),
    "web-title": Sentence("Title", "題名"),
    "web-prepare": Sentence("Prepare", "準備を始める"),
    "web-prepare-why": Sentence(
        "What is still open from before is shown in it.",
        "前回までの未完了のものが、ここに並びます。",
    ),
    "web-meeting-open": Sentence("Open this meeting", "このミーティングを開く"),
    "web-meeting-write": Sentence("Prepare and write", "準備・記録する"),
    "web-no-meetings": Sentence(
        "No meetings yet.",
        "まだミーティングがありません。",
        "Prepare the first one above.",
        "上の「ミーティングを準備する」から始めてください。",
    ),
    "web-newer": Sentence("Newer ones", "新しいほうへ"),
    "web-older": Sentence("The {count} before", "それより前の{count}回を開く"),
    "web-older-one": Sentence("The one before", "それより前の1回を開く"),
    "web-since": Sentence("since {day}", "{day}から"),
    "web-rail": Sentence("People and promises", "人と約束"),
    "web-people": Sentence("People", "人"),
    "web-authority-decides": Sentence("decides", "決裁"),
    "web-authority-influences": Sentence("influences", "影響"),
    "web-authority-operates": Sentence("operates", "運用"),
    "web-left-on": Sentence("left {day}", "{day}に異動"),
    "web-no-people": Sentence("Nobody is written down yet.", "まだ書かれていません。"),
    "web-promises": Sentence("Open promises", "残っている約束"),
    "web-no-promises": Sentence("None open.", "残っている約束はありません。"),
    "web-from": Sentence("of {day}", "{day}の回から"),
    "web-open-others": Sentence("Other open TODOs", "ほかの残りのTODO"),
    "web-undecided-topics": Sentence("Not decided yet", "まだ決まっていない論点"),
    "web-last-decisions": Sentence("Last decisions", "直近の決定"),
    "web-no-decisions": Sentence("None yet.", "まだありません。"),
}

_DAYS: dict[str, Sentence] = {
    # `name` is the month's: whole, then in three letters or as a number.
    "web-day-long": Sentence("{day} {name}", "{name}{day}日"),
    "web-day-short": Sentence("{day} {name}", "{name}/{day}"),
    "web-day-year": Sentence("{day} {name} {year}", "{year}/{name}/{day}"),
}

_COMMAND: dict[str, Sentence] = {
    "web-serving": Sentence(
        "Open it within ten minutes; it works once. Enter gives another address, Ctrl+C stops.",
        "10分以内に開いてください（一度だけ使えます）。Enterで新しいアドレス、Ctrl+Cで終わります。",
    ),
    "web-port-taken": Sentence(
        "Port {port} is taken by another program.",
        "ポート {port} は、ほかのプログラムが使っています。",
        "Name another one with `--port`, or leave it out.",
        "`--port` で別の番号を指定するか、付けずに実行してください。",
    ),
}

TABLE = _PAGES | _DAYS | _COMMAND
