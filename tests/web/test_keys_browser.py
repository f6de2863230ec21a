"""Quick keys, sending without a new page and completion, in a real browser and by keyboard alone."""

import time

import pytest
from web_kit import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MEETING = "/m/minasoko/m-2yn804"


@pytest.fixture
def home(demo_store, serving, chromium):
    """The pages of a sample store of one's own, opened; `store` is its folder."""
    address = serving(demo_store, "sato", NOW)
    chromium.open(address)
    yield address.partition("/enter/")[0]
    assert chromium.complaints == []


def keys(chromium, text):
    for key in text:
        chromium.press(key)


def focused(chromium, what):
    return chromium.ask(f"(e => {what})(document.activeElement)")


def shown(chromium):
    return chromium.ask("document.body.innerText")


def test_a_meeting_is_written_with_quick_keys(chromium, home, demo_store):
    chromium.open(home + MEETING)
    loads = chromium.loads
    keys(chromium, "jjc")
    assert focused(chromium, "e.id") == "x-topic-2"
    chromium.type("12月4日でお願いします")
    chromium.press("Enter")
    chromium.type("夜の返信だけ心配です")  # before the first one has its answer
    chromium.press("Enter")
    chromium.until("document.body.innerText.includes('夜の返信だけ心配です')")
    assert focused(chromium, "e.id + e.value") == "x-topic-2"
    assert "保存しました" in chromium.ask(
        "document.querySelector('#saved [role=status]').innerText"
    )

    chromium.press("Escape")
    keys(chromium, "ｔ")
    chromium.type("招待状を送る")
    keys(chromium, "@sat")
    assert focused(chromium, "e.getAttribute('aria-expanded')") == "true"
    assert "佐藤 恭平" in chromium.ask("document.querySelector('[aria-selected=true]').innerText")
    chromium.press("Enter")
    keys(chromium, "due:")
    chromium.press("ArrowDown")
    chromium.press("Tab")
    chromium.press("Enter")
    chromium.until("document.querySelector('.fresh.todo-line')")
    assert focused(chromium, "e.form.kind.value") == "todo"

    chromium.press("Escape")
    chromium.press("3")
    assert focused(chromium, "e.name + e.form.verdict.value") == "quotemixed"
    chromium.type("夜の返信だけ")
    chromium.press("Enter")
    chromium.until("document.querySelector('.seal.mixed')")
    assert focused(chromium, "e.matches('.hyp[data-item]')")

    chromium.ask("document.activeElement.blur()")
    chromium.press("Enter", ctrl=True)
    chromium.until("document.querySelector('#timer .dot-ok')")
    assert chromium.loads == loads
    document = (demo_store / "accounts/minasoko.md").read_text("utf-8")
    said = document.index("- お客様: 12月4日でお願いします")
    assert said < document.index("- お客様: 夜の返信だけ心配です")
    assert "- [ ] 招待状を送る @sato due:2026-11-30" in document
    assert "- 判定: 一部 「夜の返信だけ」" in document


def test_keys_do_nothing_in_a_conversion_and_when_they_are_switched_off(chromium, home, demo_store):
    chromium.open(home + MEETING)
    before = (demo_store / "accounts/minasoko.md").read_text("utf-8")
    keys(chromium, "c")
    chromium.compose("やくいんかい@")
    chromium.converting("Enter")  # as Safari tells of it, and as others do
    assert chromium.ask("document.getElementById('completions').hidden")
    chromium.ask(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', keyCode: 229, bubbles: true})), document.activeElement.form.requestSubmit()"
    )
    chromium.type("役員会で説明")
    assert focused(chromium, "e.value") == "役員会で説明"
    assert (demo_store / "accounts/minasoko.md").read_text("utf-8") == before
    keys(chromium, "です")
    chromium.press("Enter")
    chromium.until("document.body.innerText.includes('役員会で説明です')")

    chromium.press("Escape")
    chromium.press("?")
    assert "次・前の論点や仮説" in chromium.ask("document.querySelector('dialog[open]').innerText")
    chromium.ask("document.querySelector('dialog [data-single-keys]').click()")
    chromium.press("Escape")
    keys(chromium, "cgt?")
    assert chromium.ask("location.pathname") == MEETING
    assert not chromium.ask("document.querySelector('dialog[open]')")
    assert focused(chromium, "e.tagName") != "INPUT"


