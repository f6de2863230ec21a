"""The replay: a history that a team could have made, and that proves what was known when."""

import re
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kb.demo import sources
from kb.errors import WrongUse
from kb.messages import say
from kb.model.people import read_people
from kb.model.reading import Reader
from kb.text import frontmatter
from kb.text.canonical import item_digest, post_digest, pre_digest
from kb.text.names import DEFAULT_NAMES
from kb.text.outline import parse
from kb.text.page import adopt_digest
from kb.work import demo

TOKYO = ZoneInfo("Asia/Tokyo")
MEMBERS = sources.members()
PENDING = re.compile(r"item1:[0-9a-f]{16} commit:[0-9a-f]{12}|(pre1|post1|adopt1):[0-9a-f]{64}")


def git(folder, *words):
    ran = subprocess.run(["git", "-C", folder, *words], capture_output=True, check=True)
    return ran.stdout.decode()


def meetings_in(data, path="accounts/x.md"):
    front = frontmatter.read(data)
    reader = Reader(
        data,
        DEFAULT_NAMES,
        account=front["account"],
        path=path,
        members=MEMBERS,
        people=read_people(front),
    )
    return [reader.read(meeting) for meeting in parse(data).meetings]


ACCOUNTS = {p: d for p, d in sources.final_files().items() if p.startswith("accounts/")}
PAST = [
    (path, meeting)
    for path, data in ACCOUNTS.items()
    for meeting in meetings_in(data, path)
    if meeting.date <= "2026-11-21"
]


def start_of(meeting):
    return datetime.fromisoformat(f"{meeting.date}T{meeting.start}").replace(tzinfo=TOKYO)


def found_at(store, moment, path, meeting):
    known = store.as_of(moment, path)
    assert known is not None
    return next(
        (m for m in meetings_in(known[1], path) if m.date == meeting.date),
        None,
    )


def test_counts(built):
    assert (built.accounts, built.meetings) == (8, 51)
    assert built.commits == int(git(built.store, "rev-list", "--count", "HEAD"))


def test_the_repository_is_sound_and_clean(built):
    assert git(built.store, "status", "--porcelain", "--ignored") == ""
    ran = subprocess.run(
        ["git", "-C", built.store, "fsck", "--strict"], capture_output=True, check=True
    )
    assert ran.stdout + ran.stderr == b""
    assert git(built.store, "branch", "--list").split() == ["*", "main"]


def test_the_last_state_is_the_sample_teams_files(built):
    for path, data in sources.final_files().items():
        text = (built.store / path).read_text("utf-8")
        assert "pending" not in text or path.startswith("templates/"), path
        shown = PENDING.sub(
            lambda m: f"{m[1]}:pending" if m[1] else "item1:pending commit:pending", text
        )
        assert shown.encode() == data, path
    extra = {".gitignore", ".gitattributes"}
    assert set(git(built.store, "ls-files").split()) == set(sources.final_files()) | extra


