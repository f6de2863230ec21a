"""The API as a face of the server: its routes, how it finds who asks, how it says what is wrong."""

from typing import TYPE_CHECKING

from kb.faces.web.api import docs, problems, running
from kb.faces.web.api.openapi import described
from kb.faces.web.api.operation import ROOT
from kb.faces.web.api.table import OPERATIONS, shown
from kb.faces.web.routing import Face, Rule

if TYPE_CHECKING:
    from starlette.responses import Response

    from kb.faces.web.ask import Ask

LARGEST = 1024 * 1024
"""The most bytes that a body may have."""


def openapi(ask: "Ask") -> "Response":
    """Answer with the description of the API."""
    return running.answered(ask, described(ask.ctx.lang), {})


RULES = (
    Rule(f"{ROOT}/openapi.json", "GET", openapi),
    Rule(f"{ROOT}/docs", "GET", docs.show),
    *(
        Rule(
            ROOT + one.path,
            one.method,
            running.handler(one, shown),
            least=one.least,
            body="raw",
            limit=LARGEST,
        )
        for one in OPERATIONS
    ),
)
FACE = Face(
    RULES, problems.refusal, problems.told, problems.fault, enter=running.enter, forms=False
)
