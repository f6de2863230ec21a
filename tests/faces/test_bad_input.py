"""What can't be done is said in one sentence, with the right exit code, and changes nothing."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ACME = "accounts/acme.md"
MEMO = ("add", "acme/2026-11-25", "memo", "失われない文")


class Case(NamedTuple):
    """A command that must fail: how it must end, and what was done to the store before."""

    args: tuple[str, ...]
    exit: int
    code: str
    before: Callable[..., None] = lambda _team, _git: None
    stdin: bytes | None = None
    env: dict[str, str] = {}  # noqa: RUF012 (never written to)
    kept: bool = False
    back: bool = False


def write(name: str, data: bytes) -> Callable[..., None]:
    return lambda team, _git: (team / name).write_bytes(data)


def broken_settings(old: str, new: str) -> Callable[..., None]:
    def change(team: Path, _git):
        text = (team / "kb.toml").read_text("utf-8")
        assert old in text
        (team / "kb.toml").write_text(text.replace(old, new), "utf-8")

    return change


def two_topics(team: Path, _git):
    text = (team / ACME).read_text("utf-8")
    (team / ACME).write_text(text.replace("####\n", "#### 価格の話\n\n#### 価格ではない話\n"))


def no_identity(_team: Path, _git):
    for name in list(os.environ):
        if name.startswith(("GIT_AUTHOR", "GIT_COMMITTER")):
            del os.environ[name]


def bare(team: Path, git):
    git(team, "clone", "-q", "--bare", ".", "bare.git")


def no_repository(team: Path, _git):
    (team / "plain").mkdir()
    (team / "plain" / "kb.toml").write_text("format = 1\n")


def detached(team: Path, git):
    git(team, "checkout", "-q", "--detach")


def other_branch(team: Path, git):
    git(team, "checkout", "-qb", "other")


def two_sides(team: Path, git):
    """Two branches that changed the same line."""
    for branch, title in (("other", "別の題"), ("main", "こちらの題")):
        git(team, "checkout", "-q", *(["-b"] if branch == "other" else []), branch)
        path = team / ACME
        path.write_text(path.read_text("utf-8").replace("定例", title), "utf-8")
        git(team, "commit", "-qam", branch)


def merging(team: Path, git):
    two_sides(team, git)
    git(team, "merge", "other", check=False)


def rebasing(team: Path, git):
    two_sides(team, git)
    git(team, "rebase", "other", check=False)


def picking(team: Path, git):
    two_sides(team, git)
    git(team, "cherry-pick", "other", check=False)


def markers(team: Path, _git):
    path = team / ACME
    text = path.read_text("utf-8")
    path.write_text(
        text + "\n<<<<<<< HEAD\nこちら\n=======\nあちら\n>>>>>>> other\n", encoding="utf-8"
    )


def staged(team: Path, git):
    path = team / ACME
    before = path.read_bytes()
    path.write_bytes(before + "\nコミット待ち\n".encode())
    git(team, "add", ACME)
    path.write_bytes(before)


def link_out(team: Path, _git):
    outside = team.parent / "outside.md"
    outside.write_bytes((team / ACME).read_bytes())
    (team / ACME).unlink()
    (team / ACME).symlink_to(outside)


def linked_folder(team: Path, _git):
    outside = team.parent / "outside"
    (team / "accounts").rename(outside)
    (team / "accounts").symlink_to(outside)


def large_file(team: Path, _git):
    with (team.parent / "large.md").open("wb") as file:
        file.truncate(21 * 1024 * 1024)


def large_document(team: Path, _git):
    with (team / ACME).open("ab") as file:
        file.write((b"x" * 1023 + b"\n") * 21 * 1024)


def failing(step: str, error: str) -> dict[str, str]:
    return {"KB_TESTING": "1", "KB_FAILPOINT": f"{step}:{error}"}


NEW = ("account", "add")
NEXT = ("meeting", "new", "acme")
CASES = {
    # 2: the words can be mended
    "slug out of the store": Case((*NEW, "../x", "--name", "x"), 2, "bad-slug"),
    "slug in a folder": Case((*NEW, "a/b", "--name", "x"), 2, "bad-slug"),
    "slug with a line break": Case((*NEW, "a\nb", "--name", "x"), 2, "bad-slug"),
    "slug like an option": Case((*NEW, "--name", "x", "--", "-rf"), 2, "bad-slug"),
    "empty slug": Case((*NEW, "", "--name", "x"), 2, "bad-slug"),
    "slug like an id": Case((*NEW, "m-4k7q2x", "--name", "x"), 2, "bad-slug-id"),
    "slug of another system's device": Case((*NEW, "con", "--name", "x"), 2, "bad-slug"),
    "slug that differs by case only": Case((*NEW, "ACME", "--name", "x"), 2, "account-alike"),
    "slug that differs by width only": Case((*NEW, "ａｃｍｅ", "--name", "x"), 2, "account-alike"),
    "slug that is taken": Case((*NEW, "acme", "--name", "x"), 2, "account-exists"),
    "line break in a name": Case((*NEW, "beta", "--name", "a\nb"), 2, "bad-name"),
    "blank name": Case((*NEW, "beta", "--name", " "), 2, "bad-name"),
    "day that there is not": Case((*NEXT, "--date", "2026-02-30"), 2, "bad-date"),
    "day in words": Case((*NEXT, "--date", "明日"), 2, "bad-date"),
    "time that there is not": Case((*NEXT, "--start", "25:00"), 2, "bad-time"),
    "due in words": Case(("add", "acme", "todo", "x", "--due", "soon"), 2, "bad-date"),
    "owner of two words": Case(("add", "acme", "todo", "x", "--owner", "a b"), 2, "bad-owner"),
    "reference with no day": Case(("add", "acme/11-25", "memo", "x"), 2, "bad-ref"),
    "reference out of the store": Case(("add", "../x", "memo", "x"), 2, "bad-ref"),
    "unknown kind": Case(("add", "acme", "poem", "x"), 2, "usage-choice"),
    "empty text": Case(("add", "acme", "memo", " \n "), 2, "text-empty"),
    "text that nobody sees": Case(("add", "acme", "memo", "\u200b\u2060"), 2, "text-empty"),
    "text with NUL": Case(("add", "acme", "memo", "-"), 2, "text-nul", stdin=b"a\0b"),
    "reason with NUL": Case(
        ("meeting", "close", "acme", "--gut", "red", "--why", "a\0b"), 2, "text-nul"
    ),
    "CSM of two words": Case((*NEW, "beta", "--name", "x", "--csm", "a b"), 2, "bad-handle"),
    "somebody with a second line": Case((*NEXT, "--with", "a\n- 決定: q"), 2, "bad-person"),
    "two in one": Case((*NEXT, "--with", "山田, 太郎"), 2, "bad-person"),
    "theirs and ours in one": Case((*NEXT, "--with", "山田 / 佐藤"), 2, "bad-person"),
    "name that nobody sees": Case((*NEW, "beta", "--name", "\u200d"), 2, "bad-name"),
    "settings of a later kb": Case(
        MEMO, 2, "config-newer", broken_settings("format = 1", "format = 9")
    ),
    "store where no folder can be": Case(("init", "/proc/x"), 2, "folder-not-made"),
    "store with a very long name": Case(("init", "x" * 300), 2, "folder-not-made"),
    "line of 50 MB": Case(
        ("add", "acme", "memo", "-"), 2, "input-too-large", stdin=b"x" * 50_000_000
    ),
    "line of 1 MB": Case(("add", "acme", "memo", "-"), 2, "text-too-long", stdin=b"x" * 1_000_000),
    "text in another encoding": Case(
        ("add", "acme", "memo", "-"), 2, "input-encoding", stdin="日本".encode("cp932")
    ),
    "more than certain": Case(
        ("add", "acme", "hypothesis", "x", "--confidence", "101"), 2, "bad-confidence"
    ),
    "option of another kind": Case(
        ("add", "acme", "said", "x", "--owner", "sato"), 2, "option-not-here"
    ),
    "topic that fits two": Case(
        ("add", "acme", "said", "x", "--under", "価格"), 2, "topic-ambiguous", two_topics
    ),
    "no id": Case(("done", "招待状"), 2, "bad-id"),
    "unknown verdict": Case(("verdict", "h-000000", "maybe"), 2, "usage-choice"),
    "unknown option": Case(("todo", "--owners", "sato"), 2, "usage-no-option-near"),
    "unknown command": Case(("tood",), 2, "usage-no-command-near"),
    "missing argument": Case(("add", "acme", "memo"), 2, "usage-missing"),
    "word too many": Case(("undo", "x"), 2, "usage-extra"),
    "option without its value": Case(("todo", "--owner"), 2, "usage-option-empty"),
    "value of an option that takes none": Case(("todo", "--overdue=3"), 2, "usage-option-flag"),
    "no moment": Case(("asof", "きのう", "acme"), 2, "bad-moment"),
    "year of no calendar": Case(("import", ACME, "--year", "99999"), 2, "import-bad-year"),
    "notes of 21 MB": Case(("import", "../large.md"), 2, "import-too-large", large_file),
    "document of 21 MB": Case(MEMO, 2, "document-too-large", large_document),
    "clock that is none": Case(MEMO, 2, "bad-now", env={"KB_NOW": "noon"}),
    "broken settings": Case(MEMO, 2, "config-syntax", broken_settings("[team]", "[team")),
    "settings with a wrong value": Case(
        MEMO, 2, "config-value", broken_settings('language = "ja"', 'language = "fr"')
    ),
    "settings in another encoding": Case(MEMO, 2, "config-encoding", write("kb.toml", b"\xff")),
    "settings with a secret": Case(
        MEMO, 2, "config-secret", broken_settings("[store]", 'slack_token = "x"\n[store]')
    ),
    "no author": Case(MEMO, 2, "no-author", no_identity),
    "unknown member": Case((*MEMO, "--as", "dareka"), 2, "unknown-member"),
    "store in a full folder": Case(("init", "."), 2, "already-a-store"),
    # 3: it is not there
    "no store": Case(("todo", "--store", "/"), 3, "no-store"),
    "no such folder": Case(("todo", "--store", "nowhere/at/all/\n"), 3, "no-store"),
    "bare repository": Case(("todo", "--store", "bare.git"), 3, "bare-repository", bare),
    "no repository": Case(("todo", "--store", "plain"), 3, "no-repository", no_repository),
    "unknown account": Case(("add", "beta", "memo", "x"), 3, "no-account"),
    "unknown account's list": Case(("todo", "--account", "beta"), 3, "no-account"),
    "no meeting that day": Case(("add", "acme/2026-11-24", "memo", "x"), 3, "no-meeting"),
    "no meeting at that time": Case(("add", "acme/2026-11-25T15:00", "memo", "x"), 3, "no-meeting"),
    "unknown topic": Case(("add", "acme", "said", "x", "--under", "無い"), 3, "no-topic"),
    "unknown id": Case(("done", "t-000000"), 3, "no-id"),
    "unknown kept text": Case(("kept", "apply", "k-000000"), 3, "no-kept"),
    "notes that are not there": Case(("import", "nothing.md"), 3, "import-no-path"),
    "nobody to sync with": Case(("sync",), 3, "no-remote"),
    "nothing to undo": Case(("undo", "--as", "誰か <a@example.com>"), 3, "nothing-to-undo"),
    # 4: kept, not saved
    "old state": Case(MEMO, 4, "detached", detached, kept=True),
    "another branch": Case(MEMO, 4, "other-branch", other_branch, kept=True),
    "merge": Case(MEMO, 4, "merge-under-way", merging, kept=True),
    "rebase": Case(MEMO, 4, "rebase-under-way", rebasing, kept=True),
    "cherry-pick": Case(MEMO, 4, "cherry-pick-under-way", picking, kept=True),
    "marks of a merge": Case(MEMO, 4, "conflict-markers", markers, kept=True),
    "another text waits": Case(MEMO, 4, "index-differs", staged, kept=True),
    "read-only disk": Case(MEMO, 4, "read-only", env=failing("stage", "EROFS"), back=True),
    "read-only repository": Case(MEMO, 4, "read-only", env=failing("object", "EROFS"), back=True),
    "full disk": Case(MEMO, 4, "disk-full", env=failing("stage", "ENOSPC"), back=True),
    "full disk for objects": Case(MEMO, 4, "disk-full", env=failing("object", "ENOSPC"), back=True),
    # 6: not allowed
    "link out of the store": Case(MEMO, 6, "symlink", link_out),
    "linked folder": Case(MEMO, 6, "symlink", linked_folder),
}


def state(team: Path, git) -> tuple[object, ...]:
    """Return all that must not change: every file, the branch, git's index, merges under way."""
    files = {}
    for folder, folders, names in os.walk(team):
        folders[:] = [name for name in folders if name not in {".git", ".kb", "bare.git"}]
        for name in names:
            path = Path(folder, name)
            files[str(path)] = os.readlink(path) if path.is_symlink() else path.read_bytes()
    heads = git(team, "for-each-ref", "refs/heads")
    under_way = sorted(p.name for p in (team / ".git").iterdir() if p.name.isupper())
    head = (team / ".git" / "HEAD").read_text()
    return files, heads, head, under_way, git(team, "ls-files", "-s")


