"""The board in the browser: the work layer's numbers, and no waiting for a long history."""

import html
import re
from threading import Event, Lock

import pytest
from web_kit import PORT, Browser, raised

from kb.errors import NotFound
from kb.faces.web.behind import KEPT, Behind, Job
from kb.faces.web.pages import board as page
from kb.faces.web.pages import board_shown
from kb.faces.web.site import Site
from kb.model.calibration import Share
from kb.wiring import open_context, start_store
from kb.work import board as work


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """On a busy machine the page may wait; one test says what happens when it does not."""
    monkeypatch.setattr(page, "PATIENCE", 60.0)


@pytest.fixture
def counted(demo_read, clock):
    """The team's board as the work layer counts it."""
    ctx = open_context(str(demo_read), "sato", lang="ja")
    yield work.board(ctx, work.Scope())
    ctx.close()


def read(text):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def cell(share):
    return f'<td class="num"><b>{share.n}</b>/{share.of}</td>'


def test_the_numbers_are_those_of_the_work_layer(reading, counted):
    text = reading.get("/board").text
    for share in counted.reach.shares.values():
        assert cell(share) in text
    for step in counted.flow:
        assert f"<b>{step.taken.n}</b>/{step.taken.of}" in text or (
            f"{step.taken.n}/{step.taken.of}" in text
        )
    for unit in counted.units:
        for share in unit.shares.values():
            assert f"<td>{share.n}/{share.of}</td>" in text


def test_the_first_sentence_names_what_stalls_and_leads_there(reading):
    text = reading.get("/board").text
    assert "<h1>行動原則の候補が1件、止まっています</h1>" in text
    lead = read(text[text.index('class="lead"') : text.index('class="views"')])
    assert "決める方のいないキックオフは始めない" in lead
    assert "138日" in lead
    assert "まだ少ないので、目安です" in lead
    assert "伊藤 航さんの差し戻し" in lead
    assert "@" not in text[text.index("<main") :]
    assert "100–100%" not in text
    stalled = text[text.index('id="h-stalled"') :]
    assert 'href="/playbook/p-sponsor-kickoff"' in stalled[: stalled.index("</ul>")]


def test_pages_that_nobody_uses_are_named_with_links(reading, counted):
    text = reading.get("/board").text
    unused = text[text.index('id="h-unused"') : text.index('id="h-gaps"')]
    assert re.findall(r'href="/playbook/([\w-]+)"', unused) == list(counted.unused)


def test_searches_that_found_nothing_lead_to_the_search(writing):
    misses = writing.store / ".git/kb/misses.jsonl"
    misses.parent.mkdir(exist_ok=True)
    misses.write_text('{"at": "2026-11-20T10:00:00+09:00", "query": "解約 & 返金"}\n' * 2, "utf-8")
    gaps = writing.get("/board").text
    gaps = gaps[gaps.index('id="h-gaps"') :]
    assert 'href="/search?q=%E8%A7%A3%E7%B4%84+%26+%E8%BF%94%E9%87%91"' in gaps
    assert "2回、最後は11/20" in gaps


def test_below_twenty_there_are_counts_and_no_rate(reading):
    text = reading.get("/board?since=2026-11-01").text
    table = text[text.index('class="cov"') : text.index("</table>", text.index('class="cov"'))]
    assert "率は出しません" in table
    assert "barc" not in table
    assert "%" not in read(table)


def test_a_rate_is_drawn_from_twenty_on():
    assert board_shown.drawn(Share(10, 19)) == board_shown.Drawn(10, 19, None, None)
    assert board_shown.drawn(Share(10, 20)) == board_shown.Drawn(10, 20, 50, 120.0)


def test_a_unit_can_be_looked_at_alone(reading):
    text = reading.get("/board?unit=east").text
    assert "東ユニット · 終わったミーティング 27回" in read(text)
    assert cell(Share(25, 27)) in text


def test_one_s_own_numbers_are_shown_to_oneself_only(reading, demo_read):
    text = reading.get("/board?mine=1").text
    assert "佐藤 恭平 · 終わったミーティング" in read(text)
    assert reading.get("/board?mine=1&member=mori").text.count("森 ひより") == 0
    team = read(reading.get("/board").text)
    for name in ("森 ひより", "中村 沙英", "Emma"):
        assert name not in team, "no names of others on the board"


@pytest.mark.parametrize(("query", "status"), [("?unit=north", 404), ("?since=いつか", 400)])
def test_a_wrong_question_is_answered_in_a_sentence(reading, query, status):
    got = reading.get(f"/board{query}")
    assert got.status_code == status
    assert '<div class="blank"><h1>' in got.text


def test_an_empty_store_says_what_will_be_here(tmp_path, clock):
    root = tmp_path / "new"
    start_store(root, "Kim <kim@example.com>", lang="en", team="New")
    browser = Browser(Site(str(root), "Kim <kim@example.com>", PORT, raised), "en")
    text = browser.get("/board").text
    assert "No meeting was held yet" in text
    assert 'class="quad"' not in text


# A long history


def test_the_page_never_waits_long_and_says_how_far_it_is(reading, monkeypatch):
    go_on, begun = Event(), Event()
    count = work.board

    def slow(ctx, scope, told):
        told(3, 40)
        begun.set()
        assert go_on.wait(20)
        return count(ctx, scope, told)

    monkeypatch.setattr(page.work, "board", slow)
    monkeypatch.setattr(page, "PATIENCE", 0.0)
    assert reading.get("/board?since=2026-01-02").status_code == 200
    assert begun.wait(20)
    text = reading.get("/board?since=2026-01-02").text
    assert "文書 3/40。" in text
    assert 'href="/board?since=2026-01-02"' in text
    assert "quad" not in text
    monkeypatch.setattr(page, "PATIENCE", 20.0)
    go_on.set()
    assert 'class="quad"' in reading.get("/board?since=2026-01-02").text


def test_what_came_of_work_beside_the_pages_is_raised_or_returned():
    def fails(told):
        raise NotFound("no-unit", unit="x", known="y")

    job = Job(fails, Lock())
    assert job.wait(10)
    with pytest.raises(NotFound):
        job.result()
    told = []
    behind = Behind()
    job = behind.begin("a", lambda tell: told.append(tell) or 7)
    assert job.wait(10)
    assert job.result() == 7
    assert behind.begin("a", lambda _: 8) is job
    behind.forget("a")
    other = behind.begin("a", lambda _: 8)
    assert other.wait(10)
    assert other.result() == 8


def test_only_the_newest_work_is_remembered():
    behind = Behind()
    first = behind.begin(0, lambda _: 0)
    for key in range(1, KEPT + 1):
        assert behind.begin(key, lambda _: 1).wait(10)
    assert behind.begin(0, lambda _: 0) is not first
