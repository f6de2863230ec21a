"""Insights in the browser: the list, what recurs and why, and what people say of it."""

import re
from urllib.parse import quote

import pytest
from web_kit import PORT, Browser, raised

from kb.faces.web.pages import insights as page_module
from kb.faces.web.site import Site
from kb.wiring import start_store

GROUPS = "/insights?groups=1"
WRITTEN = "insights/2026-11.md"


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """The first look loads the model of sentences; a slow machine may take its time for it."""
    monkeypatch.setattr(page_module, "PATIENCE", 60.0)


def decisions(browser):
    path = browser.store / WRITTEN
    return path.read_text("utf-8") if path.exists() else ""


def first_group(browser):
    """The first group that waits for a decision: its name, and the ids of its members."""
    page = browser.get(GROUPS).text
    article = page[page.index('<article class="group"') :]
    article = article[: article.index("</article>")]
    name = re.search(r'id="(g-[0-9a-z]{6})"', article)[1]
    return name, re.search(r'name="ids" value="([^"]+)"', article)[1].split(), article


def test_the_list_has_the_newest_first_and_the_rest_on_the_next_page(reading):
    page = reading.get("/insights").text
    assert page.count('<li><div><p class="ins-text"') == page_module.AT_ONCE
    days = re.findall(r"</a> · (\d+)/(\d+) · ", page)
    assert [(int(m), int(d)) for m, d in days] == sorted(
        ((int(m), int(d)) for m, d in days), reverse=True
    )
    older = re.search(r'href="(/insights\?part=1)"', page)[1]
    assert '<li><div><p class="ins-text"' in reading.get(older).text


def test_the_list_of_one_customer_has_no_other(reading):
    page = reading.get("/insights?account=minasoko").text
    assert set(re.findall(r'class="plain" href="/go/(\w+)/', page)) == {"minasoko"}
    assert '<option value="minasoko" selected>' in page
    assert "すべての顧客" in page
    assert reading.get("/insights?account=nobody&part=99").status_code == 200


def test_a_group_says_whose_it_is_from_where_and_why_it_is_one(reading):
    _, ids, article = first_group(reading)
    assert re.search(r"\d社 · 担当\d人 · \d件", article)
    assert len(re.findall(r'class="src"', article)) == len(ids)
    assert "なぜまとまったか" in article
    assert re.search(r"近さ 0\.\d\d", article)
    assert "<mark>" in article
    assert 'class="voice"' not in article


def test_what_is_decided_and_what_lacks_is_on_pages_of_its_own(reading):
    few = reading.get(f"{GROUPS}&state=few").text
    assert "あと1社" in few
    with_principle = reading.get(f"{GROUPS}&state=principle").text
    assert '/playbook/p-handover-30"' in with_principle
    assert "/insights/judge" not in with_principle[with_principle.index("<article") :]
    assert "見送ったまとまりはありません" in reading.get(f"{GROUPS}&state=dismissed").text


def test_in_english_everything_is(english):
    for path in ("/insights", GROUPS, f"{GROUPS}&state=few", "/insights/i-xs4ace"):
        page = english.get(path).text.partition("<main")[2]
        page = re.sub(r'<(\w+)[^>]* lang="ja"[^>]*>.*?</\1>', "", page, flags=re.DOTALL)
        page = re.sub(r'<(option|span class="sr")[^>]*>.*?</\w+>|aria-label="[^"]*"', "", page)
        names = r"[一-龠ァ-ヶー]{1,4} ?[一-龠ぁ-んァ-ヶー]{1,3}"
        left = re.findall(r"[ぁ-ん]{2,}", re.sub(f"noticed by {names}", "", page))
        assert left == [], path


def test_people_put_insights_together_and_take_them_apart(writing):
    _, ids, _ = first_group(writing)
    writing.send("/insights/judge", form="x", kind="same", ids=" ".join(ids), after="g-000000")
    assert writing.last.headers["location"] == f"{GROUPS}#g-000000"
    assert re.search(r"## \S+ same @sato", decisions(writing))
    page, _ = writing.follow()
    assert "メンバーが同じ教訓と判断した" in page.text
    other = page.text[page.text.rindex("<article") :]
    name = re.search(r'id="(g-[0-9a-z]{6})"', other)[1]
    ids = re.search(r'name="ids" value="([^"]+)"', other)[1].split()
    writing.send("/insights/judge", kind="different", ids=" ".join(ids), apart=ids[0])
    page, _ = writing.follow()
    assert re.search(rf"## \S+ different @sato {ids[0]}:", decisions(writing))
    assert f'id="{name}"' not in page.text


