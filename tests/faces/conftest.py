"""Runs the command line in this process on real stores, as a person at a terminal would."""

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from kb.faces.cli import app

NOW = "2026-11-25T09:00:00+09:00"


class Result(NamedTuple):
    """What one command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def error(self):
        """The error document on stderr."""
        return json.loads(self.err)["error"]


@pytest.fixture
def kb(capsys, monkeypatch):
    """Run `kb ARGS`; `code` is what it must end with (None: whatever comes)."""

    def run(*args, code=0, now=None, lang=None, stdin=None, cwd=None, **env):
        with monkeypatch.context() as patch:
            patch.setenv("KB_NOW", now or os.environ.get("KB_NOW") or NOW)
            if lang:
                patch.setenv("KB_LANG", lang)
            for name, value in env.items():
                patch.setenv(name, value)
            if stdin is not None:
                patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            if cwd is not None:
                patch.chdir(cwd)
            capsys.readouterr()
            ended = app.run([str(arg) for arg in args])
            said = capsys.readouterr()
        result = Result(ended, said.out, said.err)
        assert code is None or ended == code, f"kb {args} ended with {result}"
        assert "Traceback" not in result.err
        return result

    return run


@pytest.fixture(scope="session")
def _made_team(tmp_path_factory):
    """A store made once, with one account and two meetings; tests work on copies."""
    root = tmp_path_factory.mktemp("made") / "team"
    env = os.environ | {
        "KB_NOW": "2026-11-20T10:00:00+09:00",
        "GIT_AUTHOR_NAME": "佐藤 恭平",
        "GIT_AUTHOR_EMAIL": "sato@example.com",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    for words in (
        ["init", str(root), "--lang", "ja", "--name", "東チーム"],
        ["--store", str(root), "account", "add", "acme", "--name", "アクメ株式会社"],
        [
            *("--store", str(root), "meeting", "new", "acme"),
            *("--date", "2026-11-25", "--start", "14:00", "--end", "14:50", "--title", "定例"),
        ],
    ):
        made = subprocess.run(
            [sys.executable, "-m", "kb", *words], env=env, capture_output=True, check=False
        )
        assert made.returncode == 0, made.stderr.decode()
    return root


@pytest.fixture
def team(_made_team, tmp_path, monkeypatch, as_sato):
    """A store of one's own in Japanese: acme, with a meeting on 2026-11-25 from 14:00 to 14:50."""
    del as_sato
    root = tmp_path / "team"
    shutil.copytree(_made_team, root, symlinks=True)
    monkeypatch.chdir(root)
    monkeypatch.setenv("KB_NOW", NOW)
    return root


COLLEAGUES = """

[members.mori]
name = "森 ひより"
email = "mori@example.com"

[members.takahashi]
name = "高橋 実紀"
email = "takahashi@example.com"
role = "lead"

[members.ito]
name = "伊藤 航"
email = "ito@example.com"
"""


@pytest.fixture
def colleagues(team):
    """The same store with mori, takahashi (a lead) and ito as members; not committed."""
    config = team / "kb.toml"
    config.write_text(config.read_text("utf-8") + COLLEAGUES, "utf-8")
    return team


@pytest.fixture
def git():
    """Run git in a folder as its owner would and return what it prints."""

    def run(root, *args, check=True):
        done = subprocess.run(
            ["git", "-C", str(root), "-c", "core.quotePath=false", *args],
            capture_output=True,
            check=False,
        )
        assert not check or done.returncode == 0, done.stderr.decode()
        return done.stdout.decode("utf-8", "replace").rstrip("\n")

    return run


@pytest.fixture(scope="session")
def _made_sample(tmp_path_factory):
    """The sample team's files in a repository with one commit, as somebody copied them in."""
    from kb import starter

    root = tmp_path_factory.mktemp("made-sample") / "sample"
    for path, data in starter.files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    demo = starter.home() / "kb" / "demo"
    shutil.copy(demo / "kb.toml", root)
    for folder in ("reviews", "signals"):
        shutil.copytree(demo / folder, root / folder)
    shutil.copy(demo / "outcomes.csv", root)
    (root / ".gitignore").write_text(".kb/\n")
    (root / ".gitattributes").write_text("*.md -text\n")
    who = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], [*who, "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True)
    return root


@pytest.fixture
def sample(_made_sample, tmp_path, monkeypatch, as_sato):
    """A copy of the sample team's store, seen by sato on 2026-11-21 at noon."""
    del as_sato
    root = tmp_path / "sample"
    shutil.copytree(_made_sample, root, symlinks=True)
    monkeypatch.chdir(root)
    monkeypatch.setenv("KB_NOW", "2026-11-21T12:00:00+09:00")
    return root


@pytest.fixture(scope="session")
def _made_demo(built, tmp_path_factory):
    """The sample team's store with its whole history, made once; few files, so quickly copied."""
    from kb.wiring import open_context

    root = shutil.copytree(
        built.store, tmp_path_factory.mktemp("made-demo") / "demo", symlinks=True
    )
    subprocess.run(["git", "-C", str(root), "repack", "-adq"], check=True, capture_output=True)
    context = open_context(str(root), "ito", lang="ja")
    context.past.versions("accounts/minasoko.md")
    context.close()
    return root


@pytest.fixture
def demo(_made_demo, tmp_path, monkeypatch):
    """A copy of the sample team's store on its last day; who acts is said with --as."""
    root = tmp_path / "demo"
    shutil.copytree(_made_demo, root, symlinks=True)
    monkeypatch.chdir(root)
    monkeypatch.setenv("KB_NOW", "2026-11-21T12:00:00+09:00")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "x")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "x@example.com")
    return root
