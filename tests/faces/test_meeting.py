"""`kb meeting` on real stores, in both languages."""

import re
import shlex
import sys

import pytest

OPEN = """---
account: minato
name: ミナト工業株式会社
csm: sato
people:
  tanaka: {name: 田中様, role: 情報システム部長}
  kuroda: {name: 黒田様, role: 前任, left: 2026-11-01}
---

# ミナト工業株式会社

## 2026-10-14 10:00 10月定例

- 出席: 田中様(情報システム部長), 黒田様(前任), 外部の方 / @sato

### アジェンダ

#### 前回TODOの確認

- 3件とも完了

#### 移行の進め方

- スタンス: 12月に移したい
- お客様: 年度末は避けたい
- [ ] 手順書を送る @sato due:2026-10-30

#### 決めたこと

- 決定: 隔週で集まる

### TODO

- [x] 済んだもの @sato
- [ ] 名簿をいただく @tanaka ^t-8f3kq0

### 社内メモ

- [ ] 社内で確かめる @sato

## 2026-09-09 10:00 9月定例 ^m-4k7q2x

### TODO

- [ ] 名簿をいただく @tanaka ^t-8f3kq0
- [ ] 前の前のもの @sato due:2026-12-01
"""


@pytest.fixture
def minato(team, git):
    """The team's store with a second account that has two meetings, written by hand."""
    (team / "accounts/minato.md").write_text(OPEN, "utf-8")
    return team / "accounts/minato.md"


def section(text, title):
    return re.search(rf"^### {title}\n(.*?)(?=^###? |\Z)", text, re.MULTILINE | re.DOTALL)[
        1
    ].strip()


# new


def test_a_new_meeting_shows_what_is_open_as_links_and_gives_the_originals_their_ids(
    kb, minato, team, git
):
    made = kb(
        *("meeting", "new", "minato", "--date", "2026-11-25", "--start", "10:00"),
        *("--end", "10:50", "--title", "11月定例", "--json"),
    ).json
    assert (made["account"], made["date"], made["start"], made["end"], made["title"]) == (
        *("minato", "2026-11-25", "10:00", "10:50"),
        "11月定例",
    )
    assert made["state"] == "planned"
    assert made["todos"] == []
    text = minato.read_text("utf-8")
    new = text[text.index("## 2026-11-25") : text.index("## 2026-10-14")]
    old = text[text.index("## 2026-10-14") :]
    assert new.startswith(f"## 2026-11-25 10:00 11月定例 ^{made['id']}\n\n- 時間: 10:00–10:50\n")
    sent = re.search(r"- \[ \] 手順書を送る @sato due:2026-10-30 \^(t-\w{6})$", old, re.MULTILINE)[
        1
    ]
    topic = re.search(r"#### 移行の進め方 \^(a-\w{6})$", old, re.MULTILINE)[1]
    before = re.search(
        r"- \[ \] 前の前のもの @sato due:2026-12-01 \^(t-\w{6})$", old, re.MULTILINE
    )[1]
    assert section(new, "TODO").splitlines() == [
        f"- 手順書を送る (10/14より) [[minato#^{sent}]]",
        f"- 前の前のもの (9/9より) [[minato#^{before}]]",
        "- 名簿をいただく (9/9より) [[minato#^t-8f3kq0]]",
    ]
    assert f"#### 移行の進め方 [[minato#^{topic}]]\n" in new
    assert "前回TODOの確認" not in new
    assert "決めたこと" not in new
    assert "社内で確かめる" not in new
    assert "- 前回の決定: 隔週で集まる (2026-10-14)" in section(new, "社内メモ")
    assert [one["link"] for one in made["carried"]] == [
        *(f"minato#^{sent}", f"minato#^{before}"),
        "minato#^t-8f3kq0",
    ]
    assert [(one["title"], one["continues"]) for one in made["topics"]] == [
        ("移行の進め方", f"minato#^{topic}")
    ]
    assert git(team, "status", "--porcelain") == ""
    assert git(team, "log", "-1", "--format=%an|%s|%(trailers:key=Kb-Meeting,valueonly)") == (
        f"佐藤 恭平|minato の 2026-11-25 のミーティングを準備: 11月定例|{made['id']}"
    )
    assert git(team, "log", "-2", "--format=%h").count("\n") == 1


