"""Edits made outside kb: hand edits, stale buffers, a person's own git."""

import os
import random
import subprocess
import time

import pytest
from store_kit import (
    COMMITTER,
    DOC,
    IDENTITY,
    SATO,
    append,
    git,
    is_whole,
    merge_sections,
    open_store,
)

from kb.errors import Kept
from kb.store import Edit, Put

RUNNING = """---
account: acme
name: アクメ株式会社
stage: adoption
---

# アクメ株式会社

## 2026-11-25 14:00 第4四半期レビュー

- 出席: @tanaka / @sato

### 事前仮説

- 管理者の交代で利用が落ちている。
  - 検証: 尋ねる
  - 確信度: 70%

### アジェンダ

#### 再オンボーディングの進め方

- スタンス: 12月前半に2回
- お客様: 初回は管理者だけでよい

### TODO

- [ ] 招待状を送る @sato due:2026-11-28

### 社内メモ

## 2026-10-28 定例

### アジェンダ

#### 現状の共有

- お客様: 特に困っていない

### TODO

- [x] 資料を送る @sato
"""
PLACES = (
    "- スタンス: 12月前半に2回",
    "### TODO",
    "### 社内メモ",
    "- お客様: 特に困っていない",
    "  - 検証: 尋ねる",
)


def put_line(text, rng, line):
    """Insert a line after a random line that structure hangs on."""
    lines = text.decode().split("\n")
    spots = [n for n, one in enumerate(lines) if one in PLACES]
    lines.insert(rng.choice(spots) + 1, line)
    return "\n".join(lines).encode()


def test_a_hand_edit_gets_a_commit_of_its_own(store, root):
    (root / DOC).write_bytes((root / DOC).read_bytes() + "- 手で書いた行\n".encode())
    saved = store.save([Edit(DOC, append("- kbの行"))], actor=SATO, message="kb")
    assert saved.merged == (DOC,)
    log = git(root, "log", "-2", "--format=%an|%(trailers:key=Kb-Source,valueonly,separator=)")
    assert log == "佐藤 恭平|clock\n手元の人|outside\n"
    assert "手で書いた行" in git(root, "show", f"HEAD~1:{DOC}")
    assert (root / DOC).read_text().endswith("- 手で書いた行\n- kbの行\n")
    is_whole(root)


def test_a_staged_hand_edit_is_taken_in_too(store, root):
    (root / DOC).write_bytes((root / DOC).read_bytes() + b"- staged\n")
    git(root, "add", DOC)
    store.save([Edit(DOC, append("- kb"))], actor=SATO, message="kb")
    assert (root / DOC).read_text().endswith("- staged\n- kb\n")
    is_whole(root)


def test_another_staged_text_is_not_touched(store, root):
    before = (root / DOC).read_bytes()
    (root / DOC).write_bytes(before + b"- staged\n")
    git(root, "add", DOC)
    (root / DOC).write_bytes(before + b"- then edited\n")
    with pytest.raises(Kept) as caught:
        store.save([Edit(DOC, append("- kb"))], actor=SATO, message="kb")
    assert caught.value.code == "index-differs"
    assert git(root, "show", f":{DOC}").encode() == before + b"- staged\n"
    git(root, "commit", "-m", "mine")
    store.apply_kept(store.kept()[0].id, actor=SATO)
    text = (root / DOC).read_text()
    assert all(line in text for line in ("- staged", "- then edited", "- kb"))


def test_a_new_file_made_by_hand_is_taken_in(store, root):
    (root / "accounts/beta.md").write_text("# Beta\n")
    store.save([Edit("accounts/beta.md", append("- kb"))], actor=SATO, message="kb")
    assert git(root, "log", "--format=%s", "--", "accounts/beta.md").count("\n") == 2
    is_whole(root)


def test_an_emptied_or_missing_file_is_no_edit(store, root):
    before = (root / DOC).read_bytes()
    (root / DOC).write_bytes(b"")
    store.save([Edit(DOC, append("- a"))], actor=SATO, message="x")
    (root / DOC).unlink()
    store.save([Edit(DOC, append("- b"))], actor=SATO, message="x")
    assert (root / DOC).read_bytes() == before + b"- a\n- b\n"
    is_whole(root)


