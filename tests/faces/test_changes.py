"""Looking back, taking back, texts that were kept, two clones, and a stale editor."""

import random
import shutil
import threading

import pytest


def path_of(team):
    return team / "accounts" / "acme.md"


def document(team):
    return path_of(team).read_text("utf-8")


# Looking back


def test_history_of_an_account_and_of_one_meeting(kb, team, git):
    kb("add", "acme/2026-11-25", "memo", "一", now="2026-11-25T15:00:00+09:00")
    kb("meeting", "new", "acme", "--date", "2026-12-02", "--title", "次回")
    kb("add", "acme/2026-12-02", "memo", "二")
    path_of(team).write_text(document(team).replace("一", "一を直した"))
    kb("add", "acme/2026-12-02", "memo", "三")
    whole = kb("history", "acme", "--json").json
    assert whole["total"] == len(git(team, "log", "--format=%H", "--", "accounts").split())
    assert list(whole["items"][0]) == ["at", "by", "message", "commit"]
    assert whole["items"][0]["by"] == "sato"
    one = kb("history", "acme/2026-11-25", "--json").json["items"]
    messages = [item["message"] for item in one]
    assert len(messages) == 3  # made, 一, and the edit by hand
    assert "外での編集" in messages[0]
    assert messages[1] == "acme 2026-11-25: 社内メモを追加"
    assert one[1]["at"] == "2026-11-25T15:00:00+09:00"


def test_as_of_shows_what_was_known_then(kb, team):
    claim = kb("add", "acme", "hypothesis", "仮説", "--json").json["id"]
    kb("verdict", claim, "supported", now="2026-11-25T15:00:00+09:00")
    before = kb("asof", "2026-11-25T14:00", "acme", "--json").json
    (meeting,) = before["meetings"]
    assert [(one["text"], one["verdict"]) for one in meeting["hypotheses"]] == [("仮説", None)]
    assert "判定" not in kb("asof", "2026-11-25T14:00:00+09:00", "acme").out
    after = kb("asof", "2026-11-25", "acme", "--json").json
    assert after["meetings"][0]["hypotheses"][0]["verdict"] == "supported"
    assert kb("asof", "2026-01-01", "acme", "--json", code=3).error["code"] == "not-yet"
    assert kb("asof", "gestern", "acme", "--json", code=2).error["code"] == "bad-moment"


def test_a_name_that_another_customer_had_before_brings_nothing_of_theirs(kb, team, git):
    kb("account", "rename", "acme", "beta", now="2026-11-25T10:00:00+09:00")
    kb("account", "add", "acme", "--name", "別の会社", now="2026-11-26T10:00:00+09:00")
    assert [one["message"] for one in kb("history", "acme", "--json").json["items"]] == [
        "顧客 別の会社 (acme) を追加"
    ]
    assert kb("history", "beta", "--json").json["total"] == 3
    before = kb("asof", "2026-11-25T09:30", "acme", "--json", code=3)
    assert before.error["code"] == "not-yet"
    assert "アクメ" in kb("asof", "2026-11-25T09:30", "beta").out
    assert "別の会社" in kb("asof", "2026-11-26T11:00", "acme").out
    kb("account", "rename", "acme", "gamma", now="2026-11-27T10:00:00+09:00")
    kb("account", "rename", "beta", "acme", now="2026-11-28T10:00:00+09:00")
    assert kb("history", "acme", "--json").json["total"] == 4
    assert "アクメ" in kb("asof", "2026-11-27T11:00", "acme").out
    assert "アクメ" in kb("asof", "2026-11-26T11:00", "acme").out
    assert "アクメ" in kb("asof", "2026-11-25T09:30", "acme").out


def test_undo_takes_back_ones_own_last_change(kb, team, git):
    before = document(team)
    kb("add", "acme", "memo", "一")
    kb("add", "acme", "memo", "二")
    answer = kb("undo", "--json").json
    assert answer["undone"]["message"] == "acme 2026-11-25: 社内メモを追加"
    assert "一" in document(team)
    assert "二" not in document(team)
    kb("undo")
    assert document(team) == before
    assert git(team, "status", "--porcelain") == ""


def test_undo_leaves_what_others_did(kb, team):
    kb("add", "acme", "memo", "わたし")
    kb("add", "acme", "memo", "ほかの人", "--as", "鈴木 <suzuki@example.com>")
    kb("undo")
    assert "ほかの人" in document(team)
    assert "わたし" not in document(team)


# Kept, not saved


