"""Search on a page: what can be chosen beside the results, and by what it finds."""

import gzip
import re
import time

import pytest
from web_kit import PORT, Browser, raised

from kb.faces.web.assets import SCRIPT, assets
from kb.faces.web.site import Site


def titles(text):
    return re.findall(r"<h2[^>]*>(?:<a [^>]*>)?([^<]+)", text.partition('<ol class="hits">')[2])


def kinds(text):
    return re.findall(r'<p class="kind">([^<·]+)', text)


def test_results_are_narrowed_by_kind_account_and_time(reading):
    everything = reading.get("/search?q=引き継ぎ").text
    assert len(set(kinds(everything))) > 3
    assert {one.strip() for one in kinds(reading.get("/search?q=引き継ぎ&kind=insight").text)} == {
        "気づき"
    }
    one = reading.get("/search?q=引き継ぎ&account=minasoko").text
    assert titles(one)
    assert set(re.findall(r'href="/(?:go|m)/([\w-]+)/', one.partition("hits")[2])) == {"minasoko"}
    assert 'aria-current="true">ミナソコ醸造株式会社' in one
    days = re.findall(r"· (\d{4}-\d\d-\d\d)", reading.get("/search?q=引き継ぎ&since=30").text)
    assert days
    assert min(days) >= "2026-10-26"
    assert min(re.findall(r"· (\d{4}-\d\d-\d\d)", everything)) < "2026-10-26"


def test_more_results_are_shown_when_they_are_wanted(reading):
    few = reading.get("/search?q=案&since=365").text
    address = re.search(r'href="(/search\?[^"]+more=1[^"]*)"', few)[1].replace("&amp;", "&")
    assert "since=365" in address
    more = reading.get(address).text
    assert kinds(more)[:20] == kinds(few)
    assert len(kinds(few)) == 20 < len(kinds(more))
    assert "more=1" not in more
    assert "more=1" not in reading.get("/search?q=引き継ぎ").text


def test_a_choice_keeps_what_was_chosen_before(reading):
    text = reading.get("/search?q=引き継ぎ&account=minasoko&since=365").text
    address = re.search(r'href="(/search\?[^"]+kind=insight[^"]*)"', text)[1].replace("&amp;", "&")
    narrowed = reading.get(address).text
    for name, value in (("kind", "insight"), ("account", "minasoko"), ("since", "365")):
        assert f'type="hidden" name="{name}" value="{value}"' in narrowed


@pytest.mark.parametrize(
    "query", ["kind=nothing", "account=../x", "account=%00", "since=-1", "since=9999999999999999"]
)
def test_what_can_t_be_chosen_is_left_out(reading, query):
    got = reading.get(f"/search?q=引き継ぎ&{query}")
    assert got.status_code == 200
    assert titles(got.text) == titles(reading.get("/search?q=引き継ぎ").text)


def test_other_names_that_were_looked_for_are_told(reading, english):
    assert "「引き継ぎ」は引継ぎ、引継、handover" in reading.get("/search?q=引き継ぎ").text
    assert "“handover” also as" in english.get("/search?q=handover").text


def test_the_head_of_an_account_s_document_leads_to_the_account(reading):
    found = reading.get("/search?q=株式会社ユズリハ会計クラウド").text
    assert '<a href="/accounts/yuzuriha">' in found.partition('<ol class="hits">')[2]


@pytest.mark.meaning
@pytest.mark.slow
def test_a_search_finds_by_meaning_once_it_can_and_never_while_one_types(demo_store, clock):
    reading = Browser(Site(str(demo_store), "sato", PORT, raised))
    asked = "/search?q=窓口の方が辞めると報告の道が切れる"
    assert "data-soon" not in reading.get(f"{asked}&quick=1").text
    assert "data-soon" not in reading.get(f"{asked}&meaning=0").text
    first = reading.get(asked).text
    assert "data-soon" in first
    end = time.monotonic() + 120
    while "data-soon" in (whole := reading.get(asked).text):
        assert time.monotonic() < end
        time.sleep(0.2)
    assert "意味の近いものも入っています" in whole
    assert titles(whole) != titles(first)
    far = reading.get("/search?q=zzzzqqqq").text
    assert titles(far)
    assert "この言葉を含むものはありませんでした" in far
    assert titles(reading.get(f"{asked}&quick=1").text) == titles(first)
    assert titles(reading.get(f"{asked}&meaning=0").text) == titles(first)


def test_a_page_weighs_little(reading, capsys):
    assert SCRIPT in assets(), "made by: python hatch_build.py"
    for path in ("/", "/m/minasoko/m-2yn804", "/search?q=admin"):
        text = reading.get(path).text
        names = re.findall(r"/static/([\w.-]+)\?v=", text)
        assert SCRIPT in names
        parts = {name: len(gzip.compress(assets()[name].data, 6)) for name in names}
        parts["page"] = len(gzip.compress(text.encode(), 6))
        with capsys.disabled():
            print(f"\n{path}: {sum(parts.values()) / 1024:.1f} KB compressed {parts}")
        assert sum(parts.values()) <= 60 * 1024


def test_half_a_word_is_no_gap_of_the_playbook(writing):
    misses = writing.store / ".git/kb/misses.jsonl"
    assert writing.get("/search?q=ヌルヌル鉄&quick=1").status_code == 200
    assert not misses.exists()
    assert writing.get("/search?q=ヌルヌル鉄道").status_code == 200
    assert "ヌルヌル鉄道" in misses.read_text("utf-8")
