"""What a person's words name."""

import pytest
from catalogue_kit import ACME, NOW, at

from kb.errors import NotFound, WrongUse
from kb.messages import say

TWO = """# Gamma

## 2026-11-25 10:00 morning

### TODO

- [ ] same

## 2026-11-25 14:00 afternoon

### TODO

- [ ] same

## 2026-11-26 one

### Agenda

## ~~2026-11-26 14:00 other~~

### Agenda
"""


def code_of(raised):
    sentence, hint = say(raised.value.code, "en", **raised.value.params)
    assert sentence != raised.value.code, "the code has a sentence"
    assert "{" not in sentence + hint
    return raised.value.code


@pytest.mark.parametrize(
    ("ref", "line"),
    [
        ("acme/2026-11-25", 15),
        ("acme/2026/11/25", 15),
        ("acme/2026-11-25T14:00", 15),
        ("m-4k7q2x", 15),
        ("^m-4k7q2x", 15),
        ("acme/m-4k7q2x", 15),
        ("acme", 15),
        (" acme ", 15),
        ("acme/2026-10-14", 32),
    ],
)
def test_a_meeting_is_named_in_many_ways(store, ref, line):
    found = store.catalogue().meeting(ref, NOW)
    assert (found.path, found.line) == ("accounts/acme.md", line)
    assert store.read(found.path).splitlines()[line - 1].startswith(f"## {found.date}")


def test_an_account_in_a_folder_or_named_by_its_front_matter_is_found(store):
    store.write("accounts/x/y/z.md", "---\naccount: delta\n---\n\n## 2026-11-20 a\n\n### Agenda\n")
    catalogue = store.catalogue()
    assert catalogue.account("beta").path == "accounts/west/beta.md"
    assert catalogue.account("delta").path == "accounts/x/y/z.md"
    assert catalogue.meeting("delta", NOW).date == "2026-11-20"
    with pytest.raises(NotFound):
        catalogue.account("z")


def test_a_file_that_bears_the_name_but_says_otherwise_is_not_the_account(store):
    store.write("accounts/eps.md", "---\naccount: other\n---\n")
    with pytest.raises(NotFound):
        store.catalogue().account("eps")
    assert store.catalogue().account("other").path == "accounts/eps.md"


def test_the_account_alone_is_the_meeting_of_the_moment(store):
    store.write("accounts/gamma.md", TWO)
    for now, title in [
        ("2026-11-25T11:59", "morning"),
        ("2026-11-25T14:10", "afternoon"),
        ("2026-11-26T09:00", "one"),
        ("2027-01-01T09:00", "one"),
    ]:
        assert store.catalogue().meeting("gamma", at(now)).title == title


def test_two_on_a_day_are_both_named_with_their_times(store):
    store.write("accounts/gamma.md", TWO)
    with pytest.raises(WrongUse) as raised:
        store.catalogue().meeting("gamma/2026-11-25", NOW)
    assert code_of(raised) == "two-meetings"
    assert raised.value.params["refs"] == "gamma/2026-11-25T10:00, gamma/2026-11-25T14:00"
    catalogue = store.catalogue()
    for ref in str(raised.value.params["refs"]).split(", "):
        assert f"gamma/{catalogue.meeting(ref, NOW).date}" in ref
    assert catalogue.meeting("gamma/2026-11-26", NOW).title == "one"


@pytest.mark.parametrize(
    ("ref", "error", "code"),
    [
        ("nobody", NotFound, "no-account"),
        ("nobody/2026-11-25", NotFound, "no-account"),
        ("acme/2026-11-24", NotFound, "no-meeting"),
        ("acme/2026-11-25T15:00", NotFound, "no-meeting"),
        ("m-zzzzzz", NotFound, "no-id"),
        ("acme/soon", WrongUse, "bad-ref"),
        ("acme/2026-02-30", WrongUse, "bad-ref"),
        ("acme/2026-11-25T25:00", WrongUse, "bad-ref"),
        ("/2026-11-25", WrongUse, "bad-ref"),
        ("", WrongUse, "bad-ref"),
        ("../accounts/acme", NotFound, "no-account"),
    ],
)
def test_what_names_nothing_says_so(store, ref, error, code):
    with pytest.raises(error) as raised:
        store.catalogue().meeting(ref, NOW)
    assert code_of(raised) == code


def test_an_unknown_account_gets_near_names(store):
    with pytest.raises(NotFound) as raised:
        store.catalogue().account("acmee")
    assert raised.value.params["near"] == "acme"


def test_an_account_without_meetings_says_so(store):
    store.write("accounts/new.md", "# New\n")
    with pytest.raises(NotFound) as raised:
        store.catalogue().meeting("new", NOW)
    assert code_of(raised) == "no-meetings-yet"


