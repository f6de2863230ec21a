"""Every word of the playbook, the board and practice stands in their tables, and is said."""

import re
import string

import pytest

from kb.faces.web import render
from kb.messages import find, web_board, web_playbook, web_train

TABLES = {"book": web_playbook.TABLE, "board": web_board.TABLE, "train": web_train.TABLE}
SOURCES = "".join(
    path.read_text("utf-8")
    for path in (*render.HTML.glob("*.j2"), *(render.HTML.parent / "pages").glob("*.py"))
)


@pytest.mark.parametrize("room", TABLES)
def test_every_code_that_pages_name_has_a_sentence(room):
    named = set(re.findall(rf'"({room}-[\w-]+)"', SOURCES))
    whole = {code for code in named if not code.endswith("-")}
    assert whole <= set(TABLES[room]), sorted(whole - set(TABLES[room]))


@pytest.mark.parametrize("room", TABLES)
def test_every_sentence_is_said_somewhere(room):
    built = set(re.findall(rf'"({room}-[\w-]+-)"|f"({room}-[\w-]+-)\{{', SOURCES))
    begun = {one for pair in built for one in pair if one}
    for code in TABLES[room]:
        base = code.removesuffix("-one")
        if error := re.fullmatch("page-instead-(.+)", code):  # said instead of an error's own hint
            assert find(error[1]), code
            continue
        assert f'"{base}"' in SOURCES or any(base.startswith(b) for b in begun), code


@pytest.mark.parametrize("room", TABLES)
def test_both_languages_take_the_same_values(room):
    for code, sentence in TABLES[room].items():
        known = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for text in (sentence.en, sentence.ja)
        ]
        assert known[0] == known[1], code
        assert bool(sentence.en_hint) == bool(sentence.ja_hint), code
