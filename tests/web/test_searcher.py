"""Searches are answered by a process beside the server, and by the server where there is none."""

import os
import pickle
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from web_kit import PORT, Browser, raised

from kb.faces.web import searcher as beside
from kb.faces.web.finder import THREADS
from kb.faces.web.pages import results
from kb.faces.web.searcher import Question, Searcher
from kb.faces.web.site import Site
from kb.search.ports import Where
from kb.wiring import open_context

MEETING = "/m/minasoko/m-2yn804"


@pytest.fixture
def apart(demo_store, clock):
    """Sato's browser on a server that searches in another process; `searcher` is that."""
    searcher = Searcher(demo_store)
    made = Browser(Site(str(demo_store), "sato", PORT, raised, searcher=searcher))
    made.searcher, made.store = searcher, demo_store
    yield made
    searcher.stop()


def hits(text):
    return text.partition('<ol class="hits">')[2].partition("</ol>")[0]


@pytest.mark.parametrize(
    "query",
    [
        "引き継ぎ",
        "renewal",
        "案&kind=insight",
        "案&more=1",
        "account:minasoko 価格",
        "^h-",
        "%22",
        "か",
    ],
)
def test_it_finds_what_the_server_finds(apart, reading, query):
    assert hits(apart.get(f"/search?q={query}").text) == hits(
        reading.get(f"/search?q={query}").text
    )
    assert apart.searcher._process is not None


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_is_made_by_the_process_that_searched(apart, reading, monkeypatch, lang):
    whole = "<main.*</main>"
    path, browsers = "/search?q=引き継ぎ&account=minasoko", (apart, reading)
    assert not apart.searcher.makes_pages
    apart.get(path)  # made by the server: the process has still to learn it
    assert apart.searcher.makes_pages
    by_both = [one.get(path, **{"accept-language": lang}).text for one in browsers]
    shown, here = (re.search(whole, text, re.DOTALL)[0] for text in by_both)
    assert shown == here
    assert shown.count('<li><p class="kind">') > 2

    def made(*_):
        raise AssertionError

    monkeypatch.setattr("kb.faces.web.pages.results.made", made)
    again = apart.get(path, **{"accept-language": lang})
    assert re.search(whole, again.text, re.DOTALL)[0] == shown
    assert again.text.count(apart.token) >= 1


def test_what_was_saved_last_stands_over_the_results(apart):
    apart.get(MEETING)
    apart.send(f"{MEETING}/lines", kind="memo", text="黄色い付箋")
    shown = apart.get("/search?q=黄色い付箋").text
    assert "/undo" in shown.partition("<main")[0]


def test_what_was_saved_is_found_at_once(apart):
    apart.get(MEETING)
    for number in range(3):
        text = f"青い付箋{number}番"
        assert apart.send(f"{MEETING}/lines", kind="memo", text=text).status_code == 303
        assert text in re.sub("</?mark>", "", hits(apart.get(f"/search?q={text}").text))


def test_a_hand_edit_is_found_within_a_second(apart):
    apart.get("/search?q=付箋")
    path = apart.store / "accounts" / "minasoko.md"
    path.write_text(path.read_text("utf-8") + "\n- 緑の付箋を貼る\n", "utf-8")
    time.sleep(1)
    assert "緑の" in hits(apart.get("/search?q=緑の付箋").text)


def test_the_server_searches_when_the_process_ended_and_begins_another(apart, monkeypatch):
    monkeypatch.setattr(beside, "AGAIN", 0)
    apart.get("/search?q=引き継ぎ")
    process = apart.searcher._process
    process.kill()
    process.wait()
    for _ in range(3):
        assert "ol class" in apart.get("/search?q=引き継ぎ").text
    assert apart.searcher._process not in (None, process)


@pytest.mark.parametrize("program", ["/nowhere/python", "/bin/false", "/bin/true"])
def test_the_server_searches_where_no_process_can_be_begun(apart, monkeypatch, program):
    monkeypatch.setattr(sys, "executable", program)
    for _ in range(2):
        assert "ol class" in apart.get("/search?q=引き継ぎ").text


def test_nobody_waits_for_an_answer_that_cannot_be_read(apart, monkeypatch):
    def unreadable(file):
        file.peek()
        raise TypeError

    monkeypatch.setattr(beside.pickle, "load", unreadable)
    began = time.monotonic()
    assert "ol class" in apart.get("/search?q=引き継ぎ").text
    assert time.monotonic() - began < beside.PATIENCE / 2
    assert apart.searcher._process is None


