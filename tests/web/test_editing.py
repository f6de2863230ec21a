"""Editing on a page: what stands is changed, stale forms are merged, two texts are both shown."""

import re
import subprocess
from html import unescape

import pytest

MEETING = "/m/minasoko/m-2yn804"
DOCUMENT = "accounts/minasoko.md"
SAID = "この読み方でよければ、手を打てる"


def text(browser):
    return (browser.store / DOCUMENT).read_text("utf-8")


def links(page):
    """Return the addresses of all pencils, with what each is for."""
    found = re.findall(r'href="([^"]+/edit\?[^"]+)" data-edit aria-label="([^"]+)"', page.text)
    return {unescape(words).removeprefix("直す: "): unescape(path) for path, words in found}


def form(page):
    """Return the fields of the form of editing as the browser would send them."""
    inside = re.search(r'<form class="editor.*?</form>', page.text, re.DOTALL)[0]
    fields = {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', inside)
    }
    fields |= {
        name: unescape(value)
        for name, value in re.findall(
            r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', inside, re.DOTALL
        )
    }
    return {
        name: value for name, value in fields.items() if not name.startswith(("pick-", "token"))
    }


def edit(browser, words):
    """Open the form of the first line with these words; return its fields."""
    found = links(browser.get(MEETING))
    path = next(path for label, path in found.items() if words in label)
    return form(browser.get(path))


def send(browser, fields, **more):
    return browser.send(f"{MEETING}/edit", **{**fields, **more})


@pytest.fixture
def line(writing):
    """The browser, with a decision in the meeting to be edited."""
    writing.get(MEETING)
    writing.send(f"{MEETING}/lines", kind="decision", text="12/3 に公開する", under="1")
    writing.follow()
    return writing


def test_everything_on_the_page_can_be_opened_and_is_as_it_was_when_saved_unchanged(line):
    before = text(line)
    found = links(line.get(MEETING))
    assert len(found) > 5
    for path in [*found.values(), f"{MEETING}/edit?what=head", f"{MEETING}/edit?what=text"]:
        fields = form(line.get(path))
        assert line.last.status_code == 200, path
        assert send(line, fields, do="save").status_code == 303, path
    assert text(line) == before


def test_a_line_is_changed_and_the_page_comes_back_to_it(line):
    fields = edit(line, "12/3 に公開する")
    send(line, fields, text="12/4 に公開する")
    page, anchor = line.follow()
    assert re.search(r"^- 決定: 12/4 に公開する \^d-\w{6}$", text(line), re.MULTILINE)
    assert f'id="{anchor}"' in page.text
    assert "12/4 に公開する" in page.text
    words = ["git", "-C", str(line.store), "log", "-1", "--format=%an|%s"]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert said == "佐藤 恭平|minasoko 2026-11-25: 行を編集\n"


def test_a_line_is_removed(line):
    fields = edit(line, "12/3 に公開する")
    send(line, fields, do="remove")
    assert line.last.status_code == 303
    assert "12/3 に公開する" not in text(line)


def test_what_can_not_be_written_stands_in_its_form_again(line):
    before = text(line)
    fields = edit(line, "12/3 に公開する")
    page = send(line, fields, text="  ")
    assert page.status_code == 400
    assert form(page)["base"] == fields["base"]
    head = form(line.get(f"{MEETING}/edit?what=head"))
    page = send(line, head, start="15:00", end="14:00")
    assert page.status_code == 400
    assert form(page)["end"] == "14:00"
    assert text(line) == before


def stale(browser, theirs="12/3 に全員へ", mine="12/4 に公開"):
    fields = edit(browser, "12/3 に公開する")
    send(browser, fields, text=theirs)
    browser.get(MEETING)
    return send(browser, fields, text=mine)


def test_two_texts_stand_side_by_side_and_nothing_is_written(line):
    page = stale(line)
    assert page.status_code == 409
    shown = re.sub(r"<[^>]+>", "", page.text)
    assert "12/3 に全員へ" in shown
    assert "12/4 に公開" in shown
    assert "12/4 に公開" not in text(line)
    assert "ご自分が別の画面で" in shown
    assert not re.search(r"\^d-|\b[0-9a-f]{40}\b", shown), "no words of machines"


@pytest.mark.parametrize(
    ("pick", "left"),
    [
        ("both", ["12/3 に全員へ", "12/4 に公開"]),
        ("theirs", ["12/3 に全員へ"]),
        ("mine", ["12/4 に公開"]),
        (None, ["12/3 に全員へ", "12/4 に公開"]),
    ],
)
def test_what_was_chosen_is_saved_and_both_if_nothing_was(line, pick, left):
    fields = form(stale(line))
    more = {"pick-0": pick} if pick else {}
    assert send(line, fields, **more).status_code == 303
    found = [words for words in ("12/3 に全員へ", "12/4 に公開") if words in text(line)]
    assert found == left


def test_several_lines_are_chosen_between_line_by_line(writing):
    path = f"{MEETING}/edit?what=text"
    base = form(writing.get(path))
    lines = base["text"].split("\n")
    at = [n for n, row in enumerate(lines) if row.startswith("- スタンス: ")][:2]
    theirs, mine = list(lines), list(lines)
    for n in at:
        theirs[n], mine[n] = f"- スタンス: 彼らの{n}", f"- スタンス: 私の{n}"
    assert send(writing, base, text="\n".join(theirs)).status_code == 303
    writing.get(MEETING)
    page = send(writing, base, text="\n".join(mine))
    assert page.status_code == 409
    fields = form(page)
    assert fields["rows"] == "2"
    send(writing, fields, **{"pick-0": "mine", "pick-1": "both"})
    assert writing.last.status_code == 303
    stances = [row for row in text(writing).split("\n") if "彼らの" in row or "私の" in row]
    first, second = at
    assert stances == [
        f"- スタンス: 私の{first}",
        f"- スタンス: 彼らの{second}",
        f"- スタンス: 私の{second}",
    ]


def test_addresses_and_versions_that_name_nothing_are_refused_with_a_sentence(line):
    before = text(line)
    fields = edit(line, "12/3 に公開する")
    for query in ("", "?what=page", "?line=0", "?line=x", "?line=99999", "?line=" + "9" * 80):
        page = line.get(f"{MEETING}/edit{query}")
        assert page.status_code in (400, 404), query
    for base in ("", "x", "--help", "0" * 40, "HEAD", "../../etc/passwd", "\n"):
        page = send(line, fields, base=base, text="12/5 に公開する")
        assert page.status_code in (400, 404), base
        assert "12/5 に公開する" in page.text
    assert text(line) == before


def test_what_is_typed_is_shown_as_text(line):
    hostile = "<img src=x onerror=alert(1)>{{ 7*7 }}"
    page = stale(line, mine=hostile)
    assert "<img" not in page.text
    assert ">49<" not in page.text
    fields = form(page)
    assert fields["text"] == hostile
    send(line, fields, **{"pick-0": "mine"})
    assert form(line.get(links(line.get(MEETING))[hostile]))["text"] == hostile
