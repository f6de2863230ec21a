"""Pages of the playbook as the catalogue knows them: what a link to one has to show."""

import sqlite3

from kb.catalogue.codec import dump
from kb.catalogue.documents import stem
from kb.catalogue.schema import KINDS
from kb.text import frontmatter
from kb.text.lines import readable


def put_page(db: sqlite3.Connection, path: str, data: bytes) -> None:
    """Bring the row of one page up to date."""
    kind = KINDS.get(path.split("/")[1], "page")
    front = frontmatter.read(data)
    name = front.get(kind) or front.get("id") or stem(path)
    title = front.get("title") or stem(path)
    status = front.get("status")
    db.execute(
        "INSERT OR REPLACE INTO page (path, page, kind, title, status, front)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            *(path, readable(str(name)), kind, readable(str(title))),
            readable(status) if isinstance(status, str) else None,
            dump(front),
        ),
    )
