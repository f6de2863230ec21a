"""Notes in the shapes that teams keep them in, each small, each with what a person reads in it."""

from textwrap import dedent

import pytest

from kb.formats.decode import Skipped
from kb.formats.notes_md import read
from kb.formats.records import NoteMeeting, Notes


def _read(text: str, source: str = "notes/acme.md", year: int | None = None) -> Notes:
    notes = read(dedent(text).lstrip("\n").encode(), source, year)
    assert not isinstance(notes, Skipped)
    return notes


def _dated(notes: Notes) -> list[NoteMeeting]:
    return [meeting for meeting in notes.meetings if not meeting.undated]


def _dates(notes: Notes) -> list[str | None]:
    return [meeting.date for meeting in _dated(notes)]


def _todos(notes: Notes) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(t.text, t.owners, t.done) for m in notes.meetings for t in m.todos]


# --- where meetings are --------------------------------------------------------------------


def test_a_running_document_newest_first() -> None:
    notes = _read(
        """
        # アクメ様 定例議事録

        はじめに読むこと。

        ## 2026-11-21 定例
        - 決定: 12月に公開
        ## 2026-11-14 定例
        本文
        """
    )
    assert _dates(notes) == ["2026-11-21", "2026-11-14"]
    assert [m.title for m in _dated(notes)] == ["定例", "定例"]
    assert [m.line for m in _dated(notes)] == [5, 7]
    assert notes.meetings[0].undated
    assert notes.meetings[0].body[0] == "# アクメ様 定例議事録"


@pytest.mark.parametrize(
    "heading",
    [
        "■ {} 定例",
        "◆{} 定例",
        "● {} 定例",
        "【{} 定例】",
        "**{} 定例**",
        "__{}__ 定例",
        "### {} 定例",
        "定例 {}\n===========",
        "1. {} 定例",
        "{} 定例",
        "=== {} 定例 ===",
        "## 【議事録】{} 定例",
        "## 第3回定例会 {}",
        "## Agenda ({})",
    ],
)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026/11/21", "2026/11/14"),
        ("2026年11月21日(土)", "2026年11月14日(土)"),
        ("令和8年11月21日", "令和8年11月14日"),
    ],
)
def test_headings_with_and_without_markdown(heading: str, first: str, second: str) -> None:
    parts = [
        heading.format(day) + f"\n\n・{day}の話\n\n宿題:\n・見積もりを送る（佐藤）\n\n"
        for day in (first, second)
    ]
    notes = _read("".join(parts), "acme.txt")
    assert _dates(notes) == ["2026-11-21", "2026-11-14"]
    assert _todos(notes) == [("見積もりを送る", ("佐藤",), False)] * 2


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("# 定例 2026-11-21\n\n話\n", "x.md", "2026-11-21"),
        ("# 定例\n\n日時: 2026年11月21日(土) 14:00-15:00\n", "x.md", "2026-11-21"),
        ("# Team\n\n* Meeting date: 2026-11-21\n", "x.md", "2026-11-21"),
        ("# Team\n\n- Date: 2026.11.21\n", "x.md", "2026-11-21"),
        ("# Team\n\n* Date: 2026-11-21T14:00:00Z\n", "x.md", "2026-11-21"),
        ("# Team\n\n### Date: November 21, 2026\n", "x.md", "2026-11-21"),
        ('---\ntitle: 定例\ndate: "2026-11-21"\n---\n\n話\n', "x.md", "2026-11-21"),
        ("| 日時 | 2026/11/21 |\n|---|---|\n| 出席 | 佐藤 |\n", "x.md", "2026-11-21"),
        ("日時\t2026/11/21\n出席\t佐藤\n", "x.txt", "2026-11-21"),
        ("# Team\n\ntalk\n", "2026-11-21.md", "2026-11-21"),
        ("# Team\n\ntalk\n", "acme/20261121-sync/index.md", "2026-11-21"),
        ("# Team\n\ntalk\n", "2026.11.21 sync.md", "2026-11-21"),
        ("# Nov 21\n\ntalk\n", "notes-2026.md", "2026-11-21"),
    ],
)
def test_one_file_one_meeting(text: str, source: str, expected: str) -> None:
    notes = _read(text, source)
    assert _dates(notes) == [expected]
    assert "\n".join(notes.meetings[0].body) + "\n" == text


