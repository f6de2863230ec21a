"""Sentences of accounts, meetings, today's list; the messages of the commits they make."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    # Commits
    "did-account-add": Sentence(
        "Add the account {name} ({account})", "顧客 {name} ({account}) を追加"
    ),
    "did-account-archive": Sentence("Archive the account {account}", "顧客 {account} を保管"),
    "did-account-rename": Sentence(
        "Rename the account {account} to {new}", "顧客 {account} を {new} に改名"
    ),
    "did-meeting-new": Sentence(
        "Prepare {account}'s meeting on {date}: {title}",
        "{account} の {date} のミーティングを準備: {title}",
    ),
    "did-meeting-close": Sentence(
        "Complete the minutes of {account} on {date}", "{account} の {date} の議事録を完了"
    ),
    "did-meeting-move": Sentence(
        "Move {account}'s meeting from {date} to {new}",
        "{account} のミーティングを {date} から {new} に変更",
    ),
    "did-meeting-cancel": Sentence(
        "Cancel {account}'s meeting on {date}", "{account} の {date} のミーティングを中止"
    ),
    # Accounts
    "bad-slug": Sentence(
        "“{slug}” can't be an account's short name.",
        "「{slug}」は顧客の短い名前に使えません。",
        "Use letters, digits, - and _, at most 64; no dots, spaces or slashes.",
        "文字、数字、-、_ だけを64字まで使えます。ピリオド、空白、スラッシュは使えません。",
    ),
    "bad-slug-id": Sentence(
        "“{slug}” looks like the id of a line and can't be an account's short name.",
        "「{slug}」は行の id と見分けがつかないため、顧客の短い名前に使えません。",
        "Take another name, such as a longer one.",
        "もう少し長い名前など、別の名前にしてください。",
    ),
    "account-exists": Sentence(
        "There is an account {account} already.",
        "顧客「{account}」はすでに登録されています。",
        "`kb account show {account}` shows it; archived ones keep their names.",
        "`kb account show {account}` で見られます。保管した顧客の名前も使えません。",
    ),
    "account-alike": Sentence(
        "“{slug}” differs only by case or width from the account {account}.",
        "「{slug}」は、登録済みの顧客「{account}」と大文字・小文字や全角・半角しか違いません。",
        "Take a name that nobody can mix up with it.",
        "取り違えのない別の名前にしてください。",
    ),
    "account-renamed": Sentence(
        "The account {account} is called {now} now.",
        "顧客「{account}」の短い名前は「{now}」に変わりました。",
        "Ask again with that name.",
        "新しい名前で、もう一度お試しください。",
    ),
    "bad-name": Sentence(
        "An account's name is one line of at most {most} letters.",
        "顧客の名前は、改行のない {most} 字までの一行で書いてください。",
        "Name it as the customer writes itself: --name 'Acme Inc.'",
        "お客様の正式な表記で書いてください: --name アクメ株式会社",
    ),
    "bad-value": Sentence(
        "“{value}” has to be one line of at most {most} letters.",
        "「{value}」は、改行のない {most} 字までの一行で書いてください。",
        "Shorten it to a word or two.",
        "一、二語に短くしてください。",
    ),
    "bad-handle": Sentence(
        "“{value}” can't be a member's key.",
        "「{value}」はメンバーのキーとして使えません。",
        "Write the key that the member has in kb.toml, without spaces: --csm sato",
        "kb.toml にあるメンバーのキーを、空白を入れずに書いてください（例: --csm sato）。",
    ),
    "hint-unknown-csm": Sentence(
        "{csm} is not a member of this team.",
        "担当の {csm} さんは、このチームのメンバーにいません。",
        "Add them under [members] in kb.toml, or mend `csm:` in the document.",
        "kb.toml の [members] に足すか、文書の `csm:` を直してください。",
    ),
    "hint-unknown-unit": Sentence(
        "There is no unit {unit} in kb.toml (there is: {known}).",
        "ユニット「{unit}」は kb.toml にありません（あるもの: {known}）。",
    ),
    # Meetings
    "bad-date": Sentence(
        "“{value}” is not a date.",
        "「{value}」は日付として読み取れません。",
        "Write it like 2026-11-25.",
        "2026-11-25 のように書いてください。",
    ),
    "bad-time": Sentence(
        "“{value}” is not a time of day.",
        "「{value}」は時刻として読み取れません。",
        "Write it like 14:00.",
        "14:00 のように書いてください。",
    ),
    "end-without-start": Sentence(
        "There is an end but no start.",
        "終了時刻だけで、開始時刻がありません。",
        "Add --start, such as --start 14:00.",
        "--start 14:00 のように開始時刻も指定してください。",
    ),
    "bad-times": Sentence(
        "A meeting from {start} can't end at {end}.",
        "{start} に始まるミーティングを {end} に終えることはできません。",
        "Write the end after the start.",
        "終了時刻は開始時刻より後にしてください。",
    ),
    "bad-title": Sentence(
        "“{title}” can't be a meeting's title.",
        "「{title}」はミーティングの題に使えません。",
        "Use one line of at most {most} letters that does not begin with a time or [Cancelled],"
        " nor begin or end with : , - or ~.",
        "改行のない {most} 字までの一行にし、時刻や [中止] で始めたり、"
        " : , - ~ で始めたり終えたりしないでください。",
    ),
    "bad-person": Sentence(
        "“{value}” can't be the name of somebody who attends.",
        "「{value}」は出席者の名前として使えません。",
        "Write one name or handle on one line, with --with once for each person.",
        "一人につき --with を一つ、名前かキーを改行なしで書いてください。",
    ),
    "meeting-exists": Sentence(
        "{account} has a meeting at that time already: {at} {title} ({id}).",
        "{account} には同じ日時のミーティングがすでにあります: {at} {title}（{id}）",
        "Give another --date or --start, or go on with that one.",
        "--date か --start を変えるか、そのミーティングを使ってください。",
    ),
    "document-hidden": Sentence(
        "A comment or a block of code begins in {path} at line {line} and does not end; a new "
        "meeting would be hidden by it.",
        "{path} の{line}行目で始まるコメントかコードの囲みが閉じていないため、新しいミーティングが隠れてしまいます。",
        "Close it with --> or with the same signs on a line of their own.",
        "--> か、始まりと同じ記号だけの行で閉じてください。",
    ),
    "no-editor": Sentence(
        "No editor could be opened. The meeting is in {path}.",
        "エディターを開けませんでした。ミーティングは {path} に作られています。",
        "Set EDITOR to your editor's command.",
        "環境変数 EDITOR に、お使いのエディターのコマンドを設定してください。",
    ),
    # Closing, moving, cancelling
    "meeting-cancelled": Sentence(
        "The meeting with {account} on {date} was cancelled; it has no minutes.",
        "{account} の {date} のミーティングは中止になっているため、議事録を完了できません。",
        "If it took place after all, take the mark out of its heading.",
        "実際に行った場合は、見出しの [中止] を消してください。",
    ),
    "not-begun": Sentence(
        "The meeting with {account} has not begun yet; it is on {when}.",
        "{account} のミーティングはまだ始まっていません（{when} から）。",
        "Close it when the minutes are complete.",
        "議事録を書き終えてから完了にしてください。",
    ),
    "closed-ahead": Sentence(
        "The minutes can't be complete at {at}: it is only {now}.",
        "{at} はまだ先の時刻です（いまは {now}）。議事録の完了にはできません。",
        "Leave --at out to take the present moment.",
        "--at を省くと、いまの時刻になります。",
    ),
    "closed-before": Sentence(
        "The minutes can't be complete at {at}: the meeting began at {when}.",
        "{at} はミーティングの開始（{when}）より前なので、議事録の完了にはできません。",
        "Give a time after the start, with its day if it is another one: 2026-11-25T14:54",
        "開始より後の時刻を指定してください。別の日なら日付も書きます（例: 2026-11-25T14:54）。",
    ),
    "bad-colour": Sentence(
        "“{value}” is not one of the four colours.",
        "「{value}」は体感の色ではありません。",
        "Use one of: {colours}",
        "次のどれかを使ってください: {colours}",
    ),
    "why-without-gut": Sentence(
        "There is a reason (--why) but no colour.",
        "理由（--why）だけで、体感の色がありません。",
        "Add --gut with a colour: green, lime, yellow or red.",
        "--gut で色も指定してください（green、lime、yellow、red）。",
    ),
    "close-required": Sentence(
        "Not closed: the team requires what is missing here ({count}). First: {first}",
        "完了にできません。チームの決まりで必要なものが {count} 件足りません。1件目: {first}",
        "`kb meeting check {ref}` shows all of it.",
        "`kb meeting check {ref}` ですべて確かめられます。",
    ),
    "hint-empty-minutes": Sentence(
        "These minutes hold nothing yet that was said, decided or promised.",
        "この議事録には、お客様の声も決定事項もTODOもまだ書かれていません。",
    ),
    # Today
    "today-list-mark": Sentence(", ", "、"),
    "today-kept": Sentence(
        "A text for {path} was kept, not saved", "{path} への文章が保存されずに残っています"
    ),
    "today-kept-why": Sentence(
        "kept at {at}; see `kb kept`", "{at} に取り置き。`kb kept` で中身を確かめてください"
    ),
    "today-meeting": Sentence("{when} {name}: {title}", "{when} {name} {title}"),
    "today-meeting-now": Sentence(
        "now, since {when}: {name}: {title}", "進行中（{when}から）{name} {title}"
    ),
    "today-all-day": Sentence("today", "今日"),
    "today-today": Sentence("today", "今日"),
    "today-tomorrow": Sentence("tomorrow", "明日"),
    "today-yesterday": Sentence("yesterday", "昨日"),
    "today-ready": Sentence("prepared", "準備はできています"),
    "today-missing": Sentence("still missing: {what}", "足りないもの: {what}"),
    "today-no-hypothesis": Sentence("a hypothesis", "事前仮説"),
    "today-no-test": Sentence("a test ({count})", "仮説の検証の仕方（{count}件）"),
    "today-no-confidence": Sentence("a confidence ({count})", "仮説の確信度（{count}件）"),
    "today-no-impact": Sentence("an impact ({count})", "仮説の効果（{count}件）"),
    "today-no-stance": Sentence("a stance ({count} topics)", "論点のスタンス（{count}件）"),
    "today-only-carried": Sentence(
        "anything but what was left open last time", "持ち越しの確認のほかの論点"
    ),
    "today-small-talk": Sentence("anything but small talk", "近況伺いのほかの論点"),
    "today-minutes": Sentence("{name}: {title}", "{name} {title}"),
    "today-minutes-why": Sentence(
        "ended {when}; the minutes are not complete", "{when} に終了。議事録がまだ完了していません"
    ),
    "today-verdict": Sentence("{name}: {text}", "{name} 仮説「{text}」"),
    "today-verdict-due": Sentence("to be judged by {due}", "判定の予定は {due} です"),
    "today-verdict-open": Sentence(
        "{days} days since {date} without a verdict",
        "{date} のミーティングから{days}日、判定がありません",
    ),
    "today-verdict-open-one": Sentence(
        "{days} day since {date} without a verdict",
        "{date} のミーティングから{days}日、判定がありません",
    ),
    "today-todo": Sentence("{name}: {text} {who}", "{name} {text} {who}"),
    "today-promise-late": Sentence(
        "we promised this; {days} days over (due {due})",
        "お客様との約束です。期日 {due} を{days}日過ぎています",
    ),
    "today-promise-late-one": Sentence(
        "we promised this; {days} day over (due {due})",
        "お客様との約束です。期日 {due} を{days}日過ぎています",
    ),
    "today-promise-now": Sentence(
        "we promised this for today", "お客様との約束です。期日は今日です"
    ),
    "today-promise-soon": Sentence(
        "we promised this by {due}", "お客様との約束です。期日は {due} です"
    ),
    "today-todo-late": Sentence(
        "{days} days over (due {due})", "期日 {due} を{days}日過ぎています"
    ),
    "today-todo-late-one": Sentence(
        "{days} day over (due {due})",
        "期日 {due} を{days}日過ぎています",
    ),
    "today-todo-now": Sentence("due today", "期日は今日です"),
    "today-todo-soon": Sentence("due {due}", "期日は {due} です"),
    "today-waiting-late": Sentence(
        "the customer's, {days} days over (due {due}); time to ask",
        "お客様の宿題です。期日 {due} を{days}日過ぎたので、一声かける頃です",
    ),
    "today-waiting-late-one": Sentence(
        "the customer's, {days} day over (due {due}); time to ask",
        "お客様の宿題です。期日 {due} を{days}日過ぎたので、一声かける頃です",
    ),
    "bad-limit": Sentence(
        "The limit must be between 1 and {most}.",
        "件数は1から{most}までで指定してください。",
        "Leave --limit out for the best ten.",
        "--limit を省くと上位10件を示します。",
    ),
}
