"""`kb principle`: proposed with evidence that nobody typed, adopted with a quorum, given up."""

import re
from pathlib import Path

from kb.text import frontmatter

TITLE = "公開の前に書き込みを用意しておく"
SEEDING = ("i-rzs479", "i-jqkv2a", "i-2tapzf")
MADE = "playbooks/principles/p-seeding.md"


def propose(kb, *ids, title=TITLE, name="p-seeding", who="ito", **more):
    named = ("--id", name) if name else ()
    sources = ("--from", *ids) if ids else ()
    return kb(
        *("principle", "propose", "--title", title, *named, *sources, "--json", "--as", who), **more
    )


def page(root: Path, path=MADE) -> str:
    return (root / path).read_text("utf-8")


def edit(root, git, old, new):
    """Change the page as its author does, in an editor."""
    text = page(root)
    assert old in text
    (root / MADE).write_text(text.replace(old, new), "utf-8")
    git(root, "-c", "user.name=伊藤 航", "-c", "user.email=ito@example.com", "commit", "-qam", "x")


def written(root, git):
    """Give the page a statement."""
    edit(root, git, "## 行動\n", "## 行動\n\n公開の前に15件書いておく。\n")


def test_evidence_is_made_out_of_the_insights(kb, demo, git):
    made = propose(kb, *SEEDING).json
    assert (made["principle"], made["status"], made["badge"]) == ("p-seeding", "candidate", None)
    assert (made["accounts"], made["csms"], made["owner"]) == (3, 3, "ito")
    quotes = re.findall(
        r"- 「(.+)」\n  - 出典: \[\[(\w+)#\^([hai]-\w{6})\]\] (\S+) (item1:[0-9a-f]{16})"
        r" commit:([0-9a-f]{12})\n",
        page(demo),
    )
    assert {one[2] for one in quotes} >= set(SEEDING)
    assert len(quotes) == len(made["evidence"]) == 6
    for quote, account, id_, _, digest, commit in quotes:
        document = (demo / f"accounts/{account}.md").read_text("utf-8")
        assert document.count(f"^{id_}") == 1
        assert quote in document
        assert quote in git(demo, "show", f"{commit}:accounts/{account}.md")
        assert quote not in git(demo, "show", f"{commit}~1:accounts/{account}.md")
        assert digest.startswith("item1:")
    assert "TBD" not in page(demo)
    assert {one["state"] for one in made["evidence"]} == {"found"}
    assert not any(one["changed"] for one in made["evidence"])
    for id_ in SEEDING:
        assert re.search(rf"- \[\[\w+#\^{id_}\]\]\n", page(demo))
    assert git(demo, "status", "--porcelain") == ""


def test_the_decision_is_noted_in_the_same_commit(kb, demo, git):
    made = propose(kb, *SEEDING).json
    names = git(demo, "show", "--name-only", "--format=", made["commit"]).split()
    assert names == ["insights/2026-11.md", MADE]
    line = next(x for x in page(demo, "insights/2026-11.md").splitlines() if x.startswith("## "))
    assert re.fullmatch(
        r"## 2026-11-21T12:00:00\+09:00 accepted @ito (i-\w{6}:item1:[0-9a-f]{16} ){3}"
        r"→ p-seeding \^e-\w{6}",
        line,
    )
    assert {word.partition(":")[0] for word in line.split()[4:7]} == set(SEEDING)


def test_lines_without_an_id_get_one_in_the_same_commit(kb, demo, git):
    listed = kb("insight", "list", "--json").json["items"]
    bare = next(one for one in listed if f"^{one['id']}" not in page(demo, one["path"]))
    made = propose(kb, bare["id"]).json
    assert f"^{bare['id']}" in page(demo, bare["path"])
    names = git(demo, "show", "--name-only", "--format=", made["commit"]).split()
    assert bare["path"] in names
    assert {one["state"] for one in made["evidence"]} == {"found"}


def test_words_of_a_hypothesis_are_those_of_its_verdict(kb, demo):
    made = propose(kb, "h-b2v91n,h-d4jqdj").json
    first, second = made["evidence"]
    assert first["quote"] == "The paperwork is done. Let's use the half hour on next year"
    assert (second["ref"], second["account"]) == ("h-d4jqdj", "minasoko")
    late = propose(kb, "h-726kkp", title="別の題", name="p-late").json
    assert late["evidence"][0]["date"] == "2026-04-16"  # the meeting's, not the verdict's
    assert made["counter"] == []  # it was refuted, but it cited another principle
    assert not (demo / "insights").exists()


