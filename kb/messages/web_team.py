"""Sentences of the server for a whole team: who may do what, coming in, people and passwords."""

from kb.messages import Sentence

_ROLES: dict[str, Sentence] = {
    "web-needs-viewer": Sentence(
        "This page is for people of the team.",
        "このページは、チームの方だけが開けます。",
        "Ask who looks after kb for an invitation.",
        "kb の管理者に招待を頼んでください。",
    ),
    "web-needs-member": Sentence(
        "You can look, but not write, review or train here.",
        "閲覧だけの権限のため、書き込み・レビュー・練習はできません。",
        "Who looks after kb can make you a member.",
        "必要なときは、kb の管理者にメンバーへの変更を頼んでください。",
    ),
    "web-needs-lead": Sentence(
        "Only a lead can do this.",
        "この操作はリーダーだけができます。",
        "Ask the lead of your unit.",
        "ユニットのリーダーに頼んでください。",
    ),
    "web-needs-admin": Sentence(
        "Only who looks after kb can do this.",
        "この操作は kb の管理者だけができます。",
        "Ask an administrator of your team.",
        "チームの管理者に頼んでください。",
    ),
}

_COMING_IN: dict[str, Sentence] = {
    "web-no-accounts": Sentence(
        "There are no accounts here: this page is served on one machine, for one person.",
        "この画面は1台のパソコンで1人が使っているため、アカウントはありません。",
        "`kb serve --team` serves it to the whole team.",
        "チーム全員で使うには `kb serve --team` で開きます。",
    ),
    "web-gone": Sentence(
        "You are not a member of this team any more.",
        "このチームのメンバーから外れているため、開けません。",
        "If that is a mistake, ask who looks after kb.",
        "まちがいであれば、kb の管理者に知らせてください。",
    ),
    "web-no-person": Sentence(
        "Nobody of this name is known here.",
        "この名前の方は登録されていません。",
        "Load the page anew: somebody may have changed it.",
        "ほかの方が変えた可能性があります。画面を読み込み直してください。",
    ),
    "login-title": Sentence("Log in", "ログイン"),
    "login-name": Sentence("Name or mail address", "ユーザー名またはメールアドレス"),
    "login-password": Sentence("Password", "パスワード"),
    "login-in": Sentence("Log in", "ログインする"),
    "login-lost": Sentence(
        "No access yet, or the password forgotten? Who looks after kb can send an invitation.",
        "初めての方、パスワードを忘れた方は、kb の管理者に招待を頼んでください。",
    ),
    "login-wrong": Sentence(
        "The name or the password is wrong.",
        "ユーザー名かパスワードが違います。",
        "Check both, and whether Caps Lock is on.",
        "入力した内容と、Caps Lockがオンになっていないかを確かめてください。",
    ),
    "login-too-often": Sentence(
        "Too many tries; wait {minutes} minutes.",
        "試した回数が多すぎます。{minutes}分待ってください。",
        "If the password is lost, ask who looks after kb for a new invitation.",
        "パスワードを忘れた場合は、kb の管理者に新しい招待を頼んでください。",
    ),
    "login-by": Sentence("Log in by {name}", "{name}でログインする"),
    "oidc-old": Sentence(
        "The login took too long, or was begun in another browser.",
        "ログインに時間がかかりすぎたか、別のブラウザーで始められたため、完了できませんでした。",
        "Begin once more.",
        "もう一度、最初からログインしてください。",
    ),
    "oidc-refused": Sentence(
        "The other login was not completed.",
        "外部のログインが完了しませんでした。",
        "Begin once more, or log in with a password.",
        "もう一度試すか、パスワードでログインしてください。",
    ),
    "oidc-unreachable": Sentence(
        "The other login does not answer.",
        "外部のログインから応答がありません。",
        "Wait a moment, or log in with a password.",
        "少し待ってから試すか、パスワードでログインしてください。",
    ),
    "oidc-unproven": Sentence(
        "What the other login answered can't be trusted.",
        "外部のログインの応答を確認できませんでした。",
        "Tell who looks after kb; a password works meanwhile.",
        "kb の管理者に知らせてください。パスワードでのログインはできます。",
    ),
    "oidc-no-address": Sentence(
        "The other login did not confirm your mail address.",
        "外部のログインで、メールアドレスが確認されていません。",
        "Confirm it there, or log in with a password.",
        "そちらでアドレスを確認するか、パスワードでログインしてください。",
    ),
    "oidc-unknown": Sentence(
        "Your mail address is no member's.",
        "そのメールアドレスのメンバーはいません。",
        "A lead can add it in the settings of the team.",
        "リーダーがチームの設定で追加できます。",
    ),
    "oidc-config": Sentence(
        "{path}: “{key}” does not fit.",
        "{path} の「{key}」が正しくありません。",
        "`[oidc]` has `issuer` (https, without / at the end), `client`, `secret` (`env:NAME` or `file:PATH`) and `name`.",
        "`[oidc]` には `issuer`（httpsで、末尾の / なし）、`client`、`secret`（`env:変数名` か `file:パス`）、`name` を書きます。",
    ),
    "invitation-used": Sentence(
        "This invitation was used already, was replaced, or is too old.",
        "この招待は使用済みか、新しい招待に替わったか、期限が切れています。",
        "If you have a password, log in. Else ask who looks after kb for a new one.",
        "パスワードをお持ちならログインしてください。なければ、kb の管理者に新しい招待を頼んでください。",
    ),
    "invited-title": Sentence("Your access", "招待"),
    "invited-hello": Sentence("{name}, welcome to {team}", "{name}さん、{team}へようこそ"),
    "invited-hello-alone": Sentence("{name}, welcome", "{name}さん、ようこそ"),
    "invited-why": Sentence(
        "Choose a password. You log in with it and the name “{key}”.",
        "パスワードを決めてください。次からは、ユーザー名「{key}」とこのパスワードでログインします。",
    ),
    "invited-in": Sentence("Set the password and log in", "パスワードを決めてログインする"),
    "password-new": Sentence("New password", "新しいパスワード"),
    "password-again": Sentence("The same once more", "もう一度"),
    "password-old": Sentence("Password until now", "今のパスワード"),
    "password-rules": Sentence(
        "At least {least} characters; a few words in a row are fine. Not your name, and not what everybody tries first.",
        "{least}文字以上。いくつかの単語を並べたものでもかまいません。名前や、よく使われる言葉・並びは使えません。",
    ),
    "password-change": Sentence("Change the password", "パスワードを変える"),
    "password-changed": Sentence(
        "The password is changed; all other browsers are logged out.",
        "パスワードを変えました。ほかのブラウザーはすべてログアウトしました。",
    ),
    "password-short": Sentence(
        "The password is too short.",
        "パスワードが短すぎます。",
        "It needs at least {least} characters.",
        "{least}文字以上にしてください。",
    ),
    "password-long": Sentence(
        "The password is too long.",
        "パスワードが長すぎます。",
        "It may have {most} characters at most.",
        "{most}文字以内にしてください。",
    ),
    "password-easy": Sentence(
        "This password would be guessed soon.",
        "このパスワードは推測されやすいため、使えません。",
        "Take a few words that have nothing to do with each other, or let the browser make one.",
        "関係のない単語をいくつか並べるか、ブラウザーが提案するものを使ってください。",
    ),
    "password-differs": Sentence(
        "The two passwords are not the same.",
        "2つのパスワードが一致しません。",
        "Type the new one twice.",
        "新しいパスワードを2回、同じように入力してください。",
    ),
    "password-wrong": Sentence(
        "The password until now is not right.",
        "今のパスワードが違います。",
        "If it is lost, ask who looks after kb for a new invitation.",
        "忘れた場合は、kb の管理者に新しい招待を頼んでください。",
    ),
    "me-title": Sentence("Your access", "あなたのアカウント"),
    "me-leave": Sentence("Log out", "ログアウトする"),
    "me-browsers": Sentence("Where you are logged in", "ログイン中のブラウザー"),
    "me-sessions": Sentence(
        "{count} browsers, this one included.", "このブラウザーを含めて{count}件。"
    ),
    "me-sessions-one": Sentence("This browser only.", "このブラウザーだけです。"),
    "me-out": Sentence("Log out everywhere", "すべてのブラウザーからログアウトする"),
}

