"""Attachments: taking one, giving one back as a file, and showing a picture."""

from starlette.responses import Response

from kb.errors import KbError, NotFound, WrongUse
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import meeting as page_of
from kb.faces.web.paths import meeting_path
from kb.formats.attached import PICTURES, TEXTS
from kb.work import attaching, meetings

SEALED = {
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-cache",
}
"""What every attachment bears: whatever is in it may do nothing, and nobody else keeps it."""


def attach(ask: Ask) -> Response:
    """Put a file beside the meeting, and look at the line that links it."""
    try:
        sent = ask.files.get("file")
        if sent is None:
            raise WrongUse("attachment-empty")
        done = attaching.attach(
            ask.ctx, page_of.ref_of(ask), sent.data, name=sent.name, words=ask.typed("words")
        )
    except KbError as error:
        return page_of.page(ask, error)
    row, _ = meetings.find(ask.ctx, page_of.ref_of(ask))
    return go(meeting_path(row.account, row.id), page_of.anchor(done.id, done.line))


def file(ask: Ask) -> Response:
    """Give an attachment as a file to be saved, never as a page."""
    data, kind = attaching.read(ask.ctx, ask.path["account"], ask.path["name"])
    told = "text/plain; charset=utf-8" if kind in TEXTS else "application/octet-stream"
    return _sealed(ask, data, told, "attachment")


def picture(ask: Ask) -> Response:
    """Show a picture; what is none by its bytes is not there."""
    data, kind = attaching.read(ask.ctx, ask.path["account"], ask.path["name"])
    if kind not in PICTURES:
        raise NotFound("no-attachment")
    return _sealed(ask, data, PICTURES[kind], "inline")


def _sealed(ask: Ask, data: bytes, kind: str, shown: str) -> Response:
    mark = f'"{ask.path["name"]}"'  # its name is made of its bytes
    headers = {**SEALED, "etag": mark, "content-disposition": shown}
    if ask.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=kind, headers=headers)