def test_one_meeting_in_two_documents_is_reported(store):
    text = "# x\n\n## 2026-11-25 定例 ^m-abc234\n\n- 出席: / @a\n"
    store.write("accounts/one.md", text)
    assert store.catalogue().meetings_twice() == {}
    store.write("accounts/two.md", text)
    paths = ["accounts/one.md", "accounts/two.md"]
    assert store.catalogue().meetings_twice() == {"m-abc234": paths}


def test_two_documents_of_one_account_are_reported(store):
    store.write("accounts/a/gamma.md", "# a\n")
    store.write("accounts/b/gamma.md", "# b\n")
    catalogue = store.catalogue()
    paths = ["accounts/a/gamma.md", "accounts/b/gamma.md"]
    assert catalogue.duplicates() == {"gamma": paths}
    with pytest.raises(WrongUse) as raised:
        catalogue.account("gamma")
    assert code_of(raised) == "two-accounts"
    store.write("accounts/gamma.md", "# c\n")
    assert store.catalogue().account("gamma").path == "accounts/gamma.md"


def test_lines_are_found_by_written_and_by_derived_ids(store):
    catalogue = store.catalogue()
    for todo in catalogue.todos("2026-11-25", every=True):
        found = catalogue.line(todo.id)
        assert (found.kind, found.path, found.line, found.given) == (
            *("todo", todo.path, todo.line),
            todo.given,
        )
    assert catalogue.line("acme#^d-9xw2me").kind == "decision"
    assert catalogue.line("[[acme#^a-2m8q41]]").kind == "topic"
    assert catalogue.line("^h-3f9a7c").meeting.id == "m-4k7q2x"
    assert catalogue.line("i-7ke4n1").text == "引き継ぎ会を申し出ると落ち込みを防げる"
    assert catalogue.line("m-4k7q2x").kind == "meeting"


@pytest.mark.parametrize(
    ("word", "error", "code"),
    [
        ("t-000000", NotFound, "no-id"),
        ("beta#^t-8f3kq0", NotFound, "no-id"),
        ("todo", WrongUse, "bad-id"),
        ("", WrongUse, "bad-id"),
    ],
)
def test_an_id_of_nothing_says_so(store, word, error, code):
    with pytest.raises(error) as raised:
        store.catalogue().line(word)
    assert code_of(raised) == code


def test_an_id_in_two_accounts_needs_the_account(store):
    store.write("accounts/copy.md", ACME.replace("account: acme", "account: copy"))
    catalogue = store.catalogue()
    with pytest.raises(WrongUse) as raised:
        catalogue.line("t-8f3kq0")
    assert code_of(raised) == "ambiguous-id"
    found = catalogue.line("copy#^t-8f3kq0")
    assert f"accounts/copy.md:{found.line}" in str(raised.value.params["refs"])
    with pytest.raises(WrongUse) as raised:
        catalogue.meeting("m-4k7q2x", NOW)
    assert code_of(raised) == "ambiguous-id"
    assert catalogue.meeting("copy/m-4k7q2x", NOW).path == "accounts/copy.md"


def test_a_line_that_a_merge_left_with_two_ids_is_found_by_both(store):
    both = ACME.replace("^t-8f3kq0\n", "^t-8f3kq0 ^t-222222\n")
    both = both.replace("方 ^a-2m8q41", "方 ^a-333333 ^a-2m8q41").replace(
        "^m-000001", "^m-1 ^m-000001"
    )
    both = both.replace("^m-4k7q2x", "^m-4k7q2x ^m-555555")
    store.write("accounts/acme.md", both)
    catalogue = store.catalogue()
    assert catalogue.line("t-222222") == catalogue.line("acme#^t-8f3kq0")
    assert catalogue.line("a-2m8q41").id == "a-333333"
    assert catalogue.meeting("m-555555", NOW).id == "m-4k7q2x"
    (topic,) = catalogue.undecided("acme")
    assert (topic.id, topic.last) == ("a-333333", "2026-11-25")
    store.write("accounts/acme.md", ACME)
    with pytest.raises(NotFound):
        store.catalogue().line("t-222222")


def test_equal_lines_of_one_day_without_ids_are_ambiguous(store):
    store.write("accounts/gamma.md", TWO)
    catalogue = store.catalogue()
    first, second = catalogue.todos("2026-11-25", account="gamma")
    assert first.id == second.id
    with pytest.raises(WrongUse) as raised:
        catalogue.line(first.id)
    assert code_of(raised) == "ambiguous-id"


def test_one_document_is_enough_to_find_its_meeting(store, monkeypatch):
    catalogue = store.catalogue()
    monkeypatch.setattr(catalogue, "catch_up", lambda: pytest.fail("looked at all files"))
    found = catalogue.meeting("acme", NOW)
    assert catalogue.whole(found).title == "第4四半期レビュー"
    assert catalogue.parsed == 1
