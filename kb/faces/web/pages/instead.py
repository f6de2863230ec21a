"""What could not be done, with what to do about it on a page instead of at a terminal."""

from kb.errors import KbError
from kb.faces.web.pages import trouble
from kb.messages import find


def told(error: KbError, lang: str) -> dict[str, str]:
    """Return what a page shows of an error, with the page's own hint where there is one."""
    shown = trouble.told(error, lang)
    own = find(f"page-instead-{error.code}")
    if own is not None:
        shown["hint"] = own.ja if lang == "ja" else own.en
    return shown
