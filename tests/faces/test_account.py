"""`kb account` on real stores, in both languages."""

import json

import pytest


def test_an_account_is_added_as_the_sample_writes_them(kb, team, git):
    done = kb(
        *("account", "add", "minato", "--name", "ミナト工業株式会社", "--csm", "sato"),
        *("--segment", "enterprise", "--mrr", "450000", "--json"),
    )
    assert done.json == {"account": "minato", "path": "accounts/minato.md"}
    assert (team / "accounts/minato.md").read_text("utf-8") == (
        "---\n"
        "account: minato\n"
        "name: ミナト工業株式会社\n"
        "csm: sato\n"
        "segment: enterprise\n"
        "mrr: 450000\n"
        "---\n\n"
        "# ミナト工業株式会社\n"
    )
    assert git(team, "status", "--porcelain") == ""
    assert git(team, "log", "-1", "--format=%an|%s") == (
        "佐藤 恭平|顧客 ミナト工業株式会社 (minato) を追加"
    )


def test_whoever_adds_an_account_looks_after_it_in_their_own_unit(kb, sample):
    kb("account", "add", "minato", "--name", "ミナト")
    shown = kb("account", "show", "minato", "--json").json
    assert (shown["csm"], shown["unit"]) == ("sato", "east")


def test_a_name_that_yaml_would_misread_is_quoted(kb, team):
    kb("account", "add", "y", "--name", "No: 1 # [x]", "--segment", "no")
    shown = kb("account", "show", "y", "--json").json
    assert (shown["name"], shown["segment"]) == ("No: 1 # [x]", "no")


def test_the_answer_says_what_to_do_next(kb, team):
    said = kb("account", "add", "minato", "--name", "ミナト").out
    assert said == (
        "ミナト（minato）を追加しました。\n文書: accounts/minato.md\n次にすること: kb meeting new minato\n"
    )
    said = kb("account", "add", "harbour", "--name", "Harbour Inc.", lang="en").out
    assert said == (
        "Added Harbour Inc. (harbour).\nIts document: accounts/harbour.md\n"
        "Next: kb meeting new harbour\n"
    )


@pytest.mark.parametrize(
    "slug",
    [
        *("../x", "a/b", "a.b", "a b", "", "..", "x" * 65, "-x", "a\nb", "a\x00b", "con", "NUL"),
        *("m-4k7q2x", "Acme", "ACME", "ａｃｍｅ", "acme"),
    ],
)
def test_a_bad_name_changes_nothing(kb, team, git, slug):
    before = git(team, "rev-parse", "HEAD")
    said = kb("account", "add", "--name", "x", "--json", "--", slug, code=2)
    assert said.error["message"]
    assert said.error["hint"]
    assert git(team, "rev-parse", "HEAD") == before
    assert git(team, "status", "--porcelain") == ""


def test_hostile_names_of_files_are_no_names(kb, team, git, shared):
    names = json.loads((shared / "data/attacks/own/bad_names.json").read_text("utf-8"))
    tried = [name for name in names if name != "HEAD"]
    assert len(tried) > 60
    for name in tried:
        kb("account", "add", "--name", "x", "--", name, code=2)
    assert git(team, "status", "--porcelain") == ""
    assert sorted(path.name for path in (team / "accounts").iterdir()) == ["acme.md"]


@pytest.mark.parametrize("name", ["a\nb", "a\x1b[31mb", "", " ", "あ" * 121, "a\u2028b"])
def test_a_name_is_one_line(kb, team, name):
    assert kb("account", "add", "x", "--name", name, "--json", code=2).error["code"] == "bad-name"


def test_japanese_names_are_fine_and_composed(kb, team):
    kb("account", "add", "ポンプ工業", "--name", "ポンプ")  # が as two letters
    assert kb("account", "show", "ポンプ工業", "--json").json["account"] == "ポンプ工業"
    assert kb("account", "add", "ポンプ工業", "--name", "x", "--json", code=2).error["code"] == (
        "account-exists"
    )


def test_an_unknown_csm_is_a_hint(kb, team):
    said = kb("account", "add", "x", "--name", "x", "--csm", "nobody")
    assert "nobody" in said.err
    assert kb("account", "show", "x", "--json").json["csm"] == "nobody"


def test_the_list_has_one_line_an_account(kb, team):
    listed = kb("account", "list", "--json").json
    assert listed["total"] == 1
    [one] = listed["items"]
    assert one == {
        "account": "acme",
        "name": "アクメ株式会社",
        "csm": "sato",
        "unit": None,
        "segment": None,
        "stage": None,
        "mrr": None,
        "meetings": 1,
        "last": None,
        "next": "2026-11-25",
        "open_todos": 0,
        "path": "accounts/acme.md",
        "archived": False,
    }
    assert kb("account", "list").out == (
        "顧客  名前            担当   回数  次回\nacme  アクメ株式会社  @sato     1  2026-11-25\n"
    )


