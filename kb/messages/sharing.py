"""Sentences that customers read: the mail and the paper of a meeting, in their politer words."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {
    # Days and times
    "out-weekdays": Sentence("Mon Tue Wed Thu Fri Sat Sun", "月 火 水 木 金 土 日"),
    "out-months": Sentence(
        "January February March April May June July August September October November December",
        "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    ),
    "out-day": Sentence("{weekday} {day} {month} {year}", "{year}年{month}{day}日（{weekday}）"),
    "out-day-short": Sentence("{day} {month}", "{month}{day}日"),
    "out-at": Sentence("{day}, {time}", "{day} {time}"),
    # The parts of a meeting
    "out-offer": Sentence("We propose", "ご提案"),
    "out-said": Sentence("You said", "ご意見"),
    "out-decided": Sentence("Decided", "決まったこと"),
    "out-todo": Sentence("TODO", "TODO"),
    "out-of-all": Sentence("The meeting as a whole", "会議全体"),
    "out-when": Sentence("When", "日時"),
    "out-who": Sentence("Present", "出席"),
    "out-sides": Sentence("{theirs} / {ours}", "{theirs}／{ours}"),
    "out-next": Sentence("Next meeting", "次回"),
    "out-names": Sentence(", ", "、"),
    "out-to": Sentence("{name}", "{name}様"),
    "out-by": Sentence("{owner}, by {day}", "{owner}、{day}まで"),
    "out-owed": Sentence("{text} ({by})", "{text}（{by}）"),
    "out-done": Sentence("Done:", "完了："),
    "out-nothing-yet": Sentence("Nothing is written down yet.", "まだ記載はありません。"),
    "out-labelled": Sentence("{label}: {text}", "{label}：{text}"),
    "out-cancelled": Sentence(
        "The meeting on this day has been cancelled.", "この日のお打ち合わせは中止となりました。"
    ),
    "out-untitled": Sentence("Our meeting", "お打ち合わせ"),
    "out-title": Sentence("{title} ({account})", "{title}（{account}）"),
    # The mail: before the meeting what is to be discussed, after it what was
    "out-subject-before": Sentence(
        "For our meeting on {day}: {title}", "【事前のご案内】{title}（{day}）"
    ),
    "out-intro-before": Sentence(
        "We look forward to meeting you on {day}. This is what we would like to discuss.",
        "{day}のお打ち合わせでお話ししたい内容を、事前にお送りいたします。",
    ),
    "out-closing-before": Sentence(
        "If there is anything you would like to add or change, please let us know.\n\nKind regards",
        "加えたい議題や変更のご希望がございましたら、お知らせください。\n当日は、どうぞよろしくお願いいたします。",
    ),
    "out-subject": Sentence(
        "Minutes of our meeting on {day}: {title}", "【議事録】{title}（{day}）"
    ),
    "out-subject-cancelled": Sentence(
        "Our meeting on {day} is cancelled: {title}", "【中止のご連絡】{title}（{day}）"
    ),
    "out-intro-cancelled": Sentence(
        "Our meeting on {day} has been cancelled.",
        "{day}に予定しておりましたお打ち合わせは、中止となりました。",
    ),
    "out-kept-cancelled": Sentence(
        "For your records, this is what was written down for it.",
        "これまでに記載した内容を、あわせてお送りいたします。",
    ),
    "out-closing-cancelled": Sentence(
        "If you have any questions, please let us know.\n\nKind regards",
        "ご不明な点がございましたら、お知らせください。\n引き続き、どうぞよろしくお願いいたします。",
    ),
    "out-greeting": Sentence("Dear {names},", "{names}\n\nいつもお世話になっております。"),
    "out-greeting-all": Sentence(
        "Dear {name} team,", "{name} 御中\n\nいつもお世話になっております。"
    ),
    # Only Japanese mail begins with who writes it.
    "out-sender": Sentence("This is {name}.", "{name}です。"),
    "out-intro": Sentence(
        "Thank you for your time on {day}. This is what we discussed and agreed.",
        "{day}は、お時間をいただきありがとうございました。\nお話しした内容をまとめましたので、お送りいたします。",
    ),
    "out-heading": Sentence("{title}", "■ {title}"),
    "out-label": Sentence("{label}:", "【{label}】"),
    "out-bullet": Sentence("- {text}", "・{text}"),
    "out-closing": Sentence(
        "If anything is missing or not as you remember it, please let us know.\n\nKind regards",
        "内容に相違や漏れがございましたら、お知らせください。\n引き続き、どうぞよろしくお願いいたします。",
    ),
    # In the history
    "did-meeting-share": Sentence(
        "Share the meeting of {account} on {date}", "{account} の {date} のミーティングを共有"
    ),
    # Links of guests
    "guest-days": Sentence(
        "A link can't be made for {days} days.",
        "{days}日間のリンクは作れません。",
        "Choose one of the times that are offered.",
        "表示された期間から選んでください。",
    ),
    "guest-many": Sentence(
        "This meeting has {most} open links already.",
        "このミーティングには、開いているリンクがすでに{most}件あります。",
        "Withdraw some that nobody needs any more.",
        "もう使わないリンクを取り消してください。",
    ),
    "guest-none": Sentence(
        "This meeting has no such link.",
        "このミーティングに、そのリンクはありません。",
        "Load the page anew to see its links.",
        "画面を読み込み直して、リンクの一覧を確かめてください。",
    ),
}
