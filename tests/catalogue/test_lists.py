"""What lists say, and in which order."""

from catalogue_kit import ACME, NOW, at

from kb.catalogue import citing
from kb.model.state import state


def test_accounts_have_the_fields_of_the_contract(store):
    acme, beta = store.catalogue().accounts(NOW)
    assert acme[:12] == (
        *("acme", "アクメ株式会社", "sato", "east", "enterprise", "adoption", 450_000),
        *(2, "2026-10-14", "2026-11-25", 2, "accounts/acme.md"),
    )
    assert beta[:2] == ("beta", "Beta Inc.")
    assert (beta.meetings, beta.last, beta.next, beta.open_todos) == (1, "2026-11-20", None, 1)


def test_a_meeting_going_on_is_the_next_one_until_it_ends(store):
    acme = store.catalogue().accounts(at("2026-11-25T14:49"))[0]
    assert (acme.last, acme.next) == ("2026-10-14", "2026-11-25")
    acme = store.catalogue().accounts(at("2026-11-25T14:50"))[0]
    assert (acme.last, acme.next) == ("2026-11-25", None)


def test_meetings_come_newest_first_and_by_days(store):
    catalogue = store.catalogue()
    assert [m.date for m in catalogue.meetings()] == ["2026-11-25", "2026-11-20", "2026-10-14"]
    assert [m.id for m in catalogue.meetings("acme", until="2026-10-14")] == ["m-000001"]
    assert [m.account for m in catalogue.meetings(since="2026-11-20", until="2026-11-24")] == [
        "beta"
    ]
    assert [state(m, NOW) for m in catalogue.meetings("acme")] == ["prepared", "held"]


def test_a_dated_heading_with_nothing_of_a_meeting_does_not_count_but_its_todos_do(store):
    store.write("accounts/gamma.md", "## 2026-11-01 note\n\ntext\n\n- [ ] call them\n")
    catalogue = store.catalogue()
    assert catalogue.meetings("gamma") == []
    assert [t.text for t in catalogue.todos("2026-11-25", account="gamma")] == ["call them"]


def test_a_todo_carried_over_is_one_and_closing_it_closes_it(store):
    twice = ACME.replace("- 見積もり", "- 見積もりを送る [[acme#^t-8f3kq0]]\n- 見積もり", 1)
    store.write("accounts/acme.md", twice)
    assert [t.id for t in store.catalogue().todos("2026-11-25", owner="sato")] == ["t-8f3kq0"]
    store.write("accounts/acme.md", twice.replace("- [ ] 見積もり", "- [x] 見積もり"))
    assert store.catalogue().todos("2026-11-25", owner="sato") == []


def test_a_todo_copied_with_its_id_belongs_to_the_oldest_meeting(store):
    copied = ACME.replace(
        "- 見積もりを送る (10/14より) [[acme#^t-8f3kq0]]",
        "- [ ] 見積もりを送る @sato due:2026-11-20 ^t-8f3kq0",
    )
    store.write("accounts/acme.md", copied)
    catalogue = store.catalogue()
    assert [(t.id, t.date) for t in catalogue.todos("2026-11-25", owner="sato")] == [
        ("t-8f3kq0", "2026-10-14")
    ]
    assert catalogue.line("t-8f3kq0").meeting.date == "2026-10-14"
    assert catalogue.accounts(NOW)[0].open_todos == 2


def test_todos_are_ordered_by_due_account_and_line(store):
    store.write(
        "accounts/aaa.md",
        "## 2026-11-20 x\n\n### TODO\n\n- [ ] b due:2026-12-01\n- [ ] a due:2026-12-01\n- [ ] no\n",
    )
    found = store.catalogue().todos("2026-11-25")
    assert [(t.due, t.account, t.text) for t in found] == [
        ("2026-11-20", "acme", "見積もりを送る"),
        ("2026-12-01", "aaa", "b"),
        ("2026-12-01", "aaa", "a"),
        ("2026-12-01", "acme", "設定一覧をもらう"),
        (None, "aaa", "no"),
        (None, "beta", "Name an owner"),
    ]
    first = found[0]
    assert (first.overdue, first.promise, first.owner, first.path) == (
        *(True, True, "sato"),
        "accounts/acme.md",
    )
    lines = store.read("accounts/acme.md").splitlines()
    assert all("[ ] " + t.text in lines[t.line - 1] for t in found if t.account == "acme")


