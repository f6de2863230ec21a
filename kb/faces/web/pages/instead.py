"""What could not be done, with what to do about it on a page instead of at a terminal."""

from kb.errors import KbError
from kb.faces.web.ask import Ask
from kb.faces.web.pages import trouble
from kb.messages import find


def told(ask: Ask, error: KbError) -> dict[str, str]:
    """Return what a page shows of an error, with the page's own hint where there is one."""
    shown = trouble.told(ask, error)
    own = find(f"page-instead-{error.code}")
    if own is not None:
        shown["hint"] = own.ja if ask.ctx.lang == "ja" else own.en
    return shown
