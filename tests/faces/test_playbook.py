"""Plays, manuals and the check of the playbook: three layers, each named by the one below."""

import tomllib
from pathlib import Path

EXPECTED = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "demo" / "expected.toml").read_text("utf-8")
)


def problems(kb, code=1):
    found = kb("playbook", "check", "--json", code=code).json["problems"]
    return {(one["code"], one["path"].rpartition("/")[2].removesuffix(".md")) for one in found}


def test_the_sample_team_has_one_orphan(kb, demo):
    found = problems(kb)
    assert [name for code, name in found if code == "orphan"] == EXPECTED["orphans"]
    assert {code for code, _ in found} == {"orphan", "unused"}
    assert ("unused", "p-one-to-one") in found  # its last citation was on 2026-08-18
    assert ("unused", "p-value-90") not in found
    assert "manual-bulk-invite-csv" in kb("playbook", "check", code=1, lang="ja").out


def test_a_citation_makes_it_used_and_a_manual_with_its_play(kb, demo):
    assert ("unused", "play-sponsor-kickoff") in problems(kb)
    path = demo / "accounts/yuzuriha.md"
    claim = "- 決裁者が5分話せば動く。\n  - 参照: [[play-sponsor-kickoff]] [[p-one-to-one]]\n"
    text = path.read_text("utf-8")
    path.write_text(text.replace("### 事前仮説\n\n", f"### 事前仮説\n\n{claim}", 1), "utf-8")
    found = problems(kb)
    assert ("unused", "play-sponsor-kickoff") not in found
    assert ("unused", "p-one-to-one") not in found
    row = next(
        one
        for one in kb("play", "list", "--json").json["items"]
        if one["id"] == "play-sponsor-kickoff"
    )
    assert (row["cited"], row["waiting"]) == (1, 1)
    later = kb("playbook", "check", "--json", now="2027-03-01T09:00:00+09:00", code=1).json
    assert "play-sponsor-kickoff" in str([x for x in later["problems"] if x["code"] == "unused"])


def test_a_play_names_its_principle_and_when_to_use_it(kb, demo, git):
    made = kb(
        *("play", "new", "--title", "30日後の確認", "--principle", "p-handover-30"),
        *(
            "--use-when",
            "引き継ぎから30日",
            "--use-when",
            "- [ ] # 二つめ",
            "--json",
            "--as",
            "ito",
        ),
    ).json
    assert (made["principle"], made["badge"], made["meetings"]) == ("p-handover-30", None, 5)
    assert made["use_when"] == ["引き継ぎから30日", "- [ ] # 二つめ"]
    shown = kb("play", "show", made["play"], "--json").json
    assert shown["use_when"] == made["use_when"]
    assert made["id"] in kb("principle", "show", "p-handover-30", "--json").json["plays"]
    assert made["id"] not in {name for code, name in problems(kb) if code != "unused"}
    assert git(demo, "status", "--porcelain") == ""
    missing = kb("play", "new", "--title", "x", "--principle", "p-nowhere", "--json", code=3)
    assert missing.error["code"] == "no-page"


def test_a_play_that_serves_nothing_is_unproven_and_an_orphan(kb, demo):
    made = kb("play", "new", "--title", "Send a gift", "--json", "--as", "ito", lang="en")
    assert (made.json["id"], made.json["badge"]) == ("play-send-gift", "unproven")
    assert "0 meetings" in made.err
    assert "names no principle" in made.err
    assert {
        ("orphan", "play-send-gift"),
        ("unproven", "play-send-gift"),
        ("no-use-when", "play-send-gift"),
    } <= problems(kb)
    assert "unproven" in kb("play", "list", lang="en").out
    why = kb("search", "gift", "--kind", "play", "--explain", "--json").json["hits"][0]["why"]
    assert why["unproven"] < 1


def test_a_play_is_worth_what_its_principle_is(kb, demo):
    kb("principle", "propose", "--title", "贈り物を送る", "--id", "p-gift", "--as", "ito")
    made = kb(
        *("play", "new", "--title", "贈り物の月", "--principle", "p-gift", "--json", "--as", "ito")
    ).json
    assert made["badge"] == "unproven"
    asked = ("search", "贈り物の月", "--kind", "play", "--explain", "--json")
    assert "unproven" in kb(*asked).json["hits"][0]["why"]
    page = demo / "playbooks/principles/p-gift.md"
    quote = "- 「初日に11件入りました。5月は1週間待っても誰も書かなかったのに」\n"
    source = "  - 出典: [[orikasa#^h-rnw45m]] 2026-08-25\n"
    text = page.read_text("utf-8").replace("## 根拠\n", f"## 根拠\n\n{quote}{source}")
    page.write_text(text, "utf-8")
    assert kb("play", "show", made["id"], "--json").json["badge"] is None
    assert "unproven" not in kb(*asked).json["hits"][0]["why"]


