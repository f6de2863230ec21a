"""What people wrote is shown as text: nothing of it runs, loads, or breaks the page."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.faces.web import render

HARMLESS = render.TAGS
ROOT = Path(__file__).parents[2]


class Reader(HTMLParser):
    """Reads HTML as a browser would and notes every tag with its attributes."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags = []
        self.text = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_data(self, data):
        self.text.append(data)


def read(html):
    reader = Reader()
    reader.feed(str(html))
    reader.close()
    return reader


def harmless(html):
    for tag, attrs in read(html).tags:
        assert tag in HARMLESS, (tag, html)
        for name, value in attrs:
            assert (tag, name) in {("a", "href"), ("a", "rel")}, (tag, name, html)
            if name == "href":
                assert not value or re.match(
                    r"https?://|mailto:|/go/[\w-]+/[mhadtiqre]-\w{6}\Z", value, re.IGNORECASE
                ), value


TRICKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](//evil.example)",
    "[x](/leave)",
    "![x](https://evil.example/pixel.png)",
    "<https://ok.example> <javascript:alert(1)>",
    '[x](https://ok.example "onclick=alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "[[acme#^t-000000|<b>x</b>]]",
    '[["><script>alert(1)</script>#^t-000000]]',
    '[[a#^t-000000" onmouseover="x]]',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<!--><img src=x onerror=alert(1)>-->",
    "```html\n<script>alert(1)</script>\n```",
    "<a href='https://x' style='position:fixed'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


@pytest.mark.parametrize("text", TRICKS)
def test_tricks_are_text(text):
    harmless(render.line(text))
    harmless(render.prose(text))


def test_what_is_typed_as_html_is_read_as_it_was_typed():
    for text in ("<b>太字</b>", "<script>alert(1)</script>", "a < b && c > d"):
        assert "".join(read(render.line(text)).text) == text


def test_emphasis_links_and_code_are_shown():
    assert str(render.line("**大事** と `code`")) == "<strong>大事</strong> と <code>code</code>"
    link = str(render.line("[図](https://example.com/a)"))
    assert link == '<a href="https://example.com/a" rel="noopener noreferrer">図</a>'
    assert 'href="mailto:a@example.com"' in render.line("<a@example.com>")


def test_links_of_the_store_lead_to_their_line_or_page():
    assert 'href="/go/acme/t-8f3kq0"' in render.line("[[acme#^t-8f3kq0]]")
    assert 'href="/playbook/p-handover-30"' in render.line("[[p-handover-30|引き継ぎ]]")
    assert str(render.line("[[ほかの文書]] を見る")) == "ほかの文書 を見る"


def test_ids_are_not_shown_in_a_stretch_of_a_document():
    shown = str(render.prose("- 決めた ^d-9xw2me\n- 次 ^t-8f3kq0 ^t-1c9d5z\n"))
    assert "^" not in shown


def test_pictures_are_words():
    assert "".join(read(render.line("![図](https://evil.example/x.png)")).text) == "図"
    assert "<img" not in render.prose("![図](https://evil.example/x.png)")


@given(st.text(max_size=60))
def test_any_text_is_harmless(text):
    harmless(render.line(text))
    harmless(render.prose(text))


@given(st.text(alphabet="あ決a1 　、。・「」(-.)#@+:/{}%?é", max_size=30))
def test_the_short_way_for_plain_text_is_what_markdown_makes_of_it(text):
    slow = render._clean(render._markdown().renderInline(text))
    assert str(render.line(text)).strip() == str(slow).strip()


@given(
    st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4)
)
def test_marks_change_no_letter(text, spans):
    spans = [(a, b) for a, b in spans if a < b <= len(text)]
    shown = render.marked(text, spans)
    bare = str(shown).replace("<mark>", "").replace("</mark>", "")
    assert bare == str(render.escape(text))


def test_words_in_another_language_are_named():
    assert str(render.foreign("引き継ぎ", "en")) == ' lang="ja"'
    assert str(render.foreign("handover", "ja")) == ' lang="en"'
    assert not render.foreign("引き継ぎ", "ja")
    assert not render.foreign("2026-11-25 14:00", "ja")
    assert not render.foreign("CSV", "en")


def test_text_is_escaped_where_what_escapes_has_another_name_or_was_not_compiled():
    program = """
import sys, markupsafe, markupsafe._native
sys.modules["markupsafe._speedups"] = None
vars(markupsafe._native).clear()
from kb.faces.web import render
print(render.escaped("<b>\\"'&"), type(render.escaped("<")).__name__, render.marked("<a>", [(1, 2)]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["&lt;b&gt;&#34;&#39;&amp;", "str", "&lt;<mark>a</mark>&gt;"]


@pytest.mark.slow
def test_the_attacks_that_others_collected_are_text(shared):
    attacks = shared / "data/attacks"
    texts = json.loads((attacks / "blns/blns.json").read_text("utf-8"))
    texts += [
        one["payload"]
        for one in json.loads((attacks / "dompurify/payloads.json").read_text("utf-8"))
    ]
    texts += [
        one["markdown"]
        for one in json.loads((attacks / "commonmark/examples.json").read_text("utf-8"))
    ]
    for text in texts:
        harmless(render.line(text))
        harmless(render.prose(text))


def test_a_multiplication_sign_is_shown_and_what_is_bold_is_bold():
    text = "**案**は 単価*数量*月数、2*3*4、*早く* 出す"
    html = "<strong>案</strong>は 単価*数量*月数、2*3*4、<em>早く</em> 出す"
    assert render.line(text) == html
    assert render.prose(f"- {text}") == f"<ul>\n<li>{html}</li>\n</ul>\n"
