"""Whatever changed the files, the next answer has it, and nothing is parsed without need."""

import os
import random
import time

import pytest
from catalogue_kit import ACME, BETA, NOW, answers

from kb.catalogue.documents import blob_id
from kb.text.outline import parse

P_X = "---\nprinciple: p-x\ntitle: 引き継ぐ\nstatus: candidate\n---\n"


def todos(catalogue):
    return [todo.text for todo in catalogue.todos("2026-11-25")]


def big(meetings):
    return "# Big\n\n" + "".join(
        f"## {2000 + n // 300}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02} meeting {n}\n\n"
        f"### TODO\n\n- [ ] task {n} @sato due:2026-12-01 ^t-{n:06}\n\n### 気づき\n\n- lesson {n}\n\n"
        for n in range(meetings, 0, -1)
    )


def test_a_second_look_parses_nothing_and_says_the_same(store):
    first = store.catalogue()
    said = answers(first)
    assert first.parsed == 2
    second = store.catalogue()
    assert answers(second) == said
    assert second.parsed == 0


def test_deleting_the_catalogue_changes_no_answer(store):
    said = answers(store.catalogue())
    for file in (store.root / ".kb").iterdir():
        file.unlink()
    (store.root / ".kb").rmdir()
    assert repr(answers(store.catalogue())).encode() == repr(said).encode()


def test_git_does_not_see_the_catalogue(store):
    store.git("init", "-q")
    store.catalogue().catch_up()
    store.git("add", "-A")
    store.git("commit", "-qm", "x")
    assert not (store.root / ".git/index").read_bytes().count(b"catalogue")


def test_what_others_did_to_the_rows_is_known_at_the_next_look(store):
    mine, other = store.catalogue(), store.catalogue()
    assert mine.catch_up() == 2
    assert mine.catch_up() == 0
    store.write("accounts/west/beta.md", BETA.replace("an owner", "no owner"), age=50)
    assert other.catch_up() == 1
    assert mine.catch_up() == 0
    assert "Name no owner" in todos(mine)
    for lost in (other, mine):
        lost.rows(lambda db: db.execute("DELETE FROM file WHERE path = 'accounts/acme.md'"))
        mine.catch_up()
        held = "SELECT count(*) FROM file WHERE path = 'accounts/acme.md'"
        assert other.rows(lambda db, held=held: db.execute(held).fetchone()) == (1,)
    (store.root / "accounts/acme.md").unlink()
    assert other.catch_up() == 0
    assert "見積もりを送る" not in todos(mine)


def test_an_edit_by_hand_shows_in_the_same_instant(store):
    catalogue = store.catalogue()
    catalogue.catch_up()
    for turn in range(5):
        store.write("accounts/west/beta.md", BETA.replace("an owner", f"owner {turn}"), age=0)
        assert catalogue.catch_up() == 1
        assert f"Name owner {turn}" in todos(catalogue)


def test_an_edit_that_keeps_size_and_time_shows_if_the_file_was_young(store):
    store.write("accounts/west/beta.md", BETA, age=0)
    file = store.root / "accounts/west/beta.md"
    before = file.stat()
    store.catalogue().catch_up()
    with open(file, "r+b") as opened:
        opened.write(BETA.replace("an owner", "no owner").encode())
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "Name no owner" in todos(store.catalogue())


def test_an_old_file_is_not_read_again(store, monkeypatch):
    store.catalogue().catch_up()
    monkeypatch.setattr("kb.catalogue.catchup._bytes", lambda file: pytest.fail(f"read {file}"))
    assert store.catalogue().catch_up() == 0


def test_files_that_go_come_and_move(store):
    catalogue = store.catalogue()
    catalogue.catch_up()
    (store.root / "accounts/west/beta.md").rename(store.root / "accounts/beta.md")
    assert catalogue.catch_up() == 0
    assert catalogue.account("beta").path == "accounts/beta.md"
    (store.root / "accounts/beta.md").unlink()
    assert catalogue.catch_up() == 0
    assert [a.account for a in catalogue.accounts(NOW)] == ["acme"]
    assert "Name an owner" not in todos(catalogue)
    store.write("accounts/new/deep/gamma.md", "## 2026-11-20 x\n\n### TODO\n\n- [ ] hello\n")
    catalogue.catch_up()
    assert "hello" in todos(catalogue)