def test_a_group_is_put_away_with_a_reason_or_becomes_a_candidate(writing):
    name, ids, _ = first_group(writing)
    fields = {"form": f"away-{name}", "kind": "dismissed", "ids": " ".join(ids)}
    writing.send("/insights/judge", **fields)
    assert writing.last.status_code == 400
    assert "理由を選ぶか、ひとこと書いてください" in writing.last.text
    assert decisions(writing) == ""
    writing.send("/insights/judge", reason="obvious", why="毎年言っている", **fields)
    page, _ = writing.follow()
    assert "当たり前すぎる: 毎年言っている" in decisions(writing)
    assert f'id="{name}"' not in page.text
    assert f'id="{name}"' in writing.get(f"{GROUPS}&state=dismissed").text

    name, ids, _ = first_group(writing)
    fields = {"form": f"propose-{name}", "ids": " ".join(ids)}
    writing.send("/insights/propose", title=" ", **fields)
    assert writing.last.status_code == 400
    assert 'role="alert"' in writing.last.text
    writing.send("/insights/propose", title="返事は1日以内に返す", **fields)
    page, _ = writing.follow()
    assert "返事は1日以内に返す" in page.text
    made = writing.last.url.path.rpartition("/")[2]
    text = (writing.store / f"playbooks/principles/{made}.md").read_text("utf-8")
    assert all(f"#^{id_}]]" in text for id_ in ids)
    assert f'/playbook/{made}"' in writing.get(f"{GROUPS}&state=principle").text


def test_what_is_no_judgement_changes_nothing(reading, demo_read):
    reading.get("/insights")
    for fields in (
        {"kind": "same", "ids": "i-xs4ace"},
        {"kind": "same", "ids": "i-xs4ace i-xs4ace"},
        {"kind": "same", "ids": ""},
        {"kind": "nonsense", "ids": "i-xs4ace i-3d56s9"},
        {"kind": "different", "ids": "i-xs4ace h-6hg8ez"},
    ):
        reading.send("/insights/judge", **fields)
        assert reading.last.status_code == 400, fields
        assert 'role="alert"' in reading.last.text
    assert not (demo_read / WRITTEN).exists()


def test_one_insight_asks_for_the_same_lesson_elsewhere(writing):
    page = writing.get("/insights/i-xs4ace").text
    asked = re.findall(r'name="ids" value="i-xs4ace (\S+)"', page)
    assert 1 <= len(asked) <= 3
    later = re.search(r'href="(/insights/i-xs4ace\?later=[^"]+)"', page)[1]
    assert f"i-xs4ace {asked[0]}" not in writing.get(later.replace("&amp;", "&")).text
    assert decisions(writing) == ""
    writing.send("/insights/judge", of="i-xs4ace", kind="same", ids=f"i-xs4ace {asked[0]}")
    page, _ = writing.follow()
    assert "同じ教訓とされた気づき" in page.text
    assert f"i-xs4ace {asked[0]}" not in page.text
    if len(asked) > 1:
        writing.send("/insights/judge", of="i-xs4ace", kind="different", ids=f"i-xs4ace {asked[1]}")
        assert f"i-xs4ace {asked[1]}" not in writing.follow()[0].text


def test_what_takes_long_is_not_waited_for(reading, monkeypatch):
    class Never:
        done, of = 3, 60

        def wait(self, seconds):
            return seconds > 1000

    monkeypatch.setattr(page_module.found, "recurring", lambda _: Never())
    page = reading.get(GROUPS)
    assert page.status_code == 200
    assert "気づきを読み比べています" in page.text
    assert "3/60件" in page.text
    assert f'href="{GROUPS}"' in page.text
    reading.send("/insights/judge", kind="same", ids="i-000000 i-xs4ace")
    assert reading.last.status_code == 404
    assert "保存していません" in reading.last.text, "told at once"


def test_a_store_without_insights_says_what_they_are(tmp_path, clock):
    start_store(tmp_path / "new", "Kim <kim@example.com>", lang="en", team="New")
    browser = Browser(Site(str(tmp_path / "new"), "Kim <kim@example.com>", PORT, raised), "en")
    assert "There are no insights yet" in browser.get("/insights").text
    assert "Nothing waits for a decision" in browser.get(GROUPS).text


def test_what_is_no_insight_is_not_found(reading):
    for id_, status in (("i-000000", 404), ("h-6hg8ez", 400), (quote("<b>", safe=""), 400)):
        page = reading.get(f"/insights/{id_}")
        assert page.status_code == status
        assert "<b>&" not in page.text