def test_rows_of_a_table_are_meetings() -> None:
    notes = _read(
        """
        | 日付 | 内容 |
        |------|------|
        | 2026/11/21 | 定例。<br>決定: 来月公開<br>宿題: 見積もり（佐藤） |
        | 2026/11/14 | 定例。 |
        """
    )
    assert _dates(notes) == ["2026-11-21", "2026-11-14"]
    assert _todos(notes) == [("見積もり", ("佐藤",), False)]


def test_a_table_of_labels_is_one_meeting() -> None:
    notes = _read(
        "日時\t２０２６／１１／２１ 14:00〜15:00\n出席者\t佐藤、田中\n"
        "決定事項\t12月3日に公開する\n宿題\t見積もりを送る（佐藤、11/30まで）<br>資料の更新（田中）\n",
        "acme.txt",
    )
    (meeting,) = notes.meetings
    assert (meeting.date, meeting.start, meeting.end) == ("2026-11-21", "14:00", "15:00")
    assert meeting.attendees == ("佐藤", "田中")
    assert [d.text for d in meeting.decisions] == ["12月3日に公開する"]
    assert [(t.text, t.owners, t.due) for t in meeting.todos] == [
        ("見積もりを送る", ("佐藤",), "2026-11-30"),
        ("資料の更新", ("田中",), None),
    ]


def test_the_next_meeting_is_no_meeting() -> None:
    notes = _read(
        """
        ## 2026-11-21 定例
        次回: 2026-12-05 14:00

        Next meeting: 2026-12-05

        ## 次回 2026/12/05

        * 日時: 2026年12月5日
        ## 2026-11-14 定例
        Next meeting will be on 2026-11-21.
        """
    )
    assert _dates(notes) == ["2026-11-21", "2026-11-14"]


def test_dates_inside_a_dated_meeting_are_text() -> None:
    notes = _read(
        """
        # 2026年11月21日(土) 運営会議#12

        ## 予定

        ### 2026-12-01 リリース
        ### 2026-12-15 研修
        * 日時: 2027年1月8日
        """
    )
    assert _dates(notes) == ["2026-11-21"]
    assert notes.meetings[0].title == "運営会議#12"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("## 2026-11-14 [Cancelled]\n", "cancelled"),
        ("## 2026-11-14 中止\n", "cancelled"),
        ("## ~~2026-11-14~~\n話\n", "cancelled"),
        ("## 2026-11-14\n\nCancelled due to a holiday\n", "cancelled"),
        ("## 2026-11-14\n\nNo meeting this week\n", "cancelled"),
        ("## 2026-11-14\n\n祝日のため中止\n", "held"),
        ("## 2026-11-14\n\n中止\n", "cancelled"),
        ("## 2026-11-14\n\n", "empty"),
        ("## 2026-11-14\n\nAgenda:\n\n*\n", "empty"),
        ("## 2026-11-14\n\nno agenda\n", "empty"),
        ("## 2026-11-14\n\nWe talked about the cancelled order.\n", "held"),
    ],
)
def test_states(text: str, state: str) -> None:
    notes = _read("## 2026-11-21\n話した\n" + text)
    assert [m.state for m in _dated(notes)] == ["held", state]


def test_no_year_is_taken_from_the_name_or_the_user_and_never_guessed() -> None:
    text = "## December 20\na\n## January 10\nb\n"
    notes = _read(text, "acme.md")
    assert [(m.date, m.month_day) for m in _dated(notes)] == [(None, "12-20"), (None, "01-10")]
    assert [w.code for w in notes.warnings] == ["import-no-year"] * 2
    assert _dates(_read(text, "acme-2025.md")) == ["2025-12-20", "2026-01-10"]
    assert _dates(_read(text, "acme.md", 2024)) == ["2024-12-20", "2025-01-10"]


def test_year_headings_tell_the_year() -> None:
    notes = _read("# 2021\n## January 5\na\n# 2020\n## December 29\nb\n## December 22\nc\n")
    assert _dates(notes) == ["2021-01-05", "2020-12-29", "2020-12-22"]