def test_todos_are_filtered(store):
    catalogue = store.catalogue()
    assert [t.text for t in catalogue.todos("2026-11-25", overdue=True)] == ["見積もりを送る"]
    assert [t.text for t in catalogue.todos("2026-11-25", owner="tanaka")] == ["設定一覧をもらう"]
    assert catalogue.todos("2026-11-25", owner="tana") == []
    done = [t.text for t in catalogue.todos("2026-11-25", every=True) if t.done]
    assert done == ["Send the plan"]


def test_archived_accounts_are_out_of_lists_unless_asked_for(store):
    store.write("accounts/acme.md", ACME.replace("csm: sato", "csm: sato\narchived: 2026-11-01"))
    catalogue = store.catalogue()
    assert [a.account for a in catalogue.accounts(NOW)] == ["beta"]
    assert [a.account for a in catalogue.accounts(NOW, archived=True)] == ["acme", "beta"]
    assert {t.account for t in catalogue.todos("2026-11-25")} == {"beta"}
    assert {m.account for m in catalogue.meetings()} == {"beta"}
    assert len(catalogue.todos("2026-11-25", account="acme")) == 2
    assert len(catalogue.meetings("acme")) == 2


def test_undecided_topics_end_with_a_decision_there_or_where_they_go_on(store):
    catalogue = store.catalogue()
    (topic,) = catalogue.undecided("acme")
    assert (topic.id, topic.date, topic.last) == ("a-2m8q41", "2026-10-14", "2026-11-25")
    assert [t.last for t in catalogue.undecided("acme", at("2026-11-01T00:00"))] == ["2026-10-14"]
    decided = ACME.replace("#### 進め方 [[acme#^a-2m8q41]]\n", "\\g\n- 決定: 2回\n").replace(
        "\\g", "#### 進め方 [[acme#^a-2m8q41]]\n"
    )
    store.write("accounts/acme.md", decided)
    assert store.catalogue().undecided("acme") == []


def test_last_decisions_are_those_of_the_last_meeting_that_decided(store):
    (decision,) = store.catalogue().last_decisions("acme")
    assert (decision.id, decision.date, decision.text) == (
        "d-9xw2me",
        "2026-10-14",
        "11/25 に集まる",
    )
    assert store.catalogue().last_decisions("acme", at("2026-10-14T10:00")) == []


def test_front_matter_that_cannot_be_read_hides_nothing(store):
    store.write("accounts/acme.md", ACME.replace("csm: sato", "csm: [sato"))
    catalogue = store.catalogue()
    acme = catalogue.accounts(NOW)[0]
    assert (acme.account, acme.name, acme.csm) == ("acme", "アクメ株式会社", None)
    assert acme.problem is not None
    assert len(catalogue.meetings("acme")) == 2


def test_bytes_that_are_no_text_are_listed_as_far_as_they_are(store):
    store.write(
        "accounts/odd.md", b"# \xff\n\n## 2026-11-02 \xfe\n\n### TODO\n\n- [ ] \xff\0 do @a\n"
    )
    catalogue = store.catalogue()
    (row,) = catalogue.meetings("odd")
    assert catalogue.whole(row).todos[0].text == "\udcff\ufffd do"
    assert [t.text for t in catalogue.todos("2026-11-25", account="odd")] == ["\ufffd\ufffd do"]


def test_hypotheses_are_found_by_the_page_that_they_cite(store):
    judged = ACME.replace("  - 確信度: 70%", "  - 参照: [[p-x]], [[p-y]]\n  - 判定: 支持 「はい」")
    store.write("accounts/acme.md", judged)
    store.write(
        "accounts/c.md", judged.replace("支持", "棄却").replace("account: acme", "account: c")
    )
    catalogue = store.catalogue()
    found = catalogue.rows(lambda db: citing.cited(db, "p-y"))
    assert {(one.account, one.verdict, one.refs) for one in found} == {
        ("acme", "supported", ("p-x", "p-y")),
        ("c", "refuted", ("p-x", "p-y")),
    }
    assert catalogue.rows(lambda db: citing.cited(db, "p")) == []
    assert catalogue.rows(citing.cited) == found
