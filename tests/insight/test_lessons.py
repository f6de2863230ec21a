"""How much is found in lessons that nothing was fitted to, and in the starter store."""

import os
import random
from pathlib import Path

import pytest

from bench.insights import LESSONS, Set, hits, oracle, rows, score, store
from kb.insight.encoder import load
from kb.insight.finder import Finder
from kb.insight.likeness import LEARNED

SHARED = Path(os.environ.get("KB_SHARED", "../shared"))


@pytest.fixture(scope="module")
def encode():
    found = load()
    if found is None:
        pytest.skip("the sentence encoder is not installed")
    return found.encode


@pytest.fixture(scope="module")
def lessons() -> Set:
    return rows(LESSONS)


@pytest.fixture(scope="module")
def starter() -> Set:
    folder = SHARED / "sample-store"
    if not (folder / "README.md").exists():
        pytest.skip("the sample store with its answers is not here (KB_SHARED)")
    return store(folder)


def test_same_lesson_is_among_the_nearest(lessons: Set, encode) -> None:
    assert hits(Finder(lessons.notes, encode), lessons)[1] >= 0.75
    bare = LEARNED._replace(**dict.fromkeys(LEARNED._fields, 0.0))
    plain = hits(Finder(lessons.notes, encode, asking=bare), lessons)
    assert hits(Finder(lessons.notes, encode), lessons)[0] >= plain[0] + 0.05


def test_no_near_miss_is_in_a_strong_group(lessons: Set, encode) -> None:
    for group in Finder(lessons.notes, encode).groups(every=True):
        assert group.strength == "possible" or not lessons.never & set(group.members)


def test_questions_find_most_groups(lessons: Set, encode) -> None:
    found = oracle(lessons, encode)
    assert found["false links"] == 0
    assert found["found"] >= 12
    assert found["of"] == 15


def test_starter_store(starter: Set, encode) -> None:
    finder = Finder(starter.notes, encode)
    assert len(starter.notes) == 59
    assert hits(finder, starter)[1] >= 0.9
    assert score(finder.groups(), starter)["F1"] >= 0.65
    for group in finder.groups(every=True):
        assert group.strength == "possible" or not starter.never & set(group.members)
    found = oracle(starter, encode)
    assert found["found"] >= 7
    assert found["false links"] == 0


def test_same_groups_in_every_order(lessons: Set, encode) -> None:
    other = list(lessons.notes)
    random.Random(11).shuffle(other)
    finder, again = Finder(lessons.notes, encode), Finder(other, encode)
    assert finder.groups(every=True) == again.groups(every=True)
    for note in lessons.notes[:20]:
        assert finder.neighbours(note.id, 5) == again.neighbours(note.id, 5)
