"""The one cookie of a browser: what it holds opens the session, so no script and no other site."""

from typing import TYPE_CHECKING

from kb.faces.web.auth import SESSION_SECONDS

if TYPE_CHECKING:
    from starlette.responses import Response

    from kb.faces.web.site import Site


def put(answer: "Response", site: "Site", secret: str) -> "Response":
    """Let an answer give the browser the secret of its session, and return it."""
    answer.set_cookie(
        site.cookie,
        secret,
        max_age=SESSION_SECONDS,
        path="/",
        secure=site.known.secure,
        httponly=True,
        samesite="lax",
    )
    return answer


def drop(answer: "Response", site: "Site") -> "Response":
    """Let an answer take the browser's cookie away, and return it."""
    return forget(answer, site, site.cookie)


def forget(answer: "Response", site: "Site", name: str) -> "Response":
    """Let an answer take a cookie of ours away, and return it."""
    answer.delete_cookie(name, path="/", secure=site.known.secure, httponly=True, samesite="lax")
    return answer