def test_what_was_said_on_a_topic_is_quoted_without_its_marks(kb, demo):
    made = propose(kb, "i-s5s4rj").json
    words = [one for one in made["evidence"] if one["ref"].startswith("a-")]
    assert [one["quote"] for one in words] == ["4月は片手間でした。根岸に言って5時間もらいます"]
    assert "- 「4月は片手間でした。" in page(demo)
    assert words[0]["state"] == "found"


def test_what_was_written_by_hand_just_now_is_taken_in_first(kb, demo, git):
    path = demo / "accounts/yuzuriha.md"
    line = "- 手で足したばかりの教訓は、まだどこにも残っていない\n"
    path.write_text(path.read_text("utf-8").replace("### 気づき\n\n", f"### 気づき\n\n{line}", 1))
    listed = kb("insight", "list", "--json").json["items"]
    mine = next(one for one in listed if one["text"].startswith("手で足した"))
    made = propose(kb, mine["id"]).json
    own = next(one for one in made["evidence"] if one["ref"] == mine["id"])
    assert own["state"] == "found"
    assert "手で足した" in git(demo, "show", f"{own['commit']}:accounts/yuzuriha.md")
    assert git(demo, "status", "--porcelain") == ""


def test_a_group_is_proposed_by_its_name(kb, demo, monkeypatch):
    monkeypatch.setattr("kb.insight.encoder.load", lambda: None)  # words alone are quicker here
    groups = kb("insight", "recurring", "--all", "--json").json["groups"]
    group = next(one for one in groups if one["state"] == "new")
    made = propose(kb, group["id"]).json
    refs = {ref.partition("#^")[2] for ref in made["insights"]}
    assert refs == {member["id"] for member in group["members"]}


def test_without_evidence_it_is_unproven_and_says_so(kb, demo):
    made = propose(kb, lang="ja")
    assert made.json["badge"] == "unproven"
    assert "0回" in made.err
    assert "unproven" in kb("principle", "list", lang="en").out
    assert kb("principle", "show", "p-seeding", lang="en").err.count("0 meetings") == 1
    codes = {
        (one["code"], one["path"])
        for one in kb("playbook", "check", "--json", code=1).json["problems"]
    }
    assert ("unproven", MADE) in codes
    found = kb("search", "書き込みを用意", "--kind", "principle", "--explain", "--json").json
    assert found["hits"][0]["why"]["unproven"] < 1


def test_evidence_added_by_hand_takes_the_badge_off(kb, demo):
    propose(kb)
    lines = "".join(
        f"- 「{quote}」\n  - 出典: [[{ref}]]\n"
        for quote, ref in (
            ("初日に11件入りました。5月は1週間待っても誰も書かなかったのに", "orikasa#^h-rnw45m"),
            ("2週間で47件です。前の人の書き方をまねて書いているみたいです", "tomoshibi#^h-d58cmp"),
            ("一番高いのはベテランの時間だ。7月中に始めなさい", "kanatake#^h-nwa201"),
        )
    )
    (demo / MADE).write_text(page(demo).replace("## 根拠\n", f"## 根拠\n\n{lines}"), "utf-8")
    shown = kb("principle", "show", "p-seeding", "--json").json
    assert (shown["badge"], shown["meetings"], shown["accounts"]) == (None, 3, 3)
    found = kb("search", "書き込みを用意", "--kind", "principle", "--explain", "--json").json
    assert "unproven" not in found["hits"][0]["why"]


def test_what_is_no_evidence_is_refused_and_nothing_is_written(kb, demo, git):
    refused = (
        (("i-zzzzzz",), "no-id", 3),
        (("nonsense",), "bad-id", 2),
        (("t-ssqzt5",), "not-evidence", 2),
        (("h-6hg8ez",), "no-words", 2),
    )
    before = git(demo, "rev-parse", "HEAD")
    for words, code, exit_code in refused:
        assert propose(kb, *words, code=exit_code).error["code"] == code
    assert git(demo, "rev-parse", "HEAD") == before
    assert not (demo / MADE).exists()