def test_a_stale_editor_loses_nothing(root):
    store = open_store(root, merge=merge_sections)
    store.save([Edit(DOC, lambda _: RUNNING.encode())], actor=SATO, message="start")
    stale = (root / DOC).read_bytes()
    store.save(
        [Edit(DOC, lambda t: put_line(t, random.Random(1), "- 新しい行"))], actor=SATO, message="1"
    )
    (root / DOC).write_bytes(put_line(stale, random.Random(2), "- 古い画面の行"))
    store.save(
        [Edit(DOC, lambda t: put_line(t, random.Random(3), "- 三つ目"))], actor=SATO, message="2"
    )
    text = (root / DOC).read_text()
    assert all(line in text for line in ("- 新しい行", "- 古い画面の行", "- 三つ目"))
    assert "<<<<" not in text
    outside = git(root, "log", "--format=%(trailers:key=Kb-Source,valueonly,separator=)")
    assert outside.split().count("outside") == 1
    is_whole(root)


def one_trial(store, root, trial):
    """Save a while, then let an editor write an old buffer back; return (lost lines, put aside)."""
    rng = random.Random(trial)
    path = f"accounts/c{trial}.md"
    store.save([Put(path, RUNNING.encode(), None)], actor=SATO, message="start")
    written, versions = [], [RUNNING.encode()]
    for step in range(rng.randint(1, 5)):
        written.append(f"- 行{trial}-{step}")
        change = Edit(path, lambda text: put_line(text, rng, written[-1]))
        store.save([change], actor=SATO, message="x")
        versions.append((root / path).read_bytes())
    buffer = rng.choice(versions[:-1])
    known = set(buffer.decode().split("\n"))
    mine = [f"- 古い画面{trial}-{n}" for n in range(rng.randint(1, 3))]
    for line in mine:
        buffer = put_line(buffer, rng, line)
    if rng.random() < 0.3:
        buffer = buffer.replace("特に困っていない".encode(), f"困っている{trial}".encode())
    (root / path).write_bytes(buffer)
    change = Edit(path, lambda text: put_line(text, rng, "- 最後"))
    saved = store.save([change], actor=SATO, message="y")
    text = (root / path).read_text()
    assert "<<<<" not in text
    kept = [one.text.decode() for one in store.kept() if one.id in saved.kept]
    everywhere = "\n".join([text, *kept]).split("\n")
    wanted = [*mine, "- 最後", *written]
    return [line for line in wanted if line not in everywhere and line not in known], saved.kept


@pytest.mark.slow
def test_150_stale_editors_lose_nothing_and_hardly_anything_is_put_aside(root, monkeypatch):
    monkeypatch.setattr("kb.store.worktree.QUIET", 0.0)
    monkeypatch.setattr("os.fsync", lambda _: None)  # no power cut is tried here
    monkeypatch.setattr("kb.store.files._range", lambda *_: True)
    store = open_store(root, merge=merge_sections)
    results = [one_trial(store, root, trial) for trial in range(150)]
    assert [lost for lost, _ in results if lost] == []
    assert sum(bool(aside) for _, aside in results) <= 15
    store.close()
    is_whole(root)


def test_a_merge_under_way_keeps_the_text(store, root):
    git(root, "checkout", "-q", "-b", "side")
    (root / DOC).write_bytes(b"# side\n")
    git(root, "commit", "-qam", "side")
    git(root, "checkout", "-q", "main")
    (root / DOC).write_bytes(b"# main\n")
    git(root, "commit", "-qam", "main")
    git(root, "merge", "side", check=False)
    marked = (root / DOC).read_bytes()
    assert b"<<<<<<<" in marked
    with pytest.raises(Kept) as caught:
        store.save([Edit(DOC, append("- kb"))], actor=SATO, message="追加")
    assert caught.value.code == "merge-under-way"
    assert caught.value.exit_code == 4
    assert (root / DOC).read_bytes() == marked
    git(root, "clean", "-fdxq")
    git(root, "merge", "--abort")
    (kept,) = store.kept()
    assert kept.id == caught.value.params["kept"]
    assert (kept.path, kept.reason, kept.text) == (DOC, "merge-under-way", b"# main\n- kb\n")
    git(root, "gc", "-q", "--prune=now")
    store.apply_kept(kept.id, actor=SATO)
    assert (root / DOC).read_bytes() == b"# main\n- kb\n"
    assert store.kept() == []
    is_whole(root)


def test_markers_left_in_a_file_keep_the_text(store, root):
    (root / DOC).write_bytes(b"<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n")
    with pytest.raises(Kept) as caught:
        store.save([Edit(DOC, append("- kb"))], actor=SATO, message="追加")
    assert caught.value.code == "conflict-markers"
    assert store.kept()[0].text.endswith("- 一行目\n- kb\n".encode())


