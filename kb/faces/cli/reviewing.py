"""A review as text for a terminal: one line in a list, or the whole thread."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from kb.faces.cli import wording
from kb.faces.cli.language import t
from kb.faces.cli.layout import columns, cut, indented
from kb.model import review as model

if TYPE_CHECKING:
    from kb.model.review_diff import Difference
    from kb.text.thread import Event
    from kb.work.context import Context
    from kb.work.reviews import Review
    from kb.work.reviews_coaching import Often
    from kb.work.reviews_context import Ended
    from kb.work.reviews_next import Next
    from kb.work.reviews_since import Since


def kind(review: "Review") -> str:
    """Return the kind of a review as people say it."""
    return {
        "pre": t("pre-review", "事前レビュー"),
        "post": t("post-review", "事後レビュー"),
        "adoption": t("adoption", "採用の検討"),
    }[review.kind]


def state(review: "Review") -> str:
    """Return where a review stands, and by whose word."""
    now = review.state
    named = {"approved": now.approvals, "changes": now.outstanding, "stale": now.outdated}
    words = {
        "open": t("waiting", "レビュー待ち"),
        "approved": t("approved", "承認"),
        "changes": t("changes wanted", "差し戻し中"),
        "stale": t("edited since the approval", "承認後に変更あり"),
        "closed": t("closed", "終了"),
    }[now.state]
    if now.state == "closed" and now.result:
        words += " " + {"adopted": t("(adopted)", "（採用）")}.get(
            now.result, t("(rejected)", "（不採用）")
        )
    if review.needed > 1 and now.state != "closed":
        words += f" {len(now.approvals)}/{review.needed}"
    return " ".join([words, *(f"@{name}" for name in named.get(now.state, ()))])


def name(review: "Review") -> str:
    """Return what is reviewed: the account and day of a meeting, or the page, and the title."""
    subject = review.subject
    if subject is None:
        return review.of
    where = f"{subject.account}/{subject.date}" if subject.account else subject.name
    return f"{where} {subject.title}".strip()


def head(review: "Review") -> str:
    """Return a review on one line."""
    return _clean([f"{review.id}  {name(review)}  [{state(review)}]"])


def asked(review: "Review", often: "Often | None") -> str:
    """Return who was asked, and to the author what reviewers asked for most often lately."""
    names = " ".join(f"@{who}" for who in review.events[-1].members("to"))
    line = t(f"Asked {names}: ", f"{names} さんにレビューを依頼しました: ") + head(review)
    if often is None:
        return line
    about = t(*TYPES[often.type])
    return line + t(
        f"\nYour reviewers asked most often about: {about} ({often.times} of {often.of} comments "
        "lately). Only you see this.",
        f"\n最近のレビューであなたに多かった指摘は「{about}」です（{often.of}件中{often.times}件）。"
        "あなただけに表示しています。",
    )


def moment(ctx: "Context", at: datetime) -> str:
    """Return a moment on the team's own clock."""
    return f"{at.astimezone(ctx.settings.tz):%Y-%m-%d %H:%M}"


def table(ctx: "Context", found: "list[Review]") -> str:
    """Return reviews as a table."""
    if not found:
        return t("No reviews.", "レビューはありません。")
    titles = ("ID", t("Due", "期限"), t("Kind", "種類"), t("What", "対象"), t("State", "状態"))
    rows = [
        (one.id, moment(ctx, one.due) if one.due else "", kind(one), name(one), state(one))
        for one in found
    ]
    return _clean([columns(titles, rows)])


def whole(ctx: "Context", review: "Review") -> str:
    """Return the review with all its events, and what changed since the approval."""
    from kb.work.reviews_since import edited_since

    since = edited_since(ctx, review) if review.state.state != "closed" else None
    return _clean([*_about(ctx, review), *_since(ctx, since), *_events(ctx, review)])


def _clean(lines: list[str]) -> str:
    """Return lines without what a terminal obeys: threads may be written by hand."""
    return _CONTROL.sub(" ", "\n".join(lines))


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def next_one(ctx: "Context", found: "Next") -> str:
    """Return the review to do now: what to look at, what helps, and what to do then."""
    one = found.review
    lines = [*_about(ctx, one)]
    if found.waiting > 1:
        rest = found.waiting - 1
        lines.append(t(f"{rest} more after this one", f"このあとに{rest}件あります"))
    lines += ["", t("To look at:", "見るところ:")]
    for part, text in found.lines:
        name = PARTS.get(part)
        start = "- " if part in ("claim", "topic", "todo", "decision", "insight") else "  "
        lines.append(f"  {start}" + (f"{t(*name)}: " if name else "") + text)
    lines += _since(ctx, found.since)
    lines += _events(ctx, one)
    page = one.subject is not None and one.subject.row is None
    earlier = (
        t("Hypotheses that cite this page:", "このページを引いた仮説:")
        if page
        else t("Earlier hypotheses of this customer:", "このお客様のこれまでの仮説:")
    )
    lines += _ended(earlier, found.known.earlier)
    lines += _ended(t("Similar ones elsewhere:", "ほかの顧客の似た仮説:"), found.known.similar)
    lines += ["", f"kb review approve {one.id}", f'kb review changes {one.id} "…"']
    return _clean(lines)


