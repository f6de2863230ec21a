"""What was claimed before a meeting is asked of the history once, and again when that changed."""

from datetime import timedelta

import pytest
from past_kit import CLAIM, HEAD, PATH, SATO, at, edit

from kb.store import Edit, Move, Store
from kb.wiring import open_context
from kb.work import checks, checks_then

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


def claims(store, *, own=False):
    """Return the claims that stood when the meeting began, in a context of their own."""
    ctx = open_context(str(store.root), "sato", lang="ja")
    try:
        row = ctx.catalogue.meetings("acme")[0]
        found = checks_then.then(ctx, row, at(14), own=own)
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


OURS = (HEAD + CLAIM).replace(" ^m-4k7q2x", "")
THEIRS = OURS.replace("アクメ", "別の会社").replace("2回", "4回")
OUR_CLAIM = "再オンボーディングを2回行えば利用率が戻る"
THEIR_CLAIM = "再オンボーディングを4回行えば利用率が戻る"


def created(store, when, account):
    text = OURS if account == "acme" else THEIRS.replace("account: acme", f"account: {account}")
    store.save(
        [Edit(f"accounts/{account}.md", lambda _: text.encode())],
        actor=SATO,
        message="m",
        when=when,
    )


def renamed(store, when, old, new):
    changes = [
        Move(f"accounts/{old}.md", f"accounts/{new}.md"),
        Edit(f"accounts/{new}.md", edit(f"account: {old}", f"account: {new}")),
    ]
    for minute, change in enumerate(changes):
        store.save([change], actor=SATO, message="m", when=when + timedelta(minutes=minute))


def late(store):
    """Return what the check says of the claims of the meeting."""
    ctx = open_context(str(store.root), "sato", lang="ja")
    try:
        _, found = checks.check(ctx, "acme")
        return [one.message for one in found if one.code == "late"]
    finally:
        ctx.close()


class TestAnotherDocumentHadItsName:
    """Both have a meeting of the same day, hour and title: even its id may be the same."""

    def test_what_was_claimed_in_the_other_one_says_nothing(self, store):
        created(store, at(9), "acme")
        assert late(store) == []
        assert claims(store, own=True) == [OUR_CLAIM]
        renamed(store, at(15), "acme", "acme-old")
        put(store, at(16), "", THEIRS.replace("60%", "70%"))
        assert claims(store, own=True) is True
        assert len(late(store)) == 1

    def test_its_own_claims_are_those_under_the_name_that_it_had(self, store):
        created(store, at(9), "acme")
        created(store, at(10), "east")
        assert claims(store, own=True) == [OUR_CLAIM]
        renamed(store, at(15), "acme", "acme-old")
        renamed(store, at(16), "east", "acme")
        assert late(store) == []
        assert claims(store, own=True) == [THEIR_CLAIM]

    def test_it_may_have_come_with_a_merge(self, store):
        created(store, at(9), "acme")
        assert claims(store, own=True) == [OUR_CLAIM]
        who = ("-c", "user.name=x", "-c", "user.email=x@example.com")

        def git(*words):
            late = {"GIT_COMMITTER_DATE": at(15).isoformat()}
            store.room.git.must(*who, *words, env=late)

        git("checkout", "-qb", "side")
        git("mv", PATH, "accounts/acme-old.md")
        git("commit", "-qm", "moved")
        (store.root / PATH).write_text(THEIRS, "utf-8")
        git("add", PATH)
        git("commit", "-qm", "created")
        git("checkout", "-q", "main")
        git("merge", "-q", "--no-ff", "side", "-m", "both")
        old = store.root / "accounts/acme-old.md"
        old.write_text(old.read_text("utf-8").replace("account: acme", "account: old"), "utf-8")
        assert claims(store, own=True) is False

    def test_what_is_as_it_was_is_believed_at_once(self, store, monkeypatch):
        times = []
        real = Store.history
        monkeypatch.setattr(Store, "history", lambda *a: times.append(1) or real(*a))
        created(store, at(9), "acme")
        assert late(store) == []
        assert times == []
        put(store, at(15), "確信度: 60", "確信度: 70")
        for minute in range(2):
            put(store, at(16, minute), "アクメ\n", "アクメ\n\nメモ\n")
            assert len(late(store)) == 1
        assert times == []