def test_pages_are_reached_and_read_by_keys(chromium, home):
    keys(chromium, "j")
    assert focused(chromium, "e.closest('.plan > li') !== null")
    for key, path in (("r", "/reviews"), ("p", "/playbook"), ("b", "/board"), ("a", "/accounts")):
        loads = chromium.loads
        keys(chromium, "g")
        keys(chromium, key)
        chromium.until(f"location.pathname === '{path}'")
        chromium.loaded(loads)
    keys(chromium, "jj")
    assert focused(chromium, "e.getAttribute('href')") == chromium.ask(
        "document.querySelectorAll('tbody tr')[1].querySelector('a').getAttribute('href')"
    )
    keys(chromium, "／")
    assert focused(chromium, "e.type") == "search"
    keys(chromium, "gt")
    assert focused(chromium, "e.value") == "gt"
    chromium.open(home + "/train")
    chromium.press("ArrowRight")
    chromium.press("ArrowRight")
    assert focused(chromium, "e.value") == "60"


def test_search_answers_while_one_types_and_never_in_a_conversion(chromium, home):
    chromium.open(home + "/search")
    chromium.until("document.activeElement.type === 'search'")
    keys(chromium, "handover")
    chromium.until("location.search === '?q=handover'")  # what was typed before has answers, too
    assert chromium.ask("!!document.querySelector('.hits li')")
    chromium.press("ArrowDown")
    assert focused(chromium, "e.closest('.hits > li:first-child') !== null")
    chromium.press("ArrowUp")
    assert focused(chromium, "e.type") == "search"
    chromium.ask("document.activeElement.select()")
    asked = len(chromium.asked)
    chromium.compose("ひきつぎ")
    time.sleep(0.3)
    assert not any("%E3%81%B2" in address for address in chromium.asked[asked:])
    chromium.type("引き継ぎ")
    chromium.until("location.search === '?q=%E5%BC%95%E3%81%8D%E7%B6%99%E3%81%8E'")
    assert "引き継ぎ" in chromium.ask("document.querySelector('.hits mark').innerText")
    keys(chromium, " ")  # the same words: what was to be asked by meaning, too, is asked still
    whole = home + "/search?q=%E5%BC%95%E3%81%8D%E7%B6%99%E3%81%8E"
    for _ in range(100):
        if whole in chromium.asked:
            break
        time.sleep(0.1)
        chromium.ask("1")  # hears what is asked
    assert whole in chromium.asked


@pytest.mark.parametrize(
    ("member", "words"),
    [("sato", ["保存していません", "もう一度送る"]), ("emma", ["Not saved.", "Try again"])],
)
def test_what_could_not_be_sent_stays_and_is_told(chromium, demo_read, serving, member, words):
    address = serving(demo_read, member, NOW)
    chromium.open(address)
    chromium.open(address.partition("/enter/")[0] + MEETING)
    keys(chromium, "d")
    chromium.type("12/8の役員会に出す")
    chromium.ask("document.querySelectorAll('[name=token]').forEach(one => { one.value = 'x' })")
    chromium.press("Enter")
    chromium.until("document.querySelector('.trouble .note')")
    told = chromium.ask("document.querySelector('.trouble').innerText")
    assert [word for word in words if word not in told] == []
    assert focused(chromium, "e.value") == "12/8の役員会に出す"
    assert all("403" in one for one in chromium.complaints)  # which the browser notes by itself


def test_arrows_choose_among_results_that_a_field_elsewhere_led_to(chromium, home):
    chromium.press("/")
    chromium.type("引き継ぎ")
    chromium.enter()
    chromium.until("document.querySelector('.hits')")
    chromium.press("ArrowDown")
    first = focused(chromium, "e.closest('.hits > li:first-child') && e.href")
    assert first
    chromium.press("ArrowDown")
    assert focused(chromium, "e.closest('.hits > li:nth-child(2)') && e.href")


def test_a_number_that_was_given_is_not_called_unsent_and_one_key_goes_on(chromium, home):
    chromium.open(f"{home}/train")
    chromium.tab_to("e.id === 'exact'")
    chromium.type("70")
    chromium.enter()
    chromium.until("document.querySelector('.answered')")
    assert chromium.ask("document.getElementById('drafts').hidden")
    chromium.press("n")
    chromium.until("document.querySelector('.ask')")