def test_carried_over_twice_is_counted_once_and_ticked_everywhere(kb, minato):
    first = {one["text"] for one in kb("todo", "--account", "minato", "--json").json["items"]}
    for day in ("2026-11-25", "2026-12-02"):
        kb("meeting", "new", "minato", "--date", day, "--start", "10:00")
    todos = kb("todo", "--account", "minato", "--json").json["items"]
    assert {one["text"] for one in todos} == first
    assert len(todos) == len(first) == 4
    kb("done", "t-8f3kq0")
    left = [one["text"] for one in kb("todo", "--account", "minato", "--json").json["items"]]
    assert "名簿をいただく" not in left
    assert len(left) == 3


def test_who_comes_is_as_last_time_less_who_has_left(kb, minato):
    made = kb("meeting", "new", "minato", "--json").json
    assert made["attendees"] == {"customer": ["田中様", "外部の方"], "ours": ["sato"]}
    assert "- 出席: 田中様(情報システム部長), 外部の方 / @sato\n" in minato.read_text("utf-8")


def test_who_comes_can_be_said(kb, minato):
    asked = ("--with", "@tanaka", "--with", "山本様", "--with", "sato")
    made = kb("meeting", "new", "minato", *asked, "--json").json
    assert made["attendees"] == {"customer": ["田中様", "山本様"], "ours": ["sato"]}


def test_a_csm_whom_nobody_knows_does_not_attend(kb, team):
    kb("account", "add", "x", "--name", "x", "--csm", "nobody")
    assert kb("meeting", "new", "x", "--json").json["attendees"]["ours"] == ["sato"]


def test_the_day_is_today_and_the_answer_says_what_to_do_next(kb, minato):
    said = kb("meeting", "new", "minato").out
    first, place, todos, topics, next_ = said.splitlines()
    assert re.fullmatch(r"作成しました: minato  2026-11-25\(水\)  定例  m-\w{6}", first)
    assert place.startswith("  accounts/minato.md:")
    assert todos == "  前回までの未完了TODO: 3件"
    assert topics == "  決まっていない論点: 1件"
    assert next_.startswith("次にすること: kb add minato/2026-11-25 hypothesis")


def test_an_english_account_gets_an_english_meeting(kb, sample):
    kb("meeting", "new", "larkmoor", "--date", "2026-12-08", "--start", "9:30")
    text = (sample / "accounts/larkmoor.md").read_text("utf-8")
    assert "## 2026-12-08 09:30 " in text
    assert "### Hypotheses\n" in text.split("## 2026-12-08")[1].split("\n## ")[0]


def test_new_meetings_follow_the_documents_own_order(kb, team):
    path = team / "accounts/old.md"
    path.write_text(
        "# Old\r\n\r\n## 2026-01-01 a\r\n\r\n### TODO\r\n\r\n## 2026-02-01 b\r\n\r\n### TODO\r\n",
        "utf-8",
        newline="",
    )
    kb("meeting", "new", "old", "--date", "2026-03-01", "--title", "c")
    data = path.read_bytes()
    assert re.findall(rb"## (2026-\S+)", data) == [b"2026-01-01", b"2026-02-01", b"2026-03-01"]
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_the_teams_own_template_is_used_and_a_broken_one_is_named(kb, minato, team):
    template = team / "templates/ja/meeting.md.j2"
    template.write_text(
        "## {{ meeting.date }} {{ meeting.title }}\n\n### TODO\n\n- 合言葉\n", "utf-8"
    )
    kb("meeting", "new", "minato", "--title", "x")
    assert "- 合言葉\n" in minato.read_text("utf-8")
    before = minato.read_bytes()
    template.write_text("## {{ meeting.date }} {{ nobody }}\n", "utf-8")
    said = kb("meeting", "new", "minato", "--date", "2026-12-24", code=2)
    assert "templates/ja/meeting.md.j2" in said.err
    assert minato.read_bytes() == before
    template.write_text("ミーティングの見出しがない\n", "utf-8")
    kb("meeting", "new", "minato", "--date", "2026-12-24", code=2)
    assert minato.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--date", "明日"), "bad-date"),
        (("--date", "2026-02-30"), "bad-date"),
        (("--date", "11/25"), "bad-date"),
        (("--start", "25:00"), "bad-time"),
        (("--start", "2pm"), "bad-time"),
        (("--end", "15:00"), "end-without-start"),
        (("--start", "15:00", "--end", "14:00"), "bad-times"),
        (("--title", "a\nb"), "bad-title"),
        (("--title", ""), "bad-title"),
        (("--title", "16:00 から"), "bad-title"),
        (("--title", "[中止] 定例"), "bad-title"),
        (("--start", "14:00"), "meeting-exists"),
    ],
)
def test_bad_words_change_nothing(kb, team, git, words, code):
    before = (team / "accounts/acme.md").read_bytes()
    said = kb("meeting", "new", "acme", "--json", *words, code=2)
    assert said.error["code"] == code
    assert (team / "accounts/acme.md").read_bytes() == before
    assert git(team, "status", "--porcelain") == ""


