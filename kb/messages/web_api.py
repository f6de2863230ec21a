"""Sentences of the HTTP API: what could not be done, and what each operation and field is."""

from kb.messages import Sentence

_PROBLEMS: dict[str, Sentence] = {
    "api-title-304": Sentence("It is still that version.", "変わっていません。"),
    "api-title-400": Sentence("The request can't be understood", "リクエストを読み取れません"),
    "api-title-401": Sentence("It is not known who asks", "だれからのリクエストかわかりません"),
    "api-title-403": Sentence("Not allowed", "許可されていません"),
    "api-title-404": Sentence("Not found", "見つかりません"),
    "api-title-405": Sentence("Not by this method", "このメソッドは使えません"),
    "api-title-409": Sentence("Not saved", "保存できませんでした"),
    "api-title-412": Sentence("Changed in the meantime", "読んだあとで変わっています"),
    "api-title-413": Sentence("Too much at once", "一度に送る量が多すぎます"),
    "api-title-415": Sentence("Only JSON", "JSONだけを受け付けます"),
    "api-title-422": Sentence("It can't be done with what was sent", "この内容では処理できません"),
    "api-title-429": Sentence("Too often", "リクエストが多すぎます"),
    "api-title-500": Sentence("A fault of ours", "こちら側の問題です"),
    "api-title-503": Sentence("The store needs repair", "ストアの修復が必要です"),
    "api-no-token": Sentence(
        "It is not known who asks.",
        "だれからのリクエストかわかりません。",
        "Send `Authorization: Bearer kbp_…` with a token of your own, which the settings make.",
        "設定の「APIトークン」で作ったトークンを `Authorization: Bearer kbp_…` で送ってください。",
    ),
    "api-only-reads": Sentence(
        "This token may only read.",
        "このトークンでは読み取りしかできません。",
        "Make one that may write, too.",
        "書き込みもできるトークンを作ってください。",
    ),
    "api-none": Sentence(
        "There is nothing at this address.",
        "このアドレスには何もありません。",
        "/api/v1/openapi.json has all there are.",
        "使えるアドレスは /api/v1/openapi.json にあります。",
    ),
    "api-wrong-method": Sentence(
        "This address does not take that method.",
        "このアドレスでは、そのメソッドを使えません。",
        "The header `Allow` names those that it takes.",
        "使えるメソッドは、ヘッダー `Allow` にあります。",
    ),
    "api-too-much": Sentence(
        "A request may have at most 1 MB.",
        "一度に送れるのは1MBまでです。",
        "Send it in several parts.",
        "分けて送ってください。",
    ),
    "api-busy": Sentence(
        "There were too many requests in a short time.",
        "短い時間にリクエストが多すぎました。",
        "Wait a second, then go on.",
        "1秒待ってから続けてください。",
    ),
    "api-not-json": Sentence(
        "Only `application/json` in UTF-8 is taken.",
        "受け付けるのはUTF-8の `application/json` だけです。",
        "Send it with `Content-Type: application/json`.",
        "`Content-Type: application/json` をつけて送ってください。",
    ),
    "api-bad-json": Sentence("The body is no JSON.", "本文がJSONとして読めません。"),
    "api-no-object": Sentence(
        "The body has to be one JSON object.", "本文はJSONのオブジェクト1つにしてください。"
    ),
    "api-twice": Sentence("The field {field} stands there twice.", "項目 {field} が2回あります。"),
    "api-no-text": Sentence(
        "A text has half of a character in it (a lone surrogate).",
        "文字として成り立たない部分（単独のサロゲート）があります。",
        "Nothing was written. Send whole characters.",
        "何も書いていません。正しい文字で送ってください。",
    ),
    "api-control": Sentence(
        "A text has a control character in it, which no document can hold.",
        "文書に書けない制御文字が入っています。",
        "Nothing was written. Line breaks and tabs are fine.",
        "何も書いていません。改行とタブは使えます。",
    ),
    "api-one-line": Sentence(
        "The field {field} has to be one line.",
        "項目 {field} は1行で書いてください。",
        "Nothing was written.",
        "何も書いていません。",
    ),
    "api-tidied": Sentence(
        "Blank lines, and blanks at the ends of lines, were left out: a line of a meeting is one"
        " paragraph.",
        "空の行と、行の前後の空白は省きました。ミーティングの一件は、ひと続きの文だからです。",
    ),
    "api-unknown-field": Sentence(
        "Unknown fields: {fields}.",
        "知らない項目があります: {fields}",
        "Known: {known}",
        "使える項目: {known}",
    ),
    "api-missing-field": Sentence("The field {field} is missing.", "項目 {field} がありません。"),
    "api-empty-field": Sentence(
        "The field {field} is empty.",
        "項目 {field} が空です。",
        "Nothing was done. Leave it out, or give it a value.",
        "何もしていません。項目ごと省くか、値を入れてください。",
    ),
    "api-bad-field": Sentence(
        "The field {field} can't be read.",
        "項目 {field} を読み取れません。",
        "{why}",
        "{why}",
    ),
    "api-why-type": Sentence(
        "It takes {wanted}, not {got}.",
        "型は {wanted} です（送られた値の型: {got}）。",
    ),
    "api-why-least": Sentence("It has to be {bound} or more.", "{bound} 以上にしてください。"),
    "api-why-most": Sentence("It may be {bound} at most.", "{bound} 以下にしてください。"),
    "api-why-few": Sentence("It needs at least {bound}.", "{bound} 件以上にしてください。"),
    "api-why-many": Sentence("It may hold {bound} at most.", "{bound} 件以内にしてください。"),
    "api-why-long": Sentence(
        "It may have {bound} letters at most.", "{bound} 文字以内にしてください。"
    ),
    "api-why-choice": Sentence(
        "It is one of: {choices}", "次のうちの一つにしてください: {choices}"
    ),
    "api-why-other": Sentence(
        "It has to be as `/api/v1/openapi.json` describes it.",
        "`/api/v1/openapi.json` にある形で送ってください。",
    ),
    "api-bad-kind": Sentence(
        "There is no kind “{value}”.",
        "種類「{value}」はありません。",
        "Known: {known}",
        "使える種類: {known}",
    ),
    "api-bad-cursor": Sentence(
        "This cursor is none of ours.",
        "この cursor は使えません。",
        "Begin without it, and take `next` of the answer.",
        "cursor なしで始め、応答の `next` をそのまま使ってください。",
    ),
    "api-bad-key": Sentence(
        "An Idempotency-Key has 1 to 200 visible ASCII characters.",
        "Idempotency-Key は、空白を含まないASCII文字1〜200字です。",
    ),
    "api-other-body": Sentence(
        "This Idempotency-Key was used for another request.",
        "この Idempotency-Key は、別のリクエストに使われています。",
        "Take a new key for each change; it is kept for a day.",
        "変更ごとに新しいキーを使ってください。キーは1日残ります。",
    ),
    "api-no-version": Sentence(
        "If-Match says nothing here: something new is made.",
        "ここでは If-Match を使えません（新しく作る操作です）。",
        "Send it without If-Match; an Idempotency-Key keeps it from being made twice.",
        "If-Match なしで送ってください。二重に作らないためには Idempotency-Key を使えます。",
    ),
    "api-stale": Sentence(
        "It was changed since you read it; nothing was written.",
        "読んだあとで変わっています。何も書いていません。",
        "Read it again: the ETag of this answer is its present version.",
        "もう一度読んでください。この応答の ETag がいまの版です。",
    ),
    "not-as-read": Sentence(
        "{path} was changed since it was read; nothing was written.",
        "{path} は読んだあとで変わっています。何も書いていません。",
        "Read it again.",
        "もう一度読んでください。",
    ),
    "api-fault": Sentence(
        "Something went wrong on our side.",
        "こちら側で問題が起きました。",
        "What was saved is safe. The details: {where}",
        "保存済みのものは無事です。くわしい記録: {where}",
    ),
    "token-name": Sentence(
        "A token needs a name of at most {most} characters.",
        "トークンには{most}字までの名前をつけてください。",
        "Such as what will use it.",
        "何に使うかがわかる名前にします。",
    ),
    "token-days": Sentence(
        "A token holds for 30, 90 or 365 days.", "トークンの期間は30日、90日、365日のどれかです。"
    ),
    "token-many": Sentence(
        "You have {most} tokens, which is the most.",
        "トークンは{most}個までです。",
        "Withdraw one that is not used any more.",
        "使っていないものを取り消してください。",
    ),
    "no-token": Sentence(
        "There is no such token.",
        "このトークンはありません。",
        "It may be over by now.",
        "期限が切れたのかもしれません。",
    ),
}
TABLE: dict[str, Sentence] = _PROBLEMS
