"""Kept texts on their pages: beside what stands now, put in by choice, dropped on purpose."""

import re

import pytest
from web_kit import PORT, Browser, raised

from kb.faces.web.site import Site
from kb.wiring import open_context

PATH = "accounts/minasoko.md"


@pytest.fixture
def kept(writing):
    """A text that was written on an old version; the document has gone on since."""
    ctx = open_context(str(writing.store), "sato", lang="ja")
    first = ctx.store.read_for_edit(PATH)
    text = first.data.decode()
    goal = next(line for line in text.splitlines() if line.startswith("- スタンス:"))
    mine = text.replace(goal, "- スタンス: 値引きではなく、回数の話をしたい")
    mine = mine.replace("### アジェンダ", "### アジェンダ\n\n#### 取り置いた論点\n", 1)
    theirs = text.replace(goal, "- スタンス: まず役員会の予定を伺いたい")
    (writing.store / PATH).write_text(theirs, "utf-8")
    name = ctx.store.keep(PATH, mine.encode(), "conflict", actor=ctx.actor, base=first.blob)
    ctx.close()
    return name


def document(browser):
    return (browser.store / PATH).read_text("utf-8")


def base(text):
    return re.search(r'name="base" value="([0-9a-f]+)"', text)[1]


def test_today_leads_to_a_kept_text_and_its_list_says_why(writing, kept):
    assert f'href="/kept/{kept}"' in writing.get("/?all=1").text
    text = writing.get("/kept").text
    assert "ミナソコ醸造株式会社への文章" in text
    assert "同じ箇所がほかの人に変更されています" in text
    assert "`kb " not in text


def test_both_texts_stand_side_by_side(writing, kept):
    text = writing.get(f"/kept/{kept}").text
    assert "値引きではなく" in text
    assert "役員会の予定" in text
    assert "取り置いた論点" in text
    assert text.count("<fieldset") == 2
    assert re.search(r'value="both" checked', text)


def test_without_a_choice_both_are_kept(writing, kept):
    version = base(writing.get(f"/kept/{kept}").text)
    writing.send(f"/kept/{kept}", base=version)
    page, _ = writing.follow()
    assert page.status_code == 200
    for part in ("値引きではなく", "役員会の予定", "#### 取り置いた論点"):
        assert part in document(writing)
    assert writing.get(f"/kept/{kept}").status_code == 404
    assert "取り置いた文章はありません" in writing.get("/kept").text


@pytest.mark.parametrize(
    ("pick", "there", "gone"),
    [("kept", "値引きではなく", "役員会の予定"), ("now", "役員会の予定", "値引きではなく")],
)
def test_what_is_chosen_is_put_in_and_can_be_taken_back(writing, kept, pick, there, gone):
    text = writing.get(f"/kept/{kept}").text
    before = document(writing)
    both = 1 if text.index("値引き") > text.index("取り置いた論点") else 0
    writing.send(
        f"/kept/{kept}", base=base(text), **{f"pick-{both}": pick, f"pick-{1 - both}": "now"}
    )
    page, _ = writing.follow()
    assert there in document(writing)
    assert gone not in document(writing)
    assert "#### 取り置いた論点" not in document(writing)
    if pick == "kept":
        change = re.search(r'name="change" value="([0-9a-f]+)"', page.text)[1]
        writing.send("/undo", change=change)
        assert document(writing) == before


def test_a_document_that_changed_meanwhile_is_looked_at_again(writing, kept):
    version = base(writing.get(f"/kept/{kept}").text)
    path = writing.store / PATH
    path.write_text(document(writing).replace("役員会の予定", "役員会の日取り"), "utf-8")
    writing.send(f"/kept/{kept}", base=version)
    assert writing.last.status_code == 400
    assert "見ているあいだに" in writing.last.text
    assert "値引きではなく" not in document(writing)
    assert writing.get(f"/kept/{kept}").status_code == 200, "it is still kept"


def test_dropping_asks_once_more_and_then_forgets(writing, kept):
    text = writing.get(f"/kept/{kept}").text
    asked = text[text.index('class="dropping"') :]
    assert "本当に捨てますか" in asked
    before = document(writing)
    writing.send(f"/kept/{kept}/drop")
    assert writing.last.headers["location"] == "/kept"
    assert writing.get(f"/kept/{kept}").status_code == 404
    assert document(writing) == before


@pytest.mark.parametrize("name", ["k-000000", "HEAD", "..%2f..", "k-%00"])
def test_what_is_not_kept_is_not_found(reading, name):
    assert reading.get(f"/kept/{name}").status_code == 404


def test_a_picture_that_was_kept_can_be_put_in_whole(writing):
    ctx = open_context(str(writing.store), "sato", lang="ja")
    data = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00"
    path = "attachments/minasoko/0123456789ab.png"
    name = ctx.store.keep(path, data, "conflict", actor=ctx.actor)
    ctx.close()
    text = writing.get(f"/kept/{name}").text
    assert "行のないファイル" in text
    writing.send(f"/kept/{name}", base="")
    assert writing.last.status_code == 303
    assert (writing.store / path).read_bytes() == data


def test_a_kept_text_is_hostile_too(writing):
    ctx = open_context(str(writing.store), "sato", lang="ja")
    name = ctx.store.keep(PATH, b"</pre><script>alert(1)</script>\n", "conflict", actor=ctx.actor)
    ctx.close()
    text = writing.get(f"/kept/{name}").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_settings_that_were_kept_need_a_lead_as_settings_do(writing):
    ctx = open_context(str(writing.store), "sato", lang="ja")
    found = ctx.store.read_for_edit("kb.toml")
    text = found.data + b"\n# weaker\n"
    name = ctx.store.keep("kb.toml", text, "conflict", actor=ctx.actor, base=found.blob)
    ctx.close()
    for member, status in (("mori", 403), ("takahashi", 303)):
        browser = Browser(Site(str(writing.store), member, PORT, raised))
        browser.send(f"/kept/{name}", base=base(browser.get(f"/kept/{name}").text))
        assert browser.last.status_code == status, member
    assert (writing.store / "kb.toml").read_bytes() == text
