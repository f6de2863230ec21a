"""Word documents of our own making: a few paragraphs and tables, in exactly the parts written here.

Nothing else gets into the file: no template, no name of a person or a program, no time, no picture.
So the same paper makes the same bytes, on every machine.
"""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kb.formats.docx_parts import CONTENT_TYPES, CORE, DOCUMENT, DOCUMENT_RELS, RELS, SETTINGS
from kb.formats.docx_parts import STYLES as STYLES_PART

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""The media type of the file."""
STYLES = frozenset(
    {"Title", "Subtitle", "Heading1", "Heading2", "Label", "Text", "Voice", "Decided"}
)
"""The styles that a paragraph may have."""
WIDTH = 9638
"""How wide the text of a page is, in twentieths of a point: A4 less its margins."""
_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Paragraph(NamedTuple):
    """Some words in one of `STYLES`; LF begins a new line inside it."""

    style: str
    text: str


class Row(NamedTuple):
    """One row of a table of two columns; with one cell it goes over both. `head`: it names them."""

    cells: tuple[tuple[Paragraph, ...], ...]
    head: bool = False


class Table(NamedTuple):
    """Two columns of the same width."""

    rows: tuple[Row, ...]


class Paper(NamedTuple):
    """A document: its title among its properties, its language ("ja" or "en"), what it says."""

    title: str
    lang: str
    blocks: tuple[Paragraph | Table, ...]


def written(paper: Paper) -> bytes:
    """Return the paper as a .docx file."""
    lang = "ja-JP" if paper.lang == "ja" else "en-GB"
    body = "".join(
        _table(block) if isinstance(block, Table) else _paragraph(block) for block in paper.blocks
    )
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELS,
        "docProps/core.xml": CORE.format(title=_text(paper.title), lang=lang),
        "word/document.xml": DOCUMENT.format(body=body),
        "word/_rels/document.xml.rels": DOCUMENT_RELS,
        "word/settings.xml": SETTINGS,
        "word/styles.xml": STYLES_PART.format(lang=lang),
    }
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, part in parts.items():
            member = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = ZIP_DEFLATED
            member.create_system = 0  # the same on every system
            archive.writestr(member, part.encode("utf-8"))
    return made.getvalue()


def _text(text: str) -> str:
    """Return words as XML takes them; what it can't hold is left out."""
    return escape(_NOT_XML.sub("", text), {'"': "&quot;"})


def _paragraph(block: Paragraph) -> str:
    assert block.style in STYLES, block.style
    lines = (f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in block.text.split("\n"))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{block.style}"/></w:pPr>'
        f"<w:r>{'<w:br/>'.join(lines)}</w:r></w:p>"
    )


def _table(table: Table) -> str:
    half = WIDTH // 2
    rows = "".join(_row(row, half) for row in table.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{2 * half}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{half}"/><w:gridCol w:w="{half}"/></w:tblGrid>{rows}</w:tbl>'
    )


def _row(row: Row, half: int) -> str:
    repeated = '<w:tblHeader w:val="true"/>' if row.head else ""
    head = f"<w:trPr><w:cantSplit/>{repeated}</w:trPr>"
    if len(row.cells) == 1:
        span = f'<w:tcW w:w="{2 * half}" w:type="dxa"/><w:gridSpan w:val="2"/>'
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="F4F4F0"/>'
        return f"<w:tr>{head}{_cell(row.cells[0], span + shade)}</w:tr>"
    assert len(row.cells) == 2, row
    width = f'<w:tcW w:w="{half}" w:type="dxa"/>'
    return f"<w:tr>{head}{''.join(_cell(cell, width) for cell in row.cells)}</w:tr>"


def _cell(blocks: Iterable[Paragraph], properties: str) -> str:
    """Return one cell: there is no cell without a paragraph."""
    inside = "".join(map(_paragraph, blocks)) or "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"
