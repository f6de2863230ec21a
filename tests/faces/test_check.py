"""`kb meeting check`: every code, its line, its policy."""

import pytest

ALL = (
    *("no-hypothesis", "no-test", "no-confidence", "no-impact", "no-stance", "only-carried"),
    *("small-talk", "late", "value-level", "not-closed", "near-miss", "no-review"),
)
HEAD = "# アクメ\n\n## 2026-11-25 14:00 定例 ^m-4k7q2x\n\n- 時間: 14:00–14:50\n\n"
CLAIM = (
    "### 事前仮説\n\n- 利用率が戻る ^h-3f9a7c\n  - 根拠: x\n  - 検証: 当日に尋ねる\n"
    "  - 効果: 売上 +10万円\n  - 確信度: 70%\n\n"
)
TOPIC = "### アジェンダ\n\n#### 進め方\n\n- スタンス: 2回で終える\n\n"


def write(team, text):
    (team / "accounts/x.md").write_text(text, "utf-8")


def problems(kb, ref="x", code=None, **kwargs):
    said = kb("meeting", "check", ref, "--json", code=code, **kwargs).json["problems"]
    return [(one["code"], one["line"]) for one in said]


def codes(kb, **kwargs):
    return [code for code, _ in problems(kb, **kwargs)]


def test_the_sample_faults_the_one_and_passes_the_other(kb, sample):
    assert codes(kb, ref="m-k2fztx", code=0) == ["no-hypothesis", "only-carried", "no-stance"]
    assert kb("meeting", "check", "m-2yn804", "--json").json == {"problems": []}
    assert kb("meeting", "check", "m-2yn804").out == (
        "minasoko  2026-11-25(水) 14:00–14:50  更新前レビュー\n足りないものはありません。\n"
    )


def test_each_problem_has_a_line_a_sentence_with_the_mend_and_a_severity(kb, team):
    write(team, HEAD + TOPIC)
    [one] = kb("meeting", "check", "x", "--json").json["problems"]
    assert set(one) == {"code", "message", "line", "severity"}
    assert (one["code"], one["line"], one["severity"]) == ("no-hypothesis", 3, "warning")
    assert one["message"].startswith("事前仮説がまだありません。外れたら")
    english = kb("meeting", "check", "x", "--json", lang="en").json["problems"][0]["message"]
    assert english.startswith("There is no hypothesis for this meeting. Write one sentence")


def test_a_good_preparation_has_nothing_to_mend(kb, team):
    write(team, HEAD + CLAIM + TOPIC)
    assert problems(kb, code=0) == []


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("検証: 当日に尋ねる", "no-test"),
        ("効果: 売上 +10万円", "no-impact"),
        ("確信度: 70%", "no-confidence"),
    ],
)
def test_a_claim_lacks_a_field_or_has_an_empty_one(kb, team, field, code):
    label = field.split(":")[0]
    for text in ("", f"  - {label}:\n"):
        write(team, HEAD + CLAIM.replace(f"  - {field}\n", text) + TOPIC)
        assert problems(kb, code=0) == [(code, 9)]


@pytest.mark.parametrize(
    "test", ["様子を見る", "なし", "TBD", "反応を見る。", "wait and see", "未定"]
)
def test_a_test_that_can_not_come_out_either_way_is_none(kb, team, test):
    write(team, HEAD + CLAIM.replace("当日に尋ねる", test) + TOPIC)
    assert codes(kb) == ["no-test"]


def test_a_topic_without_a_stance_is_named_at_its_line(kb, team):
    write(team, HEAD + CLAIM + TOPIC + "#### 次の話\n\n- お客様: 聞きたい\n")
    assert problems(kb, code=0) == [("no-stance", 21)]


@pytest.mark.parametrize("stance", ["相談する", "検討したい", "ご意見を伺う", "未定", "Discuss"])
def test_a_stance_that_proposes_nothing_is_none(kb, team, stance):
    write(team, HEAD + CLAIM + TOPIC.replace("2回で終える", stance))
    assert problems(kb) == [("no-stance", 17)]


@pytest.mark.parametrize(
    ("agenda", "flagged"),
    [
        ("#### 前回TODOの確認\n\n- 送る (10/14より) [[x#^t-8f3kq0]]\n", True),
        ("#### 宿題の確認\n\n#### 近況\n", True),
        ("#### Review of open action items\n", True),
        ("#### 移行 [[x#^a-8f3kq0]]\n", True),
        ("#### 前回TODOの確認\n\n- スタンス: 期日を2件見直したい\n", False),
        ("#### 前回TODOの確認\n\n#### 更新の形\n", False),
        ("#### 移行 [[x#^a-8f3kq0]]\n\n- スタンス: 12月に移したい\n", False),
    ],
)
def test_an_agenda_that_only_goes_over_what_was_left_open(kb, team, agenda, flagged):
    write(team, HEAD + "### アジェンダ\n\n" + agenda)
    assert ("only-carried" in codes(kb)) is flagged


def test_open_todos_below_todo_alone_make_a_todo_checker(kb, team):
    write(team, HEAD + "### TODO\n\n- 送る (10/14より) [[x#^t-8f3kq0]]\n")
    assert codes(kb) == ["no-hypothesis", "only-carried"]


