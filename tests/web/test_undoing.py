"""What cannot be taken back says so by the customer's name, and leads back to where one was."""

import re

from web_kit import PORT, Browser, raised

from kb.faces.web.site import Site
from kb.store.ports import Actor, Put

DOCUMENT = "accounts/minasoko.md"
MEETING = "/m/minasoko/m-2yn804"


def test_a_line_that_was_built_upon_names_the_customer_and_leads_back(writing):
    writing.get(MEETING)
    writing.send(f"{MEETING}/lines", kind="insight", text="数字で話す", form="inside")
    page, _ = writing.follow()
    change = re.search(r'name="change" value="([0-9a-f]+)"', page.text)[1]
    file = writing.store / DOCUMENT
    text = file.read_text("utf-8")
    file.write_text(text.replace("- 数字で話す", "- 数字と絵で話す"), "utf-8")
    writing.get(MEETING)
    writing.send("/undo", change=change)
    assert writing.last.status_code == 409
    main = writing.last.text.partition("<main")[2]
    assert "株式会社" in main
    assert DOCUMENT not in main
    assert f'href="{MEETING}"' in main
    assert "kb history" not in main
    assert "その画面の「これまでの変更」で見られます" in main
    assert f'href="{MEETING}/earlier"' in writing.get(MEETING).text


def test_a_page_of_the_playbook_that_was_built_upon_is_to_be_changed_on_its_page(demo_store, clock):
    """Only customers have earlier states; in English the hint was gone with its command."""
    browser = Browser(Site(str(demo_store), "sato", PORT, raised), "en")
    ctx = browser.site.open()
    path = "playbooks/built-upon.md"
    texts = [f"---\nmanual: built-upon\n---\n\n# {word}\n".encode() for word in ("One", "Two")]
    saved = ctx.store.save([Put(path, texts[0], None)], actor=ctx.actor, message="one")
    ctx.store.save(
        [Put(path, texts[1], saved.blobs[path])],
        actor=Actor("takahashi", "高橋 実紀", "takahashi@example.com"),
        message="two",
    )
    ctx.close()
    browser.get("/")
    refused = browser.send("/undo", change=saved.commit)
    assert refused.status_code == 409
    main = refused.text.partition("<main")[2]
    assert "Change it on its page." in main
    assert "Earlier states" not in main


def test_what_is_not_there_to_be_taken_back_says_where_one_can_see_it(writing):
    writing.get("/")
    for change in ("0" * 40, "nothing"):
        got = writing.send("/undo", change=change)
        assert got.status_code == 404
        assert "お客様の画面の「これまでの変更」" in got.text