def merge_under_way(team, git):
    git(team, "checkout", "-qb", "other")
    path_of(team).write_text(document(team).replace("定例", "定例(別)"))
    git(team, "commit", "-qam", "theirs")
    git(team, "checkout", "-q", "main")
    path_of(team).write_text(document(team).replace("定例", "定例(こちら)"))
    git(team, "commit", "-qam", "ours")
    git(team, "merge", "other", check=False)
    assert "<<<<<<<" in document(team)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_merge_under_way_keeps_the_text(kb, team, git, lang):
    merge_under_way(team, git)
    half_merged = document(team)
    refused = kb("add", "acme/2026-11-25", "memo", "失われない文", code=4, lang=lang)
    sentence, hint = refused.err.splitlines()
    assert ("Kept, not saved" if lang == "en" else "取り置きました") in sentence
    assert "kb kept" in hint
    assert document(team) == half_merged
    (item,) = kb("kept", "--json").json["items"]
    assert list(item)[:5] == ["id", "at", "path", "reason", "text"]
    assert "失われない文" in item["text"]
    assert item["id"] in kb("kept").out
    assert "失われない文" in kb("kept", "show", item["id"]).out
    git(team, "merge", "--abort")
    applied = kb("kept", "apply", item["id"], "--json").json
    assert git(team, "rev-parse", "HEAD") == applied["commit"]
    assert "- 失われない文\n" in document(team)
    assert "定例(こちら)" in document(team)
    assert kb("kept", "--json").json["total"] == 0
    assert git(team, "status", "--porcelain") == ""


def test_cleaning_the_work_tree_loses_no_kept_text(kb, team, git):
    git(team, "checkout", "-q", "--detach")
    kb("add", "acme", "memo", "失われない文", code=4)
    git(team, "checkout", "-q", "main")
    git(team, "clean", "-fdxq")
    shutil.rmtree(team / ".kb", ignore_errors=True)
    (item,) = kb("kept", "--json").json["items"]
    assert "失われない文" in item["text"]
    assert kb("kept", "drop", item["id"], "--json").json["id"] == item["id"]
    assert kb("kept", "--json").json["total"] == 0
    for verb in ("show", "apply", "drop"):
        assert kb("kept", verb, item["id"], "--json", code=3).error["code"] == "no-kept"


# A stale editor


def test_a_stale_editor_loses_nothing(kb, team, git):
    stale = document(team)
    kb("add", "acme/2026-11-25", "memo", "保存された行")
    path_of(team).write_text(stale.replace("### 気づき\n", "### 気づき\n\n- エディターの行\n"))
    kb("add", "acme/2026-11-25", "insight", "もう一行")
    text = document(team)
    assert all(line in text for line in ("保存された行", "エディターの行", "もう一行"))
    assert "<<<<<<<" not in text
    sources = git(team, "log", "--format=%(trailers:key=Kb-Source,valueonly)").split()
    assert sources.count("outside") == 1


def test_an_editor_that_never_reads_the_file_again(kb, team):
    buffer = document(team)
    expected = []
    for turn in range(6):
        for kind in ("memo", "insight", "todo"):
            kb("add", "acme/2026-11-25", kind, f"{kind}の行{turn}")
        line = f"エディターの行{turn}"
        buffer = buffer.replace("### 気づき\n", f"### 気づき\n\n- {line}\n", 1)
        path_of(team).write_text(buffer)
        expected += [*(f"{kind}の行{turn}" for kind in ("memo", "insight", "todo")), line]
    kb("doctor", "--repair")
    text = document(team)
    aside = "".join(item["text"] for item in kb("kept", "--json").json["items"])
    assert [line for line in expected if line not in text + aside] == []
    assert sum(line not in text for line in expected) <= 1


@pytest.mark.slow
def test_twelve_random_stale_editors(kb, team):
    dice = random.Random(20261125)
    for kind, text in (("hypothesis", "仮説"), ("todo", "宿題"), ("insight", "気づき")):
        kb("add", "acme/2026-11-25", kind, f"{text}の元")
    expected = []
    for trial in range(12):
        stale = document(team).splitlines(keepends=True)
        kind = dice.choice(["memo", "todo", "insight", "decision", "hypothesis"])
        kb("add", "acme/2026-11-25", kind, f"先の行{trial}")
        items = [n for n, line in enumerate(stale) if line.startswith("- ") and ":" not in line]
        at = dice.choice(items) + 1
        box = "[ ] " if stale[at - 1].startswith("- [") else ""
        stale.insert(at, f"- {box}エディターの行{trial}\n")
        path_of(team).write_text("".join(stale))
        kb("add", "acme/2026-11-25", "memo", f"後の行{trial}")
        expected += [f"先の行{trial}", f"エディターの行{trial}", f"後の行{trial}"]
    text = document(team)
    aside = "".join(item["text"] for item in kb("kept", "--json").json["items"])
    assert [line for line in expected if line not in text + aside] == []
    assert sum(line not in text for line in expected) <= 1
    assert "<<<<<<<" not in text