def test_a_title_steals_no_id_and_hides_nothing(kb, team):
    shown = kb("meeting", "show", "acme", "--json").json
    for title in (
        f"定例 ^{shown['id']}",
        "a <!-- b",
        "# c",
        "*d* `e`",
        "[f](g)",
        "C#",
        "定例 @sato #x",
    ):
        made = kb("meeting", "new", "acme", "--title", title, "--json").json
        assert made["title"] == title
        assert made["id"] != shown["id"]
        kb("meeting", "cancel", made["id"])
    assert len(kb("meeting", "list", "acme", "--json").json["items"]) == 8


def test_an_unknown_account_is_not_found(kb, team):
    said = kb("meeting", "new", "acne", code=3)
    assert "acme" in said.err


def test_edit_opens_the_document_and_takes_in_what_was_written(kb, team, git, tmp_path):
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys\np = sys.argv[1]\n"
        "t = open(p, encoding='utf-8').read().replace('### 事前仮説\\n\\n-\\n', "
        "'### 事前仮説\\n\\n- 戻る\\n', 1)\nopen(p, 'w', encoding='utf-8').write(t)\n",
        "utf-8",
    )
    editor = f"{shlex.quote(sys.executable)} {shlex.quote(str(script))}"
    made = kb("meeting", "new", "acme", "--date", "2026-12-02", "--edit", "--json", EDITOR=editor)
    assert [one["text"] for one in made.json["hypotheses"]] == ["戻る"]
    assert git(team, "status", "--porcelain") == ""


# list and show


def test_the_list_is_newest_first_with_states(kb, sample):
    listed = kb("meeting", "list", "minasoko", "--since", "2026-10-01", "--json").json
    assert listed["total"] == len(listed["items"]) == 3
    assert listed["items"][0] == {
        "account": "minasoko",
        "id": "m-2yn804",
        "date": "2026-11-25",
        "start": "14:00",
        "end": "14:50",
        "title": "更新前レビュー",
        "state": "prepared",
    }
    assert [one["state"] for one in listed["items"][1:]] == ["closed"] * 2
    every = kb("meeting", "list", "--json").json
    assert every["total"] == 51
    said = kb("meeting", "list", "minasoko", "--until", "2026-06-30").out.splitlines()
    assert said[0].split() == ["日時", "顧客", "題", "状態", "id"]
    assert said[1].startswith("2026-0")
    assert kb("meeting", "list", "acme", code=3).err
    assert kb("meeting", "list", "--since", "x", "--json", code=2).error["code"] == "bad-date"


def test_a_meeting_is_shown_whole_as_data(kb, sample):
    shown = kb("meeting", "show", "minasoko", "--json").json
    assert list(shown["attendees"].values()) == [["柏木様", "瀬戸様"], ["sato", "takahashi"]]
    claim = shown["hypotheses"][0]
    assert claim["id"] == "h-6hg8ez"
    assert claim["confidence"] == 70
    assert claim["refs"] == ["p-handover-30"]
    assert claim["verdict"] is None
    assert claim["impact"] == "売上 +120万円/年 (限定酒の再購入)"
    assert [topic["stance"] is not None for topic in shown["topics"]] == [True] * 3
    assert [(t["owner"], t["due"], t["done"], t["promise"]) for t in shown["todos"]] == [
        ("sato", "2026-11-24", False, True),
        ("seto", "2026-11-24", False, False),
    ]
    assert shown["memo"].startswith("- 更新は2/1。")
    assert shown["gut"].startswith("yellow → lime")
    assert (shown["path"], shown["line"]) == ("accounts/minasoko.md", 20)
    last = kb("meeting", "show", "minasoko/2026-10-28", "--json").json
    assert {claim["verdict"] for claim in last["hypotheses"]} <= {"supported", "refuted", "mixed"}
    topic = last["topics"][0]
    assert set(topic["said"][0]) == {"text", "line"}
    assert all(one in last["decisions"] for one in topic["decisions"])
    assert all(one in last["todos"] for one in topic["todos"])