def test_an_id_is_no_path(kb, demo, git):
    names = ("../../x", "p-..", "p-a/b", "/etc/passwd", "p-日本", "P-X", "p-", "p-" + "x" * 80, "")
    for name in names:
        result = kb("principle", "propose", "--title", TITLE, "--id", name, "--json", code=2)
        assert result.error["code"] == "bad-page-id", name
    assert git(demo, "status", "--porcelain") == ""


def test_a_hostile_title_is_a_title(kb, demo):
    for title in (
        "# [[p-x]] <!-- x ^i-abc123",
        "---",
        'a: "b" \\ {{ 7*7 }} {% raw %}',
        "- [ ] 済んだこと",
        "../../etc/passwd",
        "判定: 支持 「x」",
        "𠮷野家 🐈 ＡＢＣ",
    ):
        made = propose(kb, *SEEDING[:1], title=title, name=None, who="sato").json
        assert made["title"] == title
        assert re.fullmatch(r"p-[a-z0-9-]+", made["id"])
        assert made["path"] == f"playbooks/principles/{made['id']}.md"
        assert frontmatter.read((demo / made["path"]).read_bytes())["title"] == title
        assert [one["state"] for one in made["evidence"]] == ["found", "found"]
        assert made["status"] == "candidate"


def test_what_is_no_title_is_refused(kb, demo):
    for title in ("", "  ", "\u200b"):
        assert propose(kb, title=title, code=2).error["code"] == "page-title-empty"
    for title in ("二行\nの題", "x" * 121, "a\0b"):
        assert propose(kb, title=title, code=2).error["code"] == "bad-page-title"


def test_insights_of_another_principle_are_told(kb, demo):
    made = propose(kb, "i-8pc0yv", "i-rzs479", lang="ja")
    assert "p-handover-30" in made.err
    assert "i-8pc0yv は" in made.err
    assert "p-value-90" not in made.err


def test_the_same_title_is_no_second_page(kb, demo):
    first = propose(kb, name=None).json
    assert propose(kb, name=None, code=2).error["code"] == "page-exists"
    assert re.fullmatch(r"p-[0-9a-hjkmnp-tv-z]{6}", first["id"])
    assert propose(kb, title="別の題", name=first["id"], code=2).error["code"] == "page-exists"


def test_a_teams_own_template_is_used_and_evidence_stays_exact(kb, demo):
    own = demo / "templates/ja/principle.md.j2"
    own.write_text(
        "---\nprinciple: x\nstatus: adopted\nmine: yes\n---\n\n# {{ title }}\n\n## 約束\n\n"
        "## 根拠\n{% for e in evidence %}\n- 「{{ e.quote }}」 {{ e.link }}\n{% endfor %}\n",
        "utf-8",
    )
    made = propose(kb, *SEEDING).json
    assert (made["status"], len(made["evidence"]), len(made["insights"])) == ("candidate", 6, 3)
    assert "## 約束" in page(demo)
    assert frontmatter.read((demo / MADE).read_bytes())["mine"] == "yes"
    own.write_text("{{ nothing }}", "utf-8")
    assert propose(kb, name="p-other", title="他", code=2).error["code"] == "template-unknown"


def review(kb, *words, who, **more):
    return kb("review", *words, "--json", "--as", who, **more)


def test_adoption_says_all_that_is_missing_and_writes_nothing(kb, demo, git):
    propose(kb, "h-b2v91n")
    before = git(demo, "rev-parse", "HEAD")
    error = kb("principle", "adopt", "p-seeding", "--json", "--as", "ito", lang="en", code=6).error
    assert error["code"] == "principle-short"
    for part in ("1 of 3 accounts", "1 of 2 CSMs", "0 of 2 approvals", "no review"):
        assert part in error["message"]
    assert git(demo, "rev-parse", "HEAD") == before
    short = kb("principle", "adopt", "p-sponsor-kickoff", "--as", "takahashi", lang="ja", code=6)
    assert "2人のうち1人" in short.err
    assert "@ito" in short.err
    assert "社のうち" not in short.err