@pytest.mark.parametrize("part", [0, 20, 150])
def test_an_editor_in_the_middle_of_writing_is_waited_for(kb, team, part):
    whole = document(team).replace("### 気づき\n", "### 気づき\n\n- エディターの行\n")
    path_of(team).write_text(whole[:part])
    writer = threading.Timer(0.03, path_of(team).write_text, [whole])
    writer.start()
    kb("add", "acme/2026-11-25", "memo", "保存する行")
    writer.join()
    kb("add", "acme/2026-11-25", "memo", "次の行")
    text = document(team)
    assert all(line in text for line in ("エディターの行", "保存する行", "次の行"))
    assert kb("kept", "--json").json["total"] == 0


def test_a_foreign_lock_of_gits_index_is_left_alone(kb, team, git):
    lock = team / ".git" / "index.lock"
    lock.write_bytes(b"")
    answer = kb("add", "acme/2026-11-25", "memo", "一行", "--json")
    assert answer.json["commit"] == git(team, "rev-parse", "HEAD")
    assert len(answer.err.splitlines()) == 1
    assert lock.exists()
    lock.unlink()
    kb("add", "acme/2026-11-25", "memo", "次の行")
    assert git(team, "status", "--porcelain") == ""


def test_every_change_says_that_git_was_busy(kb, demo, git, monkeypatch):
    monkeypatch.setattr("kb.store.indexlock.PATIENCE", 0.02)  # it stays busy
    (demo / ".git" / "index.lock").write_bytes(b"")
    for words in (
        ("review", "comment", "r-8w139p", "どうでしょう"),
        ("insight", "same", "i-2tapzf", "i-rzs479", "--why", "同じ"),
        ("principle", "retire", "p-value-90", "--why", "試し"),
        ("meeting", "cancel", "tomoshibi/2026-12-02"),
        ("account", "rename", "quillhaven", "quill"),
        ("account", "archive", "quill"),
        ("train", "score", "--share"),
    ):
        before = git(demo, "rev-parse", "HEAD")
        assert "次の操作で反映します" in kb(*words, "--as", "takahashi", lang="ja").err, words
        assert git(demo, "rev-parse", "HEAD") != before


def test_a_hand_edit_at_the_same_place_is_kept_and_told(kb, team):
    todo = kb("add", "acme/2026-11-25", "todo", "見積もりを送る", "--json").json["id"]
    stale = document(team)
    kb("done", todo)
    path_of(team).write_text(stale.replace("[ ] 見積もりを送る", "[ ] 見積もりを二通送る"))
    answer = kb("add", "acme/2026-11-25", "memo", "一行")
    aside = kb("kept", "--json").json["items"]
    shown = document(team) + "".join(item["text"] for item in aside)
    assert "見積もりを二通送る" in shown
    assert "一行" in document(team)
    assert len(answer.err.splitlines()) == len(aside)


# Two clones


@pytest.fixture
def clones(team, tmp_path, git):
    """Two clones of one shared place: ours is `team`, the other one is Suzuki's."""
    hub = tmp_path / "hub.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(hub))
    git(team, "remote", "add", "origin", str(hub))
    git(team, "push", "-q", "origin", "main")
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(hub), str(other))
    return team, other


SUZUKI = {"GIT_AUTHOR_NAME": "鈴木", "GIT_AUTHOR_EMAIL": "suzuki@example.com"}


def test_two_clones_meet(kb, clones, git):
    ours, theirs = clones
    for number, root in enumerate(clones):
        who = SUZUKI if number else {}
        words = ("meeting", "new", "acme", "--date", f"2026-12-0{number + 2}", "--title", "次")
        kb(*words, cwd=root, **who)
        kb("add", "acme/2026-11-25", "said", f"言葉{number}", cwd=root, **who)
        kb("add", "acme/2026-11-25", "todo", "同じ宿題", cwd=root, **who)
    before = [git(root, "rev-list", "HEAD").split() for root in clones]
    kb("sync", cwd=ours)
    answer = kb("sync", "--json", cwd=theirs, **SUZUKI).json
    assert answer["conflicts"] == []
    assert answer["merged"] == ["accounts/acme.md"]
    assert answer["pulled"] >= 3
    assert answer["pushed"] >= 3
    kb("sync", cwd=ours)
    assert document(ours) == document(theirs)
    text = document(ours)
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        line for line in sorted(text.splitlines(), reverse=True) if line.startswith("## ")
    ]
    assert text.count("## 2026-1") == 3
    assert "言葉0" in text
    assert "言葉1" in text
    assert text.count("- [ ] 同じ宿題 ^t-") == 1  # the same line got the same id in both
    assert "<<<<<<<" not in text
    everything = set(git(ours, "rev-list", "HEAD").split())
    assert all(set(commits) <= everything for commits in before)
    assert git(ours, "status", "--porcelain") == ""
    assert kb("sync", "--json", cwd=ours).json["pulled"] == 0


