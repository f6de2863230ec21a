"""Sentences of `catalogue`."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "no-account": Sentence(
        "There is no account {account}.",
        "顧客「{account}」は登録されていません。",
        "There is, for example: {near}. `kb account list` shows all.",
        "登録されている顧客の例: {near}。`kb account list` で一覧を見られます。",
    ),
    "two-accounts": Sentence(
        "More than one document says that it is the account {account}: {paths}",
        "顧客「{account}」を名乗る文書が複数あります: {paths}",
        "Give each document its own `account:` in the lines at its top.",
        "文書の先頭にある `account:` を、それぞれ別の名前にしてください。",
    ),
    "meeting-twice": Sentence(
        "One meeting ({id}) stands in more than one document: {paths}",
        "同じミーティング（{id}）が複数の文書にあります: {paths}",
        "Copy what is missing into the document that stays, then delete the other one.",
        "残す文書に足りない行を写してから、もう一方の文書を削除してください。",
    ),
    "bad-ref": Sentence(
        "“{ref}” names no meeting.",
        "「{ref}」はミーティングの指定として読み取れません。",
        "Write acme, acme/2026-11-25, acme/2026-11-25T14:00 or m-4k7q2x.",
        "acme、acme/2026-11-25、acme/2026-11-25T14:00、m-4k7q2x のように書いてください。",
    ),
    "no-meeting": Sentence(
        "{account} has no meeting on {at}.",
        "{account} には {at} のミーティングがありません。",
        "The nearest are on: {near}",
        "近い日のミーティング: {near}",
    ),
    "no-meetings-yet": Sentence(
        "{account} has no meeting yet.",
        "{account} にはまだミーティングがありません。",
        "`kb meeting new {account}` makes one.",
        "`kb meeting new {account}` で作れます。",
    ),
    "two-meetings": Sentence(
        "“{ref}” fits more than one meeting: {refs}",
        "「{ref}」に当てはまるミーティングが複数あります: {refs}",
        "Name one of them.",
        "どれか1つを指定してください。",
    ),
    "bad-id": Sentence(
        "“{id}” is not the id of a line.",
        "「{id}」は行の id ではありません。",
        "Ids look like t-8f3kq0; lists show them.",
        "id は t-8f3kq0 のような形です。一覧に表示されます。",
    ),
    "no-id": Sentence(
        "Nothing has the id {id}.",
        "id {id} の行は見つかりません。",
        "A line without a written id gets another one when its words change; look it up again.",
        "id を書いていない行の id は、文を直すと変わります。一覧で確かめてください。",
    ),
    "ambiguous-id": Sentence(
        "More than one line has the id {id}: {refs}",
        "id {id} の行が複数あります: {refs}",
        "Name the account too, as in acme#^{id}, or change one of the lines.",
        "acme#^{id} のように顧客も指定するか、どちらかの行の文を変えてください。",
    ),
}