_PEOPLE: dict[str, Sentence] = {
    "role-viewer": Sentence("looks only", "閲覧のみ"),
    "role-member": Sentence("member", "メンバー"),
    "role-lead": Sentence("lead", "リーダー"),
    "role-admin": Sentence("administrator", "管理者"),
    "role-none": Sentence("no access", "利用不可"),
    "people-title": Sentence("Who may log in", "ログインできる人"),
    "people-lead": Sentence(
        "Members need an invitation once; then they log in with a password of their own.",
        "メンバーには最初に一度だけ招待を渡します。その後は、各自のパスワードでログインします。",
    ),
    "people-members": Sentence("Members of the team", "チームのメンバー"),
    "people-members-why": Sentence(
        "Who is a member, and who leads, stands in the settings of the team.",
        "メンバーの追加やリーダーの指定は、チームの設定で行います。",
    ),
    "people-viewers": Sentence("Viewers", "閲覧だけの人"),
    "people-viewers-why": Sentence(
        "They see what members see, but write nothing; no reviews, no training, no settings.",
        "メンバーと同じ画面を見られますが、書き込み・レビュー・練習・設定はできません。",
    ),
    "people-you": Sentence("(you)", "（あなた）"),
    "people-no": Sentence("Not invited yet.", "まだ招待していません。"),
    "people-can": Sentence("Can log in.", "ログインできます。"),
    "people-left": Sentence("Is no member any more.", "メンバーから外れています。"),
    "people-sessions": Sentence(
        "Logged in in {count} browsers.", "{count}件のブラウザーでログイン中です。"
    ),
    "people-sessions-one": Sentence(
        "Logged in in one browser.", "1件のブラウザーでログイン中です。"
    ),
    "people-invited": Sentence("An invitation is open until {day}.", "招待中です（{day}まで）。"),
    "people-invite": Sentence("Invite", "招待する"),
    "people-again": Sentence("Invite anew", "招待し直す"),
    "people-reset": Sentence("Reset the password", "パスワードを再設定してもらう"),
    "people-admin": Sentence("Make administrator", "管理者にする"),
    "people-no-admin": Sentence("Administrator no longer", "管理者から外す"),
    "people-viewer": Sentence("Let only look", "閲覧のみにする"),
    "people-no-viewer": Sentence("Let write again", "書き込めるようにする"),
    "people-out": Sentence("Log out everywhere", "すべてログアウトさせる"),
    "people-remove": Sentence("Take access away", "利用を止める"),
    "people-of": Sentence("{what}: {name}", "{what}: {name}"),
    "people-link": Sentence(
        "Give this address to {name}:", "このアドレスを{name}さんに渡してください。"
    ),
    "people-link-is": Sentence("Address of the invitation", "招待のアドレス"),
    "people-link-why": Sentence(
        "It is shown only now, works once and for seven days. Who has it can set the password.",
        "表示は今だけで、7日以内に一度だけ使えます。受け取った人がパスワードを決められるので、本人に直接渡してください。",
    ),
    "people-name": Sentence("Name", "名前"),
    "people-key": Sentence("Name to log in with", "ユーザー名"),
    "people-key-why": Sentence("Letters, digits, - and _.", "文字・数字・- ・_ で書きます。"),
    "people-view": Sentence("Invite a viewer", "閲覧だけの人を招待する"),
    "viewer-name": Sentence(
        "A viewer needs a name, and a short name to log in with.",
        "名前とユーザー名の両方が必要です。",
        "The name to log in with has letters, digits, - and _; the name {most} characters at most.",
        "ユーザー名は文字・数字・- ・_ で、名前は{most}文字以内で書いてください。",
    ),
    "viewer-taken": Sentence(
        "Somebody has the name “{key}” already.",
        "ユーザー名「{key}」は、すでに使われています。",
        "Take another one.",
        "別のユーザー名にしてください。",
    ),
    "last-admin": Sentence(
        "Then nobody could administer.",
        "管理者がいなくなるため、変えられません。",
        "Make somebody else an administrator first, who has logged in.",
        "先に、ログインしたことのある別の方を管理者にしてください。",
    ),
}