def test_both_clones_give_ids_to_the_same_lines(kb, clones, git):
    ours, theirs = clones
    text = document(ours).replace("### TODO\n", "### TODO\n\n- [ ] 一つ目\n- [ ] 二つ目\n", 1)
    text = text.replace("### アジェンダ", "- 手で書いた仮説\n\n### アジェンダ", 1)
    path_of(ours).write_text(text)
    kb("add", "acme/2026-11-25", "memo", "はじまり", cwd=ours)
    for root in (ours, theirs):
        kb("sync", cwd=root)
    (claim,) = kb("meeting", "show", "acme/2026-11-25", "--json").json["hypotheses"]
    first, second = (row["id"] for row in kb("todo", "--json").json["items"])
    kb("done", first, cwd=ours)
    kb("verdict", claim["id"], "supported", cwd=ours)
    for id_ in (first, second):
        kb("done", id_, cwd=theirs, **SUZUKI)
    kb("verdict", claim["id"], "supported", "--quote", "言った", cwd=theirs, **SUZUKI)
    kb("sync", cwd=ours)
    kb("sync", cwd=theirs, code=None, **SUZUKI)
    kb("sync", cwd=ours)
    merged = document(ours)
    assert merged == document(theirs)
    assert f"- [x] 一つ目 ^{first}\n- [x] 二つ目 ^{second}\n" in merged
    assert merged.count(f"^{claim['id']}") == 1
    assert "支持 「言った」" in merged
    assert "<<<<<<<" not in merged
    assert git(ours, "status", "--porcelain") == ""


def test_a_true_conflict_keeps_ours_and_blocks_nothing(kb, clones):
    ours, theirs = clones
    for root, name in ((ours, "先"), (theirs, "後")):
        for slug in ("acme", name.encode().hex()):
            if slug != "acme":
                kb("account", "add", slug, "--name", name, cwd=root)
        text = document(root).replace("name: アクメ株式会社", f"name: アクメ({name})")
        path_of(root).write_text(text)
        kb("add", "acme", "memo", f"{name}のメモ", cwd=root)
    kb("sync", cwd=ours)
    answer = kb("sync", "--json", cwd=theirs, code=4, **SUZUKI).json
    assert [one["path"] for one in answer["conflicts"]] == ["accounts/acme.md"]
    assert "アクメ(後)" in answer["conflicts"][0]["ours"]
    assert "アクメ(先)" in answer["conflicts"][0]["theirs"]
    text = document(theirs)
    assert "アクメ(先)" in text
    assert "先のメモ" in text
    assert "後のメモ" in text
    assert "<<<<<<<" not in text
    (aside,) = kb("kept", "--json", cwd=theirs).json["items"]
    assert "アクメ(後)" in aside["text"]
    assert kb("account", "list", "--json", cwd=theirs).json["total"] == 3


def test_without_a_shared_place_sync_says_so(kb, team):
    assert kb("sync", "--json", code=3).error["code"] == "no-remote"


# The doctor


def test_the_doctor_tells_of_documents_that_can_not_be_read(kb, team):
    path_of(team).write_text(document(team).replace("csm: sato", "csm: [sato"))
    answer = kb("doctor", "--json", code=5).json
    assert {one["code"] for one in answer["problems"]} == {"front-matter", "edited-outside"}
    assert kb("doctor", code=5).out


def test_the_doctor_takes_hand_edits_in(kb, team, git):
    path_of(team).write_text(document(team) + "\n手で書いた\n")
    (problem,) = kb("doctor", "--json").json["problems"]
    assert problem["code"] == "edited-outside"
    (mended,) = kb("doctor", "--repair", "--json").json["problems"]
    assert mended["repaired"]
    assert git(team, "status", "--porcelain") == ""


def test_reindex_reads_everything_again(kb, team):
    kb("add", "acme", "todo", "送る")
    before = kb("todo", "--json").out
    built = kb("reindex", "--json").json
    assert (built["documents"], built["items"]) == (1, 1)
    assert isinstance(built["took_ms"], int)
    assert kb("todo", "--json").out == before