@pytest.mark.parametrize(
    ("commands", "code"),
    [
        ([["checkout", "-q", "--detach"]], "detached"),
        ([["checkout", "-q", "-b", "other"]], "other-branch"),
        (
            [["checkout", "-q", "-b", "x"], ["commit", "-qam", "x"], ["checkout", "-q", "main"]],
            None,
        ),
    ],
)
def test_another_branch_keeps_the_text(root, commands, code):
    store = open_store(root, branch="main")
    (root / "accounts/other.md").write_text("x\n")
    git(root, "add", "accounts/other.md")
    for command in commands:
        git(root, *command)
    before = git(root, "rev-parse", "HEAD", "main"), (root / DOC).read_bytes()
    if code is None:
        store.save([Edit(DOC, append("- kb"))], actor=SATO, message="x")
        return
    with pytest.raises(Kept) as caught:
        store.save([Edit(DOC, append("- kb"))], actor=SATO, message="x")
    assert caught.value.code == code
    assert (git(root, "rev-parse", "HEAD", "main"), (root / DOC).read_bytes()) == before
    git(root, "checkout", "-q", "main")
    store.apply_kept(store.kept()[0].id, actor=SATO)
    assert (root / DOC).read_text().endswith("- 一行目\n- kb\n")


def test_a_rebase_and_a_cherry_pick_keep_the_text(store, root):
    git(root, "checkout", "-q", "-b", "side")
    (root / DOC).write_bytes(b"# side\n")
    git(root, "commit", "-qam", "side")
    git(root, "checkout", "-q", "main")
    (root / DOC).write_bytes(b"# main\n")
    git(root, "commit", "-qam", "main")
    git(root, "cherry-pick", "side", check=False)
    with pytest.raises(Kept) as picked:
        store.save([Edit(DOC, append("- kb"))], actor=SATO, message="x")
    git(root, "cherry-pick", "--abort")
    git(root, "rebase", "side", check=False)
    with pytest.raises(Kept) as rebased:
        store.save([Edit(DOC, append("- kb2"))], actor=SATO, message="x")
    git(root, "rebase", "--abort")
    assert [picked.value.code, rebased.value.code] == ["cherry-pick-under-way", "rebase-under-way"]
    assert len(store.kept()) == 2


def test_a_foreign_lock_on_the_index_is_waited_for_never_removed(store, root):
    lock = root / ".git/index.lock"
    lock.touch()
    saved = store.save([Edit(DOC, append("- eins"))], actor=SATO, message="x")
    assert saved.warnings == ("index-pending",)
    again = open_store(root).save([Edit(DOC, append("- zwei"))], actor=SATO, message="x")
    assert again.commit
    assert lock.exists()
    lock.unlink()
    assert git(root, "status", "--porcelain", "-uall") != ""
    open_store(root)
    is_whole(root)
    assert (root / DOC).read_text().endswith("- eins\n- zwei\n")


def test_a_lock_is_waited_for_once(store, root, monkeypatch):
    """Each save that waits for the index was waited for again: ten of them took three seconds."""
    monkeypatch.setattr("kb.store.indexlock.PATIENCE", 0.4)
    (root / ".git/index.lock").touch()
    took = []
    for number in range(4):
        began = time.monotonic()
        saved = store.save([Edit(DOC, append(f"- {number}"))], actor=SATO, message="x")
        took.append(time.monotonic() - began)
        assert saved.warnings == ("index-pending",)
    assert took[0] >= 0.4
    assert max(took[1:]) < 0.4
    (root / ".git/index.lock").unlink()
    (root / ".git/index.lock.new").touch()
    (root / ".git/index.lock.new").rename(root / ".git/index.lock")
    began = time.monotonic()
    store.save([Edit(DOC, append("- noch eine"))], actor=SATO, message="x")
    assert time.monotonic() - began >= 0.4, "another lock may be lifted in a moment"


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="the system does not show what runs")
def test_a_lock_that_was_left_behind_is_told_at_once_and_stays(store, root, monkeypatch):
    git(root, "repack", "-adq")  # a git of kb's own reads what is packed
    monkeypatch.chdir(root)
    monkeypatch.setattr("kb.store.indexlock.PATIENCE", 60)
    monkeypatch.setattr("kb.store.lock.PATIENCE", 60)
    lock = root / ".git/index.lock"
    lock.touch()
    long_ago = time.time() - 600
    os.utime(lock, (long_ago, long_ago))
    (root / ".git/COMMIT_EDITMSG").touch()  # as if a commit were written under it
    began = time.monotonic()
    saved = store.save([Edit(DOC, append("- eins"))], actor=SATO, message="x")
    again = open_store(root).save([Edit(DOC, append("- zwei"))], actor=SATO, message="x")
    assert time.monotonic() - began < 20
    assert (saved.warnings, again.warnings) == (("index-left",), ("index-left",))
    assert lock.exists()
    lock.unlink()
    open_store(root)
    is_whole(root)


