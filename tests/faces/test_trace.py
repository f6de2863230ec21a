"""`kb principle trace`: every quote is found today, whatever became of its line meanwhile."""

import re
import tomllib
from pathlib import Path

import pytest

EXPECTED = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "demo" / "expected.toml").read_text("utf-8")
)
QUOTE = "引き継ぎ資料がなく、誰も設定を触れなかった"
"""Stands twice: in the verdict of h-pzjjt5 and below a topic."""
VERDICT = f"  - 判定: 支持 「{QUOTE}」"
ONCE = "専務がああ言った以上、当番にしますと技術部長から連絡がありました"
"""Stands once: in the verdict of h-3e21e5 of kanatake, which p-sponsor-kickoff rests on."""
WHO = ("-c", "user.name=x", "-c", "user.email=x@example.com")
ITEM = r"- [^\n]*\^{}\n(?:  [^\n]*\n)*"


def evidence(kb, quote=QUOTE, principle="p-handover-30"):
    answer = kb("principle", "trace", principle, "--json", "--as", "ito").json
    return next(one for one in answer["evidence"] if one["quote"] == quote)


def edited(root, change, name="minasoko"):
    path = root / f"accounts/{name}.md"
    text = path.read_text("utf-8")
    after = change(text)
    assert after != text
    path.write_text(after, "utf-8")


@pytest.mark.parametrize("principle", list(EXPECTED["principles"]))
def test_the_counts_are_those_of_the_verdicts_that_cite_it(kb, demo, principle):
    told = kb("principle", "trace", principle, "--json").json
    expected = EXPECTED["principles"][principle]
    counts = (told["held"], told["failed"], told["mixed"], told["untested"], told["waiting"])
    keys = ("for", "against", "mixed", "untested", "open")
    assert counts == tuple(len(expected[key]) for key in keys)
    assert {one["state"] for one in told["evidence"] + told["counter"]} == {"found"}
    assert told["rate"] is None
    for key in ("held", "failed"):
        assert sum(those[key] for those in told["by_segment"].values()) == told[key]
    against = {one["ref"] for one in told["counter"]}
    assert set(expected["against"]) <= against


def test_a_quote_says_who_wrote_it_down_and_in_which_commit(kb, demo, git):
    found = evidence(kb)
    assert (found["account"], found["ref"], found["author"]) == ("minasoko", "h-pzjjt5", "sato")
    assert found["date"] == "2026-10-07"
    page = (demo / "playbooks/principles/p-handover-30.md").read_text("utf-8")
    hint = re.search(r"h-pzjjt5\]\] \S+ item1:[0-9a-f]{16} commit:([0-9a-f]{12})", page)
    assert hint is not None
    assert found["commit"].startswith(hint[1])
    assert QUOTE in git(demo, "show", f"{found['commit']}:accounts/minasoko.md")
    assert QUOTE not in git(demo, "show", f"{found['commit']}~1:accounts/minasoko.md")


def test_a_line_that_only_went_to_another_meeting_is_found(kb, demo):
    def move(text):
        item = re.search(ITEM.format("h-pzjjt5"), text)
        assert item is not None
        rest = text.replace(item[0], "")
        return rest.replace("### 事前仮説\n\n", f"### 事前仮説\n\n{item[0]}", 1)

    edited(demo, move)
    assert evidence(kb)["state"] == "found"


def test_words_below_another_line_have_moved(kb, demo):
    def move(text):
        text = text.replace(VERDICT + "\n", "")
        return re.sub(r"(- [^\n]*\^h-frrz0n\n)", rf"\1{VERDICT}\n", text, count=1)

    edited(demo, move)
    found = evidence(kb)
    assert (found["state"], found["now"]) == ("moved", "minasoko#^h-frrz0n")
    assert found["author"] == "sato"


def once(kb):
    return evidence(kb, ONCE, "p-sponsor-kickoff")


def test_words_in_another_account_have_moved(kb, demo):
    edited(demo, lambda text: re.sub(rf".*{ONCE}.*\n", "", text), "kanatake")
    edited(demo, lambda text: text + f"\n- お客様: {ONCE}\n", "yuzuriha")
    found = once(kb)
    assert (found["state"], found["account"]) == ("moved", "yuzuriha")
    assert found["path"] == "accounts/yuzuriha.md"


def test_a_whole_line_in_another_account_has_moved(kb, demo):
    item = re.search(ITEM.format("h-3e21e5"), (demo / "accounts/kanatake.md").read_text("utf-8"))
    edited(demo, lambda text: text.replace(item[0], ""), "kanatake")
    edited(
        demo,
        lambda text: text.replace("### 事前仮説\n\n", f"### 事前仮説\n\n{item[0]}", 1),
        "yuzuriha",
    )
    found = once(kb)
    assert (found["state"], found["now"]) == ("moved", "yuzuriha#^h-3e21e5")
    assert found["author"] == "takahashi"


def test_other_words_in_the_line_have_drifted(kb, demo):
    edited(demo, lambda text: text.replace(ONCE, "専務の一言で当番が決まりました"), "kanatake")
    found = once(kb)
    assert (found["state"], found["account"], found["ref"]) == ("drifted", "kanatake", "h-3e21e5")
    assert found["author"] == "takahashi"
    verified = kb("principle", "verify", "--json", code=1).json
    assert [(one["id"], one["reasons"]) for one in verified["items"]] == [
        ("p-sponsor-kickoff", ["drifted"])
    ]
    codes = [
        (one["code"], one["path"])
        for one in kb("playbook", "check", "--json", code=1).json["problems"]
    ]
    assert ("drifted", "playbooks/principles/p-sponsor-kickoff.md") in codes


