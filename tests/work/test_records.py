"""What is remembered of a history is what a reading from the beginning would give."""

import subprocess
import sys

import pytest
from past_kit import CLAIM, HEAD, INSIGHT, PATH, SATO, at, edit

from kb.store.ports import Edit
from kb.wiring import open_context, start_store
from kb.work import records_state
from kb.work.records import records

MEETING = CLAIM + INSIGHT
EARLIER = (
    MEETING.replace("11-25", "11-11").replace("m-4k7q2x", "m-2yn804").replace("3f9a7c", "xf08sr")
)


@pytest.fixture
def root(tmp_path, as_sato, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-27T09:00:00+09:00")
    start_store(tmp_path / "team", "sato", lang="ja", team="東")
    return tmp_path / "team"


@pytest.fixture
def save(root):
    def run(apply, *, when):
        opened = open_context(str(root), "sato", lang="ja")
        saved = opened.store.save([Edit(PATH, apply)], actor=SATO, message="書く", when=when)
        assert saved.commit
        opened.close()

    return run


@pytest.fixture
def known(root, monkeypatch):
    """The record as it is remembered and continued, after a check that it is the whole truth."""
    read = []

    def counted(self, *args):
        read.append(args[0].commit)
        return see(self, *args)

    see = records_state.History.see
    monkeypatch.setattr(records_state.History, "see", counted)

    def asked():
        opened = open_context(str(root), "sato", lang="ja")
        try:
            return records(opened, opened.catalogue.meetings("acme"))[PATH]
        finally:
            opened.close()

    def run(*, versions=None):
        read.clear()
        found = asked()
        number = len(read)
        opened = open_context(str(root), "sato", lang="ja")
        opened.catalogue.rows(lambda db: db.execute("DELETE FROM record"))
        opened.close()
        assert asked() == found, "going on and beginning anew say the same"
        if versions is not None:
            assert number == versions
        return found

    return run


def test_a_new_commit_is_added_to_what_is_known(save, known):
    save(lambda _: (HEAD + MEETING).encode(), when=at(9, day=20))
    assert known(versions=1).claims["m-4k7q2x", "h-3f9a7c"].now.at == at(9, day=20)
    assert known(versions=0) == known(versions=0)
    save(edit("確信度: 60%", "確信度: 70%"), when=at(9))
    assert known(versions=1).claims["m-4k7q2x", "h-3f9a7c"].stood.confidence == 70
    save(edit("確信度: 70%", "確信度: 60%"), when=at(15))
    claim = known(versions=1).claims["m-4k7q2x", "h-3f9a7c"]
    assert claim.now.at == at(9, day=20)
    assert claim.stood.confidence == 70
    save(edit("# アクメ\n", "# アクメ\n" + EARLIER), when=at(16))
    found = known(versions=1)
    assert found.claims["m-2yn804", "h-xf08sr"].stood is None
    assert len(found.insights) == 2


def test_a_meeting_that_came_back_is_read_from_the_beginning(save, known):
    save(lambda _: (HEAD + MEETING + EARLIER).encode(), when=at(9, day=10))
    known()
    save(lambda data: data.replace(EARLIER.encode(), b""), when=at(9, day=12))
    assert ("m-2yn804", "h-xf08sr") not in known(versions=1).claims
    save(lambda data: data + EARLIER.encode(), when=at(9, day=13))
    claim = known(versions=3).claims["m-2yn804", "h-xf08sr"]
    assert (claim.now.at, claim.stood.confidence) == (at(9, day=10), 60)


def test_a_moved_meeting_begins_at_another_time(save, known):
    save(lambda _: (HEAD + MEETING).encode(), when=at(15))
    assert known().claims["m-4k7q2x", "h-3f9a7c"].stood is None
    save(edit("14:00 定例", "18:00 定例"), when=at(16))
    assert known(versions=2).claims["m-4k7q2x", "h-3f9a7c"].stood.mark.at == at(15)


def test_another_history_is_read_anew(root, save, known, git_env):
    save(lambda _: (HEAD + MEETING).encode(), when=at(9, day=20))
    save(edit("確信度: 60%", "確信度: 70%"), when=at(9))
    known()
    for words in (["reset", "-q", "--hard", "HEAD^"], ["commit", "-q", "--amend", "-m", "anders"]):
        subprocess.run(["git", "-C", str(root), *words], check=True, env=git_env)
    claim = known(versions=1).claims["m-4k7q2x", "h-3f9a7c"]
    assert claim.stood.confidence == 60


@pytest.fixture
def git_env(monkeypatch):
    import os

    return os.environ | {
        "GIT_COMMITTER_DATE": "2026-11-19T09:00:00+09:00",
        "GIT_COMMITTER_NAME": "x",
        "GIT_COMMITTER_EMAIL": "sato@example.com",
    }


def test_a_new_address_of_a_member_is_read_anew(root, save, known):
    save(lambda _: (HEAD + MEETING).encode(), when=at(9, day=20))
    assert known().claims["m-4k7q2x", "h-3f9a7c"].now.by == ("sato",)
    toml = root / "kb.toml"
    toml.write_text(toml.read_text("utf-8").replace("sato@example.com", "s@example.com"), "utf-8")
    assert known(versions=1).claims["m-4k7q2x", "h-3f9a7c"].now.by == ("sato@example.com",)


def test_only_who_asks_for_it_reads_history(root, save):
    """A list, a TODO or a new line never looks into the past."""
    save(lambda _: (HEAD + MEETING).encode(), when=at(9, day=20))
    for words in (["meeting", "list"], ["todo"], ["add", "acme/2026-11-25", "said", "はい"]):
        code = (
            "import sys; from kb.faces.cli import app;"
            f"app.run(['--store', {str(root)!r}, *{words!r}]); print(*sys.modules)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        loaded = set(done.stdout.split())
        assert "kb.work.capture" in loaded or "kb.faces.cli.app" in loaded
        assert not {"kb.work.registration", "kb.work.records", "kb.work.past"} & loaded, words