def test_a_manual_is_listed_by_its_play(kb, demo, git):
    made = kb(
        *("manual", "new", "--title", "Thirty days later", "--play", "play-quota-growth"),
        *("--json", "--as", "sato"),
    ).json
    assert (made["manual"], made["play"]) == ("manual-thirty-days-later", "play-quota-growth")
    play = (demo / "playbooks/plays/play-quota-growth.md").read_text("utf-8")
    assert "manuals: [manual-thirty-days-later]" in play
    names = git(demo, "show", "--name-only", "--format=", made["commit"]).split()
    assert len(names) == 2
    manuals = kb("play", "show", "play-quota-growth", "--json").json["manuals"]
    assert manuals == ["manual-thirty-days-later"]
    assert "1. 見出し行" in kb("manual", "show", "manual-bulk-invite-csv").out
    rows = kb("manual", "list", "--json").json
    assert rows["total"] == 5
    other = kb("manual", "show", "play-quota-growth", "--json", code=2)
    assert other.error["code"] == "other-layer"


def test_links_that_lead_nowhere_are_told_with_their_line(kb, demo):
    path = demo / "playbooks/plays/play-value-report.md"
    path.write_text(
        path.read_text("utf-8").replace("principle: p-value-90", "principle: p-gone")
        + "\n[[p-handover-30]] [[yuzuriha]] [[yuzuriha#^h-csc5wh]] [[nowhere]]\n"
        "<!-- [[hidden]] -->\n[[yuzuriha#^h-zzzzzz]]\n",
        "utf-8",
    )
    found = kb("playbook", "check", "--json", "--as", "ito", lang="en", code=1).json["problems"]
    said = [one["message"] for one in found if one["code"] == "broken-link"]
    lines = path.read_text("utf-8").splitlines()
    first = lines.index("[[p-handover-30]] [[yuzuriha]] [[yuzuriha#^h-csc5wh]] [[nowhere]]") + 1
    assert said == [
        "play-value-report names p-gone, which is no page of the playbook.",
        f"play-value-report, line {first}: [[nowhere]] leads nowhere.",
        f"play-value-report, line {first + 2}: [[yuzuriha#^h-zzzzzz]] leads nowhere.",
    ]


def test_pages_that_can_t_be_read_or_told_apart_are_named(kb, demo):
    folder = demo / "playbooks/plays"
    (folder / "broken.md").write_text("---\nplay: [\n---\n# x\n", "utf-8")
    (folder / "twice.md").write_text("---\nplay: play-value-report\n---\n# x\n", "utf-8")
    (folder / "zz.md").write_bytes(b"\xff\xfe# \x00")
    found = problems(kb)
    assert ("front-matter", "broken") in found
    assert ("same-id", "twice") in found
    assert kb("play", "list", "--json").json["total"] >= 6


def test_a_quote_without_its_place_is_told(kb, demo):
    page = demo / "playbooks/principles/p-value-90.md"
    page.write_text(
        page.read_text("utf-8").replace("## 根拠\n", "## 根拠\n\n- 「だれかの言葉」\n"), "utf-8"
    )
    assert ("unsourced", "p-value-90") in problems(kb)


def test_a_good_playbook_is_no_finding(kb, demo):
    for path in (demo / "playbooks").rglob("*.md"):
        if path.stem not in ("p-handover-30", "play-handover-session", "manual-handover-checklist"):
            path.unlink()
    path = demo / "accounts/yuzuriha.md"
    claim = "- 引き継ぐ。\n  - 参照: [[play-handover-session]]\n"
    text = path.read_text("utf-8")
    path.write_text(text.replace("### 事前仮説\n\n", f"### 事前仮説\n\n{claim}", 1), "utf-8")
    assert problems(kb, code=0) == set()
    assert "指摘はありません" in kb("playbook", "check", lang="ja").out
