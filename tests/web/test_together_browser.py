"""Two people in one meeting, each in a browser of their own; and one whose server goes and comes.

Both have a server of their own on the same store, so what one writes reaches the other through
the files, as it does when somebody works at a terminal.
"""

import re
import time

import pytest
from web_kit import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MEETING = "/m/minasoko/m-2yn804"
DOCUMENT = "accounts/minasoko.md"
FIELD = "document.getElementById('x-topic-1')"


def text(store):
    return (store / DOCUMENT).read_text("utf-8")


def home(address):
    return address.partition("/enter/")[0]


def complaints(browser):
    """Return what a browser complains of, except that an answer was a refusal or none came."""
    return [one for one in browser.complaints if "Failed to load resource" not in one]


@pytest.fixture
def two(chromium, peer, demo_store, serving):
    """Sato's and Takahashi's browser on the same meeting; the store."""
    for browser, member in ((chromium, "sato"), (peer, "takahashi")):
        address = serving(demo_store, member, NOW)
        browser.open(address)
        told = browser.told
        browser.open(home(address) + MEETING)
        browser.home = home(address)
        # The stream is open once its first digest has come.
        browser.program.wait(lambda browser=browser, told=told: browser.told > told, "a digest")
    yield chromium, peer, demo_store
    for browser in (chromium, peer):
        assert complaints(browser) == []
        assert [
            u for u in browser.asked if not u.startswith((browser.home, "about:", "data:"))
        ] == []


def write(browser, words):
    browser.ask(f"{FIELD}.focus()")
    browser.type(words)
    browser.press("Enter")


def shows(words):
    return f"document.getElementById('main').innerText.includes('{words}')"


def test_two_people_write_at_once_and_nobody_is_disturbed(two):
    each_sees_the_others_lines_within_a_second(*two)
    a_colleagues_line_waits_for_the_end_of_a_conversion_and_moves_nothing(*two[:2])
    unsent_typing_stays_when_a_colleagues_line_comes(*two[:2])


def each_sees_the_others_lines_within_a_second(sato, takahashi, store):
    seconds = []
    for number in range(3):
        for one, other in ((sato, takahashi), (takahashi, sato)):
            words = f"{number}番目の{'佐藤' if one is sato else '高橋'}の行"
            write(one, words)
            one.until(shows(words))  # what is acknowledged
            began = time.monotonic()
            other.until(shows(words))
            seconds.append(time.monotonic() - began)
            assert text(store).count(words) == 1
    print(f"{max(seconds):.2f} s at most, {sorted(seconds)[3]:.2f} s in the middle")
    assert sorted(seconds)[3] < 1
    takahashi.until("document.querySelector('[data-live-said]').innerText")


def a_colleagues_line_waits_for_the_end_of_a_conversion_and_moves_nothing(sato, takahashi):
    sato.ask(f"{FIELD}.focus()")
    sato.compose("かいぎ")
    before = sato.ask(f"{FIELD}.getBoundingClientRect().top")
    write(takahashi, "変換中に届く行")
    takahashi.until(shows("変換中に届く行"))
    time.sleep(1.2)
    assert not sato.ask(shows("変換中に届く行")), "held until the conversion ends"
    assert sato.ask(f"{FIELD}.value") == "かいぎ"
    sato.compose("会議")
    sato.type("会議")
    sato.until(shows("変換中に届く行"))
    assert sato.ask(f"{FIELD}.value") == "会議"
    assert sato.ask(f"document.activeElement === {FIELD}")
    assert abs(sato.ask(f"{FIELD}.getBoundingClientRect().top") - before) < 2, (
        "it stays where it was"
    )
    sato.press("Enter")
    sato.until(shows("会議"))


def unsent_typing_stays_when_a_colleagues_line_comes(sato, takahashi):
    sato.ask(f"{FIELD}.focus()")
    sato.type("まだ送らない")
    sato.ask("document.activeElement.blur()")
    write(takahashi, "高橋の行")
    sato.until(shows("高橋の行"))
    assert sato.ask(f"{FIELD}.value") == "まだ送らない"


def opens(browser, words):
    label = f"直す: {words}"
    browser.ask(f"""document.querySelector('a[data-edit][aria-label="{label}"]').click()""")
    browser.until("document.querySelector('dialog.editing[open] textarea')")


def retypes(browser, words):
    browser.ask("document.activeElement.select()")
    browser.type(words)


