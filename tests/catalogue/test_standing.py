"""One look for all, and lists that stand ready: always what is asked anew would say."""

import os
import time
from threading import Thread

import pytest
from catalogue_kit import ACME, BETA, MEMBERS, NOW, at

from kb.catalogue import catchup
from kb.catalogue import keeper as keeping
from kb.catalogue.catalogue import Catalogue
from kb.catalogue.documents import blob_id
from kb.catalogue.keeper import Keeper
from kb.text.names import DEFAULT_NAMES

TODAY = "2026-11-25"
NEXT = "\n## 2026-11-21 Next\n\n### TODO\n\n- [ ] Call @sato\n"


class Saves:
    """How often this process saved, and which of these times were this thread's."""

    def __init__(self):
        self.count = self.mine = 0


@pytest.fixture
def saves():
    return Saves()


@pytest.fixture
def shared(store, saves):
    """A catalogue of a server."""
    both = (lambda: saves.count, lambda: saves.mine)
    keeper = Keeper(store.root, DEFAULT_NAMES, MEMBERS, both)
    made = Catalogue(store.root, DEFAULT_NAMES, MEMBERS, shared=keeper)
    yield made
    made.close()
    keeper.close()


@pytest.fixture
def looks(monkeypatch):
    """Count the looks at the files."""
    times = []
    real = catchup.catch_up
    monkeypatch.setattr(catchup, "catch_up", lambda *a: times.append(1) or real(*a))
    return times


def said(catalogue, now=NOW, today=TODAY):
    return (
        catalogue.accounts(now, archived=True),
        catalogue.accounts(now),
        catalogue.todos(today),
        catalogue.todos(today, overdue=True),
        catalogue.todos(today, owner="sato"),
        catalogue.coming(today, "2026-12-31"),
        catalogue.coming("2026-01-01", today),
        catalogue.unfinished("2026-01-01", "2026-11-01", today),
    )


def anew(store, now=NOW, today=TODAY):
    """What a new catalogue says, which asks for everything."""
    fresh = store.catalogue()
    try:
        return said(fresh, now, today)
    finally:
        fresh.close()


def seen_within_a_second(shared, count):
    """Tell whether there are so many meetings, a second later."""
    time.sleep(1)
    shared.rest()
    return len(shared.meetings()) == count


class TestLook:
    def test_requests_within_a_moment_share_one(self, shared, looks, monkeypatch):
        monkeypatch.setattr(keeping, "PATIENCE", 60.0)  # a busy machine takes longer than a moment
        for _ in range(5):
            assert len(shared.meetings()) == 3
            shared.rest()
        assert len(looks) == 1

    def test_what_this_process_saved_is_seen_at_once(self, store, shared, saves):
        assert len(shared.meetings()) == 3
        store.write("accounts/west/beta.md", BETA + NEXT, age=0)
        saves.count += 1
        shared.rest()
        assert len(shared.meetings()) == 4

    def test_what_was_noted_need_not_be_looked_for(self, store, shared, saves, looks, monkeypatch):
        monkeypatch.setattr(keeping, "PATIENCE", 60.0)
        assert len(shared.meetings()) == 3
        data = store.write("accounts/west/beta.md", BETA + NEXT, age=0)
        saves.count = saves.mine = 1
        shared.note_saved({"accounts/west/beta.md": blob_id(data)})
        shared.rest()
        assert len(shared.meetings()) == 4
        assert len(looks) == 1

    def test_what_others_saved_beside_it_is_looked_for(self, store, shared, saves, monkeypatch):
        monkeypatch.setattr(keeping, "PATIENCE", 60.0)
        assert len(shared.meetings()) == 3
        data = store.write("accounts/west/beta.md", BETA + NEXT, age=0)
        store.write("accounts/new.md", "# New\n\n" + NEXT, age=0)
        saves.count, saves.mine = 2, 2  # the first of the two told nobody
        shared.note_saved({"accounts/west/beta.md": blob_id(data)})
        shared.rest()
        assert len(shared.meetings()) == 5

    def test_a_note_that_failed_is_looked_for(self, store, shared, saves, monkeypatch):
        monkeypatch.setattr(keeping, "PATIENCE", 60.0)
        assert len(shared.meetings()) == 3
        store.write("accounts/west/beta.md", BETA + NEXT, age=0)
        saves.count = saves.mine = 1
        shared.note_saved({"accounts/missing.md": "0" * 40})
        shared.rest()
        assert len(shared.meetings()) == 4

    def test_a_file_that_was_taken_away_is_filled_before_anybody_asks(
        self, store, shared, monkeypatch
    ):
        monkeypatch.setattr(keeping, "PATIENCE", 60.0)
        assert len(shared.meetings()) == 3
        for file in (store.root / ".kb").glob("catalogue*"):
            file.unlink()
        shared.rest()
        assert len(shared.meetings()) == 3

    def test_a_hand_edit_is_seen_within_a_second(self, store, shared):
        assert len(shared.meetings()) == 3
        store.write("accounts/west/beta.md", BETA + NEXT, age=0)
        assert seen_within_a_second(shared, 4)

    def test_a_hand_edit_of_the_asked_account_is_seen_at_once(self, store, shared):
        assert shared.meeting("acme/2026-11-25", NOW).title == "第4四半期レビュー"
        store.write("accounts/acme.md", ACME.replace("第4四半期", "年末の"), age=0)
        shared.rest()
        assert shared.meeting("acme/2026-11-25", NOW).title == "年末のレビュー"

    def test_a_catalogue_that_was_built_anew_elsewhere_is_opened_again(self, store, shared):
        assert len(shared.meetings()) == 3
        other = store.catalogue()
        other.reindex()
        other.close()
        store.write("accounts/gamma.md", "# Gamma\n" + NEXT, age=0)
        assert seen_within_a_second(shared, 4)
        assert said(shared) == anew(store)

    @pytest.mark.platform
    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_where_nothing_can_be_kept_each_looks_alone(self, store, shared):
        (store.root / ".kb").mkdir()
        (store.root / ".kb").chmod(0o500)
        assert len(shared.meetings()) == 3

    def test_without_a_file_everybody_has_it_in_memory(self, store, shared):
        (store.root / ".kb").write_bytes(b"")  # no folder: nothing can be made in there
        assert said(shared) == anew(store)
        store.write("accounts/gamma.md", "# Gamma\n" + NEXT, age=0)
        shared.rest()
        assert said(shared) == anew(store)
        assert len(shared.meetings()) == 4