def test_an_old_lock_is_not_left_behind_while_a_git_runs(store, root, monkeypatch):
    lock = root / ".git/index.lock"
    lock.touch()
    long_ago = time.time() - 600
    os.utime(lock, (long_ago, long_ago))
    running = subprocess.Popen(
        ["git", "hash-object", "--stdin"],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    saved = store.save([Edit(DOC, append("- eins"))], actor=SATO, message="x")
    running.communicate()
    assert saved.warnings == ("index-pending",)
    monkeypatch.setattr("kb.store.people.PROCESSES", root / "nowhere")
    saved = store.save([Edit(DOC, append("- zwei"))], actor=SATO, message="x")
    assert saved.warnings == ("index-pending",), "where nothing shows what runs, something may"


@pytest.mark.slow
def test_a_commit_that_waits_in_an_editor_is_not_disturbed(store, root, tmp_path):
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsleep 1\necho "von Hand" > "$1"\n')
    editor.chmod(0o755)
    (root / "kb.toml").write_text("# von Hand\n")
    person = subprocess.Popen(
        ["git", "-C", str(root), "commit", "-a"],
        env={**os.environ, **IDENTITY, **COMMITTER, "GIT_EDITOR": str(editor)},
        stdout=subprocess.DEVNULL,
    )
    while not (root / ".git/index.lock").exists():
        time.sleep(0.01)
    time.sleep(0.1)
    store.save([Edit(DOC, append("- kb"))], actor=SATO, message="kb")
    assert person.wait(10) == 0
    assert git(root, "log", "-2", "--format=%s") == "kb\nvon Hand\n"
    is_whole(root)


def section(number):
    """Return a meeting in which little but its number tells it from the others."""
    return (
        f"## 2026-11-{number:02} 定例{number}\n\n- 出席: / @sato\n\n### アジェンダ\n\n"
        f"#### 論点の{number}番目\n\n- スタンス: 進めたい\n- お客様: 声の{number}番目\n\n"
        f"### TODO\n\n- [ ] 宿題の{number}番目\n\n"
    )


def grown(root):
    """Return a store whose document got a meeting on top five times, each in a save of its own."""
    store = open_store(root, merge=merge_sections)
    store.save([Edit(DOC, lambda _: "# アクメ\n\n".encode())], actor=SATO, message="start")
    for number in (1, 4, 11, 18, 25):
        top = "# アクメ\n\n".encode()
        new = section(number).encode()
        edit = Edit(DOC, lambda t, new=new, top=top: top + new + (t or b"").removeprefix(top))
        store.save([edit], actor=SATO, message=f"meeting {number}")
    return store


@pytest.mark.parametrize("gone", [(1,), (18,), (4, 1), (11, 4, 1), (18, 4)])
def test_meetings_deleted_by_hand_stay_deleted(root, gone):
    store = grown(root)
    text = (root / DOC).read_text()
    for number in gone:
        text = text.replace(section(number), "")
    (root / DOC).write_text(text)
    change = Edit(DOC, lambda t: (t or b"").replace("声の25番目".encode(), "声の25番目!".encode()))
    saved = store.save([change], actor=SATO, message="x")
    assert (root / DOC).read_text() == text.replace("声の25番目", "声の25番目!")
    much = ("much-deleted",) if len(gone) > 1 else ()
    assert (saved.kept, saved.warnings) == ((), much)


def test_what_an_old_buffer_lacked_is_kept_and_said(root):
    store = grown(root)
    stale = (root / DOC).read_bytes()
    store.save([Edit(DOC, append("- 後から来た行"))], actor=SATO, message="x")
    (root / DOC).write_bytes(stale)
    saved = store.save([Edit(DOC, append("- もう一行来た"))], actor=SATO, message="y")
    assert "- 後から来た行" in (root / DOC).read_text()
    assert "old-buffer" in saved.warnings


def test_what_the_branch_has_and_an_old_buffer_took_out_of_the_file_is_brought_along(root):
    store = grown(root)
    stale = (root / DOC).read_bytes()

    def once(text):
        return (
            text if b"[x]" in text else text.replace("# アクメ".encode(), "# アクメ [x]".encode())
        )

    store.save([Edit(DOC, once)], actor=SATO, message="x")
    wanted, tip = (root / DOC).read_bytes(), store.head()
    (root / DOC).write_bytes(stale)
    again = store.save([Edit(DOC, once)], actor=SATO, message="x")
    assert (root / DOC).read_bytes() == wanted
    assert (again.commit, again.merged, store.head()) == (None, (DOC,), tip)
    is_whole(root)
    # What was only written by hand waits for a save that has something to say.
    (root / DOC).write_bytes(wanted + "- 手で書いた行\n".encode())
    assert store.save([Edit(DOC, once)], actor=SATO, message="x").merged == ()
    assert store.head() == tip


@pytest.mark.parametrize(
    ("line", "corrected"),
    [
        ("- お客様: 研修は二回がよいと思います", "- お客様: 研修は三回がよいと思います"),
        ("- [ ] 資料を送る ^t-8f3kq0", "- [ ] 資料と見積もりを送ります ^t-8f3kq0"),
        ("- the admins come frist", "- the admins come first"),
        ("- [ ] Call Bob @ann ^t-8f3kq0", "- [ ] Call Bobby @ann"),
    ],
)
def test_a_line_that_was_just_written_can_be_corrected_by_hand(root, line, corrected):
    store = grown(root)
    store.save([Edit(DOC, append(line))], actor=SATO, message="x")
    text = (root / DOC).read_text().replace(line, corrected)
    (root / DOC).write_text(text)
    saved = store.save([Edit(DOC, append("- さらに一行"))], actor=SATO, message="y")
    assert (root / DOC).read_text() == text + "- さらに一行\n"
    assert (saved.kept, saved.warnings) == ((), ())


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        ("- お客様: はい、進めます", "- お客様: いいえ、待ちます"),
        ("- line number 1 of many", "- line number 2 of many"),
        ("- Customer: the first line", "- Customer: the stale line"),
        ("- 行10-1", "- 行10-2"),
    ],
)
def test_an_old_buffer_s_line_is_no_correction_of_the_others(root, theirs, mine):
    store = grown(root)
    stale = (root / DOC).read_bytes()
    store.save([Edit(DOC, append(theirs))], actor=SATO, message="x")
    (root / DOC).write_bytes(stale + mine.encode() + b"\n")
    store.save([Edit(DOC, append("- さらに一行"))], actor=SATO, message="y")
    text = (root / DOC).read_text()
    assert theirs in text
    assert mine in text


