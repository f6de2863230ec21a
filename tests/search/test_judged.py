"""Judged queries: a right answer among the first three, most right ones among ten."""

import shutil
import subprocess
import tomllib
from pathlib import Path
from statistics import mean

import pytest
from search_kit import entry

from kb.search import index
from kb.search.ports import Where
from kb.wiring import open_context
from kb.work import searching

HERE = Path(__file__).parent
JUDGED = tomllib.loads((HERE / "judged.toml").read_text(encoding="utf-8"))
ROOT = HERE.parent.parent


def judge(answers):
    """Return (share with a right one in the first three, mean recall in ten, what fell short)."""
    first, recall, short = [], [], []
    for text, found, right in answers:
        hit = [bool(names & right) for names in found]
        reached = len(right.intersection(*[set().union(*found)])) / min(10, len(right))
        first.append(any(hit[:3]))
        recall.append(min(1.0, reached))
        if not first[-1] or recall[-1] < 0.5:
            short.append((text, found[:3]))
    return mean(first), mean(recall), short


def test_the_table_is_large_enough():
    notes = JUDGED["notes"]
    right = {name for query in JUDGED["query"] for name in query["right"]}
    assert len(notes) >= 60
    assert right <= notes.keys()
    assert len(notes) - len(right) >= 25
    assert len(JUDGED["query"]) + len(JUDGED["starter"]) >= 60


def test_notes_of_our_own(asking):
    for name, note in JUDGED["notes"].items():
        kind, text = note.split(": ", 1)
        asking.take(entry(name, text, kind=kind, date="2026-10-01"))
    first, recall, short = judge(
        (query["text"], [{unit} for unit in asking(query["text"])], set(query["right"]))
        for query in JUDGED["query"]
    )
    assert first >= 0.9, short
    assert recall >= 0.8, short


@pytest.fixture
def starter(tmp_path, engine_name):
    """The starter store as it ships, without a history."""
    root = tmp_path / "store"
    root.mkdir()
    for folder in ("accounts", "playbooks"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "kb.toml").write_text(
        f'[team]\nname = "t"\nlanguage = "ja"\n[search]\nengine = "{engine_name}"\n',
        encoding="utf-8",
    )
    return root


@pytest.mark.slow
def test_the_starter_store(starter, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-25T09:00:00+09:00")
    subprocess.run(["git", "init", "-q", str(starter)], check=True)
    context = open_context(str(starter), None, lang="ja")
    answers = []
    for query in JUDGED["starter"]:
        right = query["right"]
        whole = searching.search(context, query["text"], Where(), limit=200)
        found = [
            {
                part
                for part in right
                if part in f"{hit.title}\n{hit.snippet}" or part in line(starter, hit)
            }
            for hit in whole.hits[:10]
        ]
        answers.append((query["text"], found, right))
    first = mean(any(names for names in found[:3]) for _, found, _ in answers)
    # Of ten places as many are right as there are right entries to fill them.
    useful = mean(
        sum(bool(names) for names in found) / max(1, min(10, count(context, right)))
        for _, found, right in answers
    )
    short = [(text, found[:3]) for text, found, _ in answers if not any(found[:3])]
    assert first >= 0.9, short
    assert useful >= 0.8, [
        (text, sum(map(bool, found)), count(context, right)) for text, found, right in answers
    ]


def line(root, hit):
    """Return the lines of the file that a hit stands on (a page is whole)."""
    lines = (root / hit.path).read_text(encoding="utf-8").splitlines()
    if hit.path.startswith("playbooks"):
        return "\n".join(lines)
    end = hit.line
    while end < len(lines) and lines[end].startswith(("  ", "- スタンス", "- Stance")):
        end += 1
    return "\n".join(lines[hit.line - 1 : end])


def count(context, fragments):
    """Return how many entries of the store hold one of the fragments."""

    def job(db):
        units = [f"m{n}" for (n,) in db.execute("SELECT n FROM meeting WHERE counts")]
        units += [f"p{path}" for (path,) in db.execute("SELECT path FROM page")]
        return list(index._of_units(db, context.root, units))

    texts = [
        f"{one.text}\n{one.title if one.unit.startswith('p') else ''}"
        for one in context.catalogue.rows(job)
    ]
    return sum(any(part in text for part in fragments) for text in texts)
