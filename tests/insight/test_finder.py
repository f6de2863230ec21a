"""Neighbours and groups: guards, names, people's decisions, order, one more."""

import random
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.insight.encoder import load
from kb.insight.finder import FEW, Finder
from kb.insight.likeness import ASKING, LEARNED
from kb.insight.notes import Links, Note

HANDOVER = [
    Note("i-1", "管理者の交代が決まったら引き継ぎ会を開く", "acme", "sato"),
    Note("i-2", "担当が変わる前に、前任と後任の三者で話す場を持つ", "beta", "mori"),
    Note(
        "i-3", "Book a session with the old and the new admin before the last day", "gamma", "emma"
    ),
]
OTHERS = [
    Note("i-4", "公開の前に20件ほど書き込みを用意しておく", "acme", "sato"),
    Note("i-5", "最初の1か月は毎週15分だけ話す", "beta", "mori"),
    Note("i-6", "値段の話は役員が決めてから始める", "gamma", "emma"),
    Note("i-7", "Ask what one visit costs", "delta", "ito"),
    Note("i-8", "画面の写真を一枚添えると問い合わせが減る", "delta", "ito"),
]


def encoder() -> Callable[[Sequence[str]], np.ndarray]:
    """Return the bundled encoder."""
    found = load()
    if found is None:
        pytest.skip("the sentence encoder is not installed")
    return found.encode