@pytest.mark.parametrize(
    ("title", "flagged"),
    [
        *(("近況", True), ("最近いかがですか", True), ("ご挨拶", True), ("Catch-up", True)),
        *(("How have you been lately?", True), ("近況と更新", False), ("利用状況", False)),
    ],
)
def test_small_talk_as_the_only_topic(kb, team, title, flagged):
    write(team, HEAD + f"### アジェンダ\n\n#### {title}\n")
    assert ("small-talk" in codes(kb)) is flagged
    write(team, HEAD + f"### アジェンダ\n\n#### {title}\n\n- スタンス: 利用率の話をしたい\n")
    assert "small-talk" not in codes(kb)


def test_small_talk_is_answered_with_two_openers_from_the_accounts_data(kb, sample):
    made = kb(
        "meeting", "new", "minasoko", "--date", "2026-12-09", "--start", "10:00", "--json"
    ).json
    kb("add", made["id"], "topic", "近況")
    [message] = [
        one["message"]
        for one in kb("meeting", "check", made["id"], "--json").json["problems"]
        if one["code"] == "small-talk"
    ]
    assert "→" in message
    assert message.count("「") >= 3


def test_a_claim_written_after_the_start_is_late(kb, team):
    ref = "acme/2026-11-25"
    kb(
        "add",
        ref,
        "hypothesis",
        "先に書いた",
        "--confidence",
        "70",
        now="2026-11-25T13:59:00+09:00",
    )
    kb("add", ref, "hypothesis", "後から書いた", now="2026-11-25T14:01:00+09:00")
    after = "2026-11-25T14:10:00+09:00"
    assert "late" not in codes(kb, ref=ref, now="2026-11-25T13:59:30+09:00")
    late = [
        one["message"]
        for one in kb("meeting", "check", ref, "--json", now=after).json["problems"]
        if one["code"] == "late"
    ]
    assert len(late) == 1
    assert "後から書いた" in late[0]
    path = team / "accounts/acme.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("確信度: 70%", "確信度: 90%"), "utf-8")
    assert codes(kb, ref=ref, now=after).count("late") == 2
    path.write_text(text.replace("先に書いた", "先に書いたことを直した"), "utf-8")
    assert codes(kb, ref=ref, now=after).count("late") == 2


def test_what_came_from_elsewhere_is_not_called_late(kb, sample):
    assert "late" not in codes(kb, ref="minasoko/2026-10-28")


def test_three_meetings_in_a_row_at_tool_use(kb, team):
    def three(*bodies):
        days = ("2026-11-25", "2026-11-11", "2026-10-28")
        return "# x\n\n" + "\n".join(
            f"## {day} 14:00 定例\n\n{body}\n" for day, body in zip(days, bodies, strict=True)
        )

    low = "### アジェンダ\n\n#### 投稿を増やす\n\n- スタンス: バッジを配る\n"
    level = low + "- 価値の段階: 3\n"
    write(team, three(low, low, low))
    assert ("value-level", 3) in problems(kb, ref="x/2026-11-25")
    assert "value-level" not in codes(kb, ref="x/2026-11-11")
    for bodies in ((CLAIM, low, low), (low, CLAIM, low), (low, low, CLAIM), (low, level, low)):
        write(team, three(*bodies))
        assert "value-level" not in codes(kb, ref="x/2026-11-25")
    write(team, three(CLAIM + "- 価値の段階: 2\n", low, low))
    assert "value-level" in codes(kb, ref="x/2026-11-25")


@pytest.mark.parametrize(
    ("now", "flagged"),
    [("14:55:00", False), ("14:55:01", True), ("14:00:00", False)],
)
def test_minutes_that_are_not_complete_in_time_are_an_error(kb, team, now, flagged):
    write(team, HEAD + CLAIM + TOPIC)
    at = f"2026-11-25T{now}+09:00"
    said = kb("meeting", "check", "x", "--json", now=at, code=int(flagged)).json["problems"]
    found = [(one["code"], one["severity"]) for one in said if one["code"] == "not-closed"]
    assert found == ([("not-closed", "error")] if flagged else [])


def test_a_near_miss_names_its_line_and_its_mend(kb, team):
    write(team, HEAD + CLAIM + TOPIC + "・決定: 送る\n")
    [one] = kb("meeting", "check", "x", "--json").json["problems"]
    assert (one["code"], one["line"]) == ("near-miss", 21)
    assert "- 決定: 送る" in one["message"]


def test_an_unknown_handle_is_shown_with_who_may_be_meant(kb, team):
    write(team, HEAD + CLAIM + TOPIC + "- [ ] 送る @satou\n")
    [one] = kb("meeting", "check", "x", "--json").json["problems"]
    assert "登録されている人: @sato。" in one["message"]


@pytest.mark.parametrize("code", ["no-hypothesis", "no-stance", "near-miss"])
def test_each_check_is_off_a_reminder_or_required(kb, team, code):
    write(team, HEAD + "### アジェンダ\n\n#### 進め方\n\n・決定: 送る\n")
    settings = team / "kb.toml"
    text = settings.read_text("utf-8")
    for level, severity, ends in (
        ("off", None, 0),
        ("remind", "warning", 0),
        ("require", "error", 1),
    ):
        settings.write_text(f'{text}\n[policies.checks]\n{code} = "{level}"\n', "utf-8")
        said = kb("meeting", "check", "x", "--json", code=ends).json["problems"]
        assert [one["severity"] for one in said if one["code"] == code][:1] == (
            [severity] if severity else []
        )


def test_every_code_has_a_level_and_its_sentences():
    from kb.configshape import CHECKS
    from kb.messages import checks

    assert set(CHECKS) == set(ALL)
    for code in ALL:
        if code != "near-miss":
            assert checks.TABLE[f"check-{code}"].ja_hint
