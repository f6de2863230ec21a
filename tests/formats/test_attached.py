"""What kind a file is follows from its bytes alone."""

import io
import zipfile

import pytest

from kb.formats.attached import LINK, kind_of

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
)


def archive(*names, comment=b""):
    """A zip file with parts of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, b"0" * 64)
        file.comment = comment
    return made.getvalue()


WORD = archive("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("png", PNG),
        ("jpg", b"\xff\xd8\xff\xe0rest"),
        ("gif", b"GIF89a" + b"\0" * 8),
        ("webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
        ("pdf", b"%PDF-1.7\n"),
        ("docx", WORD),
        ("xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("pptx", archive("[Content_Types].xml", "ppt/presentation.xml", comment=b"made by hand")),
    ],
)
@pytest.mark.parametrize("name", ["", "picture.png", "page.html", "x.svg", "notes.txt", "a.exe"])
def test_the_bytes_tell_the_kind_whatever_the_name_is(kind, data, name):
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("notes.txt", "引き継ぎの記録\n".encode(), "txt"),
        ("表.CSV", "氏名,点\n佐藤,3\n".encode("cp932"), "csv"),
        ("a.md", b"# x\n", "md"),
        ("page.txt", b"<script>alert(1)</script>", "txt"),
        ("page.html", b"<html></html>", None),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        ("run.exe", b"MZ\x90\x00", None),
        ("notes.txt", b"MZ\x90\x00\x03", None),
        ("notes.txt", b"\xff\xfe\xfd\x80\x81\xff", None),
        ("plain", b"text", None),
        ("", b"", None),
    ],
)
def test_text_is_what_its_name_says_if_it_is_text(name, data, kind):
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    "data",
    [
        archive("a.txt"),
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        archive("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"),
        archive("[Content_Types].xml", *(f"word/{n}.xml" for n in range(2100))),
        WORD[:-10],
        WORD[:40],
        b"PK\x03\x04",
        b"PK\x03\x04" + b"PK\x05\x06" + b"\xff" * 18,
        b"PK\x03\x04" + b"PK\x06\x07" + b"\0" * 16 + b"PK\x05\x06" + b"\0" * 18,
    ],
    ids=["zip", "macros", "two", "many", "cut", "head", "start", "mad", "zip64"],
)
def test_an_archive_that_is_no_office_document_is_not_taken(data):
    assert kind_of(data, "a.docx") is None


def test_a_bomb_is_not_unpacked():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", b"x")
        file.writestr("word/document.xml", b"\0" * 200_000_000)
    data = made.getvalue()
    assert len(data) < 1_000_000
    assert kind_of(data) == "docx", "it is told by its directory, in no time"


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("../attachments/acme/0123456789ab.png", True),
        ("../../attachments/顧客_1/0123456789ab.docx", True),
        ("attachments/acme/0123456789ab.png", False),
        ("../attachments/acme/0123456789ab.svg", False),
        ("../attachments/../0123456789ab.png", False),
        ("../attachments/a/b/0123456789ab.png", False),
        ("https://x/../attachments/acme/0123456789ab.png", False),
        ("../attachments/acme/0123456789ab.png?x", False),
        ("../attachments/acme/0123456789AB.png", False),
    ],
)
def test_only_a_link_to_an_attachment_is_one(url, fits):
    assert bool(LINK.fullmatch(url)) == fits
