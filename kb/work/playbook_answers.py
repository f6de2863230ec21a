"""Pages of the playbook as the command line answers them: one row of a list, one whole page."""

from typing import TYPE_CHECKING, Any

from kb.work import tracing
from kb.work.ladder_status import ground
from kb.work.playbook import UNPROVEN, Counts, Shelf, Shelved
from kb.work.tracing_quotes import Documents

if TYPE_CHECKING:
    from kb.work.context import Context


def row(shelf: Shelf, one: Shelved) -> dict[str, Any]:
    """Return a page in a list."""
    page = one.page
    base = shelf.base(page)
    cited = shelf.citing(page.id)
    found: dict[str, Any] = {
        "id": page.id,
        "kind": page.kind,
        "title": page.title,
        "owner": page.owner,
        "badge": shelf.badge(page),
        "meetings": base.meetings,
        "accounts": len(base.accounts),
        "csms": len(base.csms),
        "cited": len(cited),
        "last_cited": max((c.date for c in cited), default=None),
        **_ended(shelf.counts(page.id)),
        "path": one.path,
    }
    if page.kind == "principle":
        found |= {
            "principle": page.id,
            "status": page.status,
            "proposed": page.proposed,
            "adopted": page.adopted,
            "verify_by": page.verify_by,
            "superseded_by": page.superseded_by,
            "before_reviews": shelf.before_reviews(page),
        }
    elif page.kind == "play":
        found |= {"principle": page.principle, "use_when": list(page.use_when)}
    else:
        found |= {"play": page.play}
    return found


def whole(ctx: "Context", shelf: Shelf, one: Shelved) -> dict[str, Any]:
    """Return a page with all that it says, what it rests on, and what hangs on it."""
    page = one.page
    found = row(shelf, one)
    below = [
        other.page.id
        for other in shelf.pages.values()
        if page.id in (other.page.principle, other.page.play)
    ]
    if page.kind == "principle":
        told = tracing.traced(ctx, shelf, one, Documents(ctx))
        found |= {
            "revised": page.revised,
            "superseded": page.superseded,
            "retired": page.retired,
            "supersedes": list(page.supersedes),
            "why_given_up": page.why_given_up,
            "statement": page.texts.get("statement") or None,
            "why": page.texts.get("why") or None,
            "do": list(page.do),
            "dont": list(page.dont),
            "use_when": list(page.use_when),
            "evidence": [tracing.quote_json(quote) for quote in told.evidence],
            "counter": [tracing.quote_json(quote) for quote in told.counter],
            "insights": [f"{account}#^{id_}" for account, id_ in page.insights],
            "rate": tracing.counts_json(told.counts)["rate"],
            "by_segment": tracing.segments_json(told.segments),
            "plays": below,
            "adoption": _adoption(ctx, shelf, one),
            **_living(ctx, one),
        }
    elif page.kind == "play":
        texts = page.texts
        found |= {
            "aim": texts.get("aim") or None,
            "steps": texts.get("steps") or None,
            "measure": texts.get("measure") or None,
            "manuals": sorted({*below, *(m for m in page.manuals if m in shelf.pages)}),
        }
    else:
        found["text"] = body_of(ctx, one)
    found["warnings"] = [code for code in (found["badge"],) if code == UNPROVEN]
    return found


def _living(ctx: "Context", one: Shelved) -> dict[str, Any]:
    """Return the page as a living document: how often its text changed, when last, by whom."""
    from kb.text.page import adopt_digest

    versions = ctx.past.versions(one.path)
    texts = [adopt_digest(ctx.past.text(version)) for version in versions]
    changed = [
        version for at, version in enumerate(versions) if not at or texts[at] != texts[at - 1]
    ]
    last = changed[-1] if changed else None
    return {
        "version": len(changed),
        "changed": {
            "at": last.at.astimezone(ctx.settings.tz).isoformat(timespec="seconds"),
            "by": last.by[0] if last.by else None,
            "commit": last.commit,
        }
        if last
        else None,
    }


def body_of(ctx: "Context", one: Shelved) -> str:
    """Return the Markdown of a page below its front matter and title."""
    from kb.text.frontmatter import text_start
    from kb.text.lines import decode

    data = (ctx.root / one.path).read_bytes()
    lines = decode(data[text_start(data) :]).strip().splitlines()
    return "\n".join(lines[1:] if lines and lines[0].startswith("# ") else lines).strip()


def _adoption(ctx: "Context", shelf: Shelf, one: Shelved) -> dict[str, Any]:
    """Return what an adoption has of what it needs, as [has, needs], and where its review is."""
    found = ground(ctx, shelf, one)
    quorum = ctx.settings.quorum
    return {
        "accounts": [len(found.accounts), quorum.accounts],
        "csms": [len(found.csms), quorum.csms],
        "approvals": [len(found.standing.approvals), quorum.approvals],
        "approved_by": list(found.standing.approvals),
        "outstanding": list(found.standing.outstanding),
        "review": found.standing.id,
        "state": found.standing.state,
    }


def _ended(counts: Counts) -> dict[str, int]:
    return dict(counts._asdict())
