"""Today shows what is today; the next meeting stands apart, with its day."""

import re

import pytest
from web_kit import PORT, Browser, raised

from kb.faces.web.people import named
from kb.faces.web.site import Site


def test_the_next_meeting_stands_with_its_day(demo_read, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-21T09:00:00+09:00")
    text = Browser(Site(str(demo_read), "sato", PORT, raised)).get("/").text
    assert "今日これからのミーティングはありません" in text
    shown = text.partition(">次回<")[2]
    time = re.search(r"<time[^>]*>(.*?)</time>", shown, re.DOTALL)
    assert "11/25" in time[1]
    assert "14:00" in time[1]


def test_a_meeting_of_today_stands_with_its_hour_alone(demo_read, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-25T09:00:00+09:00")
    text = Browser(Site(str(demo_read), "sato", PORT, raised)).get("/").text
    assert ">次回<" not in text
    assert re.search(r"<time[^>]*>14:00</time>", text)


def test_meetings_beyond_those_shown_are_counted_and_not_called_prepared(demo_store, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-25T09:00:00+09:00")
    path = demo_store / "accounts" / "minasoko.md"
    path.write_text(
        path.read_text("utf-8") + "\n## 2026-11-27 15:00 定例\n\n### TODO\n\n- [ ] 送る\n", "utf-8"
    )
    browser = Browser(Site(str(demo_store), "takahashi", PORT, raised))
    total = int(re.search(r"7日間のミーティングは(\d+)件です", browser.get("/?days=7").text)[1])
    assert total > 1
    assert "ほかに" not in re.search(r'"h-meet".*?</section>', browser.last.text, re.DOTALL)[0]
    monkeypatch.setattr("kb.faces.web.pages.today.MOST", 1)
    text = browser.get("/?days=7").text
    lead = re.search(r'<p class="lead">(.*?)</p>', text)[1]
    assert lead == f"7日間のミーティングは{total}件です。"
    meetings = re.search(r'"h-meet".*?</section>', text, re.DOTALL)[0]
    assert meetings.count("<li") == 1
    assert f"ほかに{total - 1}件あります" in meetings


def test_people_are_called_by_their_names_and_stand_with_the_reason(demo_read, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-21T09:00:00+09:00")
    browser = Browser(Site(str(demo_read), "sato", PORT, raised))
    for path in ("/", "/?days=7&all=1"):
        text = browser.get(path).text
        assert "@" not in text[text.index("<main") :], path
    text = browser.get("/").text
    row = next(
        one for one in text.split("<li") if "会員ランクのお知らせ文を蔵元の言葉に直す" in one
    )
    assert '<p class="why"><span>ミナソコ醸造株式会社</span> · 瀬戸様 · お客様の宿題です' in row


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("@ito さんの差し戻しへの返答", "伊藤 航さんの差し戻しへの返答"),
        ("the changes that @ito, @nobody asked for", "the changes that 伊藤 航, @nobody asked for"),
        ("ito@example.com", "ito@example.com"),
        ("@itoh さん", "@itoh さん"),
    ],
)
def test_a_handle_in_a_sentence_becomes_a_name(said, shown):
    assert named(said, {"ito": "伊藤 航", "example": "x"}) == shown
