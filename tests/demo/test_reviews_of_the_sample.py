"""The sample team's six reviews stand where its story says."""

import pytest

from kb.wiring import open_context
from kb.work import board_reviews, reviews

STATES = {
    "minasoko-2026-11-25": ("approved", ("takahashi",), (), None),
    "orikasa-2026-08-25": ("closed", (), (), None),
    "larkmoor-2026-07-07": ("closed", ("ito",), (), None),
    "tomoshibi-2026-12-02": ("changes", (), ("nakamura",), None),
    "p-handover-30": ("closed", ("sato", "takahashi"), (), "adopted"),
    "p-sponsor-kickoff": ("changes", ("nakamura",), ("ito",), None),
}


@pytest.fixture(scope="module")
def ctx(built):
    context = open_context(str(built.store), "takahashi", lang="ja")
    yield context
    context.close()


def test_every_review_folds_to_its_state(ctx, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-21T12:00:00+09:00")
    found = {one.path.rpartition("/")[2].removesuffix(".md"): one for one in reviews.every(ctx)}
    assert {name: one.state.state for name, one in found.items()} == {
        name: state for name, (state, *_) in STATES.items()
    }
    for name, (_, approvals, outstanding, result) in STATES.items():
        state = found[name].state
        if name != "orikasa-2026-08-25":
            assert state.approvals == approvals, name
        assert (state.outstanding, state.result) == (outstanding, result), name
    assert all(one.counts(event) for one in found.values() for event in one.events)


def test_reviews_keep_their_own_names_and_ids(ctx):
    assert reviews.find(ctx, "minasoko/2026-11-25").id == "r-8w139p"
    assert reviews.find(ctx, "p-sponsor-kickoff").path == "reviews/p-sponsor-kickoff.md"


def test_the_standing_of_a_page_and_of_a_meeting(ctx):
    page = reviews.standing(ctx, "p-sponsor-kickoff", "adoption")
    assert (page.state, page.approvals, page.outstanding) == ("changes", ("nakamura",), ("ito",))
    assert page.authors == ("takahashi",)
    assert reviews.standing(ctx, "m-2yn804", "pre").state == "approved"
    assert reviews.standing(ctx, "minasoko#^m-2yn804", "post").state == "none"
    assert reviews.standing(ctx, "p-one-to-one", "adoption").state == "none"


def test_what_the_board_and_the_reviews_worked_out_stays_beside_each_other(ctx, monkeypatch):
    paths = [one.path for one in reviews.every(ctx)]

    def asked():
        return board_reviews.approvals(ctx), [reviews.verified(ctx, path) for path in paths]

    before = asked()
    assert before[0]
    assert all(before[1])

    def again(version):
        pytest.fail(f"{version.path} was read again")

    monkeypatch.setattr(ctx.past, "text", again)
    assert asked() == before
    assert asked() == before
