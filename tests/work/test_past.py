"""The past of a file as the history tells it: versions, authors, when a claim was registered."""

import os
import subprocess

import pytest
from past_kit import CLAIM, HEAD, INSIGHT, PATH, SATO, TOPIC, at, edit

from kb.store.ports import Actor, Delete, Edit, Move
from kb.wiring import open_context, start_store
from kb.work.records import records
from kb.work.registration import of_meeting

DOC = HEAD + CLAIM + TOPIC + "- お客様:\n" + INSIGHT
MORI = Actor("mori", "森", "mori@example.com")
MEMBERS = """
[members.mori]
name = "森"
email = "mori@example.com"
"""


@pytest.fixture
def store(tmp_path, as_sato):
    start_store(tmp_path / "team", "sato", lang="ja", team="東")
    with (tmp_path / "team" / "kb.toml").open("a", encoding="utf-8") as file:
        file.write(MEMBERS)
    return tmp_path / "team"


@pytest.fixture
def ctx(store):
    opened = open_context(str(store), "sato", lang="ja")
    yield opened
    opened.close()


@pytest.fixture
def save(store, ctx):
    def run(change, *, by=SATO, when, trailers=()):
        saved = ctx.store.save([change], actor=by, message="書く", when=when, trailers=trailers)
        assert saved.commit
        ctx.close()  # the next question begins anew, as the next command does
        return saved.commit

    return run


@pytest.fixture
def written(save):
    """The document, written by sato on the day before."""
    return save(Edit(PATH, lambda _: DOC.encode()), when=at(18, day=24))


def git(root, *args, **env):
    done = subprocess.run(
        ["git", "-C", str(root), *args], check=True, capture_output=True, env=os.environ | env
    )
    return done.stdout.decode().strip()


def claim(ctx, path=PATH):
    version = ctx.past.versions(path)[-1]
    meeting = ctx.past.meeting(version, "m-4k7q2x")
    return meeting.claims[0]


def test_versions_come_oldest_first_with_who_and_when(ctx, written, save):
    second = save(
        Edit(PATH, edit("12月に2回", "12月に3回")),
        by=MORI,
        when=at(9),
        trailers=[("Co-authored-by", "佐藤 <SATO@example.com>"), ("Co-authored-by", "x <x@y.z>")],
    )
    versions = ctx.past.versions(PATH)
    assert [version.commit for version in versions] == [written, second]
    assert versions[0].by == ("sato",)
    assert versions[1].by == ("mori", "sato", "x@y.z")
    assert versions[1].at == at(9)
    assert versions[1].source == "clock"
    assert "12月に3回".encode() in ctx.past.text(versions[1])
    assert ctx.past.before(PATH, at(8, 59)) == versions[0]
    assert ctx.past.before(PATH, at(9)) == versions[1]
    assert ctx.past.before(PATH, at(0, day=1)) is None
    assert ctx.past.versions("accounts/nobody.md") == ()


def test_a_claim_keeps_its_registration_until_its_words_or_confidence_change(ctx, written, save):
    first = claim(ctx)
    save(Edit(PATH, edit("- お客様:", "- お客様: はい")), when=at(14, 5))
    judged = "  - 確信度: 60%\n  - 判定: 支持 「戻った」"
    save(Edit(PATH, edit("  - 確信度: 60%", judged)), by=MORI, when=at(14, 40))
    assert claim(ctx).digest == first.digest
    assert claim(ctx).verdict == "supported"
    found = ctx.past.registered(PATH, "m-4k7q2x", first.digest)
    assert (found.commit, found.at) == (written, at(18, day=24))
    later = save(Edit(PATH, edit("60%", "90%")), when=at(15))
    assert claim(ctx).confidence == 90
    assert ctx.past.registered(PATH, "m-4k7q2x", claim(ctx).digest).commit == later
    assert ctx.past.registered(PATH, "m-4k7q2x", first.digest).commit == written
    before = ctx.past.before(PATH, at(14))
    assert ctx.past.meeting(before, "m-4k7q2x").claims[0].confidence == 60


