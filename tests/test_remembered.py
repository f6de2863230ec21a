"""What is remembered stays within its bounds, whatever is put in."""

from kb.remembered import Remembered


def test_what_was_asked_for_longest_ago_goes_first():
    held = Remembered[str](2)
    held.put("a", "A")
    held.put("b", "B")
    assert held.get("a") == "A"
    held.put("c", "C")
    assert [held.get(key) for key in "abc"] == ["A", None, "C"]


def test_so_many_bytes_are_held_as_are_allowed():
    held = Remembered[bytes](100, len)
    for number in range(10):
        held.put(number, bytes(30))
    assert [number for number in range(10) if held.get(number)] == [7, 8, 9]
    held.put(8, bytes(70))  # another answer counts instead of the one before
    assert [number for number in range(10) if held.get(number)] == [8, 9]
    held.put(1, bytes(101))
    assert not any(held.get(number) for number in range(10))
