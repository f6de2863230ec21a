"""Asks another server for JSON: one address, no other, for a few seconds and a few bytes.

In a module of its own, which is loaded when something is asked: few servers ever do.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from kb.errors import NotAllowed

SECONDS = 5.0
"""How long each part of an answer is waited for."""
LARGEST = 1024 * 1024
"""The most bytes of an answer that are read."""


class _Stay(HTTPRedirectHandler):
    """Goes to no other address than the one that was asked."""

    def redirect_request(self, *_: object) -> None:
        """Don't follow: the answer is an error."""


def fetched(
    address: str, data: bytes | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return the JSON object that an address answers, to `data` if there is some to be sent.

    The address must have been checked. Raises `NotAllowed("oidc-unreachable")`.
    """
    sent = {"accept": "application/json", **(headers or {})}
    asked = Request(address, data, sent)  # noqa: S310 (by TLS or on this machine: the caller looked)
    try:
        with build_opener(_Stay).open(asked, timeout=SECONDS) as answer:
            said = json.loads(answer.read(LARGEST))
    except (URLError, OSError, ValueError):
        raise NotAllowed("oidc-unreachable") from None
    if not isinstance(said, dict):
        raise NotAllowed("oidc-unreachable")
    return said
