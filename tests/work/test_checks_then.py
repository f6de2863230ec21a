"""What was claimed before a meeting is asked of the history once, and again when that changed."""

import pytest
from past_kit import CLAIM, HEAD, PATH, SATO, at, edit

from kb.store import Edit, Store
from kb.wiring import open_context
from kb.work import checks_then

TOML = b'[members.sato]\nname = "\xe4\xbd\x90\xe8\x97\xa4"\nemail = "sato@example.com"\n'


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("KB_NOW", at(18).isoformat())
    made = Store.create(tmp_path / "s", {"kb.toml": TOML}, SATO, "start", at(8))
    yield made
    made.close()


def put(store, when, old, new):
    change = Edit(PATH, lambda data: edit(old, new)(data) if data else new.encode())
    store.save([change], actor=SATO, message="m", when=when)


@pytest.fixture
def asked(monkeypatch):
    """Count how often the history is asked for a text of before."""
    times = []
    real = Store.as_of
    monkeypatch.setattr(Store, "as_of", lambda *a: times.append(1) or real(*a))
    return times


def claims(store):
    """Return the claims that stood when the meeting began, in a context of their own."""
    ctx = open_context(str(store.root), "sato", lang="ja")
    try:
        row = ctx.catalogue.meetings("acme")[0]
        found = checks_then.then(ctx, row, at(14))
        return [one.text for one in found.meeting.hypotheses] if found.meeting else found.written
    finally:
        ctx.close()


class TestThen:
    def test_what_is_saved_later_is_no_reason_to_ask_again(self, store, asked):
        put(store, at(9), "", HEAD + CLAIM)
        before = claims(store)
        assert before == ["再オンボーディングを2回行えば利用率が戻る"]
        for minute in range(3):
            put(store, at(15, minute), "確信度: 6", "確信度: 66")
            assert claims(store) == before
        assert len(asked) == 1

    def test_what_comes_in_with_an_earlier_date_is(self, store, asked):
        put(store, at(9), "", HEAD + CLAIM)
        assert claims(store) == ["再オンボーディングを2回行えば利用率が戻る"]
        put(store, at(10), "2回行えば", "3回行えば")
        assert claims(store) == ["再オンボーディングを3回行えば利用率が戻る"]
        assert len(asked) == 2

    def test_what_was_not_committed_is_asked_each_time(self, store, asked):
        (store.root / "accounts").mkdir()
        (store.root / PATH).write_text(HEAD + CLAIM, "utf-8")
        assert claims(store) is True
        assert claims(store) is True
        assert len(asked) == 2

    def test_another_history_is_another_answer(self, store, asked):
        put(store, at(15), "", HEAD + CLAIM)
        assert claims(store) is True
        who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
        late = {"GIT_COMMITTER_DATE": at(15).isoformat()}
        store.room.git.must(*who, "commit", "--amend", "-qm", "by hand", env=late)
        assert claims(store) is False
        assert len(asked) == 2
