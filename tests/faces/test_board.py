"""The board of a team that has just begun, and what counts when confidence is changed late."""


def claim(kb, confidence, *, now):
    text = "再オンボーディングで利用が戻る"
    return kb(
        *("add", "acme/2026-11-25", "hypothesis", text, "--confidence", confidence, "--json"),
        now=now,
    ).json["id"]


def test_the_score_uses_the_confidence_at_the_start(kb, team):
    id_ = claim(kb, 60, now="2026-11-24T10:00:00+09:00")
    document = team / "accounts/acme.md"
    document.write_text(document.read_text("utf-8").replace("60%", "90%"), "utf-8")
    kb("verdict", id_, "supported", "--quote", "はい", now="2026-11-25T14:30:00+09:00")
    after = "2026-11-26T09:00:00+09:00"
    board = kb("board", "--json", now=after).json
    assert (board["calibration"]["n"], board["calibration"]["brier"]) == (1, 0.16)
    assert (board["calibration"]["base_rate"], board["enough"]) == (None, False)
    assert board["preregistered"] == {"n": 1, "of": 1, "rate": None}
    (shown,) = kb("meeting", "show", "acme/2026-11-25", "--json", now=after).json["hypotheses"]
    assert shown["confidence"] == 90
    assert (shown["registered_source"], shown["before_meeting"]) == ("own clock", False)
    page = kb("meeting", "show", "acme/2026-11-25", now=after, lang="ja").out
    assert (
        "登録: 2026-11-25 14:30、開始後（書いた人の時計によるもので、証明ではありません）" in page
    )
    assert "own clock, no proof" in kb("meeting", "show", "acme", now=after, lang="en").out


def test_a_claim_written_after_the_start_is_in_no_score(kb, team):
    id_ = claim(kb, 90, now="2026-11-25T14:20:00+09:00")
    kb("verdict", id_, "supported", now="2026-11-25T14:30:00+09:00")
    board = kb("board", "--json", now="2026-11-26T09:00:00+09:00").json
    assert board["verdicts"]["supported"] == 1
    assert board["calibration"]["n"] == 0
    assert board["with_hypothesis"]["n"] == 1
    assert board["preregistered"]["n"] == 0
    assert board["registered"]["before_meeting"]["n"] == 0


def test_minutes_count_to_the_minute(kb, team):
    kb("add", "acme/2026-11-25", "memo", "x", now="2026-11-25T14:20:00+09:00")
    kb("meeting", "close", "acme/2026-11-25", now="2026-11-25T14:54:59+09:00")
    after = "2026-11-26T09:00:00+09:00"
    assert kb("board", "--json", now=after).json["minutes_within_5"]["n"] == 1
    kb("meeting", "close", "acme/2026-11-25", "--at", "14:56", now=after)
    late = kb("board", "--json", now=after).json
    assert (late["minutes_within_5"]["n"], late["closed"]["n"]) == (0, 1)


def test_a_new_team_has_an_empty_board_and_no_words(kb, team):
    board = kb("board", "--json").json
    assert (board["meetings"], board["hypotheses"], board["enough"]) == (0, 0, False)
    assert board["with_hypothesis"] == {"n": 0, "of": 0, "rate": None}
    assert board["calibration"]["brier"] is None
    page = kb("board", lang="ja").out
    assert "終わったミーティングは、まだありません" in page
    assert "ブライア" not in page
    assert [step["ready"] for step in board["steps"]] == [True, False, False, False]
    assert board["candidates"] > 0
    assert kb("board", "--json", now="2027-02-01T09:00:00+09:00").json["stalled"] == []


def test_training_has_no_question_yet(kb, team):
    assert kb("train", "--json").json == {"items": [], "total": 0}
    assert "まだ問題がありません" in kb("train", lang="ja").out


def test_a_confidence_is_5_to_95_percent(kb, team):
    for value in (4, 96, 0, 100):
        bad = kb("add", "acme", "hypothesis", "x", "--confidence", value, "--json", code=2)
        assert bad.error["code"] == "bad-confidence"
    for value in (5, 95):
        kb("add", "acme", "hypothesis", f"x{value}", "--confidence", value)
