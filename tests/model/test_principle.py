"""A page of the playbook is read in both languages, and what is written reads back the same."""

from hypothesis import given
from hypothesis import strategies as st

from kb.model.principle import Evidence, evidence_lines, read_page, unquoted
from kb.text.escape import escape, one_line
from kb.text.ids import normal
from kb.text.names import DEFAULT_NAMES
from kb.text.pageparts import add_to_part, put_part, read_parts

PATH = "playbooks/principles/p-x.md"
ENGLISH = b"""---
principle: p-x
title: "Ask: first"
status: Adopted
owner: "@emma"
supersedes: p-old
---
# Ask: first

## Statement

Ask.

## Don\xe2\x80\x99t

* wait

## When to use

At the kick-off.

## Evidence

1. "The paperwork is done"
   - source: [[larkmoor#^h-b2v91n|Larkmoor]] 2026-09-29 item1:0123456789abcdef commit:89abcdef0123
   - Reading: by "then"
- "No place"

## Counter-evidence

- \xe2\x80\x9cNot mine\xe2\x80\x9d
  - Source: [[quillhaven#^h-jhx9m3]]

## Insights behind it

- [[larkmoor#^i-8tj6cf]]
- [[larkmoor#^i-8tj6cf]] <!-- [[x#^i-000000]] -->
"""


def test_an_english_page_is_read():
    page = read_page(ENGLISH, PATH)
    assert (page.id, page.kind, page.title, page.status) == (
        *("p-x", "principle", "Ask: first", "adopted"),
    )
    assert (page.owner, page.supersedes, page.lang) == ("emma", ("p-old",), "en")
    assert (page.dont, page.use_when) == (("wait",), ("At the kick-off.",))
    (found,) = page.evidence
    assert found == Evidence(
        *("The paperwork is done", "larkmoor", "h-b2v91n", "2026-09-29"),
        *("item1:0123456789abcdef", "89abcdef0123", 'by "then"', 24),
    )
    assert page.unsourced == (27,)
    (against,) = page.counter
    assert (against.quote, against.date, against.commit) == ("Not mine", None, None)
    assert page.insights == (("larkmoor", "i-8tj6cf"),)
    assert "x#^i-000000" not in [link.target for link in page.links]


def test_a_page_without_anything_is_a_candidate_named_by_its_file():
    page = read_page(b"", "playbooks/principles/p-empty.md", lang="en")
    assert (page.id, page.title, page.status, page.lang) == (
        *("p-empty", "p-empty", "candidate", "en"),
    )
    assert read_page(b"# Only a title\r\n", "playbooks/plays/a.md").title == "Only a title"
    assert read_page(b"", "playbooks/plays/a.md").status is None


@given(st.binary(max_size=400))
def test_reading_never_fails(data):
    read_page(data, PATH)


@given(st.text(min_size=1, max_size=60).filter(one_line), st.booleans())
def test_any_quote_reads_back_as_it_was_said(text, japanese):
    lang = "ja" if japanese else "en"
    quote = normal(one_line(text))
    if not quote:
        return
    made = Evidence(quote, "acme", "h-8f3kq0", "2026-11-21", "item1:0123456789abcdef", "a" * 12)
    escaped = escape(one_line(quote), DEFAULT_NAMES, labelled=True)
    page = put_part(b"# x\n", "evidence", evidence_lines(made, lang, escaped), lang)
    (found,) = read_page(page, PATH).evidence
    assert found._replace(line=0) == made._replace(line=0)


def test_only_the_outer_marks_come_off():
    assert unquoted("「「はい」と言われた」") == "「はい」と言われた"
    assert unquoted("「はい」と「いいえ」") == "はい」と「いいえ"
    assert unquoted('"') == '"'


def test_a_section_is_rewritten_and_nothing_else():
    page = "# 題\r\n\r\n## 根拠\r\n\r\n- 「あ」\r\n\r\n## 反証\r\n\r\n-\r\n".encode()
    put = put_part(page, "evidence", ["- 「い」"], "ja")
    assert put.decode() == "# 題\r\n\r\n## 根拠\r\n\r\n- 「い」\r\n\r\n## 反証\r\n\r\n-\r\n"
    added = add_to_part(page, "evidence", ["- 「う」"], "ja")
    assert "- 「あ」\r\n- 「う」\r\n\r\n## 反証" in added.decode()
    filled = add_to_part(page, "counter", ["- 「え」"], "ja")
    assert filled.decode().endswith("## 反証\r\n\r\n- 「え」\r\n")
    story = add_to_part(b"# x", "story", ["- y"], "en")
    assert story == b"# x\n\n## History\n\n- y\n"
    assert [part.key for part in read_parts(story)[1]] == ["story"]