def test_an_ambiguous_date_is_noted_once_unless_the_file_settles_it() -> None:
    notes = _read("# Sync 3/4/2020\n\ntalk\n")
    assert [w.code for w in notes.warnings] == ["import-ambiguous-date"]
    settled = _read("## 3/4/2020\na\n## 2/26/2020\nb\n")
    assert settled.warnings == ()
    other = _read("## 28/9/2020\na\n## 3/9/2020\nb\n")
    assert _dates(other) == ["2020-09-28", "2020-09-03"]


def test_text_and_file_name_disagree() -> None:
    notes = _read("# Sync\n\nDate: 2026-11-20\n", "2026-11-21.md")
    assert _dates(notes) == ["2026-11-20"]
    assert [w.code for w in notes.warnings] == ["import-dates-differ"]
    january = _read("# Sync\n\nDate: 2025-01-08\n", "2026-01-08.md")
    assert _dates(january) == ["2026-01-08"]


def test_a_heading_in_code_or_a_comment_is_no_meeting() -> None:
    notes = _read(
        """
        ## 2026-11-21
        ```
        ## 2026-11-01
        ```
        <!--
        ## 2026-11-02
        -->
        ## 2026-11-14
        """
    )
    assert _dates(notes) == ["2026-11-21", "2026-11-14"]


def test_no_date_at_all_is_kept_with_a_warning() -> None:
    notes = _read("# Ideas\n\n- one\n", "ideas.md")
    assert _dates(notes) == []
    assert [w.code for w in notes.warnings] == ["import-no-date"]
    assert notes.meetings[0].body == ("# Ideas", "", "- one")


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_every_line_is_in_some_body(newline: str) -> None:
    lines = ["intro", "", "## 2026-11-21", "a", "\ta", "x" * 150_000, "## 2026-11-14", "", "b"]
    for encoding in ("utf-8", "utf-8-sig", "cp932"):
        notes = read(newline.join(lines).encode(encoding), "a.md")
        assert not isinstance(notes, Skipped)
        assert [line for m in notes.meetings for line in m.body] == lines


# --- who will do what ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "text", "owners"),
    [
        ("AI: Saad will look into it", "Saad will look into it", ("Saad",)),
        ("- **AI:** Saad to look", "Saad to look", ("Saad",)),
        ("- AI (Jing Xu): send a draft", "send a draft", ("Jing Xu",)),
        ("- (AI) Create a doc", "Create a doc", ()),
        ("- [AI: dawn@] Find an owner", "Find an owner", ("dawn",)),
        ("- AI -- Aaron to read it", "Aaron to read it", ("Aaron",)),
        ("- [Jim] AI: prepare the demo", "prepare the demo", ("Jim",)),
        ("- **Action:** Elana to file an issue", "Elana to file an issue", ("Elana",)),
        ("ACTION: KK to merge 351", "KK to merge 351", ("KK",)),
        (">ACTION: Follow up in issue 355. KK, SC.", "Follow up in issue 355.", ("KK", "SC")),
        ("ACTION: RV to draft. KK to assign.", "RV to draft. KK to assign.", ("RV", "KK")),
        ("* JB: Action item: Delete the series", "Delete the series", ("JB",)),
        ("* **Action Item**: setup repo", "setup repo", ()),
        (
            "* **TODO**: 請求書を確認する(selina, panakuma",
            "請求書を確認する",
            ("selina", "panakuma"),
        ),
        ("* TODO: 日程調整(takanory", "日程調整", ("takanory",)),
        ("- TODO: Matt: start this doc", "start this doc", ("Matt",)),
        ("宿題: 見積もりを送る @sato", "見積もりを送る", ("sato",)),
        ("宿題：佐藤さんが見積もりを送る", "佐藤さんが見積もりを送る", ("佐藤",)),
        ("・アクション: 契約書の確認（担当: 田中）", "契約書の確認", ("田中",)),
        ("- Check the numbers (AI: jaredb, review)", "Check the numbers review", ("jaredb",)),
        ("- The doc is stale. AI: Celeste", "The doc is stale.", ("Celeste",)),
        ("- [ ] Send the invoice (@ckerr)", "Send the invoice", ("ckerr",)),
        ("- [ ] @lee-dohm write the section", "write the section", ("lee-dohm",)),
        ("- [ ] Ciera will talk to them", "Ciera will talk to them", ("Ciera",)),
    ],
)
def test_marked_lines(line: str, text: str, owners: tuple[str, ...]) -> None:
    notes = _read(f"## 2026-11-21\n\n{line}\n")
    assert _todos(notes) == [(text, owners, False)]


