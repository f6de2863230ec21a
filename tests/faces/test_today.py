"""`kb today` and `kb week`: whose, in which order, and why."""

import pytest

from kb.catalogue.catalogue import Catalogue
from kb.remembered import Remembered


def kinds(said):
    return [(one["kind"], one["ref"]) for one in said["items"]]


def test_a_members_day_is_in_the_order_of_urgency(kb, sample):
    said = kb("today", "--json").json
    assert said["date"] == "2026-11-21"
    assert kinds(said) == [
        ("meeting", "m-2yn804"),
        ("promise", "t-f7h5z4"),
        ("waiting", "t-gjkbr7"),
        ("waiting", "t-x2n8mm"),
    ]
    assert said["items"][1] == {
        "kind": "promise",
        "account": "yuzuriha",
        "ref": "t-f7h5z4",
        "message": "株式会社ユズリハ会計クラウド 副担当の候補を三輪様に伺う",
        "reason": "お客様との約束です。期日 10/30(金) を22日過ぎています",
        "due": "2026-10-30",
    }


def test_a_lead_and_everybody_see_all_that_is_overdue(kb, sample):
    overdue = {one["id"] for one in kb("todo", "--overdue", "--json").json["items"]}
    assert len(overdue) == 10
    for words in (("--as", "takahashi"), ("--all",)):
        said = kb("today", *words, "--json").json
        assert {ref for kind, ref in kinds(said) if kind in ("promise", "waiting")} == overdue
        due = [one["due"] for one in said["items"] if one["kind"] == "promise"]
        assert due == sorted(due)


def test_the_week_has_what_is_due_and_what_is_to_prepare(kb, sample):
    said = kb("week", "--all", "--json").json
    assert [one for one in kinds(said) if one[0] not in ("promise", "waiting")] == [
        ("meeting", "m-2yn804"),
        ("preparation", "m-k2fztx"),
    ]
    late = kinds(kb("today", "--all", "--json").json)
    coming = [ref for kind, ref in kinds(said) if (kind, ref) not in late and kind == "promise"]
    todos = kb("todo", "--json").json["items"]
    assert coming == [
        one["id"]
        for one in todos
        if one["promise"] and one["due"] and "2026-11-21" <= one["due"] <= "2026-11-27"
    ]
    assert len(coming) == 2
    [line] = [one for one in said["items"] if one["ref"] == "m-k2fztx"]
    assert line["message"] == "12/2(水) 16:00 トモシビラーニング株式会社 12月定例 @ito"
    assert line["reason"] == "足りないもの: 事前仮説、持ち越しの確認のほかの論点"


def test_the_day_of_a_meeting_says_when_it_is_and_what_is_missing(kb, sample):
    at = "2026-12-02T09:00:00+09:00"
    said = kb("today", "--as", "ito", "--json", now=at).json
    first = said["items"][0]
    assert (first["kind"], first["ref"]) == ("meeting", "m-k2fztx")
    assert first["message"] == "16:00 トモシビラーニング株式会社 12月定例 @ito"
    assert first["reason"].startswith("足りないもの: 事前仮説")
    during = kb("today", "--as", "ito", "--json", now="2026-12-02T16:10:00+09:00").json
    assert during["items"][0]["message"].startswith("進行中（16:00から）")


def test_minutes_are_asked_for_until_they_are_complete(kb, sample):
    at = "2026-11-25T15:00:00+09:00"
    lines = [one for one in kb("today", "--json", now=at).json["items"] if one["kind"] == "minutes"]
    assert [(one["ref"], one["reason"]) for one in lines] == [
        ("m-2yn804", "今日 14:50 に終了。議事録がまだ完了していません")
    ]
    kb("meeting", "close", "m-2yn804", now=at)
    assert "minutes" not in [kind for kind, _ in kinds(kb("today", "--json", now=at).json)]
    kb("today", now="2027-03-01T09:00:00+09:00")


def test_a_hypothesis_is_asked_for_on_its_day_or_two_weeks_after(kb, sample):
    path = sample / "accounts/minasoko.md"
    text = path.read_text("utf-8")
    text = text.replace(
        "  - 参照: [[p-handover-30]]\n",
        "  - 参照: [[p-handover-30]]\n  - 判定予定: 2026-12-21\n",
        1,
    )
    path.write_text(text, "utf-8")

    def asked(day):
        said = kb("today", "--json", now=f"{day}T09:00:00+09:00").json
        return [(one["ref"], one["due"]) for one in said["items"] if one["kind"] == "verdict"]

    assert asked("2026-12-08") == []
    assert asked("2026-12-09") == [("h-78wymp", "2026-12-09")]
    assert asked("2026-12-21") == [("h-78wymp", "2026-12-09"), ("h-6hg8ez", "2026-12-21")]
    kb("verdict", "h-78wymp", "refuted", "--quote", "価格の話が出ました")
    assert asked("2026-12-21") == [("h-6hg8ez", "2026-12-21")]


