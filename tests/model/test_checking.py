"""What a check takes for what: titles, figures, times."""

from datetime import datetime, timedelta

import pytest

from kb.model import checking, policy
from kb.model.agenda import carried_over, chat
from kb.model.reading import Reader
from kb.text.names import DEFAULT_NAMES
from kb.text.outline import parse


def meeting(body, head="2026-11-25 14:00 定例"):
    data = f"## {head}\n\n{body}".encode()
    document = parse(data)
    reader = Reader(
        data, DEFAULT_NAMES, account="x", path="x.md", members={"sato": None}, people={}
    )
    return reader.read(document.meetings[0])


def topic(title):
    [found] = meeting(f"### アジェンダ\n\n#### {title}\n").topics
    return found


@pytest.mark.parametrize(
    "title",
    [
        *("近況", "近況伺い", "近況の共有", "最近いかがですか", "その後いかがでしょうか", "ご挨拶"),
        *("新年のご挨拶", "雑談", "お変わりないですか", "何かお困りごとはありませんか", "情報交換"),
        *("Catch-up", "catch up", "Check-in", "How are things?", "How have you been lately?"),
        *("1. 近況", "【近況】", "近況・ご挨拶"),
    ],
)
def test_small_talk_is_known_by_its_title(title):
    assert chat(topic(title))
    assert not carried_over(topic(title))


@pytest.mark.parametrize(
    "title",
    [
        *("前回TODOの確認", "TODO確認", "宿題の確認", "前回の振り返り", "前回の宿題"),
        *("タスクの進捗確認", "アクションアイテムの確認", "進捗確認", "前回議事録の確認"),
        *("Review of open action items", "Open action items", "Last time's to-dos", "TODO review"),
    ],
)
def test_a_round_over_open_todos_is_known_by_its_title(title):
    assert carried_over(topic(title))
    assert not chat(topic(title))


@pytest.mark.parametrize(
    "title",
    [
        *("更新", "返信の早さ", "近況から見えた課題", "最近の利用率", "挨拶運動の結果", "課題"),
        *(
            "How the week looks",
            "Renewal",
            "News feed redesign",
            "TODO機能の要望",
            "進捗率を上げる",
        ),
    ],
)
def test_a_topic_of_its_own_is_neither(title):
    assert not chat(topic(title))
    assert not carried_over(topic(title))


@pytest.mark.parametrize(
    ("impact", "low"),
    [
        *(("売上 +120万円/年", False), ("費用 -月20時間", False), ("月8時間の工数", False)),
        *(("revenue, USD 40k a year", False), ("churn: 3% of ARR", False), ("¥2m", False)),
        *(
            ("盛り上がる", True),
            ("投稿が増える", True),
            ("more posts", True),
            ("更新しやすくなる", True),
        ),
    ],
)
def test_only_money_and_work_lift_a_talk_above_tool_use(impact, low):
    body = f"### 事前仮説\n\n- x\n  - 効果: {impact}\n"
    assert checking.tool_use(meeting(body)) is low


def test_nothing_is_judged_where_nothing_was_talked_about():
    assert checking.tool_use(meeting("### 社内メモ\n\n- x\n")) is None
    assert checking.tool_use(meeting("### 事前仮説\n\n- x\n", "2026-11-25 [中止] 定例")) is None


def test_minutes_count_to_the_second():
    end = datetime(2026, 11, 25, 14, 50)  # noqa: DTZ001 (the team's own time)
    for late, within in ((299, True), (300, True), (301, False), (-60, True)):
        closed = end + timedelta(seconds=late)
        assert policy.within_target(end, closed, 5) is within
        assert policy.minutes_after(end, closed) == max(0, round(late / 60, 2))


def test_what_is_off_is_no_finding_at_all():
    assert [policy.severity(level) for level in ("off", "remind", "require")] == [
        None,
        "warning",
        "error",
    ]