def test_two_approvals_adopt_it_and_close_the_review(kb, demo, git):
    propose(kb, *SEEDING)
    written(demo, git)
    asked = review(kb, "request", "p-seeding", "--to", "sato", "--to", "emma", who="ito").json
    review(kb, "approve", asked["review"], who="sato")
    kb("principle", "adopt", "p-seeding", "--as", "ito", code=6)
    review(kb, "approve", asked["review"], who="emma")
    made = kb("principle", "adopt", "p-seeding", "--json", "--as", "ito").json
    assert (made["status"], made["adopted"]) == ("adopted", "2026-11-21")
    assert made["before_reviews"] is False
    assert made["adoption"]["state"] == "closed"
    names = git(demo, "show", "--name-only", "--format=", made["commit"]).split()
    assert names == [MADE, "reviews/p-seeding-adoption-1.md"]
    thread = page(demo, names[1])
    assert re.search(r"closed @ito result:adopted \^e-", thread)
    again = kb("principle", "adopt", "p-seeding", "--json", "--as", "ito", code=2)
    assert again.error["code"] == "principle-adopted"
    assert kb("principle", "verify", "--json").json["items"] == []


def test_quotes_that_are_gone_don_t_count(kb, demo):
    propose(kb, *SEEDING)
    kanatake = demo / "accounts/kanatake.md"
    lines = kanatake.read_text("utf-8").splitlines(keepends=True)
    gone = [x for x in lines if "i-jqkv2a" not in x and "一番高いのはベテランの時間だ" not in x]
    kanatake.write_text("".join(gone), "utf-8")
    shown = kb("principle", "show", "p-seeding", "--json").json
    assert shown["adoption"]["accounts"] == [2, 3]


def test_a_changed_text_needs_a_review_of_its_own(kb, demo, git):
    propose(kb, *SEEDING)
    written(demo, git)
    asked = review(kb, "request", "p-seeding", "--to", "sato", "--to", "emma", who="ito").json
    for who in ("sato", "emma"):
        review(kb, "approve", asked["review"], who=who)
    kb("principle", "adopt", "p-seeding", "--as", "ito")
    edit(demo, git, "15件書いて", "20件書いて")
    (due,) = kb("principle", "verify", "--json", code=1).json["items"]
    assert (due["id"], due["reasons"]) == ("p-seeding", ["edited"])
    said = ("--to", "sato", "--to", "emma", "--why", "20件が要る")
    new = kb("principle", "revise", "p-seeding", *said, "--json", "--as", "ito").json
    assert new["path"] == "reviews/p-seeding-adoption-2.md"
    assert kb("principle", "verify", "--json").json["items"] == []
    second = kb("principle", "revise", "p-seeding", "--json", "--as", "ito", code=6)
    assert second.error["code"] == "revision-open"
    kb("principle", "adopt", "p-seeding", "--as", "ito", code=6)
    for who in ("sato", "emma"):
        review(kb, "approve", new["review"], who=who)
    made = kb("principle", "adopt", "p-seeding", "--json", "--as", "ito").json
    assert (made["adopted"], made["revised"]) == ("2026-11-21", "2026-11-21")
    early = kb("principle", "revise", "p-sponsor-kickoff", "--json", "--as", "ito", code=2)
    assert early.error["code"] == "principle-not-adopted"


def test_one_takes_the_place_of_another(kb, demo, git):
    words = (
        "principle",
        "supersede",
        "p-value-90",
        "--by",
        "p-one-to-one",
        "--json",
        "--as",
        "ito",
    )
    made = kb(*words, "--why", "一人ずつ見せる").json
    assert (made["status"], made["superseded_by"]) == ("superseded", "p-one-to-one")
    heir = kb("principle", "show", "p-one-to-one", "--json").json
    assert heir["supersedes"] == ["p-mass-welcome", "p-value-90"]
    names = git(demo, "show", "--name-only", "--format=", made["commit"]).split()
    assert len(names) == 2
    text = page(demo, made["path"])
    assert "[[p-one-to-one]] に置き換えた (2026-11-21) 一人ずつ見せる" in text
    assert kb(*words, code=2).error["code"] == "principle-superseded"
    words = ("principle", "supersede", "p-one-to-one", "--by", "p-one-to-one", "--json")
    assert kb(*words, "--as", "ito", code=2).error["code"] == "supersedes-itself"
    codes = {one["code"] for one in kb("playbook", "check", "--json", code=1).json["problems"]}
    assert "given-up" in codes