@pytest.mark.parametrize("name", CASES)
def test_one_sentence_the_right_exit_code_and_nothing_changed(kb, team, git, name, monkeypatch):
    case = CASES[name]
    for key in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.setenv(key, os.environ[key])  # a case may take them away
    monkeypatch.setenv("KB_NOW", "2026-11-25T09:00:00+09:00")
    case.before(team, git)
    before = state(team, git)
    sentences = set()
    for lang in ("ja", "en"):
        options = {"code": case.exit, "lang": lang, "stdin": case.stdin, **case.env}
        if "KB_NOW" in case.env:
            options["now"] = options.pop("KB_NOW")
        said = kb(*case.args, **options)
        assert said.out == ""
        sentence, hint, *more = said.err.rstrip("\n").split("\n")
        assert sentence.endswith(("。", ".", ")", "?")) or ": " in sentence
        assert len(sentence) < 300
        assert all(word not in sentence + hint for word in ("Traceback", "None", "Error", "{"))
        if case.back:
            assert any("失われない文" in line for line in more)
        elif case.code.startswith("usage-"):
            assert len(more) <= 2  # the hint may be how the command is written
        else:
            assert more == []
        sentences.add(sentence)
        args = [*case.args[:1], "--json", *case.args[1:]]
        error = kb(*args, **options).error
        assert error["code"] == case.code
        assert error["message"] == sentence
    assert len(sentences) == 2
    assert state(team, git) == before
    if case.kept:
        texts = git(team, "for-each-ref", "refs/kb/kept", "--format=%(refname)").split()
        assert len(texts) == 4  # once for each time that it was tried
        shown = kb("kept", "--json", code=None)
        if shown.code == 0:
            assert "失われない文" in shown.json["items"][0]["text"]