@pytest.mark.parametrize(
    ("line", "text", "owners"),
    [
        ("* @erickzhao will gate it", "@erickzhao will gate it", ("erickzhao",)),
        ("* @a and @b to review with @c", "@a and @b to review with @c", ("a", "b")),
        ("1. Update the notes. (@ckerr)", "Update the notes.", ("ckerr",)),
        ("- Niko to reach out to Aaron", "Niko to reach out to Aaron", ("Niko",)),
        ("- josh to post a comment", "josh to post a comment", ("josh",)),
        ("- Matt & Maryam: Review it", "Review it", ("Matt", "Maryam")),
        ("- Erin/Brad will create a page", "Erin/Brad will create a page", ("Erin", "Brad")),
        ("- Move the event [anna]", "Move the event", ("anna",)),
        ("- Raise awareness ~ **Jaice & Caleb**", "Raise awareness", ("Jaice", "Caleb")),
        ("- Lang team to review it", "Lang team to review it", ("Lang team",)),
        ("- Reach out to the maintainers", "Reach out to the maintainers", ()),
        ("- Link the doc (draft)", "Link the doc (draft)", ()),
        (
            "- See [the list](https://example.com/x) today",
            "See [the list](https://example.com/x) today",
            (),
        ),
        ("- 見積もりを送る（佐藤）", "見積もりを送る", ("佐藤",)),
        ("- 佐藤: 契約書の確認", "契約書の確認", ("佐藤",)),
        ("- 資料が届いたら送る", "資料が届いたら送る", ()),
        ("- 議事録を送る（至急）", "議事録を送る（至急）", ()),
        ("・【佐藤】招待状を送る", "招待状を送る", ("佐藤",)),
        (
            "1) 田中さん、佐藤さんが日程を決める",
            "田中さん、佐藤さんが日程を決める",
            ("田中", "佐藤"),
        ),
    ],
)
@pytest.mark.parametrize("heading", ["## Action items", "**アクションアイテム**", "■ 宿題"])
def test_lines_under_an_action_heading(
    heading: str, line: str, text: str, owners: tuple[str, ...]
) -> None:
    notes = _read(f"# 2026-11-21\n\n{heading}\n\n{line}\n\n## Notes\n\n- other talk\n")
    assert _todos(notes) == [(text, owners, False)]


def test_done_state() -> None:
    notes = _read(
        """
        # 2026-11-21
        ## Action items
        - [x] Tell them (@a)
        - [ ] Ask them (@a)
        - ~~Write it up~~ (@a)
        - ✅ Call them (@a)
        - 資料を送る（佐藤）（済）
        - ☑ 請求書
        - □ 契約書
        """
    )
    assert [done for _, _, done in _todos(notes)] == [True, False, True, True, True, True, False]


def test_due_dates_take_their_year_from_the_meeting() -> None:
    notes = _read(
        """
        # 2026-11-21
        ## 宿題
        - 見積もり（佐藤、11/30まで）
        - 契約書 期限: 2027-01-15 @tanaka
        - 資料 1/10まで
        - Send it by December 3 (@emma)
        - 招待 @sato due:2026-12-01
        """
    )
    assert [t.due for t in notes.meetings[0].todos] == [
        "2026-11-30", "2027-01-15", "2027-01-10", "2026-12-03", "2026-12-01",
    ]  # fmt: skip
    assert [t.owners for t in notes.meetings[0].todos] == [
        ("佐藤",), ("tanaka",), (), ("emma",), ("sato",),
    ]  # fmt: skip