def test_what_is_no_document_is_passed_over(store):
    store.write("accounts/.hidden/x.md", BETA)
    store.write("accounts/.x.md", BETA)
    store.write("accounts/notes.txt", BETA)
    store.write("outside.md", BETA)
    (store.root / "accounts/link.md").symlink_to(store.root / "outside.md")
    (store.root / "accounts/linked").symlink_to(store.root / "accounts/west")
    (store.root / "accounts/folder.md").mkdir()
    os.mkfifo(store.root / "accounts/pipe.md")
    assert [a.account for a in store.catalogue().accounts(NOW)] == ["acme", "beta"]


def test_a_checkout_there_and_back_parses_nothing(store):
    store.git("init", "-qb", "main")
    store.git("add", "-A")
    store.git("commit", "-qm", "one")
    store.git("checkout", "-qb", "other")
    store.write("accounts/acme.md", ACME.replace("見積もりを送る @", "見積もりを出す @"))
    store.write("accounts/third.md", BETA)
    (store.root / "accounts/west/beta.md").unlink()
    store.git("add", "-A")
    store.git("commit", "-qm", "two")
    there = answers(store.catalogue())
    store.git("checkout", "-q", "main")
    here = answers(store.catalogue())
    assert here != there
    for branch, said in [("other", there), ("main", here), ("other", there), ("main", here)]:
        store.git("checkout", "-q", branch)
        catalogue = store.catalogue()
        said_now = answers(catalogue)
        assert catalogue.parsed == 0
        assert said_now == said


def test_other_words_or_other_members_are_another_reading(store):
    from kb.catalogue.catalogue import Catalogue
    from kb.text.names import Names

    store.write("accounts/acme.md", ACME.replace("### 気づき", "### まなび"))
    plain = store.catalogue()
    with pytest.raises(Exception, match="no-id"):
        plain.line("i-7ke4n1")
    named = Catalogue(store.root, Names({"気づき": ["まなび"]}), ("sato", "mori"))
    assert named.line("i-7ke4n1").kind == "insight"
    others = Catalogue(store.root, members=("tanaka",))
    assert [t.promise for t in others.todos("2026-11-25", account="acme")] == [False, True]
    again = store.catalogue()
    assert [t.promise for t in again.todos("2026-11-25", account="acme")] == [True, False]
    assert again.parsed == 0


def test_one_line_into_a_long_document_reads_one_meeting(store, monkeypatch):
    text = big(260)
    store.write("accounts/big.md", text)
    catalogue = store.catalogue()
    catalogue.catch_up()
    rows = {row.key: row for row in catalogue.meetings("big")}
    read = []
    from kb.model.reading import Reader

    real = Reader.read
    monkeypatch.setattr(Reader, "read", lambda self, m: read.append(m.date) or real(self, m))
    store.write("accounts/big.md", text.replace("- lesson 100\n", "- lesson 100\n- more\n"))
    catalogue.catch_up()
    assert len(read) == 1
    changed = catalogue.meetings("big")
    assert len([row for row in changed if row.key not in rows]) == 1
    lines = store.read("accounts/big.md").splitlines()
    for row in changed:
        assert lines[row.line - 1].startswith(f"## {row.date}")
        assert catalogue.whole(row).line == row.line
    for todo in catalogue.todos("2026-11-25", account="big"):
        assert lines[todo.line - 1].endswith(todo.id)


def test_random_edits_give_the_rows_of_a_fresh_catalogue(store):
    pieces = [
        *("## 2026-11-20 new ^m-aaaaaa\n\n### TODO\n\n- [ ] x @sato\n\n", "```\n", "<!--\n"),
        *(
            "- [ ] y ^t-8f3kq0\n",
            "### アジェンダ\n#### t\n",
            "---\n",
            "\n",
            "# other\n",
            "## TODO\n",
        ),
        *("account: zed\n", "people: {x: y}\n", "2026-01-01 a\n---\n", "- 決定: z ^d-9xw2me\n"),
    ]
    rnd = random.Random(7)
    kept = store.catalogue()
    for _turn in range(40):
        name = rnd.choice(["acme.md", "west/beta.md", "c.md"])
        text = rnd.choice([ACME, BETA, big(5)]) if rnd.random() < 0.2 else None
        if text is None:
            file = store.root / "accounts" / name
            text = file.read_text() if file.exists() else ""
        lines = text.splitlines(keepends=True)
        at = rnd.randrange(len(lines) + 1)
        text = "".join([*lines[:at], rnd.choice(pieces), *lines[at + rnd.randrange(3) :]])
        store.write(f"accounts/{name}", text, age=0)
        kept.catch_up()
        store.file.rename(store.root / "aside")
        fresh = store.catalogue()
        try:
            assert answers(kept) == answers(fresh), text
        finally:
            fresh.close()
            kept.close()
            (store.root / "aside").replace(store.file)


