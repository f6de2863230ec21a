"""When a claim was registered, what it said at the start, and what is no proof."""

import subprocess
from datetime import timedelta

import pytest
from past_kit import CLAIM, HEAD, PATH, SATO, TOPIC, at, edit

from kb.store.ports import Edit
from kb.wiring import open_context, start_store
from kb.work import meetings, records, registration

DOC = HEAD + CLAIM + TOPIC


@pytest.fixture
def ctx(tmp_path, as_sato, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-26T09:00:00+09:00")
    start_store(tmp_path / "team", "sato", lang="ja", team="東")
    opened = open_context(str(tmp_path / "team"), "sato", lang="ja")
    yield opened
    opened.close()


@pytest.fixture
def save(ctx):
    def run(apply, *, when, trailers=()):
        saved = ctx.store.save(
            [Edit(PATH, apply)], actor=SATO, message="書く", when=when, trailers=trailers
        )
        assert saved.commit
        ctx.close()  # the next question begins anew, as the next command does

    return run


def shown(ctx, id_="h-3f9a7c"):
    row, meeting = meetings.find(ctx, "acme/2026-11-25")
    return registration.of_meeting(ctx, row, meeting)[id_]


def kept(ctx, id_="h-3f9a7c"):
    found = records.records(ctx, ctx.catalogue.meetings("acme"))
    return found[PATH].claims["m-4k7q2x", id_]


def test_a_changed_confidence_is_a_new_registration_and_the_start_keeps_the_old(ctx, save):
    save(lambda _: DOC.encode(), when=at(18, day=24))
    assert shown(ctx) == (at(18, day=24), "clock", True)
    save(edit("60%", "90%"), when=at(14, 1))
    assert shown(ctx) == (at(14, 1), "clock", False)
    claim = kept(ctx)
    when = at(18, day=24)
    assert claim.stood == ((when, "clock", ("sato",), when, None), 60)
    assert claim.now.at == at(14, 1)
    save(edit("90%", "60%"), when=at(15))
    assert shown(ctx) == (at(18, day=24), "clock", True), "it says again what it said before"


def test_one_word_more_is_a_new_registration(ctx, save):
    save(lambda _: DOC.encode(), when=at(18, day=24))
    save(edit("当日尋ねる", "当日、柏木様に尋ねる"), when=at(15))
    assert not shown(ctx).before
    assert kept(ctx).stood.mark.at == at(18, day=24)


def test_a_verdict_and_the_meetings_own_lines_change_nothing(ctx, save):
    save(lambda _: DOC.encode(), when=at(18, day=24))
    save(edit("  - 確信度: 60%\n", "  - 確信度: 60%\n  - 判定: 支持 「はい」\n"), when=at(15))
    save(edit("判定: 支持 「はい」", "判定: 棄却 「いいえ」"), when=at(16))
    assert shown(ctx).at == at(18, day=24)
    claim = kept(ctx)
    assert claim.verdicts == ((at(15), "supported"), (at(16), "refuted"))
    assert claim.asked.at == at(18, day=24)


def test_what_is_written_on_the_day_of_a_meeting_without_a_time_counts_as_before(ctx, save):
    save(lambda _: DOC.replace("14:00 ", "").encode(), when=at(13))
    assert shown(ctx).before
    save(edit("60%", "90%"), when=at(0, day=26) + timedelta(seconds=1))
    assert not shown(ctx).before
    assert kept(ctx).stood.confidence == 60


def test_a_claim_that_first_stood_after_the_start_says_nothing_about_it(ctx, save):
    save(lambda _: DOC.encode(), when=at(14, 1))
    assert kept(ctx).stood is None
    assert kept(ctx).asked is None


def test_a_committer_date_forged_into_the_past_is_an_own_clock(ctx, save, monkeypatch):
    save(lambda _: DOC.replace("60%", "50%").encode(), when=at(15))
    root = ctx.root
    text = (root / PATH).read_text("utf-8").replace("50%", "95%")
    (root / PATH).write_text(text, "utf-8")
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, "2026-11-24T09:00:00+09:00")
    subprocess.run(["git", "-C", str(root), "commit", "-qam", "x"], check=True)
    found = shown(ctx)
    assert (found.at, found.source) == (at(9, day=24), "clock")
    assert found.as_json()["registered_source"] == "own clock"


def test_who_types_that_a_server_received_it_has_no_proof(ctx, save):
    save(lambda _: DOC.encode(), when=at(15), trailers=[("Kb-Source", "server")])
    assert shown(ctx).source == "clock"
    root = ctx.root
    text = (root / PATH).read_text("utf-8").replace("60%", "65%")
    (root / PATH).write_text(text, "utf-8")
    words = ["commit", "-qam", "x\n\nKb-Source: server\n"]
    subprocess.run(["git", "-C", str(root), *words], check=True)
    ctx.close()
    assert shown(ctx).source == "clock"


def test_imported_notes_are_not_known_to_be_from_before(ctx, save):
    save(lambda _: DOC.encode(), when=at(9, day=20), trailers=[("Kb-Source", "import")])
    assert shown(ctx) == (at(9, day=20), "imported", None)


def test_a_claim_changed_by_hand_is_not_registered_until_it_is_committed(ctx, save):
    save(lambda _: DOC.encode(), when=at(9, day=20))
    text = (ctx.root / PATH).read_text("utf-8")
    (ctx.root / PATH).write_text(text.replace("60%", "90%"), "utf-8")
    assert shown(ctx) == registration.NOT_YET
    assert shown(ctx).as_json() == {
        "registered_at": None,
        "registered_source": None,
        "before_meeting": None,
    }


def receipts(known):
    """Return a server's receipts: what is new is received now, what is known keeps its time."""
    moment = {}

    def receive(commits, new):
        if new:
            known.update((one, moment["now"]) for one in commits if one not in known)
        return {one: known[one] for one in commits if one in known}

    return moment, receive


def test_what_a_server_had_before_the_meeting_began_is_proof(ctx, save):
    moment, ctx.receive = receipts({})
    moment["now"] = at(9, 1)
    save(lambda _: DOC.encode(), when=at(9))
    assert shown(ctx) == (at(9, 1), "server", True)
    moment["now"] = at(20)
    assert shown(ctx) == (at(9, 1), "server", True), "it was received once"


def test_what_reached_the_server_only_after_the_start_is_an_own_clock(ctx, save):
    moment, ctx.receive = receipts({})
    moment["now"] = at(16)
    save(lambda _: DOC.encode(), when=at(9))
    assert shown(ctx) == (at(9), "clock", True)


def test_what_was_written_after_the_start_is_late_by_the_servers_clock(ctx, save):
    moment, ctx.receive = receipts({})
    moment["now"] = at(15, 1)
    save(lambda _: DOC.encode(), when=at(15))
    assert shown(ctx) == (at(15, 1), "server", False)


def test_what_was_read_without_receipts_is_read_again_with_them(ctx, save):
    save(lambda _: DOC.encode(), when=at(9))
    assert shown(ctx) == (at(9), "clock", True)
    commit = ctx.past.versions(PATH)[-1].commit
    ctx.close()
    _, ctx.receive = receipts({commit: at(9, 2)})
    assert shown(ctx) == (at(9, 2), "server", True)
    ctx.close()
    ctx.receive = None
    assert shown(ctx) == (at(9), "clock", True)