@pytest.mark.parametrize(
    ("day", "who", "known"),
    [
        ("2026-11-25", "sato", False),
        ("2026-11-25", "ito", False),
        ("2026-12-09", "sato", False),
        ("2026-12-09", "sato", True),
    ],
)
def test_a_meeting_that_is_changed_while_today_is_made_is_left_out(
    kb, sample, monkeypatch, day, who, known
):
    path = sample / "accounts/minasoko.md"
    now = f"{day}T09:00:00+09:00"

    def retitle(old, new):
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def of_the_meeting():
        said = kb("today", "--as", who, "--json", now=now).json
        told = [one for one in said["items"] if one["account"] == "minasoko"]
        return {kind for kind, _ in kinds({"items": told})} & {"meeting", "verdict"}

    def changed_after(real):
        def listed(catalogue, *args):
            rows = real(catalogue, *args)
            if any(row.title == mine for row in rows):
                catalogue.rows(lambda db: db.execute("DELETE FROM section"))
                monkeypatch.setattr("kb.catalogue.catalogue._meetings", Remembered(400))
                retitle(mine, f"{mine} 改")
            return rows

        return listed

    mine = f"更新前レビュー {day} {who} {known}"  # nothing of it was read by another test
    retitle("更新前レビュー", mine)
    if known:
        assert of_the_meeting() == {"verdict"}
    with monkeypatch.context() as patch:
        for name in ("coming", "unfinished"):
            patch.setattr(Catalogue, name, changed_after(getattr(Catalogue, name)))
        assert of_the_meeting() == set()
    assert "改" in path.read_text("utf-8")
    there = {"2026-11-25": "meeting", "2026-12-09": "verdict"}
    assert of_the_meeting() == {there[day]}


def test_what_was_kept_comes_first(kb, sample):
    from kb.store.ports import Actor
    from kb.store.store import Store

    store = Store.find(sample)
    id_ = store.keep("accounts/minasoko.md", b"x", "conflict", actor=Actor("sato", "s", "s@x"))
    first = kb("today", "--json").json["items"][0]
    assert (first["kind"], first["ref"]) == ("kept", id_)
    assert "accounts/minasoko.md" in first["message"]


def test_an_archived_account_and_a_switched_off_check_say_nothing(kb, sample):
    kb("account", "archive", "tomoshibi")
    assert "tomoshibi" not in kb("week", "--all", "--json").out
    settings = sample / "kb.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('minutes    = "require"', 'minutes    = "off"'), "utf-8")
    at = "2026-11-25T15:00:00+09:00"
    assert "minutes" not in [kind for kind, _ in kinds(kb("today", "--json", now=at).json)]


@pytest.mark.parametrize("command", ["today", "week"])
def test_an_empty_list_is_said_in_words(kb, team, command):
    said = kb(command, now="2026-12-24T09:00:00+09:00", lang="en", code=0).out
    assert said.splitlines()[0].startswith("Thu 2026-12-24")


def test_text_for_people_in_both_languages(kb, sample):
    assert kb("today").out == (
        "2026-11-21(土)\n"
        "\n■ ミーティング\n"
        "- 11/25(水) 14:00 ミナソコ醸造株式会社 更新前レビュー\n"
        "    → 準備はできています  [m-2yn804]\n"
        "\n■ お客様との約束\n"
        "- 株式会社ユズリハ会計クラウド 副担当の候補を三輪様に伺う\n"
        "    → お客様との約束です。期日 10/30(金) を22日過ぎています  [t-f7h5z4]\n"
        "\n■ お客様待ち\n"
        "- ミナソコ醸造株式会社 会員ランクのお知らせ文を蔵元の言葉に直す @seto\n"
        "    → お客様の宿題です。期日 11/13(金) を8日過ぎたので、一声かける頃です  [t-gjkbr7]\n"
        "- 株式会社ユズリハ会計クラウド 招待リスト30件を送る @imaizumi\n"
        "    → お客様の宿題です。期日 11/19(木) を2日過ぎたので、一声かける頃です  [t-x2n8mm]\n"
    )
    assert kb("today", "--as", "emma", lang="en").out == (
        "Sat 2026-11-21\n"
        "\n■ Reviews\n"
        "- p-sponsor-kickoff 決める方のいないキックオフは始めない\n"
        "    → @takahashi asks you for a review  [r-9ted1b]\n"
        "\n■ Promises\n"
        "- Quillhaven Software Inc.: Confirm in writing that the data has been deleted\n"
        "    → we promised this; 8 days over (due Fri 13 Nov)  [t-mf396m]\n"
        "\n■ Waiting for the customer\n"
        "- Larkmoor Instruments Pte. Ltd.: Split the 2019 manuals into pages @grace-lim\n"
        "    → the customer's, 36 days over (due Fri 16 Oct); time to ask  [t-j3zb68]\n"
    )


def test_people_are_spoken_to_in_their_own_language(kb, sample, monkeypatch):
    assert kb("today", "--as", "emma").out.startswith("Sat 2026-11-21")
    assert kb("today", "--as", "emma", lang="ja").out.startswith("2026-11-21(土)")
    assert kb("meeting", "show", "nobody", "--as", "emma", code=3).err.startswith("There is no")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "Emma@example.com")
    assert kb("today").out.startswith("Sat 2026-11-21")
    monkeypatch.setenv("KB_MEMBER", "sato")
    assert kb("today").out.startswith("2026-11-21(土)")