@pytest.mark.skipif(sys.platform == "win32", reason="a process can't be stopped for a while there")
def test_nobody_waits_for_a_process_that_hangs(apart, monkeypatch):
    apart.get("/search?q=引き継ぎ")
    process = apart.searcher._process
    process.send_signal(signal.SIGSTOP)
    monkeypatch.setattr(beside, "PATIENCE", 0.3)
    assert "ol class" in apart.get("/search?q=引き継ぎ").text
    assert process.wait(10) == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="a process can't be stopped for a while there")
def test_few_wait_at_a_time(apart, monkeypatch):
    apart.get("/search?q=引き継ぎ")
    process = apart.searcher._process
    process.send_signal(signal.SIGSTOP)
    asked = (Question("あ" * 500, Where(), 20, meaning=False, typing=True), None)
    monkeypatch.setattr(beside, "ROOM", 0.2)
    with ThreadPoolExecutor(beside.QUEUE) as threads:
        waiting = [threads.submit(apart.searcher._answer, asked, 30) for _ in range(beside.QUEUE)]
        time.sleep(0.5)
        assert apart.searcher._answer(asked, 30) is None
        process.send_signal(signal.SIGCONT)
        assert all(one.result() for one in waiting)
    assert apart.searcher._answer(asked, 30) is not None


def test_what_a_process_learns_from_is_nothing_that_anybody_waits_for(apart):
    page = results.Page(results.Wanted(""), "ja", False, {}, {})
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(apart.searcher.begin, [page] * 4))
    assert apart.searcher.makes_pages
    assert not apart.searcher._waiting
    assert "ol class" in apart.get("/search?q=引き継ぎ").text


@pytest.fixture
def quick(monkeypatch):
    """A process is quiet after half a second."""
    monkeypatch.setattr(beside, "QUIET", 0.5)
    monkeypatch.setattr(beside, "LOOK", 0.1)


def done(waiting):
    return sorted(one.done() for one in waiting)


def answered(searcher):
    """Wait until the process has nothing to do, not even what nobody waits for."""
    while searcher._waiting:
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform == "win32", reason="a process can't be stopped for a while there")
def test_few_wait_for_a_process_that_answers_nothing(apart, quick, monkeypatch):
    apart.get("/search?q=引き継ぎ")
    answered(apart.searcher)
    process = apart.searcher._process
    process.send_signal(signal.SIGSTOP)
    asked = (Question("あ", Where(), 20, meaning=False, typing=False), None)
    with ThreadPoolExecutor(beside.QUEUE) as threads:
        waiting = [threads.submit(apart.searcher._answer, asked, 20) for _ in range(beside.QUEUE)]
        time.sleep(0.3)
        assert done(waiting) == [False] * beside.QUEUE
        time.sleep(0.7)
        assert done(waiting) == [False] * beside.FEW + [True] * (beside.QUEUE - beside.FEW)
        began = time.monotonic()
        assert apart.searcher._answer(asked, 20) is None
        assert time.monotonic() - began < beside.ROOM / 4
        monkeypatch.setattr("kb.work.searching.knows_meanings", lambda: True)
        monkeypatch.setattr("kb.faces.web.pages.meanings.ready", lambda _: True)
        monkeypatch.setattr("kb.work.searching._encoder", raised)  # it takes seconds to load
        shown = apart.get("/search?q=引き継ぎ").text
        assert "意味の近いものは、いま準備しています" in shown
        assert "ol class" in shown
        process.send_signal(signal.SIGCONT)
        assert [one.result() for one in waiting].count(None) == beside.QUEUE - beside.FEW
    answered(apart.searcher)
    assert apart.searcher._answer(asked, 20) is not None


@pytest.mark.parametrize(
    ("first", "others", "patience"), [(0.4, 0.4, 60), (1.5, 0, beside.LOADING)]
)
def test_all_wait_for_a_process_that_is_slow_or_reads_much(
    demo_store, quick, monkeypatch, first, others, patience
):
    answers = (
        "import pickle, sys, time\n"
        "while True:\n"
        "    number, _ = pickle.load(sys.stdin.buffer)\n"
        f"    time.sleep({first} if number == 1 else {others})\n"
        "    pickle.dump((number, number), sys.stdout.buffer); sys.stdout.flush()\n"
    )
    monkeypatch.setattr(beside, "command", lambda *_: [sys.executable, "-c", answers])
    searcher = Searcher(demo_store)
    with ThreadPoolExecutor(beside.QUEUE) as threads:
        waiting = [threads.submit(searcher._answer, (None, None), patience)]
        while not searcher._waiting:
            time.sleep(0.01)
        asked = range(2, beside.QUEUE + 1)
        waiting += [threads.submit(searcher._answer, (None, None), 60) for _ in asked]
        assert sorted(one.result() for one in waiting) == [1, *asked]
    searcher.stop()


