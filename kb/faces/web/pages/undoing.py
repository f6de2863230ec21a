"""Taking back what was saved just now, and bringing it back; one looks at its place afterwards."""

import re
from contextlib import suppress
from urllib.parse import quote

from starlette.responses import Response

from kb.errors import KbError, NotFound
from kb.faces.web.ask import Ask, go
from kb.faces.web.pages import instead, trouble
from kb.faces.web.paths import account_path, meeting_path
from kb.work import accounts, changes, meetings

_CHANGE = re.compile(r"[0-9a-f]{40,64}")


def undo(ask: Ask) -> Response:
    """Take back the change that the form names, if it is one's own and nobody built on it."""
    change = ask.typed("change")
    if not _CHANGE.fullmatch(change):
        return _refused(ask, NotFound("nothing-to-undo"))
    try:
        undone = changes.undo(ask.ctx, change)
    except KbError as error:
        return _refused(ask, error)
    for path in undone.paths:
        where = _place(ask, path, undone.meeting)
        if where:
            return go(where)
    return go("/")


def _refused(ask: Ask, error: KbError) -> Response:
    """Say why it was not taken back, by the customer's name, with the way back to the place."""
    params, there = dict(error.params), {}
    path, meeting = str(params.get("path", "")), params.get("meeting")
    known = accounts.listed(ask.ctx, archived=True)
    name = next((one.name for one in known if path and one.path == path), None)
    if name is not None:
        params["path"] = name
        there = {"back": _place(ask, path, str(meeting) if meeting else None), "name": name}
    told = instead.told(ask, type(error)(error.code, **params))
    if error.code == "built-on" and name is None:  # a page of the playbook, or a review
        told["hint"] = ask.words("history-change-there")
    return ask.show(
        "trouble.html.j2",
        status=trouble.status_of(error),
        here="",
        sent=True,
        error=told,
        typed=[],
        **there,
    )


def _place(ask: Ask, path: str, meeting: str | None) -> str:
    """Return the page of what a change was about, "" when there is none."""
    folder, _, rest = path.partition("/")
    name = rest.rpartition("/")[2].removesuffix(".md")
    if folder == "playbooks":
        return f"/playbook/{quote(name)}"
    if folder == "reviews":
        return f"/reviews/{quote(name)}"
    if folder != "accounts":
        return ""
    there = accounts.listed(ask.ctx, archived=True)
    account = next((one.account for one in there if one.path == path), None)
    if account is None:
        return "/accounts"  # it was new, and is no more
    if meeting:
        with suppress(KbError):
            meetings.find(ask.ctx, f"{account}/{meeting}")
            return meeting_path(account, meeting)
    return account_path(account)