def test_an_empty_store_says_how_to_begin(kb, tmp_path, as_sato):
    kb("init", tmp_path / "x", "--lang", "en")
    said = kb("account", "list", "--store", tmp_path / "x")
    assert said.out == "There is no account yet. `kb account add` makes one.\n"


def test_one_account_is_shown_with_its_meetings_and_todos(kb, sample):
    said = kb("account", "show", "minasoko").out
    assert said.startswith("ミナソコ醸造株式会社 (minasoko)\n  担当: 佐藤 恭平 (@sato)\n")
    assert "  2026-11-25(水) 14:00–14:50  更新前レビュー  [準備済み]\n" in said
    assert "… ほか2回は kb meeting list minasoko" in said
    assert "[ ] 会員ランクのお知らせ文を蔵元の言葉に直す @seto 期日 2026-11-13 (期日超過)" in said
    assert kb("account", "show", "nobody", code=3).err.startswith("顧客「nobody」は登録されて")


def test_an_archived_account_leaves_the_lists_and_keeps_its_document(kb, sample, git):
    done = kb("account", "archive", "quillhaven", "--json").json
    assert done["account"] == "quillhaven"
    assert len(done["commit"]) == 40
    names = [one["account"] for one in kb("account", "list", "--json").json["items"]]
    assert len(names) == 7
    assert "quillhaven" not in names
    assert len(kb("account", "list", "--archived", "--json").json["items"]) == 8
    assert "quillhaven" not in kb("todo", "--json").out
    assert kb("account", "show", "quillhaven", "--json").json["archived"] is True
    assert kb("account", "archive", "quillhaven", "--json").json["commit"] is None
    assert "\narchived: 2026-11-21\n" in (sample / "accounts/quillhaven.md").read_text("utf-8")
    assert git(sample, "status", "--porcelain") == ""


def test_a_renamed_account_takes_all_links_along_in_one_commit(kb, sample, git):
    before = git(sample, "rev-parse", "HEAD")
    todos = kb("todo", "--account", "tomoshibi", "--json").json["items"]
    done = kb("account", "rename", "tomoshibi", "tomoshibi-learning", "--json").json
    assert done["path"] == "accounts/tomoshibi-learning.md"
    assert git(sample, "rev-parse", "HEAD~1") == before
    assert git(sample, "status", "--porcelain") == ""
    assert not (sample / "accounts/tomoshibi.md").exists()
    assert git(sample, "grep", "-l", "-F", "[[tomoshibi#", check=False) == ""
    text = (sample / "accounts/tomoshibi-learning.md").read_text("utf-8")
    assert "account: tomoshibi-learning\n" in text
    assert "[[tomoshibi-learning#^t-3gxcba]]" in text
    assert (sample / "signals/tomoshibi-learning.csv").exists()
    evidence = (sample / "playbooks/principles/p-one-to-one.md").read_text("utf-8")
    assert "[[tomoshibi-learning#^" in evidence
    review = (sample / "reviews/tomoshibi-2026-12-02.md").read_text("utf-8")
    assert "of: tomoshibi-learning#^m-k2fztx\n" in review
    after = kb("todo", "--account", "tomoshibi-learning", "--json").json["items"]
    assert [one["id"] for one in after] == [one["id"] for one in todos]
    assert len(kb("history", "tomoshibi-learning", "--json").json["items"]) == 2


def test_another_account_whose_name_begins_the_same_keeps_its_links(kb, team):
    kb("account", "add", "acme-east", "--name", "東")
    path = team / "accounts/acme-east.md"
    text = path.read_text("utf-8") + "\n[[acme-east#^t-8f3kq0]] [[acme#^t-8f3kq0]] [[acme|A]]\n"
    path.write_text(text, "utf-8")
    kb("account", "rename", "acme", "zenith")
    assert path.read_text("utf-8").endswith(
        "\n[[acme-east#^t-8f3kq0]] [[zenith#^t-8f3kq0]] [[zenith|A]]\n"
    )


def test_the_rows_of_outcomes_follow_a_rename(kb, sample):
    kb("account", "rename", "quillhaven", "quill")
    text = (sample / "outcomes.csv").read_text("utf-8")
    assert "quillhaven" not in text
    assert ",quill," in text or "\nquill," in text


@pytest.mark.parametrize(("new", "code"), [("minasoko", 2), ("Minasoko", 2), ("../x", 2)])
def test_a_rename_to_a_bad_name_changes_nothing(kb, sample, git, new, code):
    kb("account", "rename", "tomoshibi", new, code=code)
    assert git(sample, "status", "--porcelain") == ""
    assert (sample / "accounts/tomoshibi.md").exists()


def test_a_rename_by_case_alone_is_refused_as_any_name_alike(kb, team):
    said = kb("account", "rename", "acme", "Acme", "--json", code=2)
    assert said.error["code"] == "account-alike"
