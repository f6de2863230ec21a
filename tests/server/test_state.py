"""The server's own database: for its owner alone, whole or not at all, readable by this kb only."""

import os
import sqlite3
import stat

import pytest

from kb.errors import NeedsRepair, NotAllowed, WrongUse
from kb.server import passwords
from kb.server.folder import default_folder, open_folder, private
from kb.server.people import People
from kb.server.roles import ROLES, enough
from kb.server.state import SCHEMA, State


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Hashing as slow as it should be would take most of the tests' time."""
    from argon2 import PasswordHasher

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: cheap)


@pytest.fixture
def state(tmp_path):
    made = State(open_folder(tmp_path / "state", tmp_path / "store"), clock=lambda: 1000.0)
    yield made
    made.close()


def test_a_change_is_whole_or_not_at_all(state):
    with pytest.raises(sqlite3.IntegrityError), state.write() as db:
        db.executemany("INSERT INTO receipt VALUES(?, 1)", [("a",), ("b",), ("a",)])
    assert state.read("SELECT * FROM receipt") == []


def test_a_later_or_broken_database_is_left_alone_with_a_sentence(state, tmp_path):
    with state.write() as db:
        db.execute(f"PRAGMA user_version={SCHEMA + 1}")
    state.close()
    with pytest.raises(NeedsRepair, match="state-broken"):
        State(tmp_path / "state")
    broken = open_folder(tmp_path / "broken", tmp_path / "store")
    (broken / "state.sqlite").write_bytes(b"nothing of SQLite" * 100)
    with pytest.raises(NeedsRepair, match="state-broken"):
        State(broken)
    assert (broken / "state.sqlite").read_bytes().startswith(b"nothing")


def test_a_folder_that_others_can_read_is_closed(tmp_path):
    (tmp_path / "open").mkdir(mode=0o755)
    folder = open_folder(tmp_path / "open", tmp_path / "store")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_in_the_way_is_said(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(WrongUse, match="state-folder"):
        open_folder(tmp_path / "file", tmp_path / "store")


def test_a_symbolic_link_is_not_written_through(tmp_path):
    (tmp_path / "elsewhere").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="link"):
        private(tmp_path / "link")
    assert (tmp_path / "elsewhere").read_text() == "x"


def test_a_file_that_others_could_read_is_closed_before_it_is_written(tmp_path):
    path = tmp_path / "state.sqlite"
    path.touch(0o644)
    os.close(private(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_each_store_has_a_folder_of_its_own_by_its_path(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    one, two = default_folder(tmp_path / "a"), default_folder(tmp_path / "b")
    assert one != two
    assert one == default_folder(tmp_path / "x" / ".." / "a")
    assert tmp_path / "state" / "kb" in one.parents


def test_another_process_sees_what_was_written(state, tmp_path):
    People(state).invite("sato", "佐藤", "admin", "")
    with sqlite3.connect(tmp_path / "state" / "state.sqlite") as other:
        assert other.execute("SELECT key, password FROM person").fetchall() == [("sato", None)]


def test_who_never_came_in_is_no_administrator_who_remains(state):
    people = People(state)
    people.accept(people.invite("sato", "佐藤", "admin", ""), "tall green lamp")
    people.invite("mori", "森", "admin", "sato")
    with pytest.raises(NotAllowed, match="last-admin"):
        people.remove("sato")
    assert people.get("sato") is not None


def test_an_invitation_to_reset_takes_no_role_away(state):
    people = People(state)
    people.invite("sato", "佐藤", "admin", "")
    people.invite("sato", "佐藤", None, "mori")
    assert people.get("sato").role == "admin"


@pytest.mark.parametrize(
    "typed", ["correct horse battery", "たのしいさんぽみち十二三", "gX4kLp92mQzT"]
)
def test_a_password_of_some_words_is_fit(typed):
    assert passwords.fit(typed, "sato", "佐藤 恭平") == typed


@pytest.mark.parametrize(
    "typed",
    [
        *("password1234", "Password12345!", "qwertyuiop12", "1q2w3e4r5t6y", "abcdefghijkl"),
        *("aaaaaaaaaaaa", "abcabcabcabc", "kyohei-sato-1", "つどい伴走チームつどい伴走チーム"),
        *("satosato@example.com",),
    ],
)
def test_a_password_that_is_tried_first_is_not(typed):
    with pytest.raises(WrongUse, match="password-easy"):
        passwords.fit(typed, "sato", "kyohei sato", "つどい伴走チーム", "sato@example.com")


def test_every_keyboard_types_the_same_password():
    kept = passwords.hashed(passwords.fit("ｔａｌｌ green ガランプ"))
    assert passwords.agrees(kept, "tall green ガランプ")
    assert not passwords.agrees(kept, "tall green カランプ")


def test_hashing_costs_what_it_should(monkeypatch):
    monkeypatch.undo()
    kept = passwords.hashed("tall green lamp")
    assert kept.startswith("$argon2id$v=19$m=32768,t=3,p=1$")


def test_each_role_may_what_the_ones_before_may():
    for place, role in enumerate(ROLES):
        assert [enough(role, least) for least in ROLES] == [n <= place for n in range(len(ROLES))]
