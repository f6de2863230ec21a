"""What is written into a meeting: one line, a verdict, a tick, that the minutes are complete.

Each is an operation on one item, made under the store's lock on the text as it then stands; so
two people can write at once, and neither form has to know what the other has sent.
"""

from hashlib import sha256

from starlette.responses import RedirectResponse, Response

from kb.errors import KbError, WrongUse
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import meeting as page_of
from kb.faces.web.paths import meeting_path
from kb.faces.web.plainly import felt
from kb.server.replies import Reply
from kb.text.compose import New
from kb.work import capture, closing, meetings, once

UNDER = ("stance", "said", "decision", "todo", "request")
"""The kinds of lines that stand under a topic."""
VERDICTS = ("supported", "refuted", "mixed", "untested")


def add(ask: Ask) -> Response:
    """Write one line, and look at it; one that is sent again with its key was written already."""
    key = ask.form.get("key", "")
    if not once.KEY.fullmatch(key):
        return _add(ask)
    ref = page_of.ref_of(ask)
    name = sha256(f"{ask.member} {ref} {key}".encode()).digest()
    with ask.site.once.turn(name) as known:
        if known is not None:
            return RedirectResponse(known.body.decode(), status_code=303)
        if ask.form.get("again") and once.written_before(ask.ctx, ref, key):
            return go(_here(ask))
        ask.ctx.once = key
        answer = _add(ask)
        if answer.status_code == 303:
            where = answer.headers["location"].encode()
            ask.site.once.keep(name, Reply(b"", 303, "", where))
        return answer


def _add(ask: Ask) -> Response:
    ctx = ask.ctx
    try:
        kind = ask.typed("kind")
        if kind not in capture.KINDS:
            raise WrongUse("web-bad-kind")
        new = New(
            kind,
            ask.typed("text"),
            under=ask.typed("under") or None if kind in UNDER else None,
            owners=_owners(ask) if kind == "todo" else (),
            due=ask.typed("due") or None if kind == "todo" else None,
            confidence=_confidence(ask) if kind == "hypothesis" else None,
            because=_only(ask, "because", kind),
            test=_only(ask, "test", kind),
            impact=_only(ask, "impact", kind),
            stance=ask.typed("stance") or None if kind == "topic" else None,
        )
        done = capture.add(ctx, page_of.ref_of(ask), new)
    except KbError as error:
        return page_of.page(ask, error)
    row, meeting = meetings.find(ctx, page_of.ref_of(ask))
    at = page_of.anchor(done.id, done.line)
    if kind == "stance":  # which stands at its topic, without a place of its own
        at = next((one.id for one in meeting.topics if one.title == done.topic), at)
    return go(meeting_path(row.account, row.id), at)


def _only(ask: Ask, name: str, kind: str) -> str | None:
    return ask.typed(name) or None if kind == "hypothesis" else None


def _owners(ask: Ask) -> tuple[str, ...]:
    return tuple(ask.typed("owner").replace("、", " ").replace(",", " ").split())


def _confidence(ask: Ask) -> int | None:
    typed = ask.typed("confidence").rstrip("%％").strip()
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > 3:
        raise WrongUse("web-bad-number", value=typed)
    return int(typed)


def verdict(ask: Ask) -> Response:
    """Say whether a hypothesis held, and look at it."""
    claim = ask.typed("claim")
    try:
        if ask.typed("verdict") not in VERDICTS:
            raise WrongUse("web-no-verdict")
        quote = ask.typed("quote") or None
        done = capture.verdict(ask.ctx, _target(ask, claim), ask.typed("verdict"), quote)
    except KbError as error:
        return page_of.page(ask, error)
    return go(_here(ask), done.id or "")


def tick(ask: Ask) -> Response:
    """Tick a TODO off, and go back to where it was ticked."""
    target = ask.typed("todo")
    if "account" not in ask.path:
        capture.done(ask.ctx, target)
        back = ask.typed("back")
        return go(back if back in BACK else "/")
    try:
        done = capture.done(ask.ctx, _target(ask, target))
    except KbError as error:
        return page_of.page(ask, error)
    row, meeting = meetings.find(ask.ctx, page_of.ref_of(ask))
    at = next((f"l-{one.line}" for one in meeting.carried if one.link == target), done.id or "")
    return go(meeting_path(row.account, row.id), at)


BACK = ("/", "/?days=7", "/?all=1", "/?days=7&all=1")
"""Where one can come from: a form may not send anybody elsewhere."""


def close(ask: Ask) -> Response:
    """Record that the minutes are complete, and look at the meeting."""
    try:
        gut: str | None = ask.typed("gut") or None
        why = ask.typed("why") or None if gut else None
        _, meeting = meetings.find(ask.ctx, page_of.ref_of(ask))
        if felt(meeting.gut) == (gut, why or ""):
            gut = why = None  # it stands there already, in the words of who wrote it
        closing.close(ask.ctx, page_of.ref_of(ask), gut=gut, why=why)
    except KbError as error:
        return page_of.page(ask, error)
    return go(_here(ask), "top")


def _target(ask: Ask, id_: str) -> str:
    """Return the words that name a line of the account, or of another one by its link."""
    return id_ if "#" in id_ else f"{ask.path['account']}#^{id_}"


def _here(ask: Ask) -> str:
    row, _ = meetings.find(ask.ctx, page_of.ref_of(ask))
    return meeting_path(row.account, row.id)
