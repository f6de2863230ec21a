"""The sentences of the sample team's history, in the language of what they are about."""

_TABLE: dict[str, tuple[str, str]] = {
    "begin": ("顧客 {name} ({account}) を追加", "Add the account {name} ({account})"),
    "prepare": (
        "{account} の {day} のミーティングを準備: {title}",
        "Prepare {account}'s meeting on {day}: {title}",
    ),
    "minutes": ("{account} の {day} の議事録を完了", "Complete the minutes of {account} on {day}"),
    "verdict": ("{account} の {day} の仮説を判定", "Judge a hypothesis of {account} of {day}"),
    "done": ("{account} の TODO を完了: {text}", "Complete a TODO of {account}: {text}"),
    "requested": ("レビューを依頼: {title}", "Ask for a review: {title}"),
    "commented": ("レビューにコメント: {title}", "Comment in the review: {title}"),
    "suggested": ("レビューで言いかえを提案: {title}", "Suggest other words: {title}"),
    "accepted": ("レビューの提案を採用: {title}", "Take a suggestion: {title}"),
    "approved": ("レビューで承認: {title}", "Approve: {title}"),
    "changes-requested": ("レビューで直しを依頼: {title}", "Ask for changes: {title}"),
    "closed": ("レビューを終了: {title}", "Close the review: {title}"),
    "propose": ("行動原則の候補を提案: {title}", "Propose a principle: {title}"),
    "adopt": ("行動原則を採用: {title}", "Adopt the principle: {title}"),
    "supersede": ("行動原則を置きかえ: {title}", "Supersede the principle: {title}"),
    "evidence": ("行動原則に根拠を追加: {title}", "Add evidence to the principle: {title}"),
    "counter": ("行動原則に反証を追加: {title}", "Add counter-evidence: {title}"),
    "insight": ("行動原則に気づきを追加: {title}", "Link an insight to the principle: {title}"),
    "page": ("プレイブックに追加: {title}", "Add to the playbook: {title}"),
    "signals": ("健康度の数字を追加: {day}の週", "Add health figures: week of {day}"),
    "renewed": ("更新を記録: {name}", "Record the renewal: {name}"),
    "churned": ("解約を記録: {name}", "Record that the contract ended: {name}"),
    "expanded": ("増枠を記録: {name}", "Record the expansion: {name}"),
    "store": ("チームのストアを作る", "Make the team's store"),
}


def words(what: str, lang: str, **values: object) -> str:
    """Return the sentence `what` in `lang` ("ja", else English)."""
    return _TABLE[what][0 if lang == "ja" else 1].format(**values)
