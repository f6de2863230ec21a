"""Sentences of the board: the flow of knowledge, how far habits reach, the team's steps."""

from kb.messages import Sentence

_TOP: dict[str, Sentence] = {
    "board-reading": Sentence(
        "The history is being read for the first time.",
        "これまでの記録を、はじめて読んでいます。",
        "It goes on by itself and is remembered; the other pages can be used meanwhile.",
        "このまま読み進め、次からはすぐに開きます。その間も、ほかの画面は使えます。",
    ),
    "board-reading-at": Sentence("{done} of {of} documents.", "文書 {done}/{of}。"),
    "board-look-again": Sentence("Look again", "もう一度見る"),
    "board-view-team": Sentence("Team", "チーム全体"),
    "board-view-mine": Sentence("Mine alone", "自分だけ"),
    "board-span": Sentence("{first} to {last}", "{first} から {last}"),
    "board-meetings": Sentence("{count} meetings held", "終わったミーティング {count}回"),
    "board-meetings-one": Sentence("1 meeting held", "終わったミーティング 1回"),
    "board-none-held": Sentence(
        "No meeting was held yet",
        "終わったミーティングは、まだありません",
        "The first one fills this page: what was written down, and what came of it.",
        "最初の1回が終わると、記録とそこから生まれたものが、ここに並びます。",
    ),
    "board-stalled-head": Sentence(
        "{count} candidates stall on the way to a principle",
        "行動原則の候補が{count}件、止まっています",
    ),
    "board-stalled-head-one": Sentence(
        "A candidate stalls on the way to a principle", "行動原則の候補が1件、止まっています"
    ),
    "board-stalled-lead": Sentence(
        "“{title}” lacks: {why}.", "「{title}」に足りないのは、{why}です。"
    ),
    "board-stalled-age": Sentence(
        "It was proposed {days} days ago.", "提案から{days}日たっています。"
    ),
    "board-took": Sentence(
        "The {count} that were adopted took {days} days, in the median.",
        "採用された{count}件は{days}日（中央値）でした。",
    ),
    "board-took-one": Sentence(
        "The one that was adopted took {days} days.", "採用された1件は{days}日でした。"
    ),
    "board-few": Sentence("So few say little.", "まだ少ないので、目安です。"),
    "board-nothing-stalls": Sentence("Nothing stalls", "止まっているものはありません"),
    "board-nothing-stalls-why": Sentence(
        "No candidate has waited a week without a move.",
        "1週間動きのない行動原則の候補は、ありません。",
    ),
}

_FLOW: dict[str, Sentence] = {
    "board-flow": Sentence("The flow of knowledge", "知恵の流れ"),
    "board-seci-s": Sentence("Socialisation", "共同化"),
    "board-seci-e": Sentence("Externalisation", "表出化"),
    "board-seci-c": Sentence("Combination", "連結化"),
    "board-seci-i": Sentence("Internalisation", "内面化"),
    "board-see": Sentence("Show it", "見せる"),
    "board-say": Sentence("Put it into words", "言葉にする"),
    "board-join": Sentence("Bring it together", "まとめる"),
    "board-live": Sentence("Make it one's own", "身につける"),
    "board-unit-meetings": Sentence(" meetings", "回"),
    "board-unit-pieces": Sentence(" hypotheses", "件"),
    "board-gave-insight": Sentence(
        "meetings that gave an insight", "気づきを残したミーティング", " meetings", "回"
    ),
    "board-insights-used": Sentence(
        "insights that a principle rests on", "行動原則のもとになった気づき"
    ),
    "board-were-adopted": Sentence(
        "candidates that were adopted", "行動原則になった候補", " candidates", "件"
    ),
    "board-are-used": Sentence(
        "principles named since by a hypothesis",
        "採用後に仮説で挙げられた行動原則",
        " principles",
        "件",
    ),
    "board-to-insight": Sentence("until an insight", "気づきになるまで"),
    "board-to-candidate": Sentence("until a candidate", "候補になるまで"),
    "board-to-use": Sentence("until it is used", "使われるまで"),
    "board-to-next": Sentence("into the next meeting", "次のミーティングへ"),
    "board-days": Sentence("{n} days", "{n}日"),
    "board-of-n": Sentence(" median of {count}", "{count}件の中央値"),
    "board-of-n-one": Sentence(" of one", "1件"),
    "board-waiting": Sentence("{count} not yet; ", "まだのもの{count}件、"),
    "board-oldest": Sentence("the oldest for {days} days", "最も古いものは{days}日前から"),
    "board-see-stalled": Sentence("the {count} that stall", "止まっている{count}件"),
    "board-see-stalled-one": Sentence("the one that stalls", "止まっている1件"),
    "board-as-table": Sentence("The same as a table", "同じ数字を表で見る"),
    "board-col-step": Sentence("Step", "段階"),
    "board-col-share": Sentence("So many of", "いくつ中いくつ"),
    "board-col-days": Sentence("Days, median", "日数の中央値"),
    "board-col-waiting": Sentence("Not yet", "まだ"),
    "board-col-oldest": Sentence("Oldest", "最も古い"),
    "board-now": Sentence(
        "Today: insights {insights}, candidates {candidates}, principles {principles}.",
        "いま: 気づき{insights}件、候補{candidates}件、行動原則{principles}件。",
    ),
    "board-ready": Sentence("Ready to be adopted", "採用できる候補"),
    "board-ready-why": Sentence(
        "Accounts, people and approvals suffice; somebody has to do it.",
        "顧客、人、承認の数がそろいました。あとは採用するだけです。",
    ),
    "board-stalled": Sentence("What stalls", "止まっているもの"),
    "board-age": Sentence("proposed {days} days ago", "提案から{days}日"),
    "board-idle": Sentence("last moved {days} days ago", "最後の動きから{days}日"),
    "board-lacks": Sentence("lacks: {what}", "足りないもの: {what}"),
}

