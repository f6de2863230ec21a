"""One key or one person of the front matter changes; every other byte stays."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.errors import WrongUse
from kb.text import frontmatter
from kb.text.arrange import quoted, set_front
from kb.text.front_edit import with_key, with_person

DOC = """---
account: acme
name: アクメ株式会社  # as they write it
people:
  # the first we met
  tanaka: {name: 田中様, role: 情報システム部長, authority: decides}
  suzuki:
    name: 鈴木様
    note: 朝がよい
  ito: 伊藤様
unknown: [1, 2]
---

# アクメ株式会社
"""


def changed(before, after):
    """The lines that went and the lines that came."""
    old, new = before.splitlines(), after.splitlines()
    return [one for one in old if one not in new], [one for one in new if one not in old]


def test_a_key_is_set_and_taken_out_and_all_else_stays():
    made = with_key(DOC.encode(), "stage", "adoption").decode()
    assert changed(DOC, made) == ([], ["stage: adoption"])
    assert with_key(made.encode(), "stage", None).decode() == DOC


def test_a_person_on_one_line_is_changed_in_place():
    made = with_person(DOC.encode(), "tanaka", {"role": "部長", "left": "2026-08-31"}).decode()
    gone, came = changed(DOC, made)
    assert gone == ["  tanaka: {name: 田中様, role: 情報システム部長, authority: decides}"]
    assert came == ["  tanaka: {name: 田中様, role: 部長, authority: decides, left: 2026-08-31}"]
    assert "# the first we met" in made


def test_a_person_in_a_block_keeps_what_we_do_not_know():
    made = with_person(DOC.encode(), "suzuki", {"role": "管理者"})
    people = frontmatter.read(made)["people"]
    assert people["suzuki"] == {"name": "鈴木様", "note": "朝がよい", "role": "管理者"}
    assert people["ito"] == "伊藤様"


def test_a_bare_name_becomes_a_person_and_a_field_is_taken_out():
    made = with_person(DOC.encode(), "ito", {"role": "課長", "authority": None})
    assert frontmatter.read(made)["people"]["ito"] == {"name": "伊藤様", "role": "課長"}


def test_somebody_new_comes_last():
    made = with_person(DOC.encode(), "kato", {"name": "加藤様", "role": None}).decode()
    assert changed(DOC, made) == ([], ["  kato: {name: 加藤様}"])
    assert made.index("kato") > made.index("伊藤様")
    assert made.index("kato") < made.index("unknown")


@pytest.mark.parametrize(
    "text",
    [
        "# no front matter\n",
        "---\naccount: acme\n---\n\n# x\n",
        "---\naccount: acme\npeople:\n---\n",
        "---\naccount: acme\npeople: {}\n---\n",
        "---\r\naccount: acme\r\npeople: {tanaka: 田中様}\r\n---\r\n\r\n# x\r\n",
        "\ufeff---\naccount: acme\npeople:\n    tanaka: {name: 田中様}\n---\n",
    ],
)
def test_somebody_is_added_wherever_people_may_stand(text):
    made = with_person(text.encode(), "kato", {"name": "加藤様"})
    people = frontmatter.read(made)["people"]
    assert people["kato"] == {"name": "加藤様"}
    assert ("tanaka" in people) == ("tanaka" in text)
    assert made.count(b"\r\n") == made.count(b"\n") or b"\r" not in made


@pytest.mark.parametrize(
    "text",
    [
        "---\nname: [broken\n---\n",
        "---\npeople: 田中様\n---\n",
        "---\npeople: [a, b]\n---\n",
        "---\npeople: {tanaka: {name: x, more: {a: b}}}\n---\n",
    ],
)
def test_what_can_not_be_left_whole_is_not_touched(text):
    with pytest.raises(WrongUse, match="front-unsafe"):
        with_person(text.encode(), "kato", {"name": "加藤様"})


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30))
def test_whatever_is_typed_is_read_back_and_nothing_else_changes(name, role):
    name, role = (" ".join(one.split()) for one in (name, role))
    try:
        made = with_person(DOC.encode(), "kato", {"name": name, "role": role})
    except (WrongUse, UnicodeEncodeError):
        return  # refused whole, as no name of a person has such characters
    front = frontmatter.read(made)
    assert front["people"]["kato"] == {"name": name, "role": role}
    assert made.endswith("# アクメ株式会社\n".encode())


@given(st.text(st.characters(exclude_categories=("Cs",))))
@example('<IMG SRC="jav   ascript">')
@example("a  b　　c")
@example("- [x] : # & * yes")
@example("-")
@example("a,b")
@example("a\x01b")
@example("\x80 \ufffe")
def test_a_value_of_the_front_matter_reads_as_it_was_written(value):
    one = " ".join(value.splitlines()).strip()
    front = frontmatter.read(f"---\nname: {quoted(value)}\nz: 1\n---\n".encode())
    assert front == {"name": one, "z": "1"}
    several = set_front(b"---\nz: 1\n---\n", "names", [one, "p-1", one])
    assert frontmatter.read(several) == {"z": "1", "names": [one, "p-1", one]}
