"""What a new team gets of the starter store, in both languages."""

import re
from datetime import date

import pytest

from kb import starter
from kb.demo import sources
from kb.text import frontmatter
from kb.text.outline import parse
from kb.work.starter_content import as_candidate, english_pages, new_store_files

DAY = date(2026, 11, 21)
JAPANESE = {path: data for path, data in starter.files().items() if path.startswith("playbooks/")}


def given(lang):
    return new_store_files(starter.files(), lang, "kim", DAY)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_page_belongs_to_the_new_team(lang):
    files = given(lang)
    customers = {p.rpartition("/")[2][:-3] for p in starter.files() if p.startswith("accounts/")}
    names = {
        front["name"]
        for p, d in starter.files().items()
        if (front := frontmatter.read(d)).get("name")
    }
    for path, data in files.items():
        if not path.startswith("playbooks/"):
            continue
        text, front = data.decode(), frontmatter.read(data)
        assert front["owner"] == "kim", path
        assert not [member for member in sources.members() if f"@{member}" in text], path
        assert not [slug for slug in customers if slug in text.lower()], path
        assert not [name for name in names if name in text], path
        assert not re.search(r"item1:|commit:|pending", text), path


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_principles_are_candidates_without_evidence(lang):
    count = 0
    for path, data in given(lang).items():
        if not path.startswith("playbooks/principles/"):
            continue
        count += 1
        front = frontmatter.read(data)
        assert front["status"] == "candidate"
        assert front["proposed"] == "2026-11-21"
        assert front["supersedes"] == []
        assert not {"adopted", "verify_by", "superseded"} & front.keys()
        parts = {part.heading: part for part in parse(data).section(0).walk() if part.level == 2}
        evidence = parts.get("根拠") or parts["Evidence"]
        counter = parts.get("反証") or parts["Counter-evidence"]
        assert not evidence.items
        assert not counter.items
        assert len(parts) == 7
        assert "\n\n\n" not in data.decode()
        assert data.endswith(b"\n")
    assert count == 4


def test_both_languages_have_the_same_pages_and_ties():
    def ties(pages):
        keys = ("principle", "play", "manual", "manuals")
        return {
            path: {key: value for key, value in frontmatter.read(data).items() if key in keys}
            for path, data in pages.items()
            if path != "playbooks/principles/p-mass-welcome.md"
        }

    assert ties(english_pages()) == ties(JAPANESE)


def test_the_english_pages_are_english():
    for path, data in english_pages().items():
        assert not re.search("[\u3040-\u30ff\u4e00-\u9fff]", data.decode()), path


def test_both_languages_say_as_much():
    """The same number of sections and of points under each: no page was cut short."""
    for path, data in english_pages().items():
        other = parse(JAPANESE[path]).section(0)
        mine = parse(data).section(0)
        skipped = {"根拠", "反証", "もとになった気づき", "Evidence", "Counter-evidence"}
        shapes = [
            [len(part.items) for part in doc.walk() if part.heading not in skipped]
            for doc in (mine, other)
        ]
        assert shapes[0] == shapes[1], path


def test_templates_come_in_both_languages():
    assert {path for path in given("en") if path.startswith("templates/")} == {
        path for path in starter.files() if path.startswith("templates/")
    }


def test_a_principle_that_was_given_up_is_no_starter():
    page = JAPANESE["playbooks/principles/p-mass-welcome.md"].decode()
    assert as_candidate(page, "kim", DAY) is None
    assert as_candidate("# no front matter\n", "kim", DAY) is None