def test_authors_are_whose_commits_changed_what_is_approved(ctx, written, save):
    assert ctx.past.authors(PATH, "m-4k7q2x", "pre") == {"sato"}
    save(Edit(PATH, edit("- お客様:", "- お客様: はい")), by=MORI, when=at(9))
    assert ctx.past.authors(PATH, "m-4k7q2x", "pre") == {"sato"}
    assert ctx.past.authors(PATH, "m-4k7q2x", "post") == {"sato", "mori"}
    save(Edit(PATH, edit("当日尋ねる", "当日、利用率を見る")), by=MORI, when=at(10))
    assert ctx.past.authors(PATH, "m-4k7q2x", "pre") == {"sato", "mori"}


def test_a_meeting_is_followed_back_to_when_it_had_no_id(ctx, save):
    bare = DOC.replace(" ^m-4k7q2x", "").replace(" 定例", " 打合せ")
    save(Edit(PATH, lambda _: bare.encode()), by=MORI, when=at(8, day=23))
    save(Edit(PATH, edit("14:00 打合せ", "14:00 定例 ^m-4k7q2x")), when=at(9, day=23))
    assert ctx.past.authors(PATH, "m-4k7q2x", "pre") == {"mori"}


def test_who_only_merges_writes_nothing(ctx, store, written):
    """Two sides that change different meetings' parts, merged by a third."""
    git(store, "checkout", "-qb", "side")
    text = (store / PATH).read_text(encoding="utf-8")
    (store / PATH).write_text(text.replace("- お客様:", "- お客様: はい"), encoding="utf-8")
    git(store, "commit", "-qam", "side", GIT_AUTHOR_EMAIL="mori@example.com")
    git(store, "checkout", "-q", "-")
    (store / PATH).write_text(text.replace("引き継ぎ会を申し出る", "書く"), encoding="utf-8")
    git(store, "commit", "-qam", "main")
    git(store, "merge", "-q", "side", "-m", "both", GIT_AUTHOR_EMAIL="third@example.com")
    assert len(git(store, "log", "--format=%H", "-1", "--min-parents=2")) == 40
    assert ctx.past.authors(PATH, "m-4k7q2x", "pre") == {"sato"}
    merged = ctx.past.versions(PATH)[-1]
    assert len(merged.was) == 2
    assert "third@example.com" in merged.by


def test_a_renamed_document_keeps_its_past(ctx, written, save):
    to = "accounts/east/acme-japan.md"
    save(Move(PATH, to), when=at(9))
    save(Edit(to, edit("12月に2回", "1月に2回")), when=at(10))
    versions = ctx.past.versions(to)
    assert [version.path for version in versions] == [PATH, to, to]
    assert versions[0].commit == written
    assert ctx.past.registered(to, "m-4k7q2x", claim(ctx, to).digest).commit == written


def test_what_stood_under_a_name_before_is_another_documents_past(ctx, written, save):
    other = DOC.replace("アクメ", "別の会社").encode()
    save(Move(PATH, "accounts/acme-japan.md"), when=at(9))
    created = save(Edit(PATH, lambda _: other), when=at(10))
    changed = save(Edit(PATH, edit("60%", "70%")), when=at(11))
    assert [one.commit for one in ctx.past.versions(PATH)] == [created, changed]
    assert ctx.past.versions("accounts/acme-japan.md")[0].commit == written
    claimed = ctx.past.versions(PATH)[-1]
    digest = ctx.past.meeting(claimed, "m-4k7q2x").claims[0].digest
    assert ctx.past.registered(PATH, "m-4k7q2x", digest).commit == changed
    save(Delete(PATH, claimed.blob), when=at(12))
    assert [one.commit for one in ctx.past.versions(PATH)] == [created, changed]
    again = save(Edit(PATH, lambda _: b"# other\n"), when=at(13))
    assert [one.commit for one in ctx.past.versions(PATH)] == [again]
    moved = save(Move(PATH, "accounts/west.md"), when=at(14))
    save(Edit(PATH, lambda _: DOC.encode()), when=at(15))
    assert [one.commit for one in ctx.past.versions("accounts/west.md")] == [again, moved]
    assert [one.at for one in ctx.past.versions(PATH)] == [at(15)]


