"""What could not be done, as `application/problem+json` in the language asked for (RFC 9457)."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from kb.errors import KbError
from kb.faces.web.api.written import dumped
from kb.faces.web.pages import trouble
from kb.faces.web.words import wanted
from kb.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.faces.web.ask import Ask

KIND = "application/problem+json"
STATUS = {
    "api-busy": 429,
    "api-stale": 412,
    "api-other-body": 422,
    "api-empty-field": 422,
    "api-not-json": 415,
    "api-too-much": 413,
    "web-old-form": 403,
}
"""The status of what only happens here."""
TITLES = {400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429, 500, 503}
"""The statuses that have a title of their own."""
OURS = {
    "web-no-session": "api-no-token",
    "web-bad-form": "api-too-much",
    "web-no-page": "api-none",
    "web-wrong-method": "api-wrong-method",
}
"""What a program has to be told in other words than a person."""


def status_of(error: KbError) -> int:
    """Return the status with which an error is answered."""
    return STATUS.get(error.code) or trouble.status_of(error)


def problem(
    code: str,
    status: int,
    lang: str,
    params: "Mapping[str, object]",
    headers: "Mapping[str, str] | None" = None,
) -> Response:
    """Return the answer for `code`, with what a program needs of its parameters.

    `text_back` is what was typed and not saved, `now` the name that an account has now.
    """
    if code == "api-bad-field":  # what a field has to be is a sentence of its own
        params = {**params, "why": say(str(params["why"]), lang, **params)[0]}
    detail, hint = say(code, lang, **params)
    title = say(f"api-title-{status if status in TITLES else 500}", lang)[0]
    data: dict[str, object] = {
        "type": f"urn:kb:problem:{code}",
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "hint": hint or None,
    }
    if params.get("text_back") is not None:
        data["text"] = str(params["text_back"])
    if params.get("now") is not None:
        data["account"] = str(params["now"])
    if isinstance(params.get("item"), int):  # of several lines, the one that it is about
        data["item"] = params["item"]
    return Response(dumped(data), status, dict(headers or {}), media_type=KIND)


def refusal(code: str, status: int, accepts: str) -> Response:
    """Answer before anything of the store is looked at."""
    headers = {"www-authenticate": 'Bearer realm="kb"'} if status == 401 else {}
    return problem(OURS.get(code, code), status, wanted(accepts) or "ja", {}, headers)


def told(ask: "Ask", error: KbError) -> Response:
    """Answer with what a person or a program can act on."""
    if ask.unopened is not None:
        error = trouble.of_store(ask, ask.unopened)
        lang = wanted(ask.accepts) or "ja"
        return problem(error.code, trouble.UNOPENED, lang, error.params)
    params = dict(error.params)
    tag = params.pop("tag", None)
    headers = {"etag": str(tag)} if tag else {}
    if error.code == "api-busy":
        headers["retry-after"] = "1"
    return problem(error.code, status_of(error), ask.ctx.lang, params, headers)


def fault(ask: "Ask", error: BaseException) -> Response:
    """Answer for a fault of ours, which is written down beside the store."""
    where = ask.site.fault(error)
    return problem("api-fault", 500, wanted(ask.accepts) or "ja", {"where": where})