def test_a_saved_file_is_up_to_date_at_once_and_unparsed_later(store):
    text = big(30)
    data = store.write("accounts/big.md", text)
    catalogue = store.catalogue()
    catalogue.catch_up()
    data = data.replace(b"- [ ] task 7 ", b"- [x] task 7 ")
    store.write("accounts/big.md", data, age=0)
    catalogue.note_saved({"accounts/big.md": blob_id(data)}, {"accounts/big.md": parse(data)})
    assert catalogue.line("t-000007").done
    later = store.catalogue()
    assert later.line("t-000007").done
    assert later.parsed == 0
    boundaries = later.boundaries(blob_id(data))
    assert boundaries == parse(data).boundaries
    assert parse(data, boundaries=boundaries).meetings == parse(data).meetings
    assert later.boundaries("0" * 40) is None


@pytest.mark.parametrize("case", ["none", "other text", "wrong blob", "gone", "no document"])
def test_noting_a_save_never_fails_and_never_lies(store, case):
    catalogue = store.catalogue()
    catalogue.catch_up()
    data = store.write("accounts/west/beta.md", BETA.replace("an owner", "somebody"), age=0)
    document, blob, path = parse(data), blob_id(data), "accounts/west/beta.md"
    if case == "none":
        document = None
    elif case == "other text":
        document = parse(b"# something else\n")
    elif case == "wrong blob":
        blob = "0" * 40
    elif case == "gone":
        (store.root / path).unlink()
    else:
        path = "kb.toml"
    catalogue.note_saved({path: blob}, {path: document} if document else None)
    catalogue.catch_up()
    assert ("Name somebody" in todos(catalogue)) == (case != "gone")


def test_pages_of_the_playbook_are_known_by_name(store):
    store.write("playbooks/principles/p-x.md", P_X)
    store.write("playbooks/plays/play-y.md", "# no front matter\n")
    catalogue = store.catalogue()
    assert catalogue.pages() == {
        "p-x": ("principle", "引き継ぐ", "playbooks/principles/p-x.md", "candidate"),
        "play-y": ("play", "play-y", "playbooks/plays/play-y.md", None),
    }
    store.write("playbooks/principles/p-x.md", P_X.replace("引き継ぐ", "別名"))
    (store.root / "playbooks/plays/play-y.md").unlink()
    catalogue.catch_up()
    assert [page.title for page in catalogue.pages().values()] == ["別名"]


def test_reindex_counts_and_tells_how_far_it_is(store):
    store.catalogue().catch_up()
    heard = []
    done = store.catalogue().reindex(lambda at, of: heard.append((at, of)))
    assert (done.documents, done.items) == (2, 10)
    assert heard[-1] == (2, 2)


def test_a_document_over_the_limit_is_listed_without_its_meetings(store, monkeypatch):
    monkeypatch.setattr("kb.catalogue.catchup.LARGEST", 500)
    catalogue = store.catalogue()
    acme = catalogue.accounts(NOW)[0]
    assert (acme.name, acme.meetings) == ("アクメ株式会社", 0)


def test_time_that_goes_backwards_hides_nothing(store, monkeypatch):
    catalogue = store.catalogue()
    catalogue.catch_up()
    real = time.time_ns
    monkeypatch.setattr("kb.catalogue.catchup.time.time_ns", lambda: real() - 10**14)
    store.write("accounts/west/beta.md", BETA.replace("an owner", "me"))
    catalogue.catch_up()
    store.write("accounts/west/beta.md", BETA.replace("an owner", "us"))
    catalogue.catch_up()
    assert "Name us" in todos(catalogue)