def names(found: Sequence[object]) -> list[str]:
    """Return the ids of neighbours."""
    return [one.id for one in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize("lexical", [True, False])
def test_nothing_and_little_can_be_asked(lexical: bool) -> None:
    encode = None if lexical else encoder()
    assert Finder([], encode).groups(every=True) == []
    assert Finder([], encode).neighbours("何か") == []
    alone = Finder(HANDOVER[:1], encode)
    assert alone.neighbours("i-1") == []
    assert alone.groups(every=True) == []
    assert names(alone.neighbours("引き継ぎ")) == ["i-1"]


def test_neighbours_are_of_other_accounts() -> None:
    finder = Finder([*HANDOVER, HANDOVER[0]._replace(id="i-9"), *OTHERS], encoder())
    assert "i-9" not in names(finder.neighbours("i-1", 9))
    assert "i-9" in names(finder.neighbours(HANDOVER[0].text, 9, account="beta"))
    assert "i-2" not in names(finder.neighbours(HANDOVER[0].text, 9, account="beta"))
    assert "i-2" in names(finder.neighbours("i-1", 3))


def test_same_text_is_one_and_all_are_between() -> None:
    finder = Finder([*HANDOVER, HANDOVER[0]._replace(id="i-9", account="zeta"), *OTHERS], encoder())
    best, *rest = finder.neighbours("i-1", 9)
    assert best.id == "i-9"
    assert best.similarity == 1
    assert all(0 <= one.similarity <= 1 for one in rest)


@pytest.mark.parametrize(
    ("guard", "text", "right", "wrong"),
    [
        (
            "number",
            "契約満了の3か月前に、効果の差を数字で示す",
            "更新の90日ほど前に、よくなった点を数で見せる",
            "契約満了の5か月前に、効果の差を数字で示す",
        ),
        (
            "negation opposite",
            "The weekly mail works for people who read on the phone",
            "People who read on the phone like the mail every week",
            "The weekly mail does not work for people who read on the phone",
        ),
        (
            "opposite",
            "入力の項目を減らすと、途中でやめる人がいなくなる",
            "入力する欄を減らすだけで、途中であきらめる人はいなくなる",
            "入力の項目を増やすと、途中でやめる人がいなくなる",
        ),
    ],
)
def test_guard_decides_who_is_nearest(guard: str, text: str, right: str, wrong: str) -> None:
    notes = [
        Note("a", text, "acme", "sato"),
        Note("b", right, "beta", "mori"),
        Note("c", wrong, "gamma", "ito"),
        *OTHERS,
    ]
    assert names(Finder(notes, encoder()).neighbours("a", 1)) == ["b"]
    off = Finder(notes, encoder(), asking=ASKING._replace(**dict.fromkeys(guard.split(), 0.0)))
    assert names(off.neighbours("a", 1)) == ["c"]


def test_name_makes_no_neighbour() -> None:
    notes = [
        Note("a", "クロノスポータルの承認は、前の日に担当へ知らせる", "acme", "sato"),
        Note("b", "承認のことは、前日のうちに担当の方へ伝えておく", "beta", "mori"),
        Note("c", "クロノスポータルの帳票は、縦書きで印刷する", "gamma", "ito"),
        *OTHERS,
    ]
    before = dict(Finder(notes, encoder()).neighbours("a", 9))
    masked = dict(Finder(notes, encoder(), masks=["クロノスポータル"]).neighbours("a", 9))
    assert masked["c"] < before["c"] / 2
    assert masked["b"] > masked["c"]


def test_group_says_why() -> None:
    notes = [
        Note("a", "管理者の引き継ぎは退職の前に済ませる", "acme", "sato"),
        Note("b", "退職の前に管理者の引き継ぎを済ませる", "beta", "mori"),
        Note("c", "管理者の引き継ぎは退職前に済ませること", "gamma", "ito"),
        *OTHERS,
    ]
    (group,) = Finder(notes, encoder()).groups()
    assert group.members == ("a", "b", "c")
    assert group.strength == "strong"
    assert (group.accounts, group.authors) == (3, 3)
    assert set(group.terms) == {"引き継ぎ", "管理者", "退職"}
    assert group.similarity > 0.8


def test_contradiction_makes_no_strong_group() -> None:
    text = "更新の{}日前に、導入の効果を金額に直した資料を1枚渡しておくと、値段の話にならない"
    notes = [
        Note(str(days), text.format(days), f"account-{days}", f"author-{days}")
        for days in (10, 30, 90)
    ]
    found = Finder([*notes, *OTHERS], encoder()).groups(every=True)
    assert not [one for one in found if one.strength == "strong"]
    off = Finder([*notes, *OTHERS], encoder(), weights=LEARNED._replace(number=0.0)).groups()
    assert [one.strength for one in off] == ["strong"]


def test_three_accounts_and_two_authors() -> None:
    text = "管理者の引き継ぎは退職の前に済ませる"
    one_author = [Note(name, text, name, "sato") for name in "abc"]
    assert Finder([*one_author, *OTHERS], encoder()).groups() == []
    assert len(Finder([*one_author, *OTHERS], encoder()).groups(every=True)) == 1


@pytest.mark.parametrize("lexical", [True, False])
def test_people_decide(lexical: bool) -> None:
    encode = None if lexical else encoder()
    links = Links(
        same=frozenset({frozenset({"i-4", "i-6"}), frozenset({"i-6", "i-7"})}),
        different=frozenset({frozenset({"i-1", "i-2"})}),
        anchors={"p-handover": frozenset({"i-2", "i-8"})},
    )
    finder = Finder([*HANDOVER, *OTHERS], encode, links=links)
    groups = finder.groups(every=True)
    anchored = groups[0]
    assert anchored.anchor == "p-handover"
    assert anchored.strength == "strong"
    assert {"i-2", "i-8"} <= set(anchored.members)
    assert "i-1" not in anchored.members
    (linked,) = (one for one in groups if "i-4" in one.members)
    assert {"i-4", "i-6", "i-7"} <= set(linked.members)
    assert "i-2" not in names(finder.neighbours("i-1", 9))
    assert "i-8" not in names(finder.neighbours("i-1", 9)), "the same as one that is different"


def test_of_linked_ones_the_nearest_is_asked_about() -> None:
    links = Links(same=frozenset({frozenset({"i-2", "i-3"})}))
    near = names(Finder([*HANDOVER, *OTHERS], encoder(), links=links).neighbours("i-1", 3))
    assert len({"i-2", "i-3"} & set(near)) == 1


def test_answer_counts_at_once() -> None:
    finder = Finder([*HANDOVER, *OTHERS], encoder())
    finder.judge("i-1", "i-2", same=False)
    finder.judge("i-2", "i-3", same=True)
    assert not {"i-2", "i-3"} & set(names(finder.neighbours("i-1", 9)))
    assert not [g for g in finder.groups(every=True) if {"i-1", "i-2"} <= set(g.members)]


@settings(max_examples=25, deadline=None)
@given(order=st.permutations([*HANDOVER, *OTHERS]))
def test_order_does_not_matter(order: list[Note]) -> None:
    finder, other = Finder(order, None), Finder([*HANDOVER, *OTHERS], None)
    assert finder.groups(every=True) == other.groups(every=True)
    assert finder.neighbours("i-1", 9) == other.neighbours("i-1", 9)


def test_few_are_as_if_they_had_been_there() -> None:
    finder = Finder([], encoder())
    for note in [*OTHERS, *HANDOVER]:
        finder.add(note)
    fresh = Finder([*HANDOVER, *OTHERS], encoder())
    assert finder.groups(every=True) == fresh.groups(every=True)
    assert finder.neighbours("i-3", 9) == fresh.neighbours("i-3", 9)
    with pytest.raises(ValueError, match="i-1"):
        finder.add(HANDOVER[0])


def test_one_more_of_many_joins_its_group() -> None:
    chance = random.Random(1)
    letters = "あいうえおかきくけこさしすせそたちつてとなにぬねのまみむめも会計顧客日報店舗"
    many = [
        Note(f"n-{at:04d}", "".join(chance.choices(letters, k=24)), f"a-{at}", f"b-{at}")
        for at in range(FEW + 50)
    ]
    text = "管理者の引き継ぎは退職の前に済ませる"
    three = [Note(name, text, name, name) for name in ("x-1", "x-2", "x-3")]
    finder = Finder([*many, *three], None)
    assert any(set(one.members) == {"x-1", "x-2", "x-3"} for one in finder.groups())
    finder.add(Note("x-4", f"{text}。", "x-4", "x-4"))
    (group,) = (one for one in finder.groups() if "x-1" in one.members)
    assert group.members == ("x-1", "x-2", "x-3", "x-4")
    assert names(finder.neighbours("x-4", 3)) == ["x-1", "x-2", "x-3"]
