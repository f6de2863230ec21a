"""Every word of a page stands in the catalogue of messages, in both languages."""

import ast
import re
from importlib import import_module

import pytest

from kb.faces.cli.table import COMMANDS
from kb.faces.web import render, words
from kb.faces.web.plainly import without_options
from kb.messages import ROOMS, find

TABLE = {
    code: sentence
    for room in ROOMS
    if room.startswith("web")
    for code, sentence in import_module(f"kb.messages.{room}").TABLE.items()
}
TEMPLATES = sorted(render.HTML.glob("*.j2"))
PYTHON = sorted(render.HTML.parent.rglob("*.py"))
SCRIPT = render.HTML.parents[3] / "frontend/src"


def without_marks(source):
    """A template without its statements and comments; values become a blank."""
    lexed = render.environment().lex(source)
    return "".join(value if kind == "data" else " " for _, kind, value in lexed)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_no_words_stand_in_a_template(path):
    source = without_marks(path.read_text("utf-8"))
    spoken = re.findall(
        r'\s(?:title|alt|placeholder|aria-label|aria-description)="([^"]*)"', source
    )
    text = re.sub(r"<pre[^>]*><code>.*?</code></pre>", " ", source, flags=re.DOTALL)  # to be typed
    text = re.sub(r"<[^>]*>", " ", text)
    left = re.findall(r"[A-Za-zぁ-んァ-ヶ一-龠々]+", text + " " + " ".join(spoken))
    assert set(left) <= {"kb"}, left


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_no_words_stand_in_a_template_s_statements(path):
    for inside in re.findall(r"\{[{%](.*?)[}%]\}", path.read_text("utf-8"), flags=re.DOTALL):
        assert not re.search(r"[ぁ-んァ-ヶ一-龠]", inside), inside


PAIR = re.compile(
    r"""words(?P<hint>\.hint)?\("(?P<code>[\w-]+)"[^{}]*\)[^{}]*\}\}"""
    r"""(?:\{%[^%]*%\})*[ ]+(?:\{%[^%]*%\})*\{\{\s*words(?:\.hint)?\("""
)
"""A sentence, a blank, and another sentence."""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_no_blank_stands_between_two_japanese_sentences(path):
    pairs = PAIR.finditer(path.read_text("utf-8"))
    whole = [(one["code"], one["hint"], find(one["code"])) for one in pairs]
    ended = {
        code
        for code, hint, one in whole
        if one and (one.ja_hint if hint else one.ja).endswith("。")
    }
    assert ended == set(), "take words.gap"


@pytest.mark.parametrize(
    "path", sorted((render.HTML.parent / "static").glob("*.css")), ids=lambda p: p.name
)
def test_no_words_stand_in_a_style_sheet(path):
    source = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    for content in re.findall(r'content:\s*"([^"]*)"', source):
        assert not re.search(r"[A-Za-zぁ-んァ-ヶ一-龠]", content), content


@pytest.mark.parametrize(
    "path", [*PYTHON, *sorted(SCRIPT.glob("*.ts"))], ids=lambda p: f"{p.parent.name}/{p.name}"
)
def test_no_japanese_words_stand_in_code(path):
    source = path.read_text("utf-8")
    if path.suffix == ".py":
        tree = ast.parse(source)
        texts = [one.value for one in ast.walk(tree) if isinstance(one, ast.Constant)]
        found = [one for one in texts if isinstance(one, str) and not re.search(r"\[ぁ-|\(\?", one)]
    else:
        found = re.findall(r'"[^"\n]*"', re.sub(r"//.*", "", source))
    assert [one for one in found if re.search(r"[ぁ-んァ-ヶ一-龠]{2}", one)] == []


def test_every_code_that_pages_name_has_a_sentence():
    named = set()
    for path in TEMPLATES:
        named |= set(re.findall(r'"(web-[\w-]+)"', path.read_text("utf-8")))
    for path in PYTHON:
        named |= set(re.findall(r'"(web-[\w-]+)"', path.read_text("utf-8")))
    whole = {code for code in named if not code.endswith("-")}
    assert whole <= set(TABLE), sorted(whole - set(TABLE))


def test_every_sentence_is_said_somewhere():
    source = "".join(path.read_text("utf-8") for path in (*TEMPLATES, *PYTHON))
    for path in sorted((render.HTML.parents[1] / "cli").glob("*.py")):
        source += path.read_text("utf-8")
    built = set(re.findall(r'"(web-[\w-]+-)"', source))
    for code in (one for one in TABLE if one.startswith("web-")):
        base = code.removesuffix("-one")
        bare = base.removesuffix("-none")  # said where the hint's list is empty
        assert (
            f'"{base}"' in source or f'"{bare}"' in source or any(base.startswith(b) for b in built)
        ), code


def test_pages_are_escaped_in_one_place_only():
    for path in (*TEMPLATES, *PYTHON):
        source = path.read_text("utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape", source) or path.name == "render.py", path
        if path.name != "render.py":
            assert not re.search(r"\bMarkup\(", source), path
    assert render.environment().autoescape is True


def test_a_name_that_a_template_lacks_is_an_error():
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        render.environment().from_string("{{ missing }}").render()


@pytest.mark.parametrize(
    ("accepts", "lang"),
    [
        ("ja", "ja"),
        ("en-US,en;q=0.9", "en"),
        ("fr,ja;q=0.5,en;q=0.6", "en"),
        ("ja;q=0,en;q=0.1", "en"),
        ("en;q=x,ja;q=0.2", "ja"),
        ("", None),
        ("fr", None),
        ("*", None),
        ("ja;q=0", None),
    ],
)
def test_the_browser_s_wish_is_read_by_its_weights(accepts, lang):
    assert words.wanted(accepts) == lang


def test_days_are_written_as_each_language_writes_them():
    from datetime import date

    ja, en = words.Words("ja"), words.Words("en")
    assert (ja.day("2026-11-05"), en.day("2026-11-05")) == ("11月5日", "5 November")
    assert (ja.weekday("2026-11-25"), en.weekday("2026-11-25")) == ("水曜日", "Wednesday")
    today = date(2026, 11, 25)
    assert (ja.short("2026-02-01", today), en.short("2026-02-01", today)) == ("2/1", "1 Feb")
    assert (ja.short("2027-02-01", today), en.short("2027-02-01", today)) == (
        "2027/2/1",
        "1 Feb 2027",
    )
    assert ja.due("2026-11-24", today) == "1日超過"
    assert en.due("2026-11-24", today) == "1 day late"
    assert en.due("2026-11-20", today) == "5 days late"
    assert [ja.due(f"2026-11-{d}", today) for d in (25, 26, 27)] == [
        "今日まで",
        "明日まで",
        "11/27まで",
    ]


def test_no_hint_on_a_page_names_a_command():
    """A command without its marks stayed: “Look at it again: kb principle show p-x”."""
    names = "|".join({name.split()[0] for name in COMMANDS})
    for room in ROOMS:
        for code, sentence in import_module(f"kb.messages.{room}").TABLE.items():
            for hint in (sentence.en_hint, sentence.ja_hint):
                assert not re.search(rf"\bkb (?:{names})\b", without_options(hint)), code