def test_what_it_finds_while_the_lists_are_made_anew_does_not_count(apart, monkeypatch):
    first = hits(apart.get("/search?q=引き継ぎ").text)
    real, asked = apart.searcher._answer, []

    def taken_away(*question):
        if not asked:
            for file in (apart.store / ".kb").glob("catalogue*"):
                file.unlink()
        asked.append(question)
        return real(*question)

    monkeypatch.setattr(apart.searcher, "_answer", taken_away)
    assert hits(apart.get("/search?q=引き継ぎ").text) == first
    assert len(asked) == 2


@pytest.mark.parametrize(("new", "patience"), [(3, beside.PATIENCE), (5_000, beside.LOADING)])
def test_an_index_that_is_made_is_waited_for(apart, monkeypatch, new, patience):
    asked = []
    monkeypatch.setattr("kb.work.searching.waiting", lambda _: new)
    monkeypatch.setattr(apart.searcher, "_answer", lambda _, patience: asked.append(patience))
    ctx = open_context(str(apart.store), None, lang="ja")
    assert apart.searcher(ctx, "引き継ぎ", Where(), 20, meaning=False, typing=False) is None
    ctx.close()
    assert asked == [patience]


def test_a_page_does_not_wait_while_much_is_read_for_the_search(apart, monkeypatch):
    monkeypatch.setattr("kb.faces.web.apart.LARGE", 5)
    for path in (apart.store / ".kb").iterdir():
        path.unlink()
    apart.get("/accounts")  # the lists are there, the search is not
    shown = apart.get("/search?q=引き継ぎ").text
    assert "data-soon" in shown
    assert "検索の準備をしています" in shown
    until = time.monotonic() + 60
    while "ol class" not in (shown := apart.get("/search?q=引き継ぎ").text):
        assert "検索の準備をしています" in shown
        assert time.monotonic() < until
        time.sleep(0.2)


@pytest.mark.parametrize("program", ["/nowhere/python", "/bin/false"])
def test_the_search_is_prepared_where_no_process_can_be_begun(apart, monkeypatch, program):
    monkeypatch.setattr("kb.faces.web.apart.LARGE", 5)
    monkeypatch.setattr(sys, "executable", program)
    for path in (apart.store / ".kb").iterdir():
        path.unlink()
    until = time.monotonic() + 60
    while "ol class" not in apart.get("/search?q=引き継ぎ").text:
        assert time.monotonic() < until
        time.sleep(0.2)


def test_where_nothing_can_be_kept_a_large_store_is_searched_at_once(apart, monkeypatch):
    monkeypatch.setattr("kb.faces.web.apart.LARGE", 5)
    (apart.store / ".kb").rename(apart.store / ".kb-away")
    (apart.store / ".kb").write_bytes(b"")
    assert "ol class" in apart.get("/search?q=引き継ぎ").text


def test_it_ends_with_the_server(apart):
    apart.get("/search")
    process = apart.searcher._process
    os.kill(process.pid, signal.SIGSTOP)  # even one that does nothing any more
    apart.searcher.stop()
    process.wait(10)
    assert "ol class" in apart.get("/search?q=引き継ぎ").text


def test_where_nothing_can_be_kept_the_server_searches(demo_store, clock):
    (demo_store / ".kb").rename(demo_store / ".kb-away")
    (demo_store / ".kb").write_bytes(b"")  # no folder: nothing can be made in there
    searcher = Searcher(demo_store)
    browser = Browser(Site(str(demo_store), "sato", PORT, raised, searcher=searcher))
    assert "ol class" in browser.get("/search?q=引き継ぎ").text
    assert searcher._process is None


@pytest.mark.meaning
@pytest.mark.slow
def test_meanings_are_known_in_the_other_process_alone(apart):
    loaded = []
    until = time.monotonic() + 60
    while "data-soon" in (shown := apart.get("/search?q=担当者が変わるとき").text):
        loaded.append(shown)
        assert time.monotonic() < until
        time.sleep(0.2)
    assert "意味の近いものも入っています" in shown
    assert loaded


def test_it_ends_with_a_server_that_was_killed_though_all_its_threads_search(demo_store):
    slow = "finder.Finder._found = lambda *asked: (print('asked', file=sys.stderr), time.sleep(60))"
    program = f"import sys, time; from kb.faces.web import finder; {slow}; finder.main(sys.argv[1])"
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(demo_store)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    for number in range(THREADS):
        pickle.dump((number, (None, None)), process.stdin)
    process.stdin.flush()
    for _ in range(THREADS):
        assert process.stderr.readline() == b"asked\n"
    process.stdin.close()  # as the end of the server does
    assert process.wait(10) == 0
    process.stderr.close()