def test_a_document_that_was_removed_and_brought_back_is_the_same(ctx, written, save):
    save(Delete(PATH, ctx.past.versions(PATH)[0].blob), when=at(9))
    back = save(Edit(PATH, lambda _: DOC.encode()), when=at(10))
    assert [one.commit for one in ctx.past.versions(PATH)] == [written, back]
    save(Move(PATH, "accounts/b.md"), when=at(11))
    save(Move("accounts/b.md", PATH), when=at(12))
    assert len(ctx.past.versions(PATH)) == 4


def test_one_document_made_on_two_lines_of_work_has_both_pasts(ctx, store, written):
    git(store, "checkout", "-qb", "side", f"{written}^")
    day = {"GIT_COMMITTER_DATE": "2026-11-25T09:00:00+09:00"}
    (store / PATH).parent.mkdir(exist_ok=True)
    (store / PATH).write_text(DOC + "- side\n", "utf-8")
    git(store, "add", PATH)
    git(store, "commit", "-qm", "side", **day)
    git(store, "checkout", "-q", "main")
    git(store, "merge", "-qs", "ours", "--no-commit", "side")
    (store / PATH).write_text(DOC + "- both\n", "utf-8")
    git(store, "commit", "-qam", "both", **day)
    versions = ctx.past.versions(PATH)
    assert versions[0].commit == written
    assert len(versions) == 3
    assert len(ctx.store.history(PATH)) == 3


def test_a_history_that_was_rewritten_is_read_again(ctx, store, written, save):
    save(Edit(PATH, edit("60%", "70%")), when=at(9))
    assert len(ctx.past.versions(PATH)) == 2
    git(store, "reset", "-q", "--soft", written)
    git(store, "commit", "-qm", "anders", GIT_COMMITTER_DATE="2026-11-25T11:00:00+09:00")
    ctx.close()
    versions = ctx.past.versions(PATH)
    assert [version.at for version in versions] == [at(18, day=24), at(11)]


def test_an_import_is_no_proof_and_a_forged_date_neither(ctx, store, written):
    text = (store / PATH).read_text(encoding="utf-8")
    (store / PATH).write_text(text.replace("60%", "95%"), encoding="utf-8")
    git(store, "commit", "-qam", "spät", GIT_COMMITTER_DATE="2026-11-01T00:00:00+09:00")
    assert {version.source for version in ctx.past.versions(PATH)} == {"clock"}
    (store / PATH).write_text(text.replace("60%", "50%"), encoding="utf-8")
    git(store, "commit", "-qam", "notes\n\nKb-Source: import")
    ctx.close()
    assert ctx.past.versions(PATH)[-1].source == "imported"


def test_control_characters_in_a_message_say_nothing(ctx, store, written):
    text = (store / PATH).read_text(encoding="utf-8")
    (store / PATH).write_text(text.replace("60%", "95%"), encoding="utf-8")
    record = "\x1e" + "a" * 40 + "\x1fyesterday\x1fmori@example.com\x1f"
    git(store, "commit", "-qam", f"x\n\nNote: {record}")
    versions = ctx.past.versions(PATH)
    assert [version.by for version in versions] == [("sato",), ("sato",)]
    assert ctx.past.meeting(versions[-1], "m-4k7q2x").claims[0].confidence == 95


