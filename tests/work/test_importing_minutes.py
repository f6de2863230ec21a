"""All real minutes through a store: every line kept in its place, and a second time no commit."""

import re
import subprocess
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from kb import wiring
from kb.text.lines import LONG_LINE
from kb.text.outline import markdown
from kb.work.importing import run

LINES = re.compile(r"\r\n|\r|\n")


def _bare(line: str) -> str:
    """A line without quote signs and outer space, blanks as one."""
    return " ".join(re.sub(r"^[\s>]+", "", line).split())


def _code(lines: list[str]) -> set[int]:
    shown = "\n".join("" if len(line) > LONG_LINE else line for line in lines)
    found = set()
    for token in markdown().parse(shown):
        if token.type in ("fence", "code_block"):
            found.update(range(*token.map))
    return found


def _bag(lines: list[str], of: set[int] | None = None) -> Counter[str]:
    return Counter(
        bare
        for index, line in enumerate(lines)
        if (of is None or index in of) and (bare := _bare(line))
    )


LONGEST = "k8s-community"
"""Has as much text as all other folders together."""


@pytest.mark.slow
@pytest.mark.parametrize("longest", [True, False])
def test_all_minutes_twice(
    shared: Path, tmp_path: Path, as_sato: None, monkeypatch: pytest.MonkeyPatch, longest: bool
) -> None:
    folder = shared / "data" / "minutes"
    paths = [path for path in sorted(folder.iterdir()) if (path.name == LONGEST) == longest]
    root = tmp_path / "team"
    wiring.start_store(root, None, lang="ja", team="T")
    first = run(wiring.open_context(str(root), None, lang="ja"), paths)
    assert first.skipped == ()
    wanted = [one for path in paths for one in (path.rglob("*.md") if path.is_dir() else [path])]
    assert len(first.documents) == len(wanted)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, check=True)
    notes = {document.notes.source: document.notes for document in first.documents}
    # The same bytes read as the same notes; what counts is what becomes of them the second time.
    monkeypatch.setattr("kb.formats.notes_md.read", lambda _, source, __: notes[source])
    second = run(wiring.open_context(str(root), None, lang="ja"), paths)
    again = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, check=True)
    assert len(second.documents) == len(wanted)
    assert second.added == 0
    assert again.stdout == head.stdout
    assert _lines_kept(first, root) > 50_000


def _lines_kept(result, root: Path) -> int:
    held: dict[str, dict[str | None, list[tuple[Counter[str], Counter[str]]]]] = {}
    for path in {document.path for document in result.documents}:
        lines = LINES.split((root / path).read_bytes().decode())
        code = _code(lines)
        places = held[path] = defaultdict(list)
        starts = [index for index, line in enumerate(lines) if line.startswith("## ")]
        for start, stop in pairwise([*starts, len(lines)]):
            dated = re.match(r"## (\d{4}-\d\d-\d\d)", lines[start])
            here = {index - start for index in code if start <= index < stop}
            part = lines[start:stop]
            places[dated and dated[1]].append((_bag(part), _bag(part, here)))
    checked = 0
    for entry in result.documents:
        source = LINES.split(Path(entry.notes.source).read_bytes().decode("utf-8-sig"))
        code = _code(source)
        at = 0
        for meeting in entry.notes.meetings:
            here = {index - at for index in code if at <= index < at + len(meeting.body)}
            at += len(meeting.body)
            wanted, wanted_code = _bag(list(meeting.body)), _bag(list(meeting.body), here)
            fits = [
                (bag, in_code)
                for bag, in_code in held[entry.path][meeting.date]
                if not wanted - bag
            ]
            where = (entry.notes.source, meeting.line)
            assert fits, where
            new_code = [
                Counter({line: n for line, n in in_code.items() if line in wanted}) - wanted_code
                for _, in_code in fits
            ]
            assert any(not new for new in new_code), (where, new_code[0])
            checked += sum(wanted.values())
        assert at == len(source) - (not source[-1])
    return checked
