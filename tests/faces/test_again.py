"""The same thing done twice is done once, and what would change nothing is refused."""

import pytest

REF = "minasoko/2026-11-25"


def head(root, git):
    return git(root, "rev-parse", "HEAD")


def test_a_phrase_is_shared_once(kb, demo, git):
    words = ("review", "share", "r-8w139p", "質問が減った、は強い根拠", "--json", "--as", "mori")
    first = kb(*words).json
    at = head(demo, git)
    second = kb(*words).json
    assert (second["id"], second["path"], second["line"]) == (
        *(first["id"], first["path"], first["line"]),
    )
    assert second["commit"] is None
    assert head(demo, git) == at
    assert "すでに" in kb(*words[:-3], "--as", "mori", lang="ja").out


def test_a_verdict_is_written_once(kb, team, git):
    claim = kb("add", "acme", "hypothesis", "仮説", "--because", "理由", "--json").json["id"]
    words = ("verdict", claim, "supported", "--quote", "その通り *です*", "--json")
    day = "2026-12-03T10:00:00+09:00"
    for now in (None, day):
        first = kb(*words, now=now).json
        at = head(team, git)
        second = kb(*words, now=now).json
        assert (second["id"], second["line"]) == (first["id"], first["line"])
        assert head(team, git) == at
        assert "すでに" in kb(*words[:-1], now=now, lang="ja").out
    text = (team / "accounts" / "acme.md").read_text("utf-8")
    assert text.count("判定: 支持") == 2  # of the day of the meeting, and of a later one
    for key in ("refuted", "supported"):  # somebody changed their mind, and changed it back
        kb("verdict", claim, key, "--quote", "その通り *です*", now=day)
    text = (team / "accounts" / "acme.md").read_text("utf-8")
    assert text.count("判定: ") == 4


def test_who_approved_already_approves_nothing_twice(kb, demo, git):
    words = ("review", "approve", "r-n83v9n", "よい準備です", "--as", "takahashi")
    kb(*words)
    at = head(demo, git)
    again = kb(*words, lang="ja")
    assert "すでに承認済み" in again.out + again.err
    assert head(demo, git) == at
    told = kb(*words[:3], "議題の順もよいです", "--json", "--as", "takahashi").json["events"]
    mine = [one["type"] for one in told if one["by"] == "takahashi"]
    assert mine.count("approved") == 1
    assert (told[-1]["type"], told[-1]["text"]) == ("commented", "議題の順もよいです")


def test_the_next_look_at_a_principle_is_not_in_the_past(kb, demo, git):
    at = head(demo, git)
    words = ("principle", "verify", "p-value-90", "--json", "--as", "ito", "--until")
    error = kb(*words, "2026-11-20", code=2).error
    assert error["code"] == "until-past"
    assert "2026-11-20" in error["message"]
    assert head(demo, git) == at
    kb(*words, "2026-11-21", code=None)
    assert head(demo, git) != at


@pytest.mark.parametrize(("page", "reviewed"), [("p-handover-30", True), ("p-value-90", False)])
def test_an_unchanged_text_needs_no_review_again(kb, demo, git, page, reviewed):
    words = ("principle", "revise", page, "--json", "--as", "ito")
    if reviewed:
        at = head(demo, git)
        error = kb(*words, code=2).error
        assert error["code"] == "revision-same"
        assert f"playbooks/principles/{page}.md" in error["hint"]
        assert head(demo, git) == at
        path = demo / "playbooks" / "principles" / f"{page}.md"
        text = path.read_text("utf-8")
        path.write_text(
            text.replace("## なぜ\n", "## なぜ\n\n時間がたつと聞けなくなる。\n"), "utf-8"
        )
        assert path.read_text("utf-8") != text
    assert kb(*words).json["principle"] == page
