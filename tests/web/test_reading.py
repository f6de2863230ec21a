"""The reading path: its order, and marks that are the reader's own and go when a page changes."""

import json


def marks(writing, member="sato"):
    file = writing.store / f".git/kb/reading/{member}.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_adopted_principles_come_first_each_beside_real_meetings(reading):
    page = reading.get("/reading").text
    adopted, candidate = page.index("p-handover-30"), page.index("p-sponsor-kickoff")
    assert adopted < candidate
    lesson = page[adopted : page.index("r-p-", adopted + 20)]
    assert lesson.count('class="seal supported"') == 2
    assert lesson.count('class="seal refuted"') == 1
    assert "/m/" in lesson


def test_a_mark_is_kept_for_its_reader_alone_and_can_be_taken_off(writing):
    writing.get("/reading")
    writing.send("/reading", page="p-handover-30", read="1")
    page, at = writing.follow()
    assert at == "r-p-handover-30"
    assert 'value="p-handover-30" aria-pressed="true"' in page.text
    assert "11/25に読みました" in page.text
    assert [one["id"] for one in marks(writing)] == ["p-handover-30"]
    writing.send("/reading", page="p-handover-30", read="0")
    page, _ = writing.follow()
    assert 'value="p-handover-30" aria-pressed="false"' in page.text


def test_a_page_that_changed_asks_to_be_read_again(writing):
    writing.get("/reading")
    writing.send("/reading", page="p-handover-30", read="1")
    file = writing.store / "playbooks/principles/p-handover-30.md"
    file.write_text(file.read_text("utf-8") + "\n足した一行\n", "utf-8")
    page = writing.get("/reading").text
    assert "11/25に読んだあとで、変わりました" in page
    assert 'value="p-handover-30" aria-pressed="false"' in page


def test_what_is_not_on_the_path_is_refused(writing):
    writing.get("/reading")
    for name in ("nothing", "../../x", "play-handover-session", ""):
        writing.send("/reading", page=name, read="1")
        assert writing.last.status_code == 404
    assert not (writing.store / ".git/kb/reading").exists()


def test_lines_that_are_no_marks_are_passed_over(writing):
    folder = writing.store / ".git/kb/reading"
    folder.mkdir(parents=True)
    (folder / "sato.jsonl").write_text(
        'x\n[1]\n{"id": 3}\n{"id": "help", "at": "?", "read": "y"}\n'
    )
    assert "はじめに読むもの" in writing.get("/reading").text


def test_the_help_says_six_things_to_each_role(reading, english):
    for browser in (reading, english):
        page = browser.get("/help").text
        main = page[page.index("<main") :]
        assert main.count("<li>") == 4 * 6 + 3


def test_the_playbook_shows_how_far_one_is(writing):
    writing.get("/reading")
    for name in ("charter", "p-handover-30"):
        writing.send("/reading", page=name, read="1")
    page = writing.get("/playbook").text
    path = page[page.index('class="path"') : page.index('id="h-layers"')]
    assert "2/9" in path
    assert "1 · 2/5" in path
    assert path.count('aria-current="step"') == 1
    for name in ("p-value-90", "p-one-to-one", "p-sponsor-kickoff"):
        writing.send("/reading", page=name, read="1")
    page = writing.get("/playbook").text
    path = page[page.index('class="path"') : page.index('id="h-layers"')]
    assert path.index('class="done"') < path.index('aria-current="step"')
