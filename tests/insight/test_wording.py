"""What a sentence says: sides, numbers, negations."""

import pytest

from kb.insight.likeness import LEARNED, difference
from kb.insight.space import Rarity
from kb.insight.wording import plain, read


def beside(one: str, other: str, off: str = "") -> float:
    """Return what the wording adds to the likeness of two texts; `off` are guards not to use."""
    first, second = read(plain(one)), read(plain(other))
    rarity = Rarity([first.words, second.words, {"もの"}, {"こと"}])
    return difference(
        first, second, rarity, LEARNED._replace(**dict.fromkeys(off.split(), 0.0))
    ).bonus


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("入会時の一斉案内は読まれていない。一人ずつ書いたメールのほうが反応がある", 1),
        ("業務で使う人には一斉メールのほうがよく効く。一対一のメールは開かれない", -1),
        ("まとめて送る歓迎メールより、一人ひとりに宛てた一言のほうが書き込みにつながる", 1),
        ("A personal note gets more replies than the automated welcome mail to everyone", 1),
        ("A mass mail works better than a personal note", -1),
    ],
)
def test_side_is_what_the_lesson_is_for(text: str, side: int) -> None:
    assert read(plain(text)).sides["each"] == side


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("契約満了の3か月前", ("day", 90.0)),
        ("契約満了の三ヶ月前", ("day", 90.0)),
        ("about three months before", ("day", 90.0)),
        ("更新の９０日前", ("day", 90.0)),
        ("十五日以内に", ("day", 15.0)),
        ("within 24 hours", ("day", 1.0)),
        ("半年で忘れられる", ("day", 180.0)),
        ("利用率が2割落ちた", ("%", 20.0)),
        ("1,200件を先に登録", ("件", 1200.0)),
    ],
)
def test_number_has_kind_and_amount(text: str, number: tuple[str, float]) -> None:
    assert number in read(plain(text)).numbers


@pytest.mark.parametrize("text", ["一番大事", "一斉に送る", "十分に話す", "", "3.4.5", "１つ"])
def test_any_text_can_be_read(text: str) -> None:
    assert read(plain(text)).denies is False


@pytest.mark.parametrize(
    ("one", "other", "guard"),
    [
        ("管理者は一人でログインできる", "管理者は一人でログインできない", "negation"),
        ("The admin can log in alone", "The admin cannot log in alone", "negation opposite"),
        ("Always send the agenda before", "Never send the agenda before", "negation opposite"),
        ("更新の3か月前に効果を示す", "更新の5か月前に効果を示す", "number"),
        ("Show the value 90 days before", "Show the value 150 days before", "number"),
        ("登録の画面は項目を増やすと続く", "登録の画面は項目を減らすと続く", "opposite"),
        ("Raise the number of fields in forms", "Reduce the number of fields in forms", "opposite"),
    ],
)
def test_guard_pushes_nearly_the_same_wording_down(one: str, other: str, guard: str) -> None:
    assert beside(one, other) < -0.3
    assert beside(one, other, guard) > -0.05


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("更新の3か月前に効果を示す", "更新の90日前に効果を示す"),
        ("within 24 hours of the question", "within one day of the question"),
        ("引き継ぎ会を開くと、落ち込みを防げる", "担当が代わる前に話さないと、誰もわからなくなる"),
    ],
)
def test_guard_leaves_the_same_lesson_alone(one: str, other: str) -> None:
    assert beside(one, other) >= 0


def test_tags_are_no_text() -> None:
    assert plain("返せないと先に書く #返信 #サポート") == "返せないと先に書く"
