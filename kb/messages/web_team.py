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

TABLE = _ROLES