def test_agenda_and_attendance_boxes_are_no_action_items() -> None:
    notes = _read(
        """
        # 2026-11-21
        ## Attendees
        - [x] Anna Sato
        - [ ] Ben Ito
        ## Agenda
        - [ ] What needs work?
        - [x] Review the board
        ### Follow-up from previous meetings
        - [ ]
        """
    )
    assert _todos(notes) == []
    assert notes.meetings[0].attendees == ("Anna Sato",)


@pytest.mark.parametrize(
    "line",
    [
        "AI: none",
        "AI: No action; awaiting review.",
        "ACTION: text",
        "AI:",
        "宿題: なし",
        "Last week’s AI: call them",
        "AIs are everywhere",
        "The Action was good",
    ],
)
def test_what_is_no_action_item(line: str) -> None:
    assert _todos(_read(f"# 2026-11-21\n\n{line}\n\n* Next topic\n")) == []


def test_nested_lists_below_an_action_item_are_its_details() -> None:
    notes = _read(
        """
        # 2026-11-21
        ## Action items
        - Niko to write it up
            - what has been tried
            - what has not (@scott)
        - Josh
            - call them
        * AI:
            * Explore it (Anna)
            * Fix the page
        """
    )
    assert [(text, owners) for text, owners, _ in _todos(notes)] == [
        ("Niko to write it up", ("Niko",)),
        ("what has not", ("scott",)),
        ("call them", ("Josh",)),
        ("Explore it", ("Anna",)),
        ("Fix the page", ()),
    ]


# --- decisions, attendees ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("* **RESOLVED:** No. Too much work.", "No. Too much work."),
        ("* **RESOLVED**: by vote", "by vote"),
        ("- Decision: ship it", "ship it"),
        ("- [RESOLVED]: try it", "try it"),
        ("- 【決定】やってみる", "やってみる"),
        ("決定: 12/3に公開する", "12/3に公開する"),
        ("・決定事項：12/3に公開する", "12/3に公開する"),
    ],
)
def test_decisions_by_markers(line: str, text: str) -> None:
    notes = _read(f"# 2026-11-21\n\n{line}\n")
    assert [d.text for d in notes.meetings[0].decisions] == [text]


def test_decisions_under_headings_and_labels() -> None:
    notes = _read(
        """
        # 2026-11-21
        ## 決定事項
        - 公開は12月3日
          - 補足
        - 特になし
        ## メモ
        - 話
        - Resolved:
            - Remove the lint
        """
    )
    assert [(d.text, d.line) for d in notes.meetings[0].decisions] == [
        ("公開は12月3日", 3),
        ("Remove the lint", 9),
    ]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "## Attendees\n- @anna\n- Ben Ito (@ben)\n- Caro / @caro / ACME\n",
            ("anna", "Ben Ito", "Caro"),
        ),
        ("参加者: 佐藤、田中, 鈴木\n", ("佐藤", "田中", "鈴木")),
        (
            "* 参加者\n  * 理事: jonas, terada\n  * オブザーバー: maaya\n",
            ("jonas", "terada", "maaya"),
        ),
        ("**Members**\n* @anna\n\n**Visitors**\n* _(none)_\n", ("anna",)),
        ("出席\t佐藤、田中\n", ("佐藤", "田中")),
        ("## Present\n- Anna\n## Regrets\n- Ben\n", ("Anna",)),
    ],
)
def test_attendees(text: str, people: tuple[str, ...]) -> None:
    assert _read("# 2026-11-21\n\n" + text).meetings[0].attendees == people


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("2026-11-14 定例（中止）", "定例"),
        ("2026-11-14 [Cancelled]", ""),
        ("2026-11-14 - CANCELLED", ""),
        ("2026-11-14 【中止】定例", "定例"),
        ("2026-11-14 Canceled for KubeCon", "for KubeCon"),
        ("2026-11-14 Planning - Canceled", "Planning"),
    ],
)
def test_the_title_of_a_cancelled_meeting(heading: str, title: str) -> None:
    notes = _read(f"## 2026-11-21\n話\n## {heading}\n")
    meeting = _dated(notes)[1]
    assert (meeting.state, meeting.title) == ("cancelled", title)
