"""Every word of the pages of reviews and insights stands in their tables, and is said somewhere."""

import re

import pytest

from kb.faces.web import render
from kb.messages import web_insights, web_reviews

CODE = re.compile(r'"(page-(?:review|insight|instead)[\w-]*)"')
TABLES = web_reviews.TABLE | web_insights.TABLE
FILES = (*render.HTML.glob("*.j2"), *render.HTML.parent.rglob("*.py"))
SOURCE = "".join(path.read_text("utf-8") for path in sorted(FILES))


def test_every_code_that_pages_name_has_a_sentence():
    named = set(CODE.findall(SOURCE))
    assert {code for code in named if not code.endswith("-")} <= set(TABLES)


@pytest.mark.parametrize("code", sorted(TABLES))
def test_every_sentence_is_said_somewhere_in_both_languages(code):
    sentence = TABLES[code]
    assert sentence.ja
    assert sentence.en
    assert not re.search(r"[ぁ-んァ-ヶ一-龠]", sentence.en + sentence.en_hint)
    assert bool(sentence.en_hint) == bool(sentence.ja_hint)
    values = re.compile(r"\{\w+\}")
    assert sorted(values.findall(sentence.en)) == sorted(values.findall(sentence.ja))
    if code.startswith("page-instead-"):
        return
    base = code.removesuffix("-one")
    built = re.findall(r'"(page-[\w-]+-)(?:"|\{)', SOURCE)
    middle = re.findall(r'"(page-review[\w-]*-)" ~ \w+ ~ "(-[\w-]+)"', SOURCE)
    assert (
        f'"{base}"' in SOURCE
        or any(base.startswith(start) for start in built if start != "page-review-")
        or any(base.startswith(start) and base.endswith(stop) for start, stop in middle)
        or base in {f"page-review-{key}" for key in ("reworded", "added", "removed")}
    ), code


def test_no_sentence_speaks_of_the_machine_or_of_commands():
    said = " ".join(" ".join(sentence) for sentence in TABLES.values()).casefold()
    for word in ("commit", "branch", "merge", "conflict", "sync", "`kb", "コミット", "マージ"):
        assert word not in said, word
