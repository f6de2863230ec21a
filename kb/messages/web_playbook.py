"""Sentences of the pages of the playbook: the three layers, a principle, a play, a manual."""

from kb.messages import Sentence

_LAYERS: dict[str, Sentence] = {
    "book-title": Sentence("Playbook", "プレイブック"),
    "book-nav-board": Sentence("Board", "ボード"),
    "book-nav-train": Sentence("Practice", "練習"),
    "book-nav-more": Sentence("More", "ほか"),
    "book-lead": Sentence(
        "How we want to be, so what we do, and how we do it. Read from left to right.",
        "どうありたいか、だから何をやるか、それをどうやるか。左から右へ読みます。",
    ),
    "book-empty": Sentence(
        "The playbook is empty.",
        "プレイブックはまだ空です。",
        "A principle begins as a candidate, made from what several of us noticed in meetings.",
        "行動原則は、ミーティングで何人かが気づいたことから、候補として始まります。",
    ),
    "book-path": Sentence("Where to begin", "はじめての方へ"),
    "book-path-being": Sentence(
        "Read how we want to be",
        "「あり方」を読む",
        "the principles that held most often come first",
        "当てはまった回数の多い順に並んでいます",
    ),
    "book-path-tool": Sentence(
        "Know the tool, and search",
        "使い方を知り、さがしてみる",
        "five minutes, and two words",
        "5分と、言葉を2つ",
    ),
    "book-path-failed": Sentence(
        "Look at what speaks for and against one",
        "根拠と、反する声を見る",
        "each leads to the day on which it was said",
        "どれも、話されたその日の記録へつながります",
    ),
    "book-path-train": Sentence(
        "Predict ten hypotheses",
        "判定を10問、予想する",
        "only you see how you did",
        "成績が見えるのは、あなただけです",
    ),
    "book-path-guess": Sentence(
        "Write a hypothesis of your own",
        "自分の仮説を1つ書く",
        "before a meeting of this week",
        "今週のミーティングの前に",
    ),
    "book-layers": Sentence("The three layers", "三つの層"),
    "book-being": Sentence("How we want to be", "あり方"),
    "book-what": Sentence("What we do", "何をやるか"),
    "book-how": Sentence("How we do it", "どうやるか"),
    "book-count-principles": Sentence(
        "principles {adopted} · candidates {candidates}", "行動原則 {adopted} · 候補 {candidates}"
    ),
    "book-count-plays": Sentence("plays {n}", "施策 {n}"),
    "book-count-manuals": Sentence("manuals {n}", "手順書 {n}"),
    "book-status-candidate": Sentence("candidate", "候補"),
    "book-status-adopted": Sentence("adopted", "採用"),
    "book-status-superseded": Sentence("replaced", "置きかえ済み"),
    "book-status-retired": Sentence("given up", "廃止"),
    "book-unproven": Sentence("no evidence yet", "根拠 0件"),
    "book-ended": Sentence("held {held} · failed {failed}", "当てはまった{held} · 外れた{failed}"),
    "book-ended-why": Sentence(
        "Held and failed: the verdicts on hypotheses that named the principle.",
        "当てはまった・外れたは、その行動原則を挙げた事前仮説の判定の数です。",
    ),
    "book-rests": Sentence(
        "accounts {accounts}, meetings {meetings}", "根拠 {accounts}社 {meetings}回"
    ),
    "book-use-when-is": Sentence("Use when: {text}", "使うとき: {text}"),
    "book-no-manual": Sentence("No manual yet", "手順書はまだありません"),
    "book-no-play": Sentence("No play yet", "施策はまだありません"),
    "book-no-principle": Sentence(
        "There is no principle yet.",
        "行動原則はまだありません。",
        "Begin with what several of us noticed in meetings.",
        "ミーティングで何人かが気づいたことから始められます。",
    ),
    "book-apart": Sentence("Tied to nothing above", "どこにもつながっていないもの"),
    "book-apart-play": Sentence("no principle is named", "もとになる行動原則がありません"),
    "book-apart-manual": Sentence("no play is named", "つながる施策がありません"),
    "book-apart-given-up": Sentence(
        "the principle above was given up", "もとの行動原則は、いまは使われていません"
    ),
    "book-unused": Sentence(
        "Named by no hypothesis for {days} days",
        "{days}日のあいだ、どの仮説にも挙げられていないもの",
    ),
    "book-last-cited": Sentence("last on {day}", "最後は{day}"),
    "book-never-cited": Sentence("never named so far", "まだ一度も挙げられていません"),
    "book-given-up": Sentence("No longer ours", "使わなくなったもの"),
    "book-replaced-by": Sentence("replaced by", "いまは"),
    "book-still-cited": Sentence(
        "{count} hypotheses without a verdict still name it",
        "判定待ちの仮説{count}件がまだ挙げています",
    ),
    "book-still-cited-one": Sentence(
        "1 hypothesis without a verdict still names it", "判定待ちの仮説1件がまだ挙げています"
    ),
}