def _ended(title: str, found: "tuple[Ended, ...]") -> Iterator[str]:
    if not found:
        return
    counts = {key: sum(one.verdict == key for one in found) for key in wording.VERDICTS}
    told = t(", ", "・").join(
        t(f"{count} {wording.verdict(key)}", f"{wording.verdict(key)} {count}")
        for key, count in counts.items()
        if count
    )
    if waiting := len(found) - sum(counts.values()):
        told += (t(", ", "・") if told else "") + t(f"{waiting} waiting", f"判定待ち {waiting}")
    total = t(f"{len(found)} in all", f"{len(found)}件")
    yield ""
    yield f"{title} {total}" + (t(f" ({told})", f"（{told}）") if told else "")
    for one in found[:SHOWN]:
        verdict = wording.verdict(one.verdict) if one.verdict else t("waiting", "判定待ち")
        where = one.date if one.similarity is None else f"{one.account} {one.date}"
        yield f"  [{verdict}] {cut(one.text, 90)} ({where})"
        if one.quote:
            yield "      " + t(f"“{cut(one.quote, 80)}”", f"「{cut(one.quote, 80)}」")


SHOWN = 8
"""So many earlier hypotheses are shown; the counts are of all."""


def _about(ctx: "Context", review: "Review") -> Iterator[str]:
    yield f"{name(review)}  {kind(review)}  [{state(review)}]"
    yield f"{review.id}  {review.path}"
    authors = " ".join(who if "@" in who else f"@{who}" for who in sorted(review.authors))
    asked = " ".join(f"@{who}" for who in review.reviewers)
    yield t(f"Written by {authors}; asked: {asked}", f"書き手: {authors}  依頼先: {asked}")
    if review.due:
        at = moment(ctx, review.due)
        yield t(f"Wanted by {at}", f"期限: {at}")


def _since(ctx: "Context", since: "Since | None") -> Iterator[str]:
    if since is None:
        return
    who, at = since.event.member, moment(ctx, since.event.moment)
    yield ""
    yield t(
        f"Edited since @{who} looked at it ({at}):",
        f"@{who} さんが見たあと（{at}）に変わったところ:",
    )
    yield from changed(since.changes)


def changed(found: "tuple[Difference, ...] | None") -> Iterator[str]:
    """Yield how a text changed, one line a difference."""
    if found is None:
        yield "  " + t(
            "The text of then is no longer in the history.",
            "そのときの文は、もう履歴にありません。",
        )
        return
    for one in found:
        part = PARTS.get(one.part, ("", ""))
        label = t(*part) + t(": ", ": ") if part[0] else ""
        if one.was is None:
            yield f"  {label}" + t(f"added “{one.now}”", f"「{one.now}」を追加")
        elif one.now is None:
            yield f"  {label}" + t(f"removed “{one.was}”", f"「{one.was}」を削除")
        else:
            yield f"  {label}" + t(f"“{one.was}” → “{one.now}”", f"「{one.was}」→「{one.now}」")


PARTS = {
    "claim": ("Hypothesis", "事前仮説"),
    "more": ("Note", "補足"),
    "why": ("Why", "根拠"),
    "test": ("Test", "検証"),
    "impact": ("Impact", "効果"),
    "confidence": ("Confidence", "確信度"),
    "see": ("See", "参照"),
    "value-level": ("Value level", "価値の段階"),
    "topic": ("Topic", "論点"),
    "stance": ("Stance", "スタンス"),
    "todo": ("TODO", "TODO"),
    "customer": ("Customer", "お客様"),
    "decision": ("Decision", "決定"),
    "insight": ("Insight", "気づき"),
    "verdict": ("Verdict", "判定"),
}
"""What the lines of a reviewed text are called."""


def _events(ctx: "Context", review: "Review") -> Iterator[str]:
    for event in review.events:
        marks = []
        if not review.counts(event):
            marks.append(t("[unverified: does not count]", "［本人の記録ではないため数えません］"))
        if event.type == "approved" and not model.current(event, review.digest):
            marks.append(t("[of another text]", "［その後に変更あり］"))
        if event.type == "approved" and review.is_late(event):
            marks.append(t("[after the meeting began]", "［開始後の承認］"))
        if event.id in review.taken:
            marks.append(t("[taken]", "［採用済み］"))
        yield ""
        yield "  ".join(
            [
                moment(ctx, event.moment),
                f"@{event.member}",
                _what(event),
                event.id,
                *marks,
            ]
        )
        if event.body:
            yield "    " + indented(_body(event), "    ")


def _body(event: "Event") -> str:
    """Return what was said; of a suggestion both texts under people's words."""
    offered = model.suggestion(event)
    if offered is None:
        return event.body
    marks = ("- old:", "- new:")
    why = "\n".join(row for row in event.body.split("\n") if not row.startswith(marks)).strip()
    now = offered.old or t("(nothing)", "（なし）")
    lines = [t(f"Now: {now}", f"いま: {now}"), t(f"Then: {offered.new}", f"　案: {offered.new}")]
    return "\n".join([*lines, *([why] if why else [])])


def _what(event: "Event") -> str:
    words = {
        "requested": t("asked", "依頼"),
        "commented": t("comment", "コメント") if event.value("type") else t("answer", "返事"),
        "suggested": t("suggestion", "直しの案"),
        "accepted": t("took a suggestion", "案を採用"),
        "approved": t("approved", "承認"),
        "changes-requested": t("wants changes", "差し戻し"),
        "closed": t("closed", "終了"),
    }[event.type]
    about = TYPES.get(event.value("type") or "")
    if about:
        words = f"{words}({t(*about)})"
    to = " ".join(f"@{who}" for who in event.members("to"))
    on = event.value("on") or ""
    return " ".join(part for part in (words, f"→ {to}" if to else "", on) if part)


TYPES = {
    "evidence": ("evidence", "根拠"),
    "stance": ("stance", "スタンス"),
    "impact": ("impact", "効果"),
    "so-what": ("so what", "だから何"),
    "customers-words": ("customer's words", "お客様の言葉"),
    "wording": ("wording", "言い回し"),
}
"""What the types of comments are called."""