_REACH: dict[str, Sentence] = {
    "board-percent": Sentence(" ({percent}%)", "（{percent}%）"),
    "board-plain-percent": Sentence("{percent}%", "{percent}%"),
    "board-range": Sentence("{low}–{high}%", "{low}–{high}%"),
    "board-bar": Sentence("{n} of {of}, {percent} percent", "{of}のうち{n}、{percent}パーセント"),
    "board-coverage": Sentence("How far the habits reach", "どこまで行き届いているか"),
    "board-coverage-of": Sentence("of {count} meetings held", "終わったミーティング{count}回から"),
    "board-coverage-of-one": Sentence("of one meeting held", "終わったミーティング1回から"),
    "board-col-what": Sentence("What", "何が"),
    "board-col-range": Sentence("range of {count} units", "{count}ユニットの幅"),
    "board-col-weeks": Sentence("{count} weeks", "{count}週"),
    "board-col-group": Sentence("Unit or week", "ユニット・週"),
    "board-col-meetings": Sentence("Held", "回数"),
    "board-no-unit": Sentence("no unit", "ユニットなし"),
    "board-weeks-are": Sentence("By week: {values}", "週ごとの動き: {values}"),
    "board-under-20": Sentence("below 20, so no rate", "20回に満たないので、率は出しません"),
    "board-habit-with_hypothesis": Sentence("with a hypothesis", "事前仮説がある"),
    "board-habit-preregistered": Sentence("written before the start", "開始前に書かれていた"),
    "board-habit-pre_reviewed": Sentence("reviewed before the start", "事前レビューを受けた"),
    "board-habit-closed": Sentence("minutes complete", "議事録を書き終えた"),
    "board-habit-minutes_within_5": Sentence(
        "minutes complete in time", "議事録が時間内に終わった"
    ),
    "board-habit-plays": Sentence("principles with a play", "施策のある行動原則"),
    "board-calibration": Sentence("how well confidence fits", "確信度の当たり具合"),
    "board-held": Sentence(
        "{n} of {of} were supported ({percent}%).", "{of}件のうち{n}件が支持（{percent}%）。"
    ),
    "board-band": Sentence(
        "Said {start}–{stop}%: {held} of {n} supported, {percent}% (95% range {low}–{high}%).",
        "確信度{start}〜{stop}%は、{n}件のうち{held}件が支持で{percent}%（95%の幅で{low}〜{high}%）。",
    ),
    "board-bands-why": Sentence(
        "Bands of fewer than 20 are left out.", "20件に満たない段は出しません。"
    ),
    "board-not-enough": Sentence(
        "{count} ended one way or the other; from 20 on it says how well confidence fits.",
        "支持か棄却になったものは{count}件です。20件になると、当たり具合をお見せします。",
    ),
    "board-own-only": Sentence(
        "A person's numbers are shown to that person alone. Units stand as a range, in no order.",
        "人ごとの数字は、本人にだけ見えます。ここに出るのは幅で、順位ではありません。",
    ),
    "board-by-unit-week": Sentence("By unit and by week", "ユニットごと・週ごとの数"),
    "board-own": Sentence("Your hypotheses", "あなたの仮説"),
    "board-only-you": Sentence("only you see this", "見えるのは、あなただけです"),
}

_STEPS: dict[str, Sentence] = {
    "board-steps": Sentence("The team's steps", "チームの歩み"),
    "board-step-n": Sentence("STEP {n}", "STEP {n}"),
    "board-step-here": Sentence("now", "いま"),
    "board-step-next": Sentence("not yet", "まだ"),
    "board-step-visible": Sentence("Share what was said", "見せて、共有する"),
    "board-step-hypotheses": Sentence("Guess before every meeting", "事前仮説を書く"),
    "board-step-principles": Sentence("Make principles of what recurs", "行動原則にする"),
    "board-step-playbook": Sentence("One playbook", "プレイブックにする"),
    "board-colon": Sentence(": ", ": "),
    "board-policy-minutes": Sentence("minutes", "議事録"),
    "board-policy-hypothesis": Sentence("hypotheses", "事前仮説"),
    "board-policy-pre_review": Sentence("reviews", "事前レビュー"),
    "board-level-off": Sentence("off", "見ない"),
    "board-level-remind": Sentence("reminded", "声かけ"),
    "board-level-require": Sentence("required", "必須"),
    "board-principles-are": Sentence(
        "adopted {principles}, candidates {candidates}", "採用{principles}件、候補{candidates}件"
    ),
    "board-lack-earlier": Sentence("first: {step}", "先に「{step}」"),
    "board-lack-off": Sentence("switch on: {what}", "{what}を声かけか必須に"),
    "board-lack-principles": Sentence("an adopted principle", "採用された行動原則を1件"),
    "board-lack-few": Sentence("20 meetings to count: {what}", "20回分の「{what}」"),
    "board-lack-coverage": Sentence("in 80% and more: {what}", "「{what}」を80%以上に"),
    "board-now-at": Sentence("now", "いま"),
    "board-gaps": Sentence("Searched for and not found", "さがして見つからなかったもの"),
    "board-gap": Sentence("{count} times, last on {day}", "{count}回、最後は{day}"),
    "board-gap-one": Sentence("once, on {day}", "1回、{day}"),
    "board-no-gaps": Sentence(
        "Every search so far found something.", "さがして見つからなかったものは、まだありません。"
    ),
}

TABLE = _TOP | _FLOW | _REACH | _STEPS