_PAGE: dict[str, Sentence] = {
    "book-owner": Sentence("kept by {name}", "持ち主 {name}"),
    "book-cited": Sentence("named by {count} hypotheses", "仮説に挙げられたのは{count}回"),
    "book-cited-one": Sentence("named by 1 hypothesis", "仮説に挙げられたのは1回"),
    "book-between": Sentence("Above and below", "上の層と下の層"),
    "book-serves": Sentence("The principle that it serves", "もとになる行動原則"),
    "book-belongs": Sentence("The play that it belongs to", "この手順を使う施策"),
    "book-no-text": Sentence(
        "Nothing is written here yet.",
        "まだ何も書かれていません。",
        "The page is a file of the team's; it can be filled in with any editor.",
        "ページはチームのファイルです。お使いのエディターで書き足せます。",
    ),
    "book-history": Sentence("How it came to be", "これまで"),
    "book-no-story": Sentence("Not saved yet.", "まだ保存されていません。"),
    "book-did-begun": Sentence("begun", "作成"),
    "book-did-text": Sentence("text changed", "文面を変更"),
    "book-did-evidence": Sentence("evidence added ({count})", "根拠を{count}件追加"),
    "book-did-evidence-one": Sentence("evidence added", "根拠を1件追加"),
    "book-did-counter": Sentence("counter-voices added ({count})", "反する声を{count}件追加"),
    "book-did-counter-one": Sentence("a counter-voice added", "反する声を1件追加"),
    "book-did-candidate": Sentence("a candidate again", "候補に戻す"),
    "book-did-adopted": Sentence("adopted", "行動原則として採用"),
    "book-did-superseded": Sentence("replaced by another", "別の行動原則に置きかえ"),
    "book-did-retired": Sentence("given up", "廃止"),
    "book-did-other": Sentence("status changed", "状態を変更"),
}

