"""Attachments: what is taken, where it lies, how it is given back, and to whom it is never shown."""

import re
from hashlib import sha256

import pytest
from web_kit import HOST

from kb.faces.web import render

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
NAME = sha256(PNG).hexdigest()[:12] + ".png"
MEETING = "/m/minasoko/m-2yn804"
FILES = f"{MEETING}/files"


def send(browser, data, name="画面.png", **fields):
    """Send a file by the form of the meeting's page, as browsers do."""
    browser.get(MEETING)
    sent = {"file": (name, data, "image/svg+xml")}
    browser.last = browser.client.post(
        FILES,
        data={"token": browser.token, "form": "attach", **fields},
        files=sent,
        headers={"origin": HOST},
    )
    return browser.last


def document(browser):
    return (browser.store / "accounts/minasoko.md").read_text("utf-8")


def change(text):
    form = text[text.index('action="/undo"') :]
    return re.search(r'name="change" value="([0-9a-f]+)"', form)[1]


def test_a_picture_lies_beside_the_document_and_stands_in_the_memo(writing):
    send(writing, PNG, words="引き継ぎ前の設定画面")
    page, anchor = writing.follow()
    assert (writing.store / "attachments/minasoko" / NAME).read_bytes() == PNG
    assert f"![引き継ぎ前の設定画面](../attachments/minasoko/{NAME})" in document(writing)
    picture = f'<img src="/pictures/minasoko/{NAME}" alt="" loading="lazy">'
    assert f"{picture}<small>引き継ぎ前の設定画面</small></a>" in page.text
    assert f'id="{anchor}"' in page.text
    assert "ファイルを添付" in page.text, "the bar says what was saved"
    shown = writing.get(f"/pictures/minasoko/{NAME}")
    assert shown.content == PNG
    assert shown.headers["content-type"] == "image/png"


def test_the_file_and_its_line_are_one_change(writing):
    before = document(writing)
    send(writing, PNG)
    page, _ = writing.follow()
    writing.send("/undo", change=change(page.text))
    page, _ = writing.follow()
    assert document(writing) == before
    assert not (writing.store / "attachments/minasoko" / NAME).exists()
    assert writing.get(f"/pictures/minasoko/{NAME}").status_code == 404
    writing.get(MEETING)
    writing.send("/undo", change=change(writing.last.text))
    assert (writing.store / "attachments/minasoko" / NAME).read_bytes() == PNG, "brought back"


def test_the_same_picture_is_there_once_and_stays_while_another_line_links_it(writing):
    send(writing, PNG, words="一つ目")
    first = change(writing.follow()[0].text)
    send(writing, PNG, words="二つ目")
    assert writing.follow()[0].text.count(f'/pictures/minasoko/{NAME}" alt') == 2
    writing.send("/undo", change=first)
    writing.follow()
    assert "一つ目" not in document(writing)
    assert "二つ目" in document(writing)
    assert writing.get(f"/pictures/minasoko/{NAME}").status_code == 200


def test_a_document_is_given_as_a_file_in_a_sandbox(writing):
    send(writing, "氏名,点\n佐藤,3\n".encode(), name='C:\\x\\表 [1] "<b>.csv')
    page, _ = writing.follow()
    path = re.search(r'href="(/files/minasoko/[0-9a-f]{12}\.csv)" download="([^"]*)"', page.text)
    assert path, "it has a link"
    assert "<b>" not in path[2]
    got = writing.get(path[1])
    assert got.headers["content-disposition"] == "attachment"
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-type"] == "text/plain; charset=utf-8"
    assert writing.get(path[1].replace("/files/", "/pictures/")).status_code == 404
    again = writing.get(path[1], **{"if-none-match": got.headers["etag"]})
    assert again.status_code == 304


def test_a_picture_as_a_file_bears_the_same(writing):
    send(writing, PNG)
    for route in ("files", "pictures"):
        got = writing.get(f"/{route}/minasoko/{NAME}")
        assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert got.headers["x-content-type-options"] == "nosniff"


REFUSED = (
    (
        "a.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "添付できない種類",
    ),
    ("a.png", b"<html><script>alert(1)</script></html>", "添付できない種類"),
    ("a.html", b"<html></html>", "添付できない種類"),
    ("a.zip", b"PK\x03\x04" + b"\0" * 100, "添付できない種類"),
    ("a.png", b"", "中身が空"),
    ("a.png", PNG + b"\0" * (10 * 1024 * 1024), "10 MBを超えています"),
)


def test_what_is_not_taken_is_said_beside_the_form(writing):
    before = document(writing)
    for name, data, said in REFUSED:
        got = send(writing, data, name=name)
        assert got.status_code == 400
        form = got.text[got.text.index("data-attach") :]
        assert said in form[: form.index("</details>")], name
    assert document(writing) == before
    assert not (writing.store / "attachments").exists()


def test_too_much_is_refused_before_it_is_read_to_its_end(writing):
    assert send(writing, b"x" * (13 * 1024 * 1024)).status_code == 413


