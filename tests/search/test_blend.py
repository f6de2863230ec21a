"""The order of words and meaning together."""

from hypothesis import given
from hypothesis import strategies as st

from kb.search.blend import FIRST, FIVE, LEAST, Near, blend, coverage
from kb.search.ports import Found
from kb.search.query import read
from kb.search.words import STARTER, expand, word_list


def near(key, similarity, *, same=True):
    return Near(Found(key, 0.0, "note"), similarity, same)


def keys(*given, **more):
    return [one.found.key for one in blend(*given, weigh=lambda _: 1.0, **more)]


def test_with_all_words_met_words_decide():
    told = [near(1, 0.3), near(2, 0.5), near(3, 0.6)]
    assert keys({1: 20.0, 2: 8.0}, told, covered=1.0) == [1, 2, 3]


def test_with_few_words_met_meaning_decides():
    told = [near(1, 0.1), near(2, 0.5), near(3, 0.6)]
    assert keys({1: 20.0, 2: 8.0}, told, covered=0.2) == [3, 2, 1]


def test_what_is_neither_said_nor_meant_is_left_out():
    told = [near(1, 0.0), near(2, LEAST - 0.01), near(3, LEAST)]
    assert keys({1: 5.0}, told, covered=1.0) == [1, 3]
    assert keys({}, [], covered=0.0) == []


def test_another_language_has_a_place_among_the_first_five_where_it_is_near():
    words = {n: 20.0 - n for n in range(8)}
    ours = [near(n, 0.5) for n in words]
    assert keys(words, [*ours, near(9, 0.4, same=False)], covered=0.9)[FIVE - 1] == 9
    far = keys(words, [*ours, near(9, 0.29, same=False)], covered=0.9)
    assert far.index(9) >= FIVE


def test_it_has_three_places_where_words_met_little():
    words = {n: 20.0 - n for n in range(8)}
    foreign = [near(n, 0.5 - n / 100, same=False) for n in (11, 12, 13, 14)]
    order = keys(words, [*(near(n, 0.55) for n in words), *foreign], covered=0.1)
    assert [key for key in order[:FIVE] if key > 10] == [11, 12, 13]
    assert 0 in order[:FIRST]


@given(
    st.dictionaries(st.integers(0, 30), st.floats(0.01, 50), max_size=20),
    st.dictionaries(st.integers(0, 40), st.tuples(st.floats(-1, 1), st.booleans()), max_size=40),
    st.floats(0, 1),
)
def test_the_first_by_words_stays_among_three_and_nothing_comes_twice(scores, similar, covered):
    words = dict(sorted(scores.items(), key=lambda pair: -pair[1]))
    told = [near(key, *similar.get(key, (0.0, True))[:1], same=similar.get(key, (0, True))[1]) for key in {*words, *similar}]  # fmt: skip
    order = keys(words, told, covered=covered)
    assert len(order) == len(set(order))
    assert set(words) <= set(order)
    if words:
        assert next(iter(words)) in order[:FIRST]
    assert order == keys(words, told[::-1], covered=covered)


def test_coverage_is_the_share_of_the_best_text():
    query = read("管理者の交代 renewal")
    assert coverage(query, []) == 0.0
    assert coverage(query, ["管理者の交代で利用が落ちる", "renewal in May, 管理者の交代"]) == 1.0
    assert 0.5 < coverage(query, ["管理者の交代で利用が落ちる"]) < 1.0
    assert coverage(query, ["一斉メール"]) == 0.0


def test_another_name_of_a_word_meets_it():
    query = expand(read("解約"), word_list(STARTER))
    assert coverage(query, ["退会アンケート"]) == 1.0