def test_a_meeting_reads_well_as_text_in_both_languages(kb, sample):
    said = kb("meeting", "show", "tomoshibi/2026-10-14").out
    assert said.startswith(
        "トモシビラーニング株式会社  2026-10-14(水) 16:00–17:00  高校部 キックオフ(やり直し)  [完了]\n"
    )
    for line in (
        "出席: 根岸様、杉浦様、沢田様 / @ito @nakamura",
        "■ 事前仮説",
        "   確信度: 70%",
        "   判定: 支持 「退会を減らすのは講師の仕事だと思っています。まず3人でやってください」",
        "■ アジェンダ",
        "1. 高校部の目的と担当  a-1vexam",
        "   スタンス: 担当講師3人を今日決めたい",
        "   [ ] 高校部の講師名簿をいただく @sugiura 期日 2026-10-30 (期日超過)  t-3gxcba",
    ):
        assert f"{line}\n" in said
    said = kb("meeting", "show", "larkmoor", lang="en").out
    assert "■ Agenda" in said
    assert re.search(r"^   Verdict: (supported|refuted|mixed)", said, re.MULTILINE)


@pytest.mark.parametrize(
    ("ref", "id_"),
    [
        ("minasoko", "m-2yn804"),
        ("minasoko/2026-11-25", "m-2yn804"),
        ("minasoko/2026-11-25T14:00", "m-2yn804"),
        ("m-2yn804", "m-2yn804"),
        ("tomoshibi", "m-k2fztx"),
        ("quillhaven/2026/06/12", None),
    ],
)
def test_a_meeting_has_several_names(kb, sample, ref, id_):
    shown = kb("meeting", "show", ref, "--json").json
    assert id_ is None or shown["id"] == id_


def test_what_is_not_there_is_said(kb, sample):
    assert "2026-10-28" in kb("meeting", "show", "minasoko/2026-10-27", code=3).err
    kb("meeting", "show", "m-000000", code=3)
    kb("meeting", "show", "minasoko/hello", code=2)


def test_two_meetings_of_a_day_are_told_apart_by_their_time(kb, team):
    kb("meeting", "new", "acme", "--date", "2026-11-25", "--start", "16:00", "--title", "午後")
    said = kb("meeting", "show", "acme/2026-11-25", code=2)
    assert "acme/2026-11-25T14:00, acme/2026-11-25T16:00" in said.err
    assert kb("meeting", "show", "acme/2026-11-25T16:00", "--json").json["title"] == "午後"


# move and cancel


def test_a_moved_meeting_goes_where_its_day_belongs_and_keeps_its_id_and_links(
    kb, minato, team, git
):
    made = kb(
        *("meeting", "new", "minato", "--date", "2026-11-25", "--start", "10:00", "--end", "10:45"),
        "--json",
    ).json
    before = minato.read_text("utf-8")
    done = kb(
        "meeting", "move", "minato/2026-11-25", "2026-09-30", "--start", "11:00", "--json"
    ).json
    assert (done["id"], done["path"]) == (made["id"], "accounts/minato.md")
    text = minato.read_text("utf-8")
    assert re.findall(r"^## (\S+ \S+)", text, re.MULTILINE) == [
        *("2026-10-14 10:00", "2026-09-30 11:00"),
        "2026-09-09 10:00",
    ]
    assert "- 時間: 11:00–11:45\n" in text
    assert sorted(text.replace("2026-09-30 11:00", "2026-11-25 10:00").splitlines()) == sorted(
        before.replace("10:00–10:45", "11:00–11:45").splitlines()
    )
    assert kb("meeting", "show", made["id"], "--json").json["date"] == "2026-09-30"
    assert git(team, "status", "--porcelain") == ""
    assert git(team, "log", "-1", "--format=%s") == (
        "minato のミーティングを 2026-11-25 から 2026-09-30 11:00 に変更"
    )


def test_a_move_onto_another_meeting_or_no_day_is_refused(kb, team):
    kb("meeting", "new", "acme", "--date", "2026-12-02", "--start", "14:00")
    said = kb("meeting", "move", "acme/2026-11-25", "2026-12-02", "--json", code=2)
    assert said.error["code"] == "meeting-exists"
    said = kb("meeting", "move", "acme/2026-11-25", "来週", "--json", code=2)
    assert said.error["code"] == "bad-date"


