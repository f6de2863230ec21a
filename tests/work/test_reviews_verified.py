"""Whose events of a thread are their own: read on from what is known, as if all were read anew."""

import subprocess

import pytest
from past_kit import SATO, at

from kb.store.ports import Actor, Edit
from kb.text.thread import append, begin, new_event
from kb.wiring import open_context, start_store
from kb.work import reviews
from kb.work.past import Past

THREAD = "reviews/2026-11-25.md"
MORI = Actor("mori", "森", "mori@example.com")


@pytest.fixture
def ctx(tmp_path, as_sato, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-26T09:00:00+09:00")
    start_store(tmp_path / "team", "sato", lang="ja", team="東")
    with (tmp_path / "team/kb.toml").open("a", encoding="utf-8") as file:
        file.write('\n[members.mori]\nname = "森"\nemail = "mori@example.com"\nrole = "member"\n')
    opened = open_context(str(tmp_path / "team"), "sato", lang="ja")
    yield opened
    opened.close()


@pytest.fixture
def say(ctx):
    """Let `by` write an event of a member into the thread; returns its line."""

    def run(minute, member, by):
        time = at(9, minute).isoformat()
        event = new_event("r-1", time, "commented", member, body=f"{minute}")
        front = {"review": "r-1", "of": "acme#^m-4k7q2x", "kind": "pre"}

        def apply(data):
            return append(data or begin(front, "事前"), event)

        saved = ctx.store.save([Edit(THREAD, apply)], actor=by, message="書く", when=at(9, minute))
        assert saved.commit
        ctx.close()
        return event.head

    return run


@pytest.fixture
def texts(monkeypatch):
    """The versions of files that were read from the history."""
    found = []
    whole = Past.text

    def text(past, version):
        found.append(version.commit)
        return whole(past, version)

    monkeypatch.setattr(Past, "text", text)
    return found


def test_each_version_is_read_once_and_the_answer_is_that_of_reading_all(ctx, say, texts):
    own = {say(0, "sato", SATO), say(1, "mori", MORI)}
    forged = say(2, "mori", SATO)
    assert reviews.verified(ctx, THREAD) == own
    assert len(texts) == 3
    ctx.close()
    assert reviews.verified(ctx, THREAD) == own
    assert len(texts) == 3, "nothing new was written"
    own.add(say(3, "mori", MORI))  # her commit holds the forged line, too, which was there before
    own.add(say(4, "sato", SATO))
    assert reviews.verified(ctx, THREAD) == own
    assert forged not in own
    assert len(texts) == 5, "only what is new is read"


def test_an_address_that_is_another_members_now_has_all_read_again(ctx, say, texts):
    own = {say(0, "mori", MORI), say(1, "sato", SATO)}
    assert reviews.verified(ctx, THREAD) == own
    path = ctx.root / "kb.toml"
    path.write_text(path.read_text("utf-8").replace("[members.mori]", "[members.ito]"), "utf-8")
    again = open_context(str(ctx.root), "sato", lang="ja")
    (left,) = reviews.verified(again, THREAD)
    again.close()
    assert "@sato" in left
    assert len(texts) == 4


def test_a_history_that_was_rewritten_is_not_taken_for_the_one_that_was_read(ctx, say, texts):
    forged = say(0, "mori", SATO)
    own = say(1, "sato", SATO)
    assert reviews.verified(ctx, THREAD) == {own}
    git = ["git", "-C", str(ctx.root)]
    subprocess.run([*git, "reset", "-q", "--soft", "HEAD~2"], check=True)
    author = ["--author", "森 <mori@example.com>"]
    subprocess.run([*git, "commit", "-qm", "まとめて", *author], check=True)
    again = open_context(str(ctx.root), "sato", lang="ja")
    assert reviews.verified(again, THREAD) == {forged}
    again.close()


def test_what_was_remembered_in_another_form_is_read_anew(ctx, say):
    own = say(0, "sato", SATO)
    from kb.catalogue import claims

    for mark in ("f" * 64, "9" * 30 + ":x", "²:x", ":", "", "1:", "5:" + "0" * 64):
        row = (f"{THREAD}#verified", mark, b"no number\nx")
        ctx.catalogue.rows(lambda db, row=row: claims.remember(db, [row]))
        assert reviews.verified(ctx, THREAD) == {own}, mark
