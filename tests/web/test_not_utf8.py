"""A byte that is no text, as any editor may leave one, is shown as a sign and stays in the file."""

import io
import json
import zipfile

import pytest
from api_kit import Program
from web_kit import PORT, raised

from kb.faces.web.site import Site

MEETING = "/m/minasoko/m-2yn804"
PAGES = [
    "/",
    "/?all=1&days=7",
    "/accounts",
    "/accounts/minasoko",
    "/accounts/minasoko/print",
    "/accounts/minasoko/facts",
    "/accounts/minasoko/earlier",
    "/accounts/minasoko/asof?on=2026-11-24",
    MEETING,
    f"{MEETING}/written",
    f"{MEETING}/plan",
    f"{MEETING}/edit?what=head",
    f"{MEETING}/edit?what=text",
    f"{MEETING}/projected",
    f"{MEETING}/projected.json",
    f"{MEETING}/share",
    f"{MEETING}/mail",
    f"{MEETING}/print",
    f"{MEETING}/minutes.docx",
    "/search?q=更新&meaning=0",
    "/board",
    "/insights",
]
BROKEN = {
    "title": ("更新前レビュー", b"\xff"),
    "said": ("お客様: ", b"\xff"),
    "name": ("name: ミナソコ", b"\xff"),
    "stance": ("スタンス: ", b"\xe3\x81"),
    "attendee": ("瀬戸様", b"\xff"),
    "shift_jis": ("### 社内メモ\n", "\n- 日本語のメモ **強く**".encode("shift_jis")),
    "front": ("---\n", b'name: "\\ud800"\nx: \xff\n'),
}
FRONT = {"name", "front"}
"""What is no YAML then: the page says so, and goes by the name of the file."""


@pytest.mark.parametrize("where", BROKEN)
def test_every_page_comes(writing, where):
    file = writing.store / "accounts" / "minasoko.md"
    after, bytes_ = BROKEN[where]
    data = file.read_bytes()
    assert after.encode() in data
    data = data.replace(after.encode(), after.encode() + bytes_)
    file.write_bytes(data)
    signs = 0
    for page in PAGES:
        got = writing.get(page)
        assert got.status_code == 200, (page, got.text[:300])
        shown = got.content
        if page.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(shown)) as archive:
                shown = b"".join(map(archive.read, archive.namelist()))
        elif page.endswith(".json"):
            shown = json.dumps(json.loads(shown), ensure_ascii=False).encode()
        signs += "\ufffd" in shown.decode()
    assert signs or where in FRONT
    program = Program(Site(str(writing.store), "sato", PORT, raised))
    for path in ("/accounts/minasoko", "/accounts/minasoko/meetings/m-2yn804"):
        assert program.get(path).status_code == 200
    assert file.read_bytes() == data


def test_the_bytes_stay_when_something_else_is_saved(writing):
    file = writing.store / "accounts" / "minasoko.md"
    bad = "- 日本語のメモ".encode("shift_jis")
    head = "### 社内メモ\n\n".encode()
    file.write_bytes(file.read_bytes().replace(head, head + bad + b"\n", 1))
    writing.get(MEETING)
    writing.send(f"{MEETING}/lines", form="inside", kind="memo", text="あとのメモ")
    assert writing.last.status_code == 303
    data = file.read_bytes()
    assert bad in data
    assert "あとのメモ".encode() in data


def test_a_text_that_is_edited_keeps_the_bytes_of_lines_left_alone(writing):
    from kb.wiring import open_context
    from kb.work import editing

    file = writing.store / "accounts" / "minasoko.md"
    bad = "- 日本語のメモ".encode("shift_jis")
    head = "### 社内メモ\n\n".encode()
    file.write_bytes(file.read_bytes().replace(head, head + bad + b"\n", 1))
    ctx = open_context(str(writing.store), "sato", lang="ja")
    ref, place = "minasoko/m-2yn804", editing.Place("text")
    form = editing.opened(ctx, ref, place)
    shown = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in form.fields["text"])
    assert "\ufffd" in shown
    typed = shown.replace("\n", "\r\n") + "\r\n- 手で足した行\r\n"
    editing.save(ctx, ref, editing.Change(place, form.base, {"text": typed}))
    ctx.close()
    data = file.read_bytes()
    assert bad in data
    assert "手で足した行".encode() in data
    assert "\ufffd".encode() not in data