def test_a_clock_set_back_makes_nothing_older_than_what_it_rests_on(ctx, store, written, save):
    save(Edit(PATH, edit("- お客様:", "- お客様: はい")), when=at(15))
    text = (store / PATH).read_text(encoding="utf-8")
    (store / PATH).write_text(text.replace("60%", "95%"), encoding="utf-8")
    git(store, "commit", "-qam", "forged", GIT_COMMITTER_DATE="2026-11-25T09:00:00+09:00")
    ctx.close()
    last = ctx.past.versions(PATH)[-1]
    assert (last.at, last.after) == (at(9), at(15))
    assert ctx.past.before(PATH, at(14)).commit == written
    row = next(one for one in ctx.catalogue.meetings("acme") if one.id == "m-4k7q2x")
    told = of_meeting(ctx, row, ctx.catalogue.whole(row))["h-3f9a7c"]
    assert (told.at, told.before) == (at(9), False)
    record = records(ctx, ctx.catalogue.meetings("acme"))[PATH]
    assert record.claims["m-4k7q2x", "h-3f9a7c"].stood.confidence == 60


def test_another_line_of_work_beside_it_makes_nothing_younger(ctx, store, written):
    text = (store / PATH).read_text(encoding="utf-8")
    git(store, "checkout", "-qb", "side")
    (store / PATH).write_text(text.replace("60%", "95%"), encoding="utf-8")
    git(store, "commit", "-qam", "side", GIT_COMMITTER_DATE="2026-11-25T13:00:00+09:00")
    git(store, "checkout", "-q", "-")
    for word, hour in (("はい", 12), ("いいえ", 15)):
        (store / PATH).write_text(text.replace("- お客様:", f"- お客様: {word}"), "utf-8")
        when = f"2026-11-25T{hour}:00:00+09:00"
        git(store, "commit", "-qam", word, GIT_COMMITTER_DATE=when)
    git(store, "merge", "-q", "side", "-m", "both", GIT_COMMITTER_DATE="2026-11-25T16:00:00+09:00")
    versions = ctx.past.versions(PATH)
    assert [one.after for one in versions] == [one.at for one in versions]
    assert at(13) in {one.after for one in versions}


def test_two_who_read_the_history_at_once_note_it_once(ctx, store, written, save, monkeypatch):
    assert len(ctx.past.versions(PATH)) == 1
    save(Edit(PATH, edit("60%", "75%")), when=at(9))
    read = ctx.store.log
    other = open_context(str(store), "sato", lang="ja")

    def meanwhile(since):
        found = read(since)
        assert len(other.past.versions(PATH)) == 2
        return found

    monkeypatch.setattr(ctx.store, "log", meanwhile)
    told = [version.commit for version in ctx.past.versions(PATH)]
    other.close()
    assert len(told) == len(set(told)) == 2


def test_a_damaged_catalogue_costs_nothing_but_time(ctx, store, written):
    before = ctx.past.versions(PATH), claim(ctx)
    ctx.close()
    for file in (store / ".kb").glob("catalogue-*"):
        file.write_bytes(b"garbage" * 1000)
    assert (ctx.past.versions(PATH), claim(ctx)) == before


def test_only_what_changed_is_read_again(ctx, store, written, save, monkeypatch):
    from kb.catalogue import then

    older = DOC.replace("2026-11-25", "2026-10-25").replace("^m-4k7q2x", "^m-111111")
    second = older[older.index("## ") :].replace("^h-3f9a7c", "^h-222222")
    save(Edit(PATH, lambda data: data + b"\n" + second.encode()), when=at(9))
    ctx.past.meetings(ctx.past.versions(PATH)[-1])
    save(Edit(PATH, edit("60%", "75%")), when=at(10))  # both meetings have that line
    save(Edit(PATH, edit("定例 ^m-111111", "月例 ^m-111111")), when=at(11))
    read = []
    meeting = then._meeting
    monkeypatch.setattr(then, "_meeting", lambda *given: read.append(1) or meeting(*given))
    for version in ctx.past.versions(PATH):
        ctx.past.meetings(version)
    # The first text's one meeting, both after the second change, and one after the third.
    assert len(read) == 1 + 2 + 1