def test_words_that_always_stood_below_the_topic_too_did_not_move_there(kb, demo):
    edited(demo, lambda text: text.replace(VERDICT, "  - 判定: 支持 「資料がなかった」"))
    assert (demo / "accounts/minasoko.md").read_text("utf-8").count(QUOTE) == 1
    assert evidence(kb)["state"] == "drifted"


def test_a_deleted_line_is_missing(kb, demo):
    edited(demo, lambda text: re.sub(ITEM.format("h-3e21e5"), "", text), "kanatake")
    found = once(kb)
    assert (found["state"], found["author"]) == ("missing", "takahashi")


def test_of_a_document_that_is_gone_the_history_still_tells(kb, demo, git):
    git(demo, "rm", "-q", "accounts/kanatake.md")
    git(demo, "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-qm", "gone")
    found = once(kb)
    assert (found["state"], found["author"]) == ("missing", "takahashi")


def test_words_in_a_comment_are_not_there(kb, demo):
    edited(demo, lambda text: re.sub(rf".*{ONCE}.*\n", f"  <!-- {ONCE} -->\n", text), "kanatake")
    assert once(kb)["state"] == "drifted"


def test_a_renamed_account_is_found(kb, demo):
    kb("account", "rename", "minasoko", "minasoko-foods", "--as", "sato")
    found = evidence(kb)
    assert (found["state"], found["account"]) == ("found", "minasoko-foods")
    assert found["author"] == "sato"


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("to", ["accounts/minasoko.md", "accounts/food/minasoko2.md"])
def test_an_account_renamed_by_hand_is_found(kb, demo, git, to, committed):
    edited(demo, lambda text: text.replace("account: minasoko\n", "account: minasoko2\n"))
    (demo / to).parent.mkdir(exist_ok=True)
    if "food" in to:
        git(demo, "mv", "accounts/minasoko.md", to)
    if committed:
        git(demo, *WHO, "commit", "-qam", "renamed")
    found = evidence(kb)
    assert (found["state"], found["account"]) == ("found", "minasoko2")
    assert (found["path"], found["author"]) == (to, "sato")


def test_a_line_pasted_into_another_account_keeps_who_wrote_it(kb, demo, git):
    item = re.search(ITEM.format("h-3e21e5"), (demo / "accounts/kanatake.md").read_text("utf-8"))
    edited(demo, lambda text: text.replace(item[0], ""), "kanatake")
    heading = "### 事前仮説\n\n"
    edited(demo, lambda text: text.replace(heading, heading + item[0], 1), "yuzuriha")
    git(demo, *WHO, "commit", "-qam", "pasted")
    found = once(kb)
    assert (found["state"], found["author"]) == ("moved", "takahashi")


def test_a_rewritten_history_is_no_hindrance(kb, demo, git):
    before = evidence(kb)["commit"]
    git(demo, "checkout", "-q", "--orphan", "fresh")
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    git(demo, *who, "commit", "-qm", "all anew")
    git(demo, "branch", "-M", "main")
    found = evidence(kb)
    assert found["state"] == "found"
    assert found["commit"] != before
    assert found["commit"] == git(demo, "rev-parse", "HEAD")


def test_another_line_below_leaves_the_quote_found_and_says_so(kb, demo):
    assert evidence(kb)["changed"] is False
    edited(
        demo, lambda text: text.replace(VERDICT, f"{VERDICT}\n  - 判定: 一部 「その後は動いた」")
    )
    found = evidence(kb)
    assert (found["state"], found["changed"]) == ("found", True)


def test_a_refuted_hypothesis_counts_against_it_by_itself(kb, demo):
    kb("verdict", "h-6hg8ez", "refuted", "--quote", "会は要りませんでした", "--as", "sato")
    told = kb("principle", "trace", "p-handover-30", "--json").json
    assert (told["held"], told["failed"], told["waiting"]) == (4, 2, 0)
    own = [one for one in told["counter"] if not one["written"]]
    assert [(one["ref"], one["quote"], one["state"]) for one in own] == [
        ("h-6hg8ez", "会は要りませんでした", "found")
    ]
    assert own[0]["author"] == "sato"
    assert "会は要りませんでした" in kb("principle", "show", "p-handover-30", lang="ja").out


def test_there_is_a_rate_from_twenty_verdicts_on(kb, demo):
    lines = "".join(
        f"- 仮説その{n}は当たる。\n  - 参照: [[p-value-90]]\n  - 判定: 支持 「はい{n}」\n"
        for n in range(14)
    )
    edited(demo, lambda text: text.replace("### 事前仮説\n\n", f"### 事前仮説\n\n{lines}", 1))
    told = kb("principle", "trace", "p-value-90", "--json").json
    assert told["rate"] == {"n": 19, "of": 20, "rate": 0.95}


def test_what_is_due_within_two_weeks_needs_a_look(kb, demo):
    assert kb("principle", "verify", "--json").json["items"] == []
    late = kb("principle", "verify", "--json", now="2026-12-17T09:00:00+09:00", code=1).json
    assert [(one["id"], one["reasons"]) for one in late["items"]] == [
        ("p-sponsor-kickoff", ["due"])
    ]
    assert kb("principle", "verify", "p-mass-welcome").code == 0
    assert kb("principle", "verify", "p-nowhere", "--json", code=3).error["code"] == "no-page"