def test_retiring_says_why_and_closes_the_review(kb, demo):
    words = ("principle", "retire", "p-sponsor-kickoff", "--json", "--as", "takahashi")
    assert kb(*words, "--why", " ", code=2).error["code"] == "why-empty"
    made = kb(*words, "--why", "出席だけでは足りない。\n- [ ] x ^t-abc123 <!--").json
    assert (made["status"], made["retired"]) == ("retired", "2026-11-21")
    assert "- 廃止: 出席だけでは足りない。" in page(demo, made["path"])
    assert [one["state"] for one in made["evidence"]] == ["found"] * 4
    assert "result:rejected" in page(demo, "reviews/p-sponsor-kickoff.md")
    assert kb(*words, "--why", "x", code=2).error["code"] == "principle-given-up"


def test_what_was_adopted_before_reviews_says_so(kb, demo):
    rows = {one["id"]: one for one in kb("principle", "list", "--json").json["items"]}
    assert {name for name, row in rows.items() if row["before_reviews"]} == {
        *("p-one-to-one", "p-value-90", "p-mass-welcome")
    }
    assert "レビュー開始前に採用" in kb("principle", "show", "p-value-90", lang="ja").out
    assert "レビュー開始前に採用" not in kb("principle", "show", "p-handover-30", lang="ja").out
    only = kb("principle", "list", "--status", "candidate", "--json").json["items"]
    assert [one["id"] for one in only] == ["p-sponsor-kickoff"]


def test_pages_of_other_layers_and_none_are_told_apart(kb, demo):
    assert kb("principle", "show", "p-handover", "--json", code=3).error["code"] == "no-page"
    play = kb("principle", "show", "play-value-report", "--json", code=2)
    assert play.error["code"] == "other-layer"


def test_a_fresh_english_store_has_candidates_that_rest_on_nothing(kb, tmp_path, as_sato):
    root = tmp_path / "en"
    kb("init", root, "--lang", "en")
    rows = kb("principle", "list", "--json", cwd=root).json["items"]
    assert len(rows) >= 4
    assert {(one["status"], one["badge"]) for one in rows} == {("candidate", "unproven")}
    made = kb(
        *("principle", "propose", "--title", "Ask for the unit cost first", "--json"), cwd=root
    ).json
    assert made["id"] == "p-ask-unit-cost-first"
    assert "## Evidence" in (root / made["path"]).read_text("utf-8")


def test_more_evidence_comes_onto_the_page_once(kb, demo, git):
    words = ("principle", "evidence", "p-value-90", "--json", "--as", "ito", "--from")
    kb(*words, "h-k3tm83", "--counter")
    made = kb(*words, "h-csc5wh", "i-rzs479").json
    assert [one["ref"] for one in made["counter"]] == ["h-jhx9m3", "h-k3tm83"]
    assert len(made["evidence"]) == 5 + 2  # the insight and the customer's words beside it
    assert "orikasa#^i-rzs479" in made["insights"]
    assert {one["state"] for one in (*made["evidence"], *made["counter"])} == {"found"}
    assert "→ p-value-90" in page(demo, "insights/2026-11.md")
    assert git(demo, "status", "--porcelain") == ""
    again = kb(*words, "h-csc5wh,h-k3tm83").json
    assert again["commit"] is None
    kb("verdict", "h-78wymp", "refuted", "--quote", "数字は要りません", "--as", "sato")
    made = kb(*words, "h-78wymp").json
    assert (made["counter"][-1]["ref"], made["counter"][-1]["written"]) == ("h-78wymp", True)


def test_after_a_look_the_next_one_is_written_down(kb, demo):
    words = ("principle", "verify", "--json", "--as", "ito")
    assert kb(*words, "p-sponsor-kickoff", "--until", "2027-06-30").json["items"] == []
    shown = kb("principle", "show", "p-sponsor-kickoff", "--json").json
    assert shown["verify_by"] == "2027-06-30"
    assert kb(*words, "--until", "2027-06-30", code=2).error["code"] == "until-of-one"
    assert kb(*words, "p-value-90", "--until", "soon", code=2).error["code"] == "bad-date"


def test_a_page_is_a_living_document(kb, demo):
    shown = kb("principle", "show", "p-handover-30", "--json").json
    assert shown["version"] >= 2  # a suggestion of its review changed the title
    assert shown["changed"]["by"] == "nakamura"
    kb("principle", "retire", "p-handover-30", "--why", "試し", "--as", "ito")
    assert kb("principle", "show", "p-handover-30", "--json").json["version"] == shown["version"]
    assert "版、最終更新 2026-" in kb("principle", "show", "p-handover-30", lang="ja").out
