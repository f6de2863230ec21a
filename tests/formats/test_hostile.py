"""Text that nobody wrote as notes: nothing is lost, nothing escapes, nothing takes for ever."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.formats.decode import Skipped, decode
from kb.formats.known import Importer, Incoming
from kb.formats.notes_md import read
from kb.text.outline import parse

PIECES = st.sampled_from(
    [
        "## 2026-11-21 定例", "## 2026/11/14", "# ~~2026-11-07~~", "**11月1日**", "Date: 2026-10-31",
        "### TODO", "## Action items", "- [ ] a (@b)", "  - [x] c", "* AI: Jim to d", "```", "~~~",
        "<!--", "-->", "<table>", "> quoted", "    code", "\tcode", "- \t- x", "text", "", "---",
        "[a]: http://b", "決定: e", "【決定】f", "■ 2026/11/21", "1. g", "| a | b |", "|---|---|",
        "^t-000000", "@x", "x" * 70_000, "\u2028\x0c", "- 出席: h / @i",
    ]
)  # fmt: skip
NEW = b"---\naccount: acme\n---\n\n# ACME\n"


def _import(text: str, data: bytes = NEW):
    notes = read(text.encode(), "acme.md")
    if isinstance(notes, Skipped):
        return None, data
    incoming = [Incoming(meeting, "acme.md") for meeting in notes.meetings]
    return notes, Importer("acme", "ja", {}).merge(data, incoming).data


@given(st.lists(PIECES, max_size=25))
def test_any_mixture_keeps_its_lines_and_the_documents_structure(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    notes, data = _import(text)
    if notes is None:
        return
    lines = decode(text.encode())
    assert [line for m in notes.meetings for line in m.body] == list(lines)
    document = parse(data)
    dated = [meeting for meeting in notes.meetings if meeting.date]
    assert sorted(m.date for m in document.meetings) == sorted(m.date for m in dated)
    kinds = {s.kind for m in document.meetings for s in m.root.walk()}
    assert kinds <= {"meeting", "decisions", "todos", "other"}
    boxes = [i for m in document.meetings for i in m.root.all_items() if i.box is not None]
    assert len(boxes) == sum(len(meeting.todos) for meeting in dated)
    again = _import(text, data)[1]
    assert again == data


@pytest.mark.parametrize(
    "line",
    [
        "- [ ] " + "\u00a0" * 60_000 + "x",
        "[" * 60_000,
        "[a](" * 15_000,
        "AI: " + "a/" * 30_000,
        "TODO: " + "A, " * 20_000,
        "(" * 60_000,
        "@a " * 20_000,
        "1/1/" * 15_000,
        "~~" * 30_000,
        "佐藤、" * 20_000,
        "**" * 30_000,
    ],
    ids=range(11),
)
def test_no_line_takes_long(line: str) -> None:
    began = time.process_time()
    notes = read(f"## 2026-11-21\n{line}\n".encode(), "a.md")
    assert not isinstance(notes, Skipped)
    assert time.process_time() - began < 3


def test_many_dated_lines_take_no_longer_each() -> None:
    lines = [
        f"{'#' * (1 + n % 3)} {2000 + n % 25}-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(9000)
    ]
    began = time.process_time()
    notes = read("\n\n".join(lines).encode(), "a.md")
    assert not isinstance(notes, Skipped)
    assert time.process_time() - began < 10


def test_other_peoples_hostile_texts(shared) -> None:
    folder = shared / "data" / "attacks"
    texts = [
        case["markdown"]
        for case in json.loads((folder / "commonmark/examples.json").read_text("utf-8"))
    ]
    texts += json.loads((folder / "blns/blns.json").read_text("utf-8"))
    began = time.process_time()
    for text in texts:
        for shape in (text, f"## 2026-11-21\n{text}\n## 2026-11-14\nx"):
            notes, data = _import(shape)
            if notes is not None:
                dated = sorted(m.date for m in notes.meetings if m.date)
                assert sorted(m.date for m in parse(data).meetings) == dated
                assert _import(shape, data)[1] == data
    assert time.process_time() - began < 60