_SERVER: dict[str, Sentence] = {
    "web-team-url": Sentence(
        "“{url}” is no address for the page.",
        "「{url}」は画面のアドレスとして使えません。",
        "Name it with `--url`, such as https://kb.example.com, without a path.",
        "`--url https://kb.example.com` のように、パスを付けずに指定してください。",
    ),
    "web-team-needs-url": Sentence(
        "Under which address people will open the page is not known.",
        "どのアドレスで画面を開くのかが決まっていません。",
        "Say it with `--url`, such as `--url https://kb.example.com`.",
        "`--url https://kb.example.com` のように指定してください。",
    ),
    "web-team-host": Sentence(
        "Without accounts the page answers on this machine only, not on {host}.",
        "アカウントなしでは {host} で開けません。このパソコンだけで使えます。",
        "Add `--team`: then everybody logs in. Or leave `--host` out.",
        "`--team` を付けると、各自がログインして使えます。自分だけなら `--host` を外してください。",
    ),
    "web-team-only": Sentence(
        "`{option}` is for a server of the whole team.",
        "`{option}` は、チーム全員で使うときの指定です。",
        "Add `--team`, or leave it out.",
        "`--team` を付けるか、`{option}` を外してください。",
    ),
    "web-team-clock": Sentence(
        "A server of a team goes by the real time, but KB_NOW is set.",
        "KB_NOW が設定されています。チームのサーバーは、実際の時刻でだけ動きます。",
        "Take KB_NOW out of the environment.",
        "環境変数 KB_NOW を外してください。",
    ),
    "web-team-who": Sentence(
        "Who will administer the server is not known: there is no member “{member}”.",
        "サーバーの管理者を決められません。「{member}」というメンバーはいません。",
        "Name a member with `--admin`. Members: {known}",
        "`--admin` でメンバーを指定してください。メンバー: {known}",
    ),
    "web-team-who-none": Sentence(
        "The settings of the team have no members yet; `kb.toml` is where they stand.",
        "チームの設定に、まだメンバーがいません。`kb.toml` に書いてください。",
    ),
    "web-bad-address": Sentence(
        "Nothing can answer on {host}.",
        "{host} では待ち受けられません。",
        "Name an address of this machine with `--host`.",
        "`--host` に、このパソコンのアドレスを指定してください。",
    ),
    "web-team-serving": Sentence(
        "The page answers at {url}. Ctrl+C stops it.",
        "{url} で開けます。Ctrl+Cで終わります。",
    ),
    "web-team-first": Sentence(
        "{name} administers it: open the address of the invitation within a day; it works once.",
        "管理者は{name}さんです。招待のアドレスを1日以内に開いてください（一度だけ使えます）。",
    ),
    "web-team-plain": Sentence(
        "Passwords travel unencrypted: let a proxy with TLS stand in front, and name its address with `--url https://…`.",
        "パスワードが暗号化されずに送られます。TLSを使うプロキシを前に置き、`--url https://…` でそのアドレスを指定してください。",
    ),
    "state-inside": Sentence(
        "The server's own state can't lie in the store ({folder}): everybody who has the store would have it.",
        "サーバーの状態はストアの中（{folder}）には置けません。ストアを持つ全員に渡ってしまいます。",
        "Name a folder elsewhere with `--state`.",
        "`--state` で別のフォルダーを指定してください。",
    ),
    "state-folder": Sentence(
        "The folder {folder} can't be used for the server's own state.",
        "フォルダー {folder} は、サーバーの状態を置く場所として使えません。",
        "Name one of your own with `--state`.",
        "`--state` で、自分が所有するフォルダーを指定してください。",
    ),
    "state-broken": Sentence(
        "The server's own state in {folder} can't be read.",
        "{folder} にあるサーバーの状態を読み取れません。",
        "Restore it from a backup, or use the newest kb. Moving it away begins anew: everybody has to be invited again.",
        "控えから戻すか、最新の kb を使ってください。別の場所へ移すと最初からになり、全員を招待し直すことになります。",
    ),
}

TABLE = _ROLES | _COMING_IN | _PEOPLE | _SERVER