@pytest.mark.parametrize(
    ("words", "told", "again"),
    [
        (("cancel", "acme/2026-11-25"), "Cancelled: ", "It was cancelled already."),
        (("move", "acme/2026-11-25", "2026-12-02"), "Moved ", None),
        (("move", "{id}", "2026-12-02"), "Moved ", "It is on that day already."),
    ],
)
def test_what_an_old_editor_buffer_took_back_is_done_again(kb, team, words, told, again):
    file = team / "accounts/acme.md"
    made = kb("meeting", "show", "acme/2026-11-25", "--json").json
    stale = file.read_text("utf-8")
    words = ["meeting", *(word.format(id=made["id"]) for word in words)]
    kb(*words)
    wanted = file.read_text("utf-8")
    assert wanted != stale
    file.write_text(stale, "utf-8")
    assert kb(*words, lang="en").out.startswith(told)
    assert file.read_text("utf-8") == wanted
    if again is None:  # there is no meeting on that day any more
        assert kb(*words, "--json", code=3).error["code"] == "no-meeting"
    else:
        assert kb(*words, lang="en").out.startswith(again)


def test_a_meeting_that_an_old_editor_buffer_has_on_its_former_day_is_meant_by_that_day(kb, team):
    file = team / "accounts/acme.md"
    stale = file.read_text("utf-8")
    kb("meeting", "move", "acme/2026-11-25", "2026-12-02")
    kb("meeting", "new", "acme", "--date", "2026-11-25", "--start", "16:00", "--title", "別の会")
    file.write_text(stale, "utf-8")
    kb("add", "acme/2026-11-25", "memo", "覚え書き")
    text = file.read_text("utf-8")
    moved, other = sorted(text.split("\n## ")[1:], reverse=True)
    assert moved.startswith("2026-12-02")
    assert other.startswith("2026-11-25 16:00 別の会")
    assert "覚え書き" in moved
    file.write_text(stale, "utf-8")
    kb("meeting", "move", "acme/2026-11-25", "2026-12-09")
    assert re.findall(r"^## (\S+ \S+)", file.read_text("utf-8"), re.MULTILINE) == [
        *("2026-12-09 14:00", "2026-11-25 16:00")
    ]


def test_a_cancelled_meeting_keeps_everything_and_is_nobodys_next(kb, sample, git):
    before = kb("meeting", "show", "m-2yn804", "--json").json
    done = kb("meeting", "cancel", "minasoko/2026-11-25", "--json").json
    assert done["id"] == "m-2yn804"
    after = kb("meeting", "show", "m-2yn804", "--json").json
    assert after["state"] == "cancelled"
    for key in ("title", "hypotheses", "topics", "todos", "memo"):
        assert after[key] == before[key]
    assert kb("account", "show", "minasoko", "--json").json["next"] is None
    assert kb("meeting", "cancel", "m-2yn804", "--json").json["commit"] is None
    assert kb("meeting", "check", "m-2yn804", "--json").json == {"problems": []}
    assert kb("meeting", "close", "m-2yn804", "--json", code=2).error["code"] == "meeting-cancelled"
    text = (sample / "accounts/minasoko.md").read_text("utf-8")
    assert "## 2026-11-25 14:00 [中止] 更新前レビュー ^m-2yn804\n" in text
    assert git(sample, "status", "--porcelain") == ""
    kb("meeting", "new", "minasoko", "--date", "2026-11-25", "--start", "14:00")


# close


@pytest.mark.parametrize(
    ("now", "minutes", "within"),
    [
        ("2026-11-25T14:54:59+09:00", 4.98, True),
        ("2026-11-25T14:55:00+09:00", 5, True),
        ("2026-11-25T14:55:01+09:00", 5.02, False),
        ("2026-11-25T14:40:00+09:00", 0, True),
        ("2026-11-25T05:54:00+00:00", 4, True),
    ],
)
def test_closing_tells_how_long_after_the_end_to_the_second(kb, team, git, now, minutes, within):
    done = kb("meeting", "close", "acme", "--json", now=now).json
    assert (done["minutes_after_end"], done["within_target"]) == (minutes, within)
    assert done["ended"] == "2026-11-25T14:50:00+09:00"
    assert done["closed"].endswith("+09:00")
    shown = kb("meeting", "show", "acme/2026-11-25", "--json", now=now).json
    assert shown["state"] == "closed"
    assert (
        git(team, "log", "-1", "--format=%(trailers:key=Kb-Meeting,valueonly)").strip()
        == (shown["id"])
    )


