"""The nearest name: what `difflib` would find, with less work."""

import random
from difflib import SequenceMatcher, get_close_matches

from kb.search.spelling import COMPARED, Names, nearest


def test_it_is_the_name_that_is_most_alike():
    chance = random.Random(3)
    names = ["".join(chance.choices("abcdeあい", k=chance.randrange(1, 8))) for _ in range(150)]
    for _ in range(300):
        word = "".join(chance.choices("abcdeあい", k=chance.randrange(1, 8)))
        wanted = next(iter(get_close_matches(word, names, 1, 0.6)), None)
        found = nearest(word, names)
        assert alike(word, found) == alike(word, wanted)


def alike(word, name):
    return name and SequenceMatcher(None, name, word).ratio()


def test_among_thousands_the_ones_that_share_letters_are_compared():
    names = [f"a{n:05}" for n in range(COMPARED * 30)]
    assert nearest("a00123x", names) is not None
    assert nearest("zzz", names) is None
    assert nearest("オンボーデング", [*names, "オンボーディング"]) == "オンボーディング"


def test_names_are_read_once_for_a_state():
    read = []

    def reading():
        read.append(1)
        return ["a", "b", "a"]

    names = Names()
    assert [names.at(state, reading) for state in (1, 1, 2)] == [["a", "b"]] * 3
    assert len(read) == 2
