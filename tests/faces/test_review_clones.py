"""Reviews on two clones: both go on alone, meet, and agree."""

import pytest

PAGE = """---
principle: p-offer
title: 引き継ぎの場を申し出る
status: candidate
owner: sato
---

# 引き継ぎの場を申し出る

## 行動

その日のうちに申し出る。

## 根拠

- 「何も知らない」
"""


@pytest.fixture
def clones(colleagues, tmp_path, git, kb):
    """Two clones of a store with a candidate that is under review."""
    team = colleagues
    page = team / "playbooks" / "principles" / "p-offer.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(PAGE, "utf-8")
    git(team, "add", "-A")
    git(team, "-c", "user.name=佐藤", "-c", "user.email=sato@example.com", "commit", "-qm", "x")
    kb("review", "request", "p-offer", "見てください", "--to", "mori", "--to", "takahashi")
    hub = tmp_path / "hub.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(hub))
    git(team, "remote", "add", "origin", str(hub))
    git(team, "push", "-q", "origin", "main")
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(hub), str(other))
    return team, other


def meet(kb, clones):
    for root in (*clones, clones[0]):
        answer = kb("sync", "--json", cwd=root).json
        assert answer["conflicts"] == []
    return [kb("review", "show", "p-offer", "--json", cwd=root).json for root in clones]


def test_two_approvals_on_two_clones_make_the_quorum(kb, clones, git):
    ours, theirs = clones
    first = kb("review", "approve", "p-offer", "--as", "mori", "--json", cwd=ours).json
    second = kb(
        *("review", "approve", "p-offer", "賛成です", "--as", "takahashi", "--json"), cwd=theirs
    ).json
    assert (first["state"], second["state"], first["needed"]) == ("open", "open", 2)
    one, two = meet(kb, clones)
    assert one == two
    assert one["state"] == "approved"
    assert sorted(one["approvals"]) == ["mori", "takahashi"]
    assert all(event["verified"] for event in one["events"])
    assert git(ours, "status", "--porcelain") == ""


def test_the_same_person_on_two_clones_counts_once(kb, clones):
    for root, now in zip(clones, ("09:30", "09:31"), strict=True):
        moment = f"2026-11-25T{now}:00+09:00"
        kb("review", "approve", "p-offer", "--as", "mori", cwd=root, now=moment)
    one, two = meet(kb, clones)
    assert one == two
    assert (one["state"], one["approvals"]) == ("open", ["mori"])
    assert sum(event["type"] == "approved" for event in one["events"]) == 2


def test_both_ask_for_the_same_review(kb, clones):
    ours, theirs = clones
    made = []
    for root in clones:
        kb("add", "acme/2026-11-25", "hypothesis", "同じ仮説", cwd=root)
        words = ("review", "request", "acme/2026-11-25", "--to", "mori", "--json")
        made.append(kb(*words, cwd=root, now=f"2026-11-25T09:4{len(made)}:00+09:00").json)
    assert made[0]["review"] == made[1]["review"]
    meet(kb, clones)
    found = [kb("review", "show", "acme", "--json", cwd=root).json for root in (ours, theirs)]
    assert found[0] == found[1]
    assert [one["type"] for one in found[0]["events"]] == ["requested", "requested"]


def test_approval_here_and_changes_there_end_as_changes_on_both(kb, clones):
    ours, theirs = clones
    kb("review", "approve", "p-offer", "--as", "mori", cwd=ours)
    kb("review", "approve", "p-offer", "--as", "ito", cwd=ours)
    kb("review", "changes", "p-offer", "根拠が弱いです", "--as", "takahashi", cwd=theirs)
    one, two = meet(kb, clones)
    assert one == two
    assert (one["state"], one["outstanding"]) == ("changes", ["takahashi"])


def test_evidence_voids_no_approval_and_makes_no_author(kb, clones):
    ours, _ = clones
    for who in ("mori", "takahashi"):
        kb("review", "approve", "p-offer", "--as", who, cwd=ours)
    page = ours / "playbooks" / "principles" / "p-offer.md"
    page.write_text(PAGE.replace("- 「何も知らない」", "- 「何も知らない」\n- 「二つ目」"))
    kb("sync", cwd=ours, GIT_AUTHOR_NAME="森", GIT_AUTHOR_EMAIL="mori@example.com")
    found = kb("review", "show", "p-offer", "--json", cwd=ours).json
    assert (found["state"], found["authors"]) == ("approved", ["sato"])
    page.write_text(PAGE.replace("その日のうちに", "翌日までに"))
    found = kb("review", "show", "p-offer", "--json", cwd=ours).json
    assert found["state"] == "stale"
    changes = found["edited_since"]["changes"]
    assert changes == [
        {"part": "text", "was": "その日のうちに申し出る。", "now": "翌日までに申し出る。"}
    ]