def test_closing_writes_the_minutes_line_below_the_attendees_and_ids_everywhere(kb, team, git):
    ref = "acme/2026-11-25"
    kb("add", ref, "topic", "進め方", "--stance", "2回で終える")
    kb("add", ref, "said", "「よい」", "--under", "進め方")
    path = team / "accounts/acme.md"
    text = path.read_text("utf-8")
    text = text.replace("### 決定事項\n", "### 決定事項\n\n- 12月に行う\n").replace(
        "### TODO\n", "### TODO\n\n- [ ] 招待する @sato\n- [ ] 招待する @sato\n"
    )
    path.write_text(text.replace("### 気づき\n", "### 気づき\n\n- 早いほどよい #型\n"), "utf-8")
    kb(
        "meeting",
        "close",
        ref,
        "--at",
        "14:54",
        "--gut",
        "lime",
        "--why",
        "質問が具体的",
        now="2026-11-26T09:00:00+09:00",
    )
    text = path.read_text("utf-8")
    assert "- 出席: / @sato\n- 議事録: 2026-11-25 14:54\n" in text
    assert "- 体感: lime 質問が具体的\n" in text
    shown = kb("meeting", "show", ref, "--json").json
    for kind in ("decisions", "todos", "insights", "topics"):
        for one in shown[kind]:
            assert text.count(f"^{one['id']}") == 1
    assert len({one["id"] for one in shown["todos"]}) == 2
    assert "^q-" not in text
    assert "- お客様: 「よい」\n" in text
    assert shown["minutes"] == "2026-11-25 14:54"
    assert shown["gut"] == "lime 質問が具体的"
    assert git(team, "status", "--porcelain") == ""


def test_closing_twice_changes_nothing_and_a_time_corrects(kb, team):
    at = "2026-11-25T14:52:00+09:00"
    kb("meeting", "close", "acme", now=at)
    again = kb("meeting", "close", "acme", "--json", now="2026-11-25T15:30:00+09:00").json
    assert (again["commit"], again["minutes_after_end"]) == (None, 2)
    later = kb(
        "meeting", "close", "acme", "--at", "15:10", "--json", now="2026-11-25T15:30:00+09:00"
    ).json
    assert (later["minutes_after_end"], later["within_target"]) == (20, False)
    text = (team / "accounts/acme.md").read_text("utf-8")
    assert text.count("議事録:") == 1


def test_what_is_to_come_is_not_closed(kb, team):
    assert kb("meeting", "close", "acme", "--json", code=2).error["code"] == "not-begun"
    now = "2026-11-25T15:00:00+09:00"
    for words, code in (
        (("--gut", "blue"), "bad-colour"),
        (("--why", "x"), "why-without-gut"),
        (("--at", "soon"), "bad-time"),
        (("--at", "13:00"), "closed-before"),
        (("--at", "15:01"), "closed-ahead"),
        (("--at", "2027-11-25T14:54"), "closed-ahead"),
    ):
        said = kb("meeting", "close", "acme", *words, "--json", code=2, now=now)
        assert said.error["code"] == code


def test_a_team_that_requires_hypotheses_can_not_close_without(kb, team, git):
    settings = team / "kb.toml"
    text = settings.read_text("utf-8").replace('hypothesis = "remind"', 'hypothesis = "require"')
    settings.write_text(text, "utf-8")
    now = "2026-11-25T14:52:00+09:00"
    said = kb("meeting", "close", "acme", "--json", code=6, now=now)
    assert said.error["code"] == "close-required"
    assert "事前仮説" in said.error["message"]
    assert "議事録:" not in (team / "accounts/acme.md").read_text("utf-8")
    kb("add", "acme", "hypothesis", "戻る", now=now)
    kb("meeting", "close", "acme", now=now)


def test_the_answer_to_closing_is_a_sentence(kb, team):
    said = kb("meeting", "close", "acme", now="2026-11-25T14:54:00+09:00").out
    assert said == "議事録が完了しました。終了から4分、目標の5分以内です。\n"


def test_closing_says_what_is_left_to_judge_and_to_decide(kb, team):
    claim = kb("add", "acme", "hypothesis", "戻る", "--json").json["id"]
    kb("add", "acme", "topic", "進め方", "--stance", "2回")
    now = "2026-11-25T14:54:00+09:00"
    said = kb("meeting", "close", "acme", now=now).out
    assert said.splitlines()[1:] == [
        "決まらなかった論点: 進め方",
        f"判定待ちの仮説: {claim}",
        f'  kb verdict {claim} supported --quote "…"',
    ]


def test_closing_in_english(kb, team):
    said = kb("meeting", "close", "acme", now="2026-11-25T15:10:00+09:00", lang="en").out
    assert said == "Minutes complete 20 minutes after the end (you aim at 5).\n"