def test_hostile_names(kb, team, git, shared, tmp_path):
    names = json.loads((shared / "data/attacks/own/bad_names.json").read_text("utf-8"))
    assert len(names) == 75
    before = state(team, git)
    beside = sorted(tmp_path.iterdir())
    for name in names:
        if "\0" in name:
            continue  # no command line can hold one
        for args in (
            ("add", "--", name, "memo", "x"),
            ("account", "show", "--", name),
            ("import", "--account", "acme", "--", f"inbox/{name}"),
            ("todo", f"--store={tmp_path}/nowhere/{name}"),
            ("history", "--", name),
            ("asof", "--", "2026-11-25", name),
            ("done", "--", name),
        ):
            said = kb(*args, code=None)
            assert said.code in (2, 3, 6), (args, said)
            assert 1 <= len(said.err.rstrip("\n").split("\n")) <= 4, (args, said)
    assert state(team, git) == before
    assert sorted(tmp_path.iterdir()) == beside


def test_hostile_names_as_new_accounts(kb, team, git, shared, tmp_path):
    names = json.loads((shared / "data/attacks/own/bad_names.json").read_text("utf-8"))
    beside = sorted(tmp_path.iterdir())
    for name in names:
        if "\0" in name:
            continue
        said = kb("account", "add", "--name", "x", "--", name, code=None)
        assert said.code in (0, 2), (name, said)
    accounts = kb("account", "list", "--json").json["items"]
    folded = {path.name.casefold() for path in (team / "accounts").iterdir()}
    assert len(folded) == len(accounts)
    assert all(path.parent == team / "accounts" for path in (team / "accounts").rglob("*"))
    assert sorted(tmp_path.iterdir()) == beside
    assert git(team, "status", "--porcelain") == ""
    subprocess.run(["git", "-C", str(team), "fsck", "--strict"], check=True, capture_output=True)
