"""Sentences that describe the HTTP API: its operations, what they take, its headers."""

from kb.messages import Sentence

_AROUND: dict[str, Sentence] = {
    "api-title": Sentence("kb: the HTTP API", "kb のHTTP API"),
    "api-lead": Sentence(
        "The journeys of the command line for programs, with the same JSON.",
        "コマンドでできることを、プログラムから同じJSONで行えます。",
    ),
    "api-how": Sentence(
        "Ask with a token of your own. It acts in your name, and may do what you may.",
        "自分のトークンをつけて送ります。あなたの名前で、あなたにできることができます。",
    ),
    "api-example": Sentence("Examples", "例"),
    "api-openapi": Sentence("As OpenAPI 3.1 (JSON)", "OpenAPI 3.1の定義（JSON）"),
    "api-required": Sentence("required", "必須"),
    "api-answers": Sentence("Answers with {kind}.", "応答: {kind}"),
    "api-problems": Sentence("What can go wrong", "うまくいかないとき"),
    "api-about-versions": Sentence(
        "Every answer bears an ETag. With If-Match a change is made only while nothing has changed.",
        "応答にはETagが付きます。If-Match をつけると、変わっていないときだけ書き込みます。",
    ),
    "api-about-once": Sentence(
        "With an Idempotency-Key a change that is sent twice is made once.",
        "Idempotency-Key をつけると、二度送っても一度だけ書き込みます。",
    ),
    "api-about-pages": Sentence(
        "Lists come in pages: limit and cursor, and next in the answer.",
        "一覧はページに分かれます。limit と cursor、応答の next を使います。",
    ),
    "api-about-problems": Sentence(
        "What can't be done is said as problem+json, in the language of Accept-Language.",
        "できなかったことは problem+json で、Accept-Language の言語で返します。",
    ),
    "api-done": Sentence("Done.", "できました。"),
    "api-group-accounts": Sentence("Accounts", "顧客"),
    "api-group-meetings": Sentence("Meetings and their lines", "ミーティングとその行"),
    "api-group-day": Sentence("The day, and search", "今日・今週、検索"),
    "api-group-reviews": Sentence("Reviews", "レビュー"),
    "api-group-insights": Sentence("Insights", "気づき"),
    "api-group-playbook": Sentence("The playbook", "プレイブック"),
    "api-group-learning": Sentence("Board and training", "ボードと練習"),
    "api-header-if-none-match": Sentence(
        "The ETag of what you have: if it is still that, the answer is 304 and empty.",
        "手元にあるもののETag。変わっていなければ、中身なしの304が返ります。",
    ),
    "api-header-if-match": Sentence(
        "The ETag of what you read: the change is made only while it is still that.",
        "読んだときのETag。変わっていないときだけ書き込みます。",
    ),
    "api-header-idempotency-key": Sentence(
        "A key of your own: sent twice with it, the change is made once. Kept for a day.",
        "自分で決めるキー。同じキーで二度送っても、書き込みは一度だけです。1日残ります。",
    ),
}
_OPERATIONS: dict[str, Sentence] = {
    "api-op-accounts": Sentence("List accounts by name", "顧客を名前の順に一覧にする"),
    "api-op-account-add": Sentence("Add an account", "顧客を追加する"),
    "api-op-account": Sentence("Show one account", "顧客を一つ示す"),
    "api-op-account-rename": Sentence(
        "Give an account another short name; links follow",
        "顧客の短い名前を変える（リンクも付いていく）",
    ),
    "api-op-account-archive": Sentence("Put an account aside", "顧客を保管する"),
    "api-op-account-history": Sentence(
        "Show how an account's document came to be", "顧客の文書の変更の履歴を示す"
    ),
    "api-op-account-as-of": Sentence(
        "Show what was known of an account at a moment", "その時点の顧客の文書を示す"
    ),
    "api-op-meetings": Sentence(
        "List meetings, newest first", "ミーティングを新しい順に一覧にする"
    ),
    "api-op-meeting-new": Sentence("Prepare a new meeting", "新しいミーティングを準備する"),
    "api-op-meeting": Sentence("Show the whole meeting as data", "ミーティング全体をデータで示す"),
    "api-op-meeting-check": Sentence(
        "Name what the preparation or the minutes lack", "準備や議事録に足りないものを示す"
    ),
    "api-op-meeting-history": Sentence(
        "Show how a meeting came to be", "ミーティングの変更の履歴を示す"
    ),
    "api-op-meeting-close": Sentence(
        "Record that the minutes are complete", "議事録の完了を記録する"
    ),
    "api-op-meeting-move": Sentence("Give a meeting another day", "ミーティングの日を変える"),
    "api-op-meeting-cancel": Sentence("Call a meeting off", "ミーティングを中止にする"),
    "api-op-line-add": Sentence("Write one line into a meeting", "ミーティングに一行書く"),
    "api-op-lines-add": Sentence(
        "Write several lines in one change, or none",
        "複数の行を一度に書く（全部か、何も書かないか）",
    ),
    "api-op-line": Sentence(
        "Show what stands at a line, to be edited", "ある行の内容を、編集のために示す"
    ),
    "api-op-line-edit": Sentence(
        "Change what stands at a line; merged with what others wrote",
        "行を書き換える（ほかの人の変更とは合わせる）",
    ),
    "api-op-line-remove": Sentence("Remove a line", "行を削除する"),
    "api-op-todos": Sentence("List TODOs, the earliest due first", "TODOを期日の早い順に並べる"),
    "api-op-todo": Sentence("Show one TODO", "TODOを一つ示す"),
    "api-op-todo-done": Sentence("Tick a TODO off", "TODOを完了にする"),
    "api-op-hypothesis": Sentence("Show one hypothesis", "事前仮説を一つ示す"),
    "api-op-verdict": Sentence("Say whether a hypothesis held", "事前仮説に判定をつける"),
    "api-op-today": Sentence("What needs you today, and why", "今日やることを理由つきで示す"),
    "api-op-week": Sentence("What needs you this week, and why", "今週やることを理由つきで示す"),
    "api-op-search": Sentence(
        "Find anything anybody wrote, by words or by meaning", "書かれたことを言葉や意味で探す"
    ),
    "api-op-reviews": Sentence(
        "List reviews, those waiting first", "レビューを一覧にする（待っているものが先）"
    ),
    "api-op-review-request": Sentence("Ask for a review", "レビューを頼む"),
    "api-op-review-next": Sentence("The review that waits for you", "自分を待っているレビュー"),
    "api-op-review": Sentence("Show a review and its thread", "レビューとやり取りを示す"),
    "api-op-review-comment": Sentence("Comment, or answer", "コメントか返事を書く"),
    "api-op-review-suggest": Sentence("Suggest other words for a line", "行の書き換えを提案する"),
    "api-op-review-accept": Sentence("Take a suggestion over", "書き換えの提案を取り入れる"),
    "api-op-review-approve": Sentence("Approve the text as it is now", "いまの内容を承認する"),
    "api-op-review-changes": Sentence("Ask for changes", "差し戻す"),
    "api-op-review-close": Sentence("End a review", "レビューを終了する"),
    "api-op-review-share": Sentence("Make a phrase an insight", "広めたい言葉を気づきにする"),
    "api-op-insights": Sentence("List insights, newest first", "気づきを新しい順に並べる"),
    "api-op-insights-recurring": Sentence(
        "Lessons that recur over customers; may take seconds",
        "くり返し現れる教訓（数秒かかることがある）",
    ),
    "api-op-insights-similar": Sentence(
        "Insights nearest in meaning to one, or to a text", "意味の近い気づきを探す"
    ),
    "api-op-insights-judge": Sentence(
        "Say whether insights are one lesson", "気づきが同じ教訓かどうかを判断する"
    ),
    "api-op-principles": Sentence("List principles and candidates", "行動原則と候補を並べる"),
    "api-op-principle-propose": Sentence("Propose a principle", "行動原則の候補を作る"),
    "api-op-principles-due": Sentence("Principles that need a look", "見直しが必要な行動原則"),
    "api-op-principle": Sentence("Show one principle", "行動原則を一つ示す"),
    "api-op-principle-trace": Sentence(
        "Find every quote it rests on, as of today", "根拠の言葉がいまどこにあるかを調べる"
    ),
    "api-op-principle-evidence": Sentence("Add evidence", "根拠を足す"),
    "api-op-principle-adopt": Sentence("Adopt a principle", "行動原則を採用する"),
    "api-op-principle-revise": Sentence(
        "Put a changed text up for review", "直した文面をレビューに出す"
    ),
    "api-op-principle-retire": Sentence("Give a principle up", "行動原則を廃止する"),
    "api-op-principle-supersede": Sentence("Replace a principle", "行動原則を別のもので置き換える"),
    "api-op-plays": Sentence("List plays", "施策を並べる"),
    "api-op-play-new": Sentence("Add a play", "施策を作る"),
    "api-op-play": Sentence("Show one play", "施策を一つ示す"),
    "api-op-manuals": Sentence("List manuals", "手順書を並べる"),
    "api-op-manual-new": Sentence("Add a manual", "手順書を作る"),
    "api-op-manual": Sentence("Show one manual", "手順書を一つ示す"),
    "api-op-playbook-check": Sentence("Check the whole playbook", "プレイブック全体を点検する"),
    "api-op-board": Sentence(
        "Where knowledge flows and where it stalls", "知恵がどこで流れ、どこで止まっているか"
    ),
    "api-op-questions": Sentence("The next questions", "次の問題"),
    "api-op-answer": Sentence("Predict a verdict, and see it", "判定を予想して、結果を見る"),
    "api-op-score": Sentence("How well you predict", "予想の成績"),
}
_FIELDS: dict[str, Sentence] = {
    "api-problem-account": Sentence(
        "With the code `account-renamed`: the short name that the account has now",
        "コードが `account-renamed` のとき: その顧客のいまの短い名前",
    ),
    "api-field-account": Sentence("The account's short name", "顧客の短い名前"),
    "api-field-meeting": Sentence(
        "The meeting's id (m-…), its day (2026-11-25), its day and start (2026-11-25T14:00), or"
        " `current`",
        "ミーティングのid（m-…）、日付（2026-11-25）、日付と開始時刻（2026-11-25T14:00）、または `current`",
    ),
    "api-field-todo": Sentence("The TODO's id (t-…)", "TODOのid（t-…）"),
    "api-field-hypothesis": Sentence("The hypothesis's id (h-…)", "事前仮説のid（h-…）"),
    "api-field-review": Sentence("The review's id (r-…)", "レビューのid（r-…）"),
    "api-field-principle": Sentence("The principle's id (p-…)", "行動原則のid（p-…）"),
    "api-field-play": Sentence("The play's id (play-…)", "施策のid（play-…）"),
    "api-field-manual": Sentence("The manual's id", "手順書のid"),
    "api-field-limit": Sentence("How many items at most", "最大の件数"),
    "api-field-cursor": Sentence(
        "`next` of the page before, as it is", "前のページの `next` をそのまま"
    ),
    "api-field-archived": Sentence("Archived ones too", "保管した顧客も含める"),
    "api-field-name": Sentence("The full name", "正式な名前"),
    "api-field-csm": Sentence(
        "The member who looks after it; else you", "担当するメンバー（なければ自分）"
    ),
    "api-field-unit": Sentence("The unit", "ユニット"),
    "api-field-segment": Sentence("The segment, such as enterprise", "区分（例: enterprise）"),
    "api-field-mrr": Sentence("Revenue a month", "月額"),
    "api-field-since": Sentence("From this day on (YYYY-MM-DD)", "この日から（YYYY-MM-DD）"),
    "api-field-until": Sentence("Up to this day (YYYY-MM-DD)", "この日まで（YYYY-MM-DD）"),
    "api-field-date": Sentence("The day (YYYY-MM-DD)", "日付（YYYY-MM-DD）"),
    "api-field-start": Sentence("When it starts (HH:MM)", "開始時刻（HH:MM）"),
    "api-field-end": Sentence("When it ends (HH:MM)", "終了時刻（HH:MM）"),
    "api-field-title": Sentence("The title", "題"),
    "api-field-people": Sentence(
        "Who attends, handles or names; else as last time", "出席する人（なければ前回と同じ）"
    ),
    "api-field-at": Sentence(
        "A moment: a day or a time, RFC 3339; of a history also a commit",
        "時点。日付か時刻（RFC 3339）。履歴ではコミットも使えます",
    ),
    "api-field-gut": Sentence("How it felt, a colour", "体感の色"),
    "api-field-why": Sentence("Why", "理由"),
    "api-field-kind": Sentence("The kind", "種類"),
    "api-field-text": Sentence("The words", "文"),
    "api-field-under": Sentence(
        "The topic: its id, its number, or how its title begins", "論点。id、番号、または題名の先頭"
    ),
    "api-field-owners": Sentence("Who does it, members or people", "担当者"),
    "api-field-due": Sentence("Until when (YYYY-MM-DD)", "期日（YYYY-MM-DD）"),
    "api-field-confidence": Sentence("How sure we are, in percent", "確信度（％）"),
    "api-field-because": Sentence("What it rests on", "根拠"),
    "api-field-test": Sentence("How it will be tested", "検証のしかた"),
    "api-field-impact": Sentence("What it would bring", "効果"),
    "api-field-stance": Sentence("What we propose", "当社のスタンス"),
    "api-field-lines": Sentence("The lines, in this order", "行（この順に書く）"),
    "api-field-line": Sentence("The line of the document, counted from 1", "文書の行番号（1から）"),
    "api-field-base": Sentence(
        "The version that was read: base of the line", "読んだ版（行の base）"
    ),
    "api-field-fields": Sentence(
        "The words by field, as the line has them", "項目ごとの文（行を示したときの形）"
    ),
    "api-field-verdict": Sentence("How it ended", "判定"),
    "api-field-quote": Sentence(
        "The customer's own words that show it", "そう言える、お客様の言葉そのもの"
    ),
    "api-field-owner": Sentence("Only of this member", "この担当者の分だけ"),
    "api-field-overdue": Sentence("Only late ones", "期日を過ぎたものだけ"),
    "api-field-all": Sentence(
        "All, not only one's own, open or to be proposed ones",
        "自分の分・未完了・提案対象に限らず、すべて",
    ),
    "api-field-q": Sentence("What is searched for", "探す言葉"),
    "api-field-meaning": Sentence("What means the same, too", "意味の近いものも探す"),
    "api-field-explain": Sentence("Say why a hit stands where it does", "順位の理由も示す"),
    "api-field-open": Sentence("Without closed ones", "終了したものを除く"),
    "api-field-mine": Sentence("Only those that wait for you", "自分を待っているものだけ"),
    "api-field-of": Sentence(
        "What is reviewed: a meeting (acme/2026-11-25) or a page (p-…)",
        "対象。ミーティング（acme/2026-11-25）かページ（p-…）",
    ),
    "api-field-to": Sentence(
        "Whom to ask, or to what something is near", "頼む相手。または、近いものを探すもと"
    ),
    "api-field-on": Sentence("The id of the line or page that it is about", "対象の行かページのid"),
    "api-field-type": Sentence(
        "What the comment is about; else it is an answer", "コメントの観点（なければ返事になる）"
    ),
    "api-field-old": Sentence(
        "Words of the line as it is, to pick it", "直したい行にある、いまの文言"
    ),
    "api-field-event": Sentence("The suggestion's id (e-…)", "提案のid（e-…）"),
    "api-field-insights": Sentence("Ids of insights, or of a group", "気づきか組のid"),
    "api-field-status": Sentence("Only of this status", "この状態のものだけ"),
    "api-field-sources": Sentence(
        "Ids of insights, hypotheses or a group", "気づき・事前仮説・組のid"
    ),
    "api-field-id": Sentence("Its id", "そのページのid"),
    "api-field-counter": Sentence("It speaks against the principle", "反証として足す"),
    "api-field-by": Sentence("What takes its place", "後継のid"),
    "api-field-use_when": Sentence("When to use it", "使うとき"),
    "api-field-member": Sentence("Only yourself", "自分の分だけ"),
    "api-field-count": Sentence("How many questions", "問題の数"),
    "api-field-probability": Sentence("How likely, 5 to 95 percent", "見込み（5〜95％）"),
}
_TOKENS: dict[str, Sentence] = {
    "tokens-title": Sentence("API tokens", "APIトークン"),
    "tokens-lead": Sentence(
        "With a token a program of yours works in your name.",
        "トークンを渡したプログラムは、あなたの名前で kb を使えます。",
    ),
    "tokens-new": Sentence("The token “{name}” is made.", "トークン「{name}」を作りました。"),
    "tokens-secret": Sentence("The token", "トークン"),
    "tokens-once": Sentence(
        "It is shown this once only. Keep it like a password.",
        "表示されるのは今回だけです。パスワードと同じように保管してください。",
    ),
    "tokens-none": Sentence("There is no token yet.", "トークンはまだありません。"),
    "tokens-make": Sentence("Make a token", "トークンを作る"),
    "tokens-name": Sentence("Name", "名前"),
    "tokens-name-why": Sentence(
        "What it is for, such as “weekly report”.", "何に使うか。例: 週報の集計"
    ),
    "tokens-scope": Sentence("It may", "できること"),
    "tokens-scope-read": Sentence("read", "読み取りだけ"),
    "tokens-scope-write": Sentence("read and write", "読み取りと書き込み"),
    "tokens-days": Sentence("It holds for", "使える期間"),
    "tokens-n-days": Sentence("{count} days", "{count}日"),
    "tokens-until": Sentence("Until {day}.", "{day}まで。"),
    "tokens-used": Sentence("Last used on {day}.", "最後に使った日: {day}。"),
    "tokens-unused": Sentence("Not used yet.", "まだ使われていません。"),
    "tokens-withdraw": Sentence("Withdraw", "取り消す"),
    "tokens-withdraw-of": Sentence("Withdraw “{name}”", "「{name}」を取り消す"),
}
TABLE: dict[str, Sentence] = _AROUND | _OPERATIONS | _FIELDS | _TOKENS