def test_two_replays_have_the_same_commits(built, tmp_path, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-25T09:00:00+09:00")
    monkeypatch.setenv("TZ", "America/New_York")
    again = demo.build(tmp_path / "again")
    assert git(again.store, "rev-parse", "HEAD") == git(built.store, "rev-parse", "HEAD")


def test_authors_are_the_members_in_order_of_time(built):
    lines = git(built.store, "log", "--reverse", "--format=%an|%ae|%cn|%ce|%aI|%cI").splitlines()
    known = set(MEMBERS.values())
    last = ""
    for line in lines:
        name, email, by, address, at, committed = line.split("|")
        assert (name, email) == (by, address)
        assert (name, email) in known
        assert at == committed
        assert at.endswith("+09:00")
        assert at >= last
        last = at
    assert last < "2026-11-21"


def test_the_sentences_of_the_history(built):
    for subject in git(built.store, "log", "--format=%s").splitlines():
        assert 6 < len(subject) < 120, subject
        assert not subject.endswith("。")


def test_each_commit_changes_something(built):
    listed = git(built.store, "log", "--format=%x00%H", "--name-only").split("\0")[1:]
    assert all(len(entry.split()) > 1 for entry in listed)


@pytest.mark.parametrize(
    ("path", "meeting"),
    [entry for entry in PAST if entry[1].hypotheses],
    ids=lambda value: value if isinstance(value, str) else value.date,
)
def test_what_was_known_at_the_start(store, path, meeting):
    """At the start: every hypothesis as it is judged later, and nothing of what came after."""
    before = found_at(store, start_of(meeting), path, meeting)
    assert [(h.id, h.text, h.confidence, h.test) for h in before.hypotheses] == [
        (h.id, h.text, h.confidence, h.test) for h in meeting.hypotheses
    ]
    assert [topic.title for topic in before.topics] == [topic.title for topic in meeting.topics]
    assert [topic.stance for topic in before.topics] == [topic.stance for topic in meeting.topics]
    assert not any(h.verdict for h in before.hypotheses)
    assert not any(topic.said for topic in before.topics)
    assert not before.decisions
    assert not before.todos
    assert not before.insights
    assert before.minutes is None
    assert before.attendees == meeting.attendees


@pytest.mark.parametrize("path", list(ACCOUNTS))
def test_the_minutes_are_there_four_minutes_after_the_end(store, path):
    for _, meeting in (entry for entry in PAST if entry[0] == path):
        ended = datetime.fromisoformat(f"{meeting.date}T{meeting.end}").replace(tzinfo=TOKYO)
        after = found_at(store, ended + timedelta(minutes=4), path, meeting)
        assert after.minutes
        assert len(after.decisions) == len(meeting.decisions)
        assert len(after.todos) == len(meeting.todos)
        assert not any(todo.done for todo in after.todos)
        for then, now in zip(after.hypotheses, meeting.hypotheses, strict=True):
            later = now.verdict_on and now.verdict_on > meeting.date
            assert then.verdict == (None if later else now.verdict)


def test_a_document_at_any_time_has_one_blank_line_between_blocks(store):
    for path in ACCOUNTS:
        for revision in store.history(path):
            text = store.at(revision.commit, path).decode()
            assert "\n\n\n" not in text
            assert text.endswith("\n")
            assert not text.endswith("\n\n")


def test_every_other_wording_was_there_until_its_day(store):
    for path, edits in sources.plan().edits.items():
        for edit in edits:
            before = store.as_of(edit.when - timedelta(seconds=1), path)
            after = store.as_of(edit.when, path)
            if edit.was.strip():
                assert edit.was.strip() in before[1].decode(), edit
            assert before[1] != after[1], edit
            assert edit.now.strip() in sources.final_files()[path].decode(), edit


def test_approvals_name_the_text_of_their_moment(store):
    count = 0
    for path in sorted(Path(store.root, "reviews").glob("*.md")):
        data = path.read_bytes()
        of = frontmatter.scalar(data, "of")
        for line in data.decode().splitlines():
            if " approved " not in line:
                continue
            count += 1
            when = datetime.fromisoformat(line.split()[1])
            digest = re.search(r"digest:(\S+)", line)[1]
            if digest.startswith("adopt1:"):
                page = store.as_of(when, f"playbooks/principles/{of}.md")[1]
                assert digest == adopt_digest(page)
                continue
            slug, _, id_ = of.partition("#^")
            doc = parse(store.as_of(when, f"accounts/{slug}.md")[1])
            (meeting,) = (m for m in doc.meetings if id_ in m.ids)
            rule = pre_digest if digest.startswith("pre1:") else post_digest
            assert digest == rule(meeting)
    assert count == 6


def test_the_adopted_text_is_still_the_approved_one(store):
    thread = store.read("reviews/p-handover-30.md").data.decode()
    page = store.read("playbooks/principles/p-handover-30.md").data
    assert thread.count(adopt_digest(page)) == 2


def test_the_approved_preparation_is_still_the_same(store):
    thread = store.read("reviews/minasoko-2026-11-25.md").data.decode()
    doc = parse(store.read("accounts/minasoko.md").data)
    assert pre_digest(doc.meetings[0]) in thread


def test_evidence_points_at_what_stood_there(store):
    source = re.compile(
        r"- 「(?P<quote>.*)」\n  - 出典: \[\[(?P<slug>\w+)#\^(?P<id>\S+)\]\] \S+"
        r" (?P<digest>item1:\w+) commit:(?P<commit>\w{12})\n"
    )
    count = 0
    for path in sorted(Path(store.root, "playbooks/principles").glob("*.md")):
        for found in source.finditer(path.read_text("utf-8")):
            commit = git(store.root, "rev-parse", found["commit"]).strip()
            data = store.at(commit, f"accounts/{found['slug']}.md")
            doc = parse(data)
            items = [
                item
                for meeting in doc.meetings
                for item in meeting.root.all_items()
                if found["id"] in item.ids
            ]
            assert len(items) == 1
            span = items[0].span
            assert found["quote"] in data[span.start : span.stop].decode()
            assert item_digest(data, items[0]) == found["digest"]
            count += 1
    assert count == 25


def test_an_adopted_principle_was_a_candidate_before(store):
    path = "playbooks/principles/p-handover-30.md"
    noon = datetime(2026, 10, 22, 12, tzinfo=TOKYO)
    assert frontmatter.scalar(store.as_of(noon, path)[1], "status") == "candidate"
    after = noon + timedelta(days=1)
    assert frontmatter.scalar(store.as_of(after, path)[1], "status") == "adopted"


def test_review_events_are_written_by_their_members(store):
    for path in sources.final_files():
        if not path.startswith("reviews/"):
            continue
        for revision in store.history(path):
            lines = store.at(revision.commit, path).decode().splitlines()
            last = [line for line in lines if line.startswith("## ")][-1].split()
            member = last[3].removeprefix("@")
            assert MEMBERS[member] == (revision.name, revision.email)
            assert datetime.fromisoformat(last[1]) == revision.at


# Where it may be built


def refused(folder):
    with pytest.raises(WrongUse) as caught:
        demo.build(folder)
    for lang in ("ja", "en"):
        sentence, hint = say(caught.value.code, lang, **caught.value.params)
        assert sentence != caught.value.code
        assert hint
    return caught.value.code


def test_a_folder_that_holds_something_stays(tmp_path):
    (tmp_path / "letter.txt").write_text("x")
    assert refused(tmp_path) == "demo-not-empty"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    assert refused(tmp_path / "letter.txt") == "demo-not-empty"


def test_a_missing_parent(tmp_path):
    assert refused(tmp_path / "a" / "b") == "demo-no-folder"


def test_an_empty_folder_and_an_untouched_demo_are_used_again(tmp_path):
    first = demo.build(tmp_path)
    (tmp_path / ".kb").mkdir()
    (tmp_path / ".kb" / "derived").write_text("x")
    assert demo.build(tmp_path) == first
    (tmp_path / "note.txt").write_text("mine")
    assert refused(tmp_path) == "demo-changed"
    (tmp_path / "note.txt").unlink()
    git(
        tmp_path,
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@y",
        "commit",
        "-q",
        "--allow-empty",
        "-mx",
    )
    assert refused(tmp_path) == "demo-changed"
    assert (tmp_path / "kb.toml").is_file()
