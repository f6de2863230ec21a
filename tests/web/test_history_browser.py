"""Pasting, dropping, scrolling to older meetings and taking back, in a real browser."""

import base64

import pytest
from test_files import NAME, PNG
from web_kit import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MEETING = "/m/minasoko/m-2yn804"
HELD = (
    "const held = new DataTransfer();"
    f"const bytes = Uint8Array.from(atob('{base64.b64encode(PNG).decode()}'), c => c.charCodeAt(0));"
    "held.items.add(new File([bytes], '画面.png', {type: 'image/png'}));"
)
PASTE = (
    HELD
    + "document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: held, bubbles: true, cancelable: true}))"
)
DROP = (
    HELD
    + "document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: held, bubbles: true, cancelable: true}))"
)


def long_document(meetings):
    rows = (
        f"## 20{26 - n // 12}-{12 - n % 12:02}-01 第{meetings - n}回\n\n### アジェンダ\n\n#### 論点{n}\n\n- 決定: 決めた{n}\n"
        for n in range(meetings)
    )
    return "---\naccount: long\nname: 長い\n---\n\n# 長い\n\n" + "\n".join(rows)


def test_what_is_pasted_or_dropped_is_attached_and_taken_back_by_keyboard(
    chromium, serving, demo_store
):
    address = serving(demo_store, "sato", NOW)
    home = address.partition("/enter/")[0]
    chromium.open(address)
    chromium.open(home + MEETING)
    before = (demo_store / "accounts/minasoko.md").read_text("utf-8")
    for way in (PASTE, DROP):
        chromium.ask(way)
        chromium.until("document.querySelector('#at-file').files.length === 1")
        assert chromium.ask("document.activeElement.id") == "at-words"
        chromium.type("引き継ぎ前の画面")
        chromium.enter()
        shown = f"document.querySelector('img[src=\"/pictures/minasoko/{NAME}\"]')"
        chromium.until(shown)
        chromium.ask(f"{shown}.scrollIntoView()")
        chromium.until(f"{shown}.naturalWidth === 1")
        assert (demo_store / "attachments/minasoko" / NAME).read_bytes() == PNG
        chromium.tab_to("e.form && e.form.getAttribute('action') === '/undo'")
        chromium.enter()
        assert (demo_store / "accounts/minasoko.md").read_text("utf-8") == before
        assert not (demo_store / "attachments/minasoko" / NAME).exists()
        chromium.open(home + MEETING)
    assert chromium.complaints == []
    assert [one for one in chromium.asked if not one.startswith((home, "about:", "data:"))] == []


def test_older_meetings_come_as_one_scrolls_and_once_each(chromium, serving, demo_store):
    (demo_store / "accounts/long.md").write_text(long_document(70), "utf-8")
    address = serving(demo_store, "sato", NOW)
    chromium.open(address)
    chromium.open(address.partition("/enter/")[0] + "/accounts/long")
    count = "document.querySelectorAll('section.meeting').length"
    assert chromium.ask(count) == 20
    for seen in (40, 60, 70):
        chromium.ask("scrollTo(0, document.body.scrollHeight)")
        chromium.until(f"{count} >= {seen}")
    topics = chromium.ask(
        "[...document.querySelectorAll('section.meeting h3')].map(e => e.innerText).join()"
    )
    assert topics == ",".join(f"論点{n}" for n in range(70))
    assert chromium.ask("document.querySelector('[data-older] a')") is None
    assert chromium.complaints == []


def test_the_pages_fit_a_phone_and_are_not_complained_of(chromium, serving, demo_store):
    from kb.wiring import open_context

    ctx = open_context(str(demo_store), "sato", lang="ja")
    text = ctx.store.read_for_edit("accounts/minasoko.md")
    kept = ctx.store.keep(
        "accounts/minasoko.md",
        text.data + "\n- 末尾に足した、取り置いた行です。\n".encode(),
        "conflict",
        actor=ctx.actor,
        base=text.blob,
    )
    state = ctx.store.history("accounts/minasoko.md")[3].commit[:12]
    ctx.close()
    address = serving(demo_store, "sato", NOW)
    home = address.partition("/enter/")[0]
    chromium.open(address)
    account = "/accounts/minasoko"
    pages = (
        *(account, f"{account}/earlier", f"{account}/earlier/{state}", f"{account}/facts"),
        *(f"{account}/asof?on=2026-10-01", f"{MEETING}/plan", "/kept", f"/kept/{kept}"),
    )
    for path in pages:
        chromium.open(home + path)
        assert chromium.too_wide() == [], path
    assert chromium.complaints == []