def test_two_texts_for_one_line_are_both_shown_and_both_kept(two):
    sato, takahashi, store = two
    write(sato, "公開は12/3")
    takahashi.until(shows("公開は12/3"))
    for browser, words in ((sato, "公開は12/4"), (takahashi, "公開は12/5")):
        opens(browser, "公開は12/3")
        assert browser.ask("document.activeElement.value") == "公開は12/3"
        retypes(browser, words)
    takahashi.ask("document.activeElement.blur()")
    sato.ask("document.querySelector('dialog.editing button.main').click()")
    sato.until("!document.querySelector('dialog.editing')")
    sato.until(shows("公開は12/4"))
    sato.until("document.activeElement.matches('[aria-label=\"直す: 公開は12/4\"]')")
    takahashi.until(shows("公開は12/4"))
    assert takahashi.ask("document.querySelector('dialog.editing textarea').value") == "公開は12/5"
    takahashi.ask("document.querySelector('dialog.editing button.main').click()")
    takahashi.until("document.querySelector('dialog.editing form.both')")
    shown = takahashi.ask("document.querySelector('dialog.editing').innerText")
    assert "佐藤" in shown
    assert "公開は12/4" in shown
    assert "公開は12/5" in shown
    assert "公開は12/5" not in text(store)
    assert takahashi.ask("document.activeElement.innerText").startswith("両方の行を残す")
    takahashi.press("3")
    takahashi.until("!document.querySelector('dialog.editing')")
    assert re.search(r"- お客様: 公開は12/4\n- お客様: 公開は12/5\n", text(store))
    sato.until(shows("公開は12/5"))
    sato.until("localStorage.length === 0")
    takahashi.until("localStorage.length === 0")


def test_what_was_written_without_a_server_is_saved_once_when_it_is_back(
    chromium, demo_store, serving
):
    address = serving(demo_store, "sato", NOW)
    chromium.open(address)
    chromium.open(home(address) + MEETING)
    write(chromium, "つながっていた行")
    chromium.until(shows("つながっていた行"))
    chromium.until(f"{FIELD}.value === ''")
    serving.running[-1].kill()
    serving.running[-1].wait()
    for words in ("切れてからの一行目", "切れてからの二行目"):
        write(chromium, words)
        chromium.until(f"{FIELD}.value === ''")
    chromium.until("document.getElementById('held').innerText.includes('2行')")
    chromium.type("書きかけの三行目")
    assert "つながっていません" in chromium.ask("document.getElementById('held').innerText")

    port = int(home(address).rpartition(":")[2])
    serving(demo_store, "sato", NOW, port)
    chromium.open(home(address) + MEETING)
    chromium.until(shows("切れてからの二行目"))
    chromium.until("document.getElementById('held').hidden")
    assert chromium.ask(f"{FIELD}.value") == "書きかけの三行目"
    assert "まだ送っていない" in chromium.ask("document.getElementById('drafts').innerText")
    chromium.ask(f"{FIELD}.focus()")
    chromium.press("Enter")
    chromium.until(shows("書きかけの三行目"))
    wanted = ["切れてからの一行目", "切れてからの二行目", "書きかけの三行目"]
    found = [row for row in text(demo_store).split("\n") if any(one in row for one in wanted)]
    assert found == [f"- お客様: {one}" for one in wanted]
    chromium.until("localStorage.length === 0")

    serving.running[-1].kill()
    serving.running[-1].wait()
    write(chromium, "もう一度切れた")
    chromium.until("!document.getElementById('held').hidden")
    serving(demo_store, "sato", NOW, port)  # without a reload, too
    chromium.until(shows("もう一度切れた"))
    assert text(demo_store).count("もう一度切れた") == 1
    assert complaints(chromium) == []


def test_a_draft_comes_back_after_a_reload_and_goes_at_leaving(chromium, demo_store, serving):
    address = serving(demo_store, "sato", NOW)
    chromium.open(address)
    chromium.open(home(address) + MEETING)
    chromium.ask(f"{FIELD}.focus()")
    chromium.type("書きかけ")
    chromium.open(home(address) + "/accounts")
    note = chromium.ask("document.getElementById('drafts').innerText")
    assert "書きかけ" in note
    chromium.open(home(address) + MEETING)
    assert chromium.ask(f"{FIELD}.value") == "書きかけ"
    chromium.ask("document.querySelector('#drafts [data-drop]').click()")
    assert chromium.ask(f"{FIELD}.value") == ""
    assert chromium.ask("localStorage.length") == 0
    chromium.ask(f"{FIELD}.focus()")
    chromium.type("もう一度")
    assert chromium.ask("localStorage.length") == 1
    assert chromium.ask("localStorage.key(0)").startswith("kb:draft:sato.")
    chromium.open(home(address) + "/accounts")
    chromium.ask("window.confirm = () => true")
    loads = chromium.loads
    chromium.ask("document.querySelector('form[action=\"/leave\"]').requestSubmit()")
    chromium.loaded(loads)
    assert chromium.ask("localStorage.length") == 0
    assert complaints(chromium) == []