@pytest.mark.parametrize("line", ["- 消したい行", "- [ ] Call Zed @ann ^t-8f3kq0"])
def test_a_line_taken_out_again_stays_out(root, line):
    store = grown(root)
    store.save([Edit(DOC, append(line))], actor=SATO, message="x")
    for number in range(2):
        (root / DOC).write_text((root / DOC).read_text().replace(line + "\n", ""))
        store.save([Edit(DOC, append(f"- z{number}"))], actor=SATO, message="y")
    assert line not in (root / DOC).read_text()


def test_an_old_buffer_that_ticks_the_same_box_loses_nothing(root):
    store = grown(root)
    stale = (root / DOC).read_text()
    box = "- [ ] 宿題の18番目"
    ticked = box.replace("[ ]", "[x]")
    tick = Edit(DOC, lambda t: (t or b"").replace(box.encode(), ticked.encode()))
    store.save([tick], actor=SATO, message="x")
    store.save([Edit(DOC, append("- ほかの人の行"))], actor=SATO, message="y")
    (root / DOC).write_text(stale.replace(box, ticked))
    store.save([Edit(DOC, append("- さらに一行"))], actor=SATO, message="z")
    text = (root / DOC).read_text()
    assert "- ほかの人の行" in text
    assert ticked in text


def test_a_meeting_written_on_an_old_buffer_loses_nothing(root):
    store = open_store(root, merge=merge_sections)
    top = "# アクメ\n\n"
    store.save([Edit(DOC, lambda _: top.encode())], actor=SATO, message="start")
    theirs, mine = section(18), section(25).replace("声の25番目", "手で書いた声")
    store.save([Edit(DOC, lambda t: (t or b"") + theirs.encode())], actor=SATO, message="x")
    (root / DOC).write_text(top + mine)
    store.save([Edit(DOC, append("- さらに一行"))], actor=SATO, message="y")
    text = (root / DOC).read_text()
    assert all(line in text for line in ("声の18番目", "手で書いた声", "- さらに一行"))