_PRINCIPLE: dict[str, Sentence] = {
    "book-since": Sentence("since {day}", "{day}から"),
    "book-proposed": Sentence("proposed {day}", "{day}に提案"),
    "book-version": Sentence("version {n}", "版{n}"),
    "book-last-changed": Sentence("last changed {day}", "最後の変更 {day}"),
    "book-was-superseded": Sentence("On {day} replaced by", "{day}に置きかえられました。いまは"),
    "book-was-retired": Sentence("Given up on {day}.", "{day}に廃止されました。"),
    "book-because": Sentence("Why:", "理由:"),
    "book-edited": Sentence(
        "The text was changed after it was adopted, and nobody has reviewed the change yet.",
        "採用のあとで文面が変わり、その変更はまだレビューされていません。",
    ),
    "book-record": Sentence("How it did", "当たり外れ"),
    "book-held": Sentence("held", "当てはまった"),
    "book-failed": Sentence("failed", "外れた"),
    "book-beads": Sentence(
        "{n} verdicts, oldest first: {held} held, {failed} failed",
        "古い順に{n}回。当てはまった{held}回、外れた{failed}回",
    ),
    "book-from-to": Sentence("{first} – {last}", "{first} 〜 {last}"),
    "book-rate": Sentence("Held {n} of {of}: {percent}.", "{of}件のうち{n}件、{percent}。"),
    "book-no-rate": Sentence(
        "Verdicts on {count} hypotheses that named it. Below 20 no rate is shown.",
        "この行動原則を挙げた仮説{count}件の判定です。20件に満たないので、率は出しません。",
    ),
    "book-no-rate-one": Sentence(
        "The verdict on one hypothesis that named it. Below 20 no rate is shown.",
        "この行動原則を挙げた仮説1件の判定です。20件に満たないので、率は出しません。",
    ),
    "book-no-verdicts": Sentence(
        "No hypothesis that named it has a verdict yet.",
        "この行動原則を挙げた仮説の判定は、まだありません。",
    ),
    "book-others": Sentence(
        "Besides: {parts}.",
        "ほかに{parts}があります。",
    ),
    "book-ended-mixed": Sentence("{count} mixed", "一部{count}件"),
    "book-ended-untested": Sentence("{count} untested", "未検証{count}件"),
    "book-ended-waiting": Sentence("{count} waiting", "判定待ち{count}件"),
    "book-by-segment": Sentence("By segment", "顧客の区分ごと"),
    "book-segment": Sentence("Segment", "区分"),
    "book-no-segment": Sentence("none written", "記入なし"),
    "book-rate-head": Sentence("Rate", "率"),
    "book-under-20": Sentence("none below 20 ({n})", "20件未満（{n}件）"),
    "book-text": Sentence("What it says", "本文"),
    "book-statement": Sentence("Statement", "行動"),
    "book-why": Sentence("Why", "なぜ"),
    "book-use-when": Sentence("Use when", "使うとき"),
    "book-do": Sentence("Do", "すること"),
    "book-dont": Sentence("Don't", "しないこと"),
    "book-for-and-against": Sentence("For and against", "根拠と反する声"),
    "book-evidence": Sentence("Evidence", "根拠"),
    "book-counter": Sentence("Counter-voices", "反する声"),
    "book-quotes": Sentence("quotes {n} · accounts {accounts}", "{n}件 · {accounts}社"),
    "book-no-evidence": Sentence(
        "No meeting speaks for it yet.",
        "根拠になる記録は、まだありません。",
        "What a customer said, with its meeting, makes the first piece.",
        "お客様の言葉と、それが出たミーティングが最初の根拠になります。",
    ),
    "book-no-counter": Sentence(
        "Nothing speaks against it so far.",
        "反する声は、まだありません。",
        "Hypotheses that name it and are refuted appear here by themselves.",
        "これを挙げた仮説が棄却されると、ここに自動で並びます。",
    ),
    "book-no-words": Sentence(
        "The verdict was given without the customer's words.",
        "お客様の言葉なしで判定されました。",
    ),
    "book-unwritten": Sentence(
        "a hypothesis that named it; not on the page yet",
        "これを挙げた仮説です。ページにはまだ書かれていません",
    ),
    "book-reading": Sentence("How we read it:", "読み方:"),
    "book-says-who": Sentence("Says who?", "だれの言葉?"),
    "book-where": Sentence("Where", "どこで"),
    "book-written-by": Sentence("Written down by", "書いた人"),
    "book-original": Sentence("The original", "原文"),
    "book-state-found": Sentence("still the same, word for word", "いまも一字一句同じ"),
    "book-state-changed": Sentence(
        "the words are there; what stands around them was changed",
        "言葉はそのまま。前後の文は変わっています",
    ),
    "book-state-moved": Sentence(
        "the original has moved",
        "原文が別の場所に移りました",
        "the same words stand elsewhere today",
        "同じ言葉が、いまは別の場所にあります",
    ),
    "book-state-drifted": Sentence(
        "the original was changed since",
        "原文がそのあと変わりました",
        "the line is there, but reads otherwise today",
        "書かれていた行はありますが、言葉が変わっています",
    ),
    "book-state-missing": Sentence(
        "the original is not to be found",
        "原文が見つかりません",
        "neither the line nor the words are in the document today",
        "その行も言葉も、いまの文書にはありません",
    ),
    "book-about": Sentence("About this principle", "この行動原則について"),
    "book-look-again": Sentence("To be looked at again", "見直し"),
    "book-to-adopt": Sentence("To be adopted", "採用まで"),
    "book-verify-by": Sentence("by {day}", "{day}まで"),
    "book-due": Sentence("due", "見直しの時期です"),
    "book-before-reviews": Sentence(
        "Adopted before there were reviews.", "レビューを始める前に採用されました。"
    ),
    "book-lack-accounts": Sentence(
        "accounts that speak for it {has} of {needs}", "根拠のある顧客 {has}/{needs}社"
    ),
    "book-lack-csms": Sentence(
        "CSMs they are with {has} of {needs}", "その担当CSM {has}/{needs}人"
    ),
    "book-lack-approvals": Sentence(
        "approvals by others {has} of {needs}", "ほかの人の承認 {has}/{needs}人"
    ),
    "book-review-open": Sentence("The review goes on.", "レビュー中です。"),
    "book-review-approved": Sentence(
        "The review has its approvals.", "レビューで承認されています。"
    ),
    "book-review-changes": Sentence("Changes were asked for.", "差し戻されています。"),
    "book-review-stale": Sentence(
        "The text changed after it was approved.", "承認のあとで文面が変わりました。"
    ),
    "book-review-none": Sentence(
        "No review was asked for yet.", "レビューはまだ頼まれていません。"
    ),
    "book-open-review": Sentence("Open the review", "レビューを開く"),
    "book-approved-by": Sentence("Approved by {who}.", "承認: {who}。"),
    "book-outstanding": Sentence("{who} waits for changes.", "{who}さんが直しを待っています。"),
    "book-ask-review": Sentence("Ask for its review", "採用のレビューを頼む"),
    "book-ask-words": Sentence("What should the reviewers look at?", "見てほしいところ"),
    "book-ask-send": Sentence("Ask", "レビューを頼む"),
    "book-ask-why": Sentence(
        "Whose turn it is will be asked; you can't approve it yourself.",
        "順番の人に頼みます。ご自分では承認できません。",
    ),
    "book-adopt": Sentence("Adopt", "採用する"),
    "book-adopt-send": Sentence("Adopt it now", "行動原則として採用する"),
    "book-adopt-why": Sentence(
        "Closes the review. If something is missing, it says what, and nothing is changed.",
        "レビューも完了になります。足りないものがあれば、何も変えずにお知らせします。",
    ),
    "book-revise": Sentence("Put a changed text up", "変更を提案する"),
    "book-revise-words": Sentence("Why it is changed", "変える理由"),
    "book-revise-why": Sentence(
        "Change the text of the page first. It stays adopted until the new text is approved.",
        "先にページの文面を直してください。新しい文面が承認されるまで、採用のままです。",
    ),
    "book-retire": Sentence("Give it up", "廃止する"),
    "book-retire-words": Sentence("Why we give it up", "廃止する理由"),
    "book-retire-send": Sentence("Give it up, with this reason", "この理由で廃止する"),
    "book-retire-why": Sentence(
        "The page stays, with the reason.", "ページは理由と一緒に残ります。"
    ),
    "book-no-member": Sentence(
        "Only members of the team can ask for reviews and adopt.",
        "レビューの依頼や採用は、チームのメンバーだけができます。",
    ),
    "book-recent": Sentence("Hypotheses that named it last", "最近挙げた仮説"),
}

_INSTEAD: dict[str, Sentence] = {
    "page-instead-principle-adopted": Sentence(
        "Load the page anew: it shows what was adopted.",
        "画面を読み込み直すと、採用された内容が見られます。",
    ),
    "page-instead-principle-superseded": Sentence(
        "This page leads to the one that holds now.", "いまの行動原則は、このページから開けます。"
    ),
    "page-instead-revision-open": Sentence(
        "Comment and approve in that review.", "そのレビューで、コメントと承認を進めてください。"
    ),
    "page-instead-revision-same": Sentence(
        "Change its text first, then ask again.", "先に文面を直してから、もう一度頼んでください。"
    ),
    "page-instead-page-changed": Sentence(
        "Load the page anew and look at it again.",
        "画面を読み込み直して、もう一度ご覧ください。",
    ),
}
TABLE = _LAYERS | _PAGE | _PRINCIPLE | _INSTEAD
