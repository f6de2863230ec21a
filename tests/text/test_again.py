"""The quick ways to read a document read the same as the plain one."""

import random
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from kb.text.again import Before, boundaries_again
from kb.text.blocks import block_parser
from kb.text.lines import Lines
from kb.text.names import DEFAULT_NAMES
from kb.text.outline import find_boundaries, parse, parse_whole

ACCOUNTS = Path(__file__).resolve().parent.parent.parent / "accounts"
PIECES = [
    *("- ", "1. ", "2) ", "> ", "```\n", "~~~", "    ", "\t", " ", "\n", "\n", "a", "# T\n", "#"),
    *(
        "## 2026-01-02 x\n",
        "### 2026-01-05\n",
        "## 決定事項\n",
        "2026-02-03 y\n---\n",
        "\r",
        "\r\n",
    ),
    *("| a | b |\n", "|---|:-:|\n", "--", "==", "***\n", "[a]: b\n", "[", "<div>\n", "<!--\n"),
    *(
        "-->\n",
        "+ ",
        "* ",
        "_",
        "x\n",
        "\\",
        ":",
        "日本\n",
        "0",
        "- [ ] x\n",
        "---\n",
        "\0",
        "\ud800",
    ),
]


def documents(shared=None):
    found = sorted(ACCOUNTS.glob("*.md"))
    if shared is not None:
        found += sorted((shared / "data/tricky").rglob("*.md"))
        found += sorted((shared / "data/minutes").rglob("*.md"))[:40]
    return [data for file in found if len(data := file.read_bytes()) < 30_000]


def made(rnd):
    """Return a document of random pieces, most often with some meetings."""
    text = "".join(rnd.choice(PIECES) for _ in range(rnd.randrange(30)))
    for _ in range(rnd.randrange(5)):
        text += f"## 2026-0{rnd.randrange(1, 9)}-1{rnd.randrange(9)} t\n- a\n\n"
    return text.encode("utf-8", "surrogatepass")


def stock():
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


@pytest.mark.slow
def test_rules_by_first_character_give_the_same_tokens(shared):
    plain, quick = stock(), block_parser()
    rnd = random.Random(11)
    texts = [made(rnd) for _ in range(4000)] + documents(shared)
    for data in texts:
        text = Lines(data).markdown()
        assert plain.parse(text) == quick.parse(text), text


@pytest.mark.slow
def test_all_meetings_at_once_are_the_meetings_one_by_one(shared):
    rnd = random.Random(12)
    for data in [made(rnd) for _ in range(1500)] + documents(shared):
        one_by_one, at_once = parse(data), parse_whole(data)
        assert one_by_one.boundaries == at_once.boundaries, data
        for index in range(len(one_by_one.chunks)):
            assert one_by_one.section(index) == at_once.section(index), data


@pytest.mark.slow
def test_boundaries_after_an_edit_are_those_of_the_whole(shared):
    rnd = random.Random(13)
    known = documents(shared)
    for turn in range(1500):
        old = rnd.choice(known) if turn % 3 == 0 else made(rnd)
        level, chunks = find_boundaries(old, DEFAULT_NAMES)
        before = Before(level, chunks, len(old))
        new = old
        for _ in range(rnd.choice([0, 1, 1, 1, 2, 3])):
            begin = rnd.randrange(len(new) + 1)
            stop = min(len(new), begin + rnd.choice([0, 0, 1, 5, 50, 1000]))
            piece = rnd.choice([*PIECES, ""]).encode("utf-8", "surrogatepass")
            new = new[:begin] + piece + new[stop:]

        def same(index, part, old=old, before=before):
            return old[before.chunks[index][1] : before.stop(index)] == part

        found = boundaries_again(new, DEFAULT_NAMES, before, same)
        assert found == find_boundaries(new, DEFAULT_NAMES), (old, new)


def test_an_edit_in_a_long_document_parses_little(monkeypatch):
    data = "".join(
        f"## 2026-01-{n % 28 + 1:02} t{n}\n\n- text {n}\n\n" for n in range(200)
    ).encode()
    level, chunks = find_boundaries(data, DEFAULT_NAMES)
    before = Before(level, chunks, len(data))
    parsed = []

    def noted(part, *rest):
        parsed.append(len(part))
        return find_boundaries(part, *rest)

    monkeypatch.setattr("kb.text.again.find_boundaries", noted)
    changed = data.replace(b"- text 90\n", b"- text 90\n- more\n")
    found = boundaries_again(
        changed,
        DEFAULT_NAMES,
        before,
        lambda index, part: data[chunks[index][1] : before.stop(index)] == part,
    )
    assert found == find_boundaries(changed, DEFAULT_NAMES)
    assert sum(parsed) < len(data) / 20
