"""Sentences of the team's settings: people, units, policies, words."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    "settings-message": Sentence("Change the team's settings", "チームの設定を変える"),
    "settings-need-lead": Sentence(
        "This is decided by a lead: {leads}.",
        "ここを変えられるのはリーダー（{leads}）です。",
        "Ask one of them. Your own name, language and days off, and the team's words, are yours to change.",
        "リーダーに頼んでください。ご自分の名前・言語・不在の日と、チームの言葉は、ご自分で変えられます。",
    ),
    "settings-changed": Sentence(
        "Somebody else has changed this in the meantime ({key}).",
        "読み込んだあとに、ほかの方が同じところを変えました（{key}）。",
        "What you typed still stands in its field, and nothing was saved. Load the page again to see what is there now.",
        "入力した内容は欄に残っていて、まだ保存していません。ページを読み込み直すと、いまの内容が見えます。",
    ),
    "settings-by-hand": Sentence(
        "{key} is written in the file in a way that can't be changed from here.",
        "{key} は、この画面からは変えられない書き方になっています。",
        "Nothing was changed. Change it in kb.toml with a text editor.",
        "何も変えていません。kb.toml をエディターで開いて変えてください。",
    ),
    "settings-last-lead": Sentence(
        "A team that has a lead keeps at least one.",
        "リーダーが一人もいなくなる変更はできません。",
        "Make somebody else a lead first.",
        "先に、ほかの方をリーダーにしてください。",
    ),
    "settings-handle": Sentence(
        "“{key}” can't be a handle.",
        "「{key}」はハンドルにできません。",
        "Letters, digits, - and _ fit, at most 64 of them: sato, east.",
        "使えるのは文字・数字・「-」「_」で、64文字までです（例: sato、east）。",
    ),
    "settings-handle-taken": Sentence(
        "The handle {key} belongs to {name}.",
        "ハンドル {key} は、すでに「{name}」が使っています。",
        "Choose another one.",
        "別のハンドルにしてください。",
    ),
    "settings-no-member": Sentence(
        "Nobody here has the handle {key}.",
        "ハンドル {key} のメンバーはいません。",
        "Load the page again: somebody may have changed it.",
        "ページを読み込み直してください。ほかの方が変えたのかもしれません。",
    ),
    "settings-no-unit": Sentence(
        "There is no unit {key}.",
        "ユニット {key} はありません。",
        "Load the page again: somebody may have changed it.",
        "ページを読み込み直してください。ほかの方が変えたのかもしれません。",
    ),
    "settings-number": Sentence(
        "“{label}” wants a number, not “{text}”.",
        "「{label}」には数字を入れてください（「{text}」は数字ではありません）。",
    ),
    "settings-day": Sentence(
        "“{label}” wants a day such as 2026-02-01, not “{text}”.",
        "「{label}」には 2026-02-01 のように日付を入れてください（「{text}」は読めません）。",
    ),
    "settings-value": Sentence(
        "What stands at “{label}” does not fit.",
        "「{label}」に入れた値は使えません。",
        "What fits: {expected}",
        "使える値: {expected}",
    ),
    "settings-title": Sentence("Settings", "設定"),
    "settings-lead": Sentence(
        "Who is in the team, how strict it is, which words it uses.",
        "チームのメンバー、守ること、使う言葉を決めます。",
    ),
    "settings-leads-only": Sentence(
        "Grey fields are decided by a lead: {leads}.",
        "灰色の欄を変えられるのはリーダー（{leads}）です。",
    ),
    "settings-unproven": Sentence(
        "The present policies come from {name} ({day}), who was not a lead then.",
        "いまの「守ること」は、{day}に{name}さんが変えたものです。その時点でリーダーではありませんでした。",
        "Look them through. Saving them here as a lead makes them valid.",
        "内容をご確認ください。リーダーがここで変えて保存すると、正式なものになります。",
    ),
    "settings-save": Sentence("Save", "保存する"),
    "settings-team": Sentence("Team", "チーム"),
    "settings-team-name": Sentence("Name of the team", "チームの名前"),
    "settings-product": Sentence("Our product", "自社の製品"),
    "settings-language": Sentence("Language", "言語"),
    "settings-language-why": Sentence(
        "Of pages, and of new documents unless the account says otherwise.",
        "画面と新しい文書の言語です。顧客ごとに変えられます。",
    ),
    "settings-language-ja": Sentence("Japanese", "日本語"),
    "settings-language-en": Sentence("English", "英語"),
    "settings-language-team": Sentence("as the team", "チームと同じ"),
    "settings-timezone": Sentence("Time zone", "タイムゾーン"),
    "settings-timezone-why": Sentence("Such as Asia/Tokyo or UTC.", "例: Asia/Tokyo、UTC"),
    "settings-phase": Sentence("Phase", "いまの時期"),
    "settings-phase-why": Sentence(
        "First quality, then patterns.", "まず質を高め、それから型にします。"
    ),
    "settings-phase-quality": Sentence("raising quality", "質を高める"),
    "settings-phase-efficiency": Sentence("gaining speed", "効率を上げる"),
    "settings-unsaid": Sentence("not said", "決めていない"),
    "settings-server": Sentence("This server", "このサーバー"),
    "settings-met": Sentence(
        "Last brought together with the team's common copy at {at}.",
        "チーム共通の置き場所と最後にやりとりしたのは {at} です。",
    ),
    "settings-met-problem": Sentence(
        "The team's common copy can't be reached just now.",
        "いま、チーム共通の置き場所につながりません。",
        "Everything that is saved here is safe, and goes there once it answers.",
        "ここで保存したものは残っていて、つながりしだい送られます。",
    ),
    "settings-alone": Sentence(
        "This server has the only copy. Back its folder up.",
        "このサーバーにしか控えがありません。フォルダーごとバックアップしてください。",
    ),
    "settings-programs": Sentence("Programs", "プログラムから使う"),
    "settings-charter": Sentence("Charter", "憲章"),
    "settings-charter-mission": Sentence("Mission", "ミッション"),
    "settings-charter-theme": Sentence("Theme of the year", "今年のテーマ"),
    "settings-charter-principle_note": Sentence("How we write principles", "行動原則の書き方"),
    "settings-members": Sentence("Members", "メンバー"),
    "settings-name": Sentence("Name", "名前"),
    "settings-handle-label": Sentence("Handle", "ハンドル"),
    "settings-handle-why": Sentence(
        "How lines name this person: @sato. It can't be changed later.",
        "文書の中で @sato のように呼ぶ名前です。あとから変えられません。",
    ),
    "settings-unit-handle-why": Sentence(
        "A short name in letters: east. It can't be changed later.",
        "east のような短い名前です。あとから変えられません。",
    ),
    "settings-email": Sentence("Address", "メールアドレス"),
    "settings-email-why": Sentence(
        "By it a person is known who writes with other programs.",
        "ほかのソフトで書いたときに、本人とわかるためのものです。",
    ),
    "settings-role": Sentence("Role", "役割"),
    "settings-role-member": Sentence("Member", "メンバー"),
    "settings-role-lead": Sentence("Lead", "リーダー"),
    "settings-member-language": Sentence("Language of pages", "画面の言語"),
    "settings-joined": Sentence("Joined (year-month-day)", "加わった日（年-月-日）"),
    "settings-away": Sentence("Away", "不在の日"),
    "settings-away-why": Sentence(
        "2026-12-24/2027-01-04; several with commas. Reviews then go to others.",
        "2026-12-24/2027-01-04 のように。複数はコンマで。その間、レビューはほかの方に回ります。",
    ),
    "settings-you": Sentence("you", "あなた"),
    "settings-edit": Sentence("Change", "変える"),
    "settings-join": Sentence("Add a member", "メンバーを加える"),
    "settings-leave": Sentence("Take {name} off the list", "{name}さんを名簿から外す"),
    "settings-leave-why": Sentence(
        "What they wrote and approved stays theirs.",
        "これまでに書いたもの・承認したものは、この方の名前で残ります。",
    ),
    "settings-units": Sentence("Units", "ユニット"),
    "settings-unit-name": Sentence("Name of the unit", "ユニットの名前"),
    "settings-unit-lead": Sentence("Lead", "リーダー"),
    "settings-unit-members": Sentence("Members", "メンバー"),
    "settings-unit-count": Sentence("{count} members", "{count}人"),
    "settings-unit-count-one": Sentence("1 member", "1人"),
    "settings-units-none": Sentence(
        "There is no unit yet.",
        "まだユニットがありません。",
        "Reviews go round inside a unit; without one everybody reviews for everybody.",
        "レビューはユニットの中で順番に回ります。ユニットがなければ、全員で見合います。",
    ),
    "settings-nobody": Sentence("nobody", "なし"),
    "settings-found-unit": Sentence("Add a unit", "ユニットを加える"),
    "settings-close-unit": Sentence("Dissolve {name}", "{name}をなくす"),
    "settings-close-unit-why": Sentence(
        "Its members stay in the team.", "メンバーはチームに残ります。"
    ),
    "settings-policies": Sentence("Policies", "守ること"),
    "settings-policy-minutes": Sentence(
        "Minutes after each meeting", "議事録（ミーティングのあと必ず）"
    ),
    "settings-policy-hypothesis": Sentence(
        "A hypothesis before each meeting", "事前仮説（ミーティングの前に一つ以上）"
    ),
    "settings-policy-pre_review": Sentence(
        "A review before each meeting", "事前レビュー（仮説とアジェンダを同僚が見る）"
    ),
    "settings-level-off": Sentence("not looked at", "見ない"),
    "settings-level-remind": Sentence("reminded of", "知らせる"),
    "settings-level-require": Sentence("required", "必須にする"),
    "settings-usual": Sentence("as usual", "いつもどおり"),
    "settings-within": Sentence(
        "Minutes are done so many minutes after the end", "終了から何分で議事録を仕上げるか"
    ),
    "settings-hours": Sentence(
        "Review is done so many hours before the start", "開始の何時間前までにレビューするか"
    ),
    "settings-in-unit": Sentence("Reviews stay inside the unit", "レビューはユニットの中で回す"),
    "settings-quorum-accounts": Sentence(
        "A principle needs evidence from so many accounts",
        "行動原則の採用に要る、根拠のある顧客の数",
    ),
    "settings-quorum-csms": Sentence(
        "… from meetings of so many CSMs", "行動原則の採用に要る、根拠を書いたCSMの人数"
    ),
    "settings-quorum-approvals": Sentence(
        "… and approvals of so many others", "行動原則の採用に要る、ほかの方の承認の数"
    ),
    "settings-checks": Sentence("What is checked in a meeting", "ミーティングで確かめること"),
    "settings-check-no-test": Sentence(
        "A hypothesis says how it is tested", "仮説に「検証」がある"
    ),
    "settings-check-no-confidence": Sentence(
        "A hypothesis has a confidence", "仮説に「確信度」がある"
    ),
    "settings-check-no-impact": Sentence("A hypothesis has an impact", "仮説に「効果」がある"),
    "settings-check-no-stance": Sentence("A topic has a stance", "論点に「スタンス」がある"),
    "settings-check-only-carried": Sentence(
        "More than carried-over TODOs is on the agenda", "持ち越しのTODO以外にも論点がある"
    ),
    "settings-check-small-talk": Sentence(
        "The agenda is more than small talk", "アジェンダが近況伺いだけになっていない"
    ),
    "settings-check-late": Sentence(
        "Hypotheses stood before the meeting", "仮説がミーティングの前に書かれている"
    ),
    "settings-check-value-level": Sentence(
        "Now and then the talk reaches the customer's sales or costs",
        "話がツールの使い方ばかりになっていない",
    ),
    "settings-check-near-miss": Sentence(
        "Lines that nearly are a decision or TODO", "決定やTODOのつもりで書かれたらしい行がない"
    ),
    "settings-words": Sentence("The team's words", "チームの言葉"),
    "settings-search-words": Sentence("Words that mean the same", "同じ意味の言葉"),
    "settings-search-words-why": Sentence(
        "One line each: kickoff = launch meeting. Search finds one by the other.",
        "1行に一組ずつ、「解約 = 退会 = 離脱」のように書きます。どれで探しても見つかります。",
    ),
    "settings-features": Sentence("Names of features", "機能の名前"),
    "settings-features-why": Sentence(
        "Recurring insights look past them.", "気づきを比べるとき、機能の名前の違いは数えません。"
    ),
    "settings-aliases": Sentence("Other names that are read", "別の名前でも読む言葉"),
    "settings-aliases-why": Sentence(
        "What is written by hand under one of these names counts as the word before it. Commas between names.",
        "手で書かれた文書のこれらの名前を、左の言葉と同じものとして読みます。コンマで区切ります。",
    ),
    "settings-aliases-sections": Sentence("Headings", "見出し"),
    "settings-aliases-labels": Sentence("Labels", "項目"),
    "settings-aliases-tags": Sentence("Tags", "タグ"),
}
