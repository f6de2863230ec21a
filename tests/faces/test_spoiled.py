"""What stands when files were changed around kb: members who left, pages and threads spoiled."""

import re

import pytest

PAGE = "playbooks/principles/p-value-90.md"
THREAD = "reviews/minasoko-2026-11-25.md"


def without_takahashi(root):
    """Take a member out of kb.toml, as somebody would who tidies it up."""
    path = root / "kb.toml"
    text = re.sub(r"(?ms)^\[members\.takahashi\].*?(?=^\[)", "", path.read_text("utf-8"))
    path.write_text(re.sub(r'(?m)^lead .*"takahashi"\n', "", text), "utf-8")
    assert "[members.takahashi]" not in path.read_text("utf-8")


def counted(kb):
    rows = {
        one["review"]: one for one in kb("review", "list", "--json", "--as", "ito").json["items"]
    }
    return {id_: (one["state"], one["approvals"]) for id_, one in rows.items()}


def test_approvals_outlive_their_members_leaving(kb, demo, git):
    before = counted(kb)
    assert before["r-8w139p"] == ("approved", ["takahashi"])
    board = kb("board", "--json", "--as", "ito").json
    without_takahashi(demo)
    for committed in (False, True):
        if committed:
            git(
                demo, "-c", "user.name=x", "-c", "user.email=ito@example.com", "commit", "-qam", "x"
            )
        assert counted(kb) == before
        after = kb("board", "--json", "--as", "ito").json
        assert after == board


def test_approvals_outlive_a_new_address_of_their_member(kb, demo, git):
    before = counted(kb)
    board = kb("board", "--json", "--as", "ito").json
    path = demo / "kb.toml"
    text = path.read_text("utf-8")
    assert text.count('"takahashi@example.com"') == 1
    path.write_text(text.replace('"takahashi@example.com"', '"miki@example.com"'), "utf-8")
    for committed in (False, True):
        if committed:
            git(
                demo, "-c", "user.name=x", "-c", "user.email=ito@example.com", "commit", "-qam", "x"
            )
        assert counted(kb) == before
        assert kb("board", "--json", "--as", "ito").json == board


def test_a_stranger_is_no_member_who_left(kb, demo, git):
    without_takahashi(demo)
    found = kb("review", "show", "r-8w139p", "--json", "--as", "ito").json
    (line,) = (one for one in found["events"] if one["type"] == "approved")
    assert line["verified"]
    forged = "\n## 2026-11-20T09:00:00+09:00 commented @takahashi type:wording ^e-zzzzzz\n"
    (demo / THREAD).write_bytes((demo / THREAD).read_bytes() + forged.encode())
    git(demo, "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-qam", "x")
    found = kb("review", "show", "r-8w139p", "--json", "--as", "ito").json
    (other,) = (one for one in found["events"] if one["id"] == "e-zzzzzz")
    assert other["verified"] is False


def test_a_writer_who_left_is_one_person_and_still_the_writer(kb, demo):
    asked = ("review", "request", "yuzuriha/2026-08-20", "--kind", "post", "--json")
    kb(*asked, "--as", "takahashi", "--to", "ito")
    id_ = kb("review", "list", "--open", "--json", "--as", "ito").json["items"]
    (made,) = (one["review"] for one in id_ if one["kind"] == "post")
    text = kb("review", "show", made, lang="ja").out
    without_takahashi(demo)
    assert kb("review", "show", made, lang="ja").out == text
    assert "@example.com" not in text


# Pages of principles


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda text: text.replace("status: adopted", "status: [adopted"), "front-matter"),
        (lambda text: text.replace("\n---\n", "\n", 1), "page-no-front"),
        (lambda _: "nonsense\n", "page-no-front"),
    ],
)
def test_a_broken_page_is_not_given_up_and_what_is_wrong_is_said(kb, demo, git, spoil, code):
    path = demo / PAGE
    text = spoil(path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    head = git(demo, "rev-parse", "HEAD")
    words = ("principle", "retire", "p-value-90", "--why", "x", "--as", "ito", "--json")
    error = kb(*words, code=2).error
    assert error["code"] == code
    assert PAGE in error["message"]
    assert git(demo, "rev-parse", "HEAD") == head
    assert path.read_text("utf-8") == text


def test_an_emptied_page_is_the_saved_one(kb, demo):
    text = (demo / PAGE).read_text("utf-8")
    (demo / PAGE).write_bytes(b"")
    kb("principle", "retire", "p-value-90", "--why", "試し", "--as", "ito")
    after = (demo / PAGE).read_text("utf-8")
    assert "status: retired" in after
    assert text.split("---\n")[2].split("\n## ")[1] in after


# Threads


def test_a_stray_file_is_no_review(kb, demo):
    before = counted(kb)
    (demo / "reviews" / "x.md").write_text("nonsense\n")
    (demo / "reviews" / "empty.md").write_bytes(b"")
    assert counted(kb) == before
    assert kb("review", "show", "x", "--json", code=3)


def test_a_thread_that_was_written_over_stays_what_was_saved(kb, demo):
    before = counted(kb)
    events = kb("review", "show", "r-8w139p", "--json").json["events"]
    (demo / THREAD).write_text("nonsense\n")
    assert counted(kb) == before
    assert kb("review", "show", "r-8w139p", "--json").json["events"] == events
    kb("review", "comment", "r-8w139p", "続けます", "--as", "mori")
    told = kb("review", "show", "r-8w139p", "--json").json["events"]
    assert [one["id"] for one in told[:-1]] == [one["id"] for one in events]
    assert told[-1]["text"] == "続けます"
    assert (demo / THREAD).read_text("utf-8").startswith("---\nreview: r-8w139p\n")
