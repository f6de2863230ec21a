"""Today shows what is today; the next meeting stands apart, with its day."""

import re

from web_kit import PORT, Browser, raised

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
