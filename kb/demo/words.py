"""The sentences of the sample team's history, in the language of what they are about."""

from datetime import date

_TABLE: dict[str, tuple[str, str]] = {
    "begin": ("ランニングドキュメントを始める: {name}", "Start the running document: {name}"),
    "prepare": ("準備する: {name} {day} {title}", "Prepare: {name} {day} {title}"),
    "minutes": ("議事録を書く: {name} {day} {title}", "Write the minutes: {name} {day} {title}"),
    "verdict": ("仮説を判定する: {name} {day}", "Judge a hypothesis: {name} {day}"),
    "done": ("TODOを終える: {text}({name})", "Done: {text} ({name})"),
    "requested": ("レビューを頼む: {title}", "Ask for a review: {title}"),
    "commented": ("レビューにコメントする: {title}", "Comment in the review: {title}"),
    "suggested": ("レビューで言いかえを提案する: {title}", "Suggest other words: {title}"),
    "accepted": ("レビューの提案を取り入れる: {title}", "Take a suggestion: {title}"),
    "approved": ("レビューで承認する: {title}", "Approve: {title}"),
    "changes-requested": ("レビューで直しを頼む: {title}", "Ask for changes: {title}"),
    "closed": ("レビューを閉じる: {title}", "Close the review: {title}"),
    "propose": ("行動原則の候補を出す: {title}", "Propose a principle: {title}"),
    "adopt": ("行動原則を採用する: {title}", "Adopt the principle: {title}"),
    "supersede": ("行動原則を置きかえる: {title}", "Supersede the principle: {title}"),
    "evidence": ("行動原則に根拠を足す: {title}", "Add evidence to the principle: {title}"),
    "counter": ("行動原則に反証を足す: {title}", "Add counter-evidence: {title}"),
    "insight": ("行動原則に気づきをつなぐ: {title}", "Link an insight to the principle: {title}"),
    "page": ("プレイブックに足す: {title}", "Add to the playbook: {title}"),
    "signals": ("健康度の数字を足す: {day}の週", "Add health figures: week of {day}"),
    "renewed": ("更新を記録する: {name}", "Record the renewal: {name}"),
    "churned": ("解約を記録する: {name}", "Record that the contract ended: {name}"),
    "expanded": ("増枠を記録する: {name}", "Record the expansion: {name}"),
    "store": ("チームのストアを作る", "Make the team's store"),
}


def words(what: str, lang: str, **values: object) -> str:
    """Return the sentence `what` in `lang` ("ja", else English)."""
    return _TABLE[what][0 if lang == "ja" else 1].format(**values)


def day_words(day: date, lang: str) -> str:
    """Return a day as the team writes it in a sentence."""
    return f"{day.month}/{day.day}" if lang == "ja" else day.isoformat()
