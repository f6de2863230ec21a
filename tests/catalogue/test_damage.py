"""A catalogue that is no good is never an error, and the documents are only read."""

import errno
import hashlib
import os
import signal
import sqlite3
import sys
import time

import pytest
from catalogue_kit import ACME, BETA, answers, python

from kb.catalogue import schema

CATCH_UP = """
import sys
from pathlib import Path
from kb.catalogue.catalogue import Catalogue
print("ready", flush=True)
sys.stdin.readline()
catalogue = Catalogue(Path(sys.argv[1]), members=("sato", "mori"))
print(catalogue.catch_up(), len(catalogue.todos("2026-11-25")), flush=True)
"""


def documents(root):
    return {
        path: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in (root / "accounts").rglob("*.md")
    }


@pytest.fixture
def said(store):
    """What a good catalogue says; the documents must be as they were in the end."""
    before = documents(store.root)
    catalogue = store.catalogue()
    found = answers(catalogue)
    catalogue.close()
    yield found
    assert documents(store.root) == before


def truncated(file):
    os.truncate(file, file.stat().st_size // 2)


def emptied(file):
    os.truncate(file, 0)


def cut_to_a_page(file):
    os.truncate(file, 4096)


def rubbish(file):
    file.write_bytes(b"not a database at all" * 1000)


def zeros_inside(file):
    size = file.stat().st_size
    with open(file, "r+b") as opened:
        for at in range(4096, size, 4096):
            opened.seek(at)
            opened.write(bytes(4096))


def foreign(file):
    file.unlink()
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE meeting (mine TEXT)")
        db.execute("INSERT INTO meeting VALUES ('keep')")
    db.close()


def older(file):
    with sqlite3.connect(file) as db:
        db.execute(f"PRAGMA user_version = {schema.SCHEMA - 1 or 99}")
    db.close()


def lost_table(file):
    with sqlite3.connect(file) as db:
        db.execute("DROP TABLE item")
    db.close()


def lost_readings(file):
    with sqlite3.connect(file) as db:
        db.execute("DELETE FROM section")
    db.close()


def odd_readings(file):
    with sqlite3.connect(file) as db:
        db.execute("UPDATE section SET body = x'ff'")
        db.execute("UPDATE parsed SET body = x'7b'")
        db.execute("UPDATE file SET size = 0")
    db.close()


def old_log(file):
    with open(f"{file}-wal", "wb") as log:
        log.write(b"\x37\x7f\x06\x82" + bytes(range(256)) * 40)


def folder(file):
    file.unlink()
    file.mkdir()
    (file / "mine").touch()


@pytest.mark.parametrize(
    "harm",
    [
        *(truncated, emptied, cut_to_a_page, rubbish, zeros_inside, foreign, older),
        *(lost_table, lost_readings, odd_readings, old_log, folder),
    ],
)
def test_a_harmed_catalogue_changes_no_answer(store, said, harm):
    harm(store.file)
    assert answers(store.catalogue()) == said
    assert answers(store.catalogue()) == said


def test_a_foreign_file_is_set_aside_not_lost(store, said):
    foreign(store.file)
    assert answers(store.catalogue()) == said
    with sqlite3.connect(f"{store.file}.damaged") as db:
        assert db.execute("SELECT mine FROM meeting").fetchone() == ("keep",)
    db.close()


def test_a_catalogue_harmed_while_it_is_open_changes_no_answer(store, said):
    catalogue = store.catalogue()
    assert answers(catalogue) == said
    truncated(store.file)
    catalogue.catch_up()
    assert answers(catalogue) == said
    assert answers(store.catalogue()) == said


def test_a_deleted_folder_changes_no_answer_of_an_open_catalogue(store, said):
    catalogue = store.catalogue()
    catalogue.catch_up()
    for file in (store.root / ".kb").iterdir():
        file.unlink()
    (store.root / ".kb").rmdir()
    catalogue.catch_up()
    assert answers(catalogue) == said


def refuse(monkeypatch, code):
    """Let every write to a catalogue's file fail with this code, as the system would."""
    real = schema._connect

    def connect(name):
        db = real(name)
        if name != ":memory:":

            def check(action, *_):
                writes = {sqlite3.SQLITE_INSERT, sqlite3.SQLITE_DELETE, sqlite3.SQLITE_UPDATE}
                if action in writes:
                    raise_later.append(code)
                    return sqlite3.SQLITE_DENY
                return sqlite3.SQLITE_OK

            db.set_authorizer(check)
        return db

    raise_later = []
    monkeypatch.setattr(schema, "_connect", connect)
    return raise_later


def test_a_catalogue_that_cannot_be_written_is_answered_from_memory(store, monkeypatch):
    catalogue = store.catalogue()
    catalogue.catch_up()
    catalogue.close()
    before = store.file.read_bytes()
    store.write("accounts/west/beta.md", BETA.replace("an owner", "me"))
    denied = refuse(monkeypatch, "full")
    catalogue = store.catalogue()
    assert "Name me" in [t.text for t in catalogue.todos("2026-11-25")]
    assert denied
    assert catalogue.parsed == 1
    assert store.file.read_bytes() == before


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_a_folder_that_cannot_be_made_is_no_error(store, monkeypatch, number):
    def no(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(schema, "open_file", no)
    catalogue = store.catalogue()
    assert len(catalogue.todos("2026-11-25")) == 3
    assert not (store.root / ".kb").exists()


@pytest.mark.platform
@pytest.mark.skipif(os.geteuid() == 0 or sys.platform == "win32", reason="rights don't bind root")
def test_a_read_only_store_is_listed(store):
    store.root.chmod(0o555)
    try:
        assert len(store.catalogue().todos("2026-11-25")) == 3
    finally:
        store.root.chmod(0o755)


def test_a_full_disk_is_no_error(store, said, monkeypatch):
    real = schema._connect

    def tight(name):
        db = real(name)
        if name != ":memory:":
            (pages,) = db.execute("PRAGMA page_count").fetchone()
            db.execute(f"PRAGMA max_page_count = {pages or 1}")
        return db

    monkeypatch.setattr(schema, "_connect", tight)
    added = "## 2026-11-20 x\n\n### TODO\n\n" + "".join(
        f"- [ ] {n} {'long ' * 50}\n" for n in range(200)
    )
    store.write("accounts/long.md", added)
    assert len(store.catalogue().todos("2026-11-25", account="long")) == 200
    (store.root / "accounts/long.md").unlink()
    assert answers(store.catalogue()) == said


def test_somebody_who_writes_for_long_delays_no_answer_for_ever(store, said, monkeypatch):
    store.catalogue().catch_up()
    real = schema._connect

    def hasty(name):
        db = real(name)
        db.execute("PRAGMA busy_timeout = 50")
        return db

    monkeypatch.setattr(schema, "_connect", hasty)
    other = sqlite3.connect(store.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.write("accounts/new.md", "## 2026-11-20 x\n\n### TODO\n\n- [ ] hi\n")
    try:
        found = store.catalogue().todos("2026-11-25", account="new")
        assert [t.text for t in found] == ["hi"]
    finally:
        other.execute("ROLLBACK")
        other.close()
    (store.root / "accounts/new.md").unlink()
    assert answers(store.catalogue()) == said


def many(store, accounts):
    for number in range(accounts):
        text = ACME.replace("account: acme", f"account: a{number:03}") + BETA * 3
        store.write(f"accounts/a{number:03}.md", text)


@pytest.mark.slow
def test_two_processes_that_catch_up_at_once_agree(store):
    many(store, 60)
    running = [python(CATCH_UP, store.root, stdin=-1, stdout=-1, text=True) for _ in range(3)]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("\n")
        process.stdin.flush()
    lines = [process.communicate(timeout=60)[0].split() for process in running]
    assert {line[1] for line in lines} == {str(3 + 60 * 5)}
    assert {process.returncode for process in running} == {0}
    fresh = store.catalogue()
    assert fresh.catch_up() == 0
    db = sqlite3.connect(store.file)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    (orphans,) = db.execute(
        "SELECT count(*) FROM item WHERE meeting NOT IN (SELECT n FROM meeting)"
    ).fetchone()
    assert orphans == 0
    db.close()


@pytest.mark.slow
def test_a_kill_while_catching_up_is_healed_by_the_next(store):
    many(store, 80)
    whole = answers(store.catalogue())
    parsed = []
    for turn in range(6):
        for file in (store.root / ".kb").iterdir():
            file.unlink()
        process = python(CATCH_UP, store.root, stdin=-1, stdout=-1, text=True)
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("\n")
        process.stdin.flush()
        while not store.file.exists():
            time.sleep(0.002)
        time.sleep(0.05 + turn * 0.08)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        after = store.catalogue()
        assert answers(after) == whole
        parsed.append(after.parsed)
        after.close()
    assert any(parsed), "no kill came in time"