class TestStanding:
    CHANGES = (
        ("accounts/acme.md", ACME.replace("- [ ] 見積もり", "- [x] 見積もり")),
        ("accounts/acme.md", ACME.replace("- 見積もりを送る (", "- [x] 見積もりを送る (")),
        ("accounts/acme.md", ACME),
        ("accounts/second.md", ACME.replace("### アジェンダ", "### TODO\n\n- [ ] 二つ目\n", 1)),
        ("accounts/gamma.md", "# Gamma\n\n## 2026-12-01 First\n\n### TODO\n\n- [ ] a @sato\n"),
        ("accounts/_archive/gamma.md", "# Gamma\n\n## 2026-12-01 First\n\n### TODO\n\n- [ ] b\n"),
        ("accounts/west/beta.md", BETA.replace("- [ ] Name", "- [x] Name")),
        ("accounts/second.md", None),
        ("accounts/gamma.md", None),
    )

    def test_it_says_what_is_asked_anew_whatever_changes(self, store, shared, saves):
        assert said(shared) == anew(store)
        for path, text in self.CHANGES:
            if text is None:
                (store.root / path).unlink()
            else:
                store.write(path, text, age=0)
            saves.count += 1
            shared.rest()
            assert said(shared) == anew(store), path

    def test_so_many_days_as_may_be_asked_for(self, store, shared):
        fresh = store.catalogue()
        for day in [*range(10, 28), *range(10, 28)]:
            days = (f"2026-11-{day}", "2026-12-31")
            assert shared.coming(*days) == fresh.coming(*days)
        fresh.close()

    def test_time_goes_on_and_back(self, store, shared):
        for moment in ("2026-11-25T14:49", "2026-11-25T14:50", "2026-12-02T00:00"):
            now = at(moment)
            assert said(shared, now, moment[:10]) == anew(store, now, moment[:10])
        assert said(shared) == anew(store)

    def test_only_what_changed_is_asked(self, store, shared, saves, monkeypatch):
        said(shared)
        asked = []
        from kb.catalogue import lists

        real = lists.accounts_until
        monkeypatch.setattr(
            lists,
            "accounts_until",
            lambda db, now, paths=None: asked.append(paths) or real(db, now, paths),
        )
        store.write("accounts/west/beta.md", BETA + "\n- [ ] More\n", age=0)
        saves.count += 1
        shared.rest()
        said(shared)
        said(shared)
        assert asked == [["accounts/west/beta.md"]]

    def test_many_threads_ask_while_others_save(self, store, shared, saves):
        keeper = shared._shared
        wrong = []

        def ask():
            own = Catalogue(store.root, DEFAULT_NAMES, MEMBERS, shared=keeper)
            for _ in range(20):
                own.rest()
                rows = own.todos(TODAY)
                if [row.text for row in rows] != sorted(
                    {row.text for row in rows}, key=[row.text for row in rows].index
                ):
                    wrong.append(rows)
            own.close()

        threads = [Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for n in range(20):
            store.write("accounts/west/beta.md", BETA + f"\n- [ ] More {n}\n", age=0)
            saves.count += 1
        for thread in threads:
            thread.join()
        assert not wrong
        shared.rest()
        assert said(shared) == anew(store)


def test_a_document_that_leaves_its_account_takes_its_ticks_along(store, shared, monkeypatch):
    monkeypatch.setattr(keeping, "PATIENCE", 0.0)
    monkeypatch.setattr(keeping, "SHARE", 0)
    todo = "---\nname: X\n---\n\n## 2026-11-01 a\n\n### TODO\n\n- [ ] Send it @sato ^t-abcdef\n"
    ticks = (
        "---\naccount: x\n---\n\n## 2026-11-10 b\n\n### アジェンダ\n\n#### 前回TODOの確認\n\n"
        "- [x] Send it [[x#^t-abcdef]]\n"
    )
    store.write("accounts/x.md", todo, age=0)
    store.write("accounts/y.md", ticks, age=0)
    before = {one.id for one in shared.todos(TODAY)}
    store.write("accounts/y.md", ticks.replace("account: x", "account: z"), age=0)
    shared.rest()
    assert {one.id for one in shared.todos(TODAY)} - before == {"t-abcdef"}
