"""A page of the playbook, to be read: where search and links lead."""

from starlette.responses import Response

from kb.errors import NotFound
from kb.faces.web.ask import Ask
from kb.text import frontmatter
from kb.text.lines import decode


def show(ask: Ask) -> Response:
    """Show one principle, play or manual as it is written."""
    name = ask.path["name"]
    page = ask.ctx.catalogue.pages().get(name)
    found = ask.ctx.store.read(page.path) if page else None
    if page is None or found is None:
        raise NotFound("web-no-playbook-page", name=name)
    text = decode(found.data[frontmatter.text_start(found.data) :])
    return ask.show("playbook_page.html.j2", here="", page=page, text=text)