def test_a_form_of_another_page_attaches_nothing(writing):
    writing.get(MEETING)
    sent = {"file": ("a.png", PNG, "image/png")}
    for token, origin in (("x", HOST), (writing.token, "https://evil.example")):
        got = writing.client.post(
            FILES, data={"token": token}, files=sent, headers={"origin": origin}
        )
        assert got.status_code == 403
    assert not (writing.store / "attachments").exists()


@pytest.mark.parametrize(
    "path",
    [
        "minasoko/../../kb.toml",
        "minasoko/%2e%2e%2f%2e%2e%2fkb.toml",
        "..%2fattachments/0123456789ab.png",
        "minasoko/0123456789ab.png%00",
        "minasoko/0123456789ab.svg",
        "minasoko/0123456789AB.png",
        "minasoko/0123456789ab.png.html",
        "minasoko/" + "a" * 5000,
        "a" * 300 + "/0123456789ab.png",
        "minasoko/0123456789ab.png",
    ],
)
@pytest.mark.parametrize("route", ["files", "pictures"])
def test_no_other_file_can_be_asked_for(reading, route, path):
    assert reading.get(f"/{route}/{path}").status_code == 404


def test_a_link_in_the_folder_leads_nowhere(writing):
    folder = writing.store / "attachments/minasoko"
    folder.mkdir(parents=True)
    outside = writing.store.parent / "outside.png"
    outside.write_bytes(PNG)
    (folder / NAME).symlink_to(outside)
    assert writing.get(f"/pictures/minasoko/{NAME}").status_code in (403, 404)
    assert PNG not in writing.last.content
    (folder / NAME).unlink()
    folder.rmdir()
    folder.symlink_to(outside.parent)
    assert writing.get(f"/pictures/minasoko/{NAME}").status_code in (403, 404)


def test_a_file_that_is_not_what_its_name_says_is_not_shown(writing):
    folder = writing.store / "attachments/minasoko"
    folder.mkdir(parents=True)
    (folder / "0123456789ab.png").write_bytes(b"<svg onload='alert(1)'/>")
    assert writing.get("/pictures/minasoko/0123456789ab.png").status_code == 404
    with (folder / "0123456789ac.png").open("wb") as film:
        film.truncate(1 << 34)
    assert writing.get("/files/minasoko/0123456789ac.png").status_code == 404


def test_no_customer_sees_an_attachment(writing):
    send(writing, PNG)
    path = writing.store / "accounts/minasoko.md"
    text = path.read_text("utf-8")
    link = f"![極秘の画面](../attachments/minasoko/{NAME}) [極秘.xlsx](../attachments/minasoko/0123456789ab.xlsx)"
    at = text.index("- スタンス: ") + len("- スタンス: ")
    path.write_text(text[:at] + link + text[at:], "utf-8")
    assert f"/pictures/minasoko/{NAME}" in writing.get("/accounts/minasoko").text
    for view in ("projected", "share"):
        shown = writing.get(f"{MEETING}/{view}").text
        for word in ("attachments", "/pictures/", "/files/", "極秘の画面"):
            assert word not in shown, (view, word)


def test_words_that_would_break_the_link_are_made_harmless(writing):
    send(writing, PNG, words="](javascript:alert(1)) <img src=x> `code` \\ #tag ^m-2yn804")
    page, _ = writing.follow()
    assert not re.search(r"(href|src)=.javascript", page.text)
    assert f'src="/pictures/minasoko/{NAME}"' in page.text
    assert "<img src=x" not in page.text


def test_the_search_finds_the_words_of_a_file(writing):
    send(writing, PNG, words="蔵開きの看板写真")
    text = writing.get("/search?q=看板写真").text
    assert "蔵開きの看板写真" in re.sub("</?mark>", "", text)


@pytest.mark.parametrize(
    "text",
    [
        '![x](../attachments/a"onerror=alert(1)/0123456789ab.png)',
        "![x](../attachments/%22onerror=alert(1)/0123456789ab.png)",
        "![x](../attachments/a/0123456789ab.png'onerror='alert(1))",
        "![x](../attachments/a/0123456789ab.svg)",
        "![x](https://evil.example/../attachments/a/0123456789ab.png)",
        "![x](/pictures/a/0123456789ab.png)",
        "![x](data:image/png;base64,AAAA)",
        '<img src="/pictures/a/0123456789ab.png">',
        "![<script>](../attachments/a/0123456789ab.exe)",
        "[x](javascript:alert(1)) [y](../attachments/../../kb.toml)",
    ],
)
def test_nothing_but_a_picture_of_ours_becomes_one(text):
    for shown in (render.line(text, attached=True), render.prose(text, attached=True)):
        assert not re.search(r"<img|<script|\son\w+=|href=.(javascript|data|\.\.)", shown), shown


def test_what_is_attached_shows_only_where_a_page_says_so():
    text = "![前](../attachments/a/0123456789ab.png) と [表](../attachments/a/0123456789ab.xlsx)"
    assert str(render.line(text)) == '前 と <a rel="noopener noreferrer">表</a>'
    shown = render.line(text, attached=True)
    assert '<img src="/pictures/a/0123456789ab.png" alt="" loading="lazy">' in shown
    assert 'href="/files/a/0123456789ab.xlsx" download="表"' in shown
    assert 'alt="0123456789ab.png"' in render.line(text.replace("前", ""), attached=True)
