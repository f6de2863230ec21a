"""A Word document of our own has exactly our parts, in the order that the standard wants."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from kb.formats.docx import Paper, Paragraph, Row, Table, written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = [
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/settings.xml",
    "word/styles.xml",
]
PAPER = Paper(
    'A & B <"x">',
    "ja",
    (
        Paragraph("Title", "議事録 <&>"),
        Table(
            (
                Row(((Paragraph("Label", "左"),), (Paragraph("Label", "右"),)), head=True),
                Row(((Paragraph("Heading1", "1. 論点"),),)),
                Row(
                    ((), (Paragraph("Voice", "一行目\n二行目"), Paragraph("Text", "\0\x0b\ud800")))
                ),
            )
        ),
        Paragraph("Text", ""),
    ),
)
# The order of children in ECMA-376, part 1, of the elements that we write.
ORDER = {
    "pPr": ["pStyle", "keepNext", "spacing", "outlineLvl"],
    "rPr": ["rFonts", "b", "color", "sz", "szCs", "lang"],
    "tblPr": ["tblStyle", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"],
    "tblBorders": ["top", "left", "bottom", "right", "insideH", "insideV"],
    "tblCellMar": ["top", "left", "bottom", "right"],
    "trPr": ["cantSplit", "tblHeader"],
    "tcPr": ["tcW", "gridSpan", "shd"],
    "tbl": ["tblPr", "tblGrid", "tr"],
    "tr": ["trPr", "tc"],
    "tc": ["tcPr", "p"],
    "p": ["pPr", "r"],
    "style": ["name", "basedOn", "qFormat", "pPr", "rPr", "tblPr"],
    "styles": ["docDefaults", "style"],
    "settings": ["zoom", "defaultTabStop", "characterSpacingControl", "compat"],
    "sectPr": ["pgSz", "pgMar"],
    "docDefaults": ["rPrDefault", "pPrDefault"],
}


def unzipped(data):
    """The parts of a document by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info).decode() for info in archive.infolist()}


def test_the_file_has_our_parts_and_no_other():
    parts = unzipped(written(PAPER))
    assert list(parts) == PARTS
    for name, part in parts.items():
        ET.fromstring(part.encode())
        if not name.endswith(".rels"):
            assert "Target" not in part
    assert "External" not in "".join(parts.values()), "nothing is loaded from elsewhere"


def test_its_properties_are_ours_and_name_nobody_and_no_time():
    core = ET.fromstring(unzipped(written(PAPER))["docProps/core.xml"].encode())
    told = {one.tag.partition("}")[2]: one.text for one in core}
    assert told == {
        "title": 'A & B <"x">',
        "creator": None,
        "language": "ja-JP",
        "lastModifiedBy": None,
    }


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/settings.xml"])
def test_elements_stand_in_the_order_of_the_standard(name):
    for element in ET.fromstring(unzipped(written(PAPER))[name].encode()).iter():
        order = ORDER.get(element.tag.removeprefix(W))
        if order is None:
            continue
        places = [order.index(child.tag.removeprefix(W)) for child in element]
        assert places == sorted(places), element.tag


def test_every_style_that_is_used_is_there_and_has_fonts_for_japanese():
    parts = unzipped(written(PAPER))
    styles = ET.fromstring(parts["word/styles.xml"].encode())
    known = {one.get(f"{W}styleId") for one in styles.iter(f"{W}style")}
    body = ET.fromstring(parts["word/document.xml"].encode())
    used = {one.get(f"{W}val") for kind in ("pStyle", "tblStyle") for one in body.iter(W + kind)}
    assert used <= known
    fonts = list(styles.iter(f"{W}rFonts"))
    assert fonts
    assert all(one.get(f"{W}eastAsia") for one in fonts)


def test_words_come_back_as_they_were_less_what_xml_can_t_hold():
    body = ET.fromstring(unzipped(written(PAPER))["word/document.xml"].encode())
    texts = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p")]
    assert texts == ["議事録 <&>", "左", "右", "1. 論点", "", "一行目二行目", "", ""]
    lines = next(p for p in body.iter(f"{W}p") if p.find(f".//{W}br") is not None)
    assert [t.text for t in lines.iter(f"{W}t")] == ["一行目", "二行目"]


def test_rows_of_one_cell_go_over_both_columns_and_no_cell_is_without_a_paragraph():
    body = ET.fromstring(unzipped(written(PAPER))["word/document.xml"].encode())
    spans = [
        sum(
            int(cell.find(f"{W}tcPr/{W}gridSpan").get(f"{W}val")) if len(row) == 1 else 1
            for cell in row
        )
        for row in ([*tr.iter(f"{W}tc")] for tr in body.iter(f"{W}tr"))
    ]
    assert spans == [2, 2, 2]
    assert all(cell.find(f"{W}p") is not None for cell in body.iter(f"{W}tc"))


def test_the_same_paper_makes_the_same_bytes():
    assert written(PAPER) == written(PAPER)
