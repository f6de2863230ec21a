"""Old addresses: an account that got another short name is still found by the one it had."""

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.responses import RedirectResponse, Response

from kb.errors import NotFound
from kb.work import account_names

if TYPE_CHECKING:
    from kb.faces.web.ask import Ask
    from kb.faces.web.routing import Rule

STATUS = 307
"""For now, since the name may be another customer's one day; what was sent is sent again."""


def following(rule: "Rule") -> "Rule":
    """Return a page's route that leads on where its account has another short name by now."""
    if "{account}" not in rule.path:
        return rule

    def answer(ask: "Ask") -> Response:
        try:
            return rule.handler(ask)
        except NotFound:
            name = account_names.renamed(ask.ctx, ask.path["account"])
            if name is None:
                raise
        parts = {**ask.path, "account": name}
        path = rule.path.format(**{key: quote(part, safe="") for key, part in parts.items()})
        return RedirectResponse(f"{path}?{urlencode(ask.query)}" if ask.query else path, STATUS)

    return rule._replace(handler=answer)
