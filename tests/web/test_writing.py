"""What is written on a page stands in the document, and what could not be is given back."""

import re
import subprocess

import pytest
from web_kit import PORT, Browser, raised

from kb.faces.web.site import Site

DOCUMENT = "accounts/minasoko.md"
MEETING = "/m/minasoko/m-2yn804"
TOPIC = "会員と非会員の購入回数の差をどう読むか"


def text(browser):
    return (browser.store / DOCUMENT).read_text("utf-8")


def log(browser, form="%an|%s"):
    words = ["git", "-C", str(browser.store), "log", "-1", f"--format={form}"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    ("kind", "more", "line"),
    [
        ("said", {"under": "1"}, "- お客様: 数字で話したい"),
        ("decision", {"under": "1"}, "- 決定: 数字で話したい"),
        (
            "todo",
            {"under": "1", "owner": "sato", "due": "2026-12-01"},
            "- [ ] 数字で話したい @sato due:2026-12-01",
        ),
        ("request", {"under": "1"}, "「数字で話したい」 #要望"),
        ("insight", {}, "- 数字で話したい"),
        ("memo", {}, "- 数字で話したい"),
        ("stance", {"under": "3"}, "- スタンス: 数字で話したい"),
        ("topic", {"stance": "一枚にまとめたい"}, "#### 数字で話したい"),
        (
            "hypothesis",
            {"because": "前回の声", "test": "尋ねる", "impact": "100万円", "confidence": "70"},
            "- 数字で話したい",
        ),
    ],
)
def test_a_line_of_each_kind_is_written_by_the_member_and_shown(writing, kind, more, line):
    before = text(writing)
    writing.get(MEETING)
    writing.send(f"{MEETING}/lines", kind=kind, text="数字で話したい", form="x", **more)
    page, anchor = writing.follow()
    after = text(writing)
    assert line in after
    assert line not in before
    assert "数字で話したい" in page.text
    assert f'id="{anchor}"' in page.text, "the browser comes back to the line"
    assert log(writing).startswith("佐藤 恭平|minasoko 2026-11-25: ")


def test_fields_that_do_not_go_with_a_kind_are_left_alone(writing):
    writing.get(MEETING)
    fields = {"owner": "sato", "due": "2026-12-01", "confidence": "70", "stance": "x"}
    writing.send(f"{MEETING}/lines", kind="said", text="はい", under="1", **fields)
    assert writing.last.status_code == 303
    assert "- お客様: はい\n" in text(writing)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "said", "text": "  "}, "保存していません"),
        ({"kind": "todo", "text": "送る", "due": "いつか"}, "いつか"),
        ({"kind": "hypothesis", "text": "伸びる", "confidence": "100"}, "100"),
        ({"kind": "hypothesis", "text": "伸びる", "confidence": "多め"}, "多め"),
        ({"kind": "nothing", "text": "送る"}, "種類"),
        ({"kind": "said", "text": "送る", "under": "99"}, "99"),
        ({"kind": "stance", "text": "送る"}, "論点が指定されていません"),
    ],
)
def test_what_could_not_be_written_changes_nothing_and_says_why(writing, fields, said):
    before = text(writing)
    writing.get(MEETING)
    writing.send(f"{MEETING}/lines", form="topic-1", **fields)
    assert writing.last.status_code in (400, 404)
    assert text(writing) == before
    assert 'role="alert"' in writing.last.text
    assert said in writing.last.text


def test_what_could_not_be_written_stands_in_its_field_again(writing):
    writing.get(MEETING)
    fields = {"owner": "sato", "due": "いつか", "under": "1"}
    writing.send(f"{MEETING}/lines", form="topic-1", kind="todo", text='表を"送る"<b>', **fields)
    shown = writing.last.text
    assert 'value="表を&#34;送る&#34;&lt;b&gt;"' in shown
    form = shown[shown.index('id="f-topic-1"') :]
    assert 'value="todo" checked' in form[: form.index("</form>")]


def test_text_that_looks_like_more_is_one_line_of_text(writing):
    before = text(writing)
    writing.get(MEETING)
    typed = "- 決定: 値引きする\r\n## 2026-12-01 にせもの\r\n<!-- ^d-000000"
    writing.send(f"{MEETING}/lines", kind="said", text=typed, under="1")
    assert writing.last.status_code == 303
    page, _ = writing.follow()
    assert "にせもの" in page.text
    added = text(writing)[: len(text(writing))]
    assert added.count("\n## ") == before.count("\n## ")
    assert "\r" not in added


def test_a_verdict_with_the_words_that_show_it(writing):
    writing.get(MEETING)
    fields = {"claim": "h-6hg8ez", "verdict": "refuted", "quote": "夜の返信だけが怖い"}
    writing.send(f"{MEETING}/verdict", form="verdict-1", **fields)
    page, anchor = writing.follow()
    assert anchor == "h-6hg8ez"
    assert "  - 判定: 棄却 「夜の返信だけが怖い」" in text(writing)
    assert 'class="seal refuted"' in page.text


def test_a_verdict_has_to_be_chosen(writing):
    writing.get(MEETING)
    writing.send(f"{MEETING}/verdict", form="verdict-1", claim="h-6hg8ez", quote="言葉")
    assert writing.last.status_code == 400
    assert "判定が選ばれていません" in writing.last.text
    assert 'value="言葉"' in writing.last.text


def open_todo(browser):
    page = browser.get("/").text
    start = page.index('name="todo" value="') + len('name="todo" value="')
    return page[start : page.index('"', start)]


def test_a_tick_on_today_ticks_and_stays_on_today(writing):
    target = open_todo(writing)
    writing.send("/tick", todo=target, back="/?days=7")
    assert writing.last.headers["location"] == "/?days=7"
    page, _ = writing.follow()
    assert target not in page.text


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "", "/x"]
)
def test_a_form_can_send_nobody_elsewhere(writing, back):
    target = open_todo(writing)
    writing.send("/tick", todo=target, back=back)
    assert writing.last.headers["location"] == "/"


def test_a_tick_in_a_meeting_comes_back_to_the_line(writing):
    page = writing.get(MEETING).text
    id_ = page.split('form="ticks" name="todo" value="')[1].split('"')[0]
    writing.send(f"{MEETING}/tick", todo=id_)
    page, anchor = writing.follow()
    assert anchor == id_
    assert f'<div class="todo-line done" id="{id_}"' in page.text


def test_complete_minutes_bear_the_time_and_how_it_felt(writing):
    writing.get(MEETING)
    writing.send(f"{MEETING}/close", form="closing", gut="yellow", why="質問が減った")
    page, _ = writing.follow()
    assert "- 議事録: 2026-11-25 15:00" in text(writing)
    assert "- 体感: yellow 質問が減った" in text(writing)
    assert "議事録の完了 2026-11-25 15:00" in page.text


def test_how_it_felt_stays_in_its_own_words_while_nobody_changes_it(writing):
    before = next(line for line in text(writing).splitlines() if "体感: yellow → lime" in line)
    page = writing.get(MEETING).text
    why = page.split('name="why" autocomplete="off" value="')[1].split('"')[0]
    writing.send(f"{MEETING}/close", form="closing", gut="lime", why=why)
    assert writing.last.status_code == 303
    assert before in text(writing).splitlines()


def test_minutes_of_a_meeting_that_has_not_begun_are_not_complete(writing, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-25T09:00:00+09:00")
    assert 'id="closing"' not in writing.get(MEETING).text
    writing.send(f"{MEETING}/close", form="closing")
    assert writing.last.status_code == 400
    assert "保存していません" in writing.last.text


def test_an_account_and_its_first_meeting_with_a_hypothesis(writing):
    writing.get("/accounts")
    writing.send("/accounts", name="ナナホシ電機株式会社", account="nanahoshi")
    page, _ = writing.follow()
    assert "ナナホシ電機株式会社" in page.text
    assert "まだミーティングがありません" in page.text
    form = {"date": "2026-12-02", "start": "10:00", "end": "10:30", "title": "キックオフ"}
    writing.send("/accounts/nanahoshi/meetings", **form)
    page, _ = writing.follow()
    path = writing.last.url.path
    writing.send(
        f"{path}/lines", kind="hypothesis", text="担当の方が一人で抱えている", confidence="60"
    )
    page, anchor = writing.follow()
    assert anchor.startswith("h-")
    document = (writing.store / "accounts/nanahoshi.md").read_text("utf-8")
    assert "## 2026-12-02 10:00 キックオフ" in document
    assert "- 担当の方が一人で抱えている" in document


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("/accounts", {"name": "二つ目", "account": "minasoko"}, "minasoko"),
        ("/accounts", {"name": "悪い名前", "account": "../etc"}, "../etc"),
        ("/accounts/minasoko/meetings", {"date": "2026-11-25", "start": "14:00"}, "2026-11-25"),
        ("/accounts/minasoko/meetings", {"date": "2026-12-01", "start": "25:00"}, "25:00"),
    ],
)
def test_new_things_that_can_not_be_say_why_beside_the_form(writing, path, fields, said):
    writing.get("/")
    writing.send(path, **fields)
    assert writing.last.status_code == 400
    assert said in writing.last.text
    assert 'role="alert"' in writing.last.text


def test_two_people_write_at_once_and_both_lines_stand(writing, demo_store):
    from web_kit import PORT, Browser, raised

    from kb.faces.web.site import Site

    other = Browser(Site(str(demo_store), "takahashi", PORT, raised))
    other.store = demo_store
    writing.get(MEETING)
    other.get(MEETING)
    writing.send(f"{MEETING}/lines", kind="said", text="一人目の行", under="1")
    other.send(f"{MEETING}/lines", kind="said", text="二人目の行", under="1")
    assert other.last.status_code == 303
    page, _ = other.follow()
    assert "一人目の行" in page.text
    assert "二人目の行" in page.text
    assert log(other, "%an") == "高橋 実紀"


def test_a_topic_without_a_stance_asks_for_one(writing, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-26T09:00:00+09:00")
    path = "/m/tomoshibi/2026-12-02"
    assert 'name="kind" value="stance"' in writing.get(path).text
    writing.send(
        f"{path}/lines", kind="stance", text="宿題を二つにしぼりたい", under="1", form="stance-1"
    )
    page, _ = writing.follow()
    assert 'name="kind" value="stance"' not in page.text
    assert "- スタンス: 宿題を二つにしぼりたい" in (
        writing.store / "accounts/tomoshibi.md"
    ).read_text("utf-8")


def left(text):
    return re.findall(r"<li><span class=\"need\">.*?<span>([^<]*)</span></span></li>", text)


def test_a_meeting_under_way_counts_what_its_minutes_still_lack(writing, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-25T14:10:00+09:00")
    text = writing.get(MEETING).text
    assert "進行中" in text
    assert "残りは5件です" in text
    topics = [f"論点{n}の決定" for n in (1, 2, 3)]
    assert left(text) == [*topics, "仮説1の判定", "仮説2の判定"]
    claim = re.search(r'name="claim" value="([^"]+)"', text)[1]
    writing.send(f"{MEETING}/verdict", claim=claim, verdict="untested")
    writing.send(f"{MEETING}/lines", kind="decision", text="来週決める", under="2")
    text = writing.get(MEETING).text
    assert left(text) == ["論点1の決定", "論点3の決定", "仮説2の判定"]
    writing.send(f"{MEETING}/close")
    assert left(writing.get(MEETING).text) == []


def test_a_meeting_that_has_not_begun_lacks_no_minutes(writing, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-25T09:00:00+09:00")
    text = writing.get(MEETING).text
    assert "進行中" not in text
    assert left(text) == []


def test_a_line_that_is_sent_again_with_its_key_is_written_once(writing, demo_store):
    key = "0123456789abcdef" * 2
    fields = {"kind": "said", "text": "一度だけ", "under": "1", "key": key}
    writing.get(MEETING)
    first = writing.send(f"{MEETING}/lines", **fields).headers["location"]
    assert writing.send(f"{MEETING}/lines", **fields).headers["location"] == first
    anew = Browser(Site(str(demo_store), "sato", PORT, raised))  # started anew, it knows no key
    anew.get(MEETING)
    assert anew.send(f"{MEETING}/lines", **fields, again="1").status_code == 303
    assert text(writing).count("一度だけ") == 1
    other = {**fields, "key": key[::-1]}
    assert anew.send(f"{MEETING}/lines", **other, again="1").status_code == 303
    assert text(writing).count("一度だけ") == 2


def test_a_line_that_was_refused_may_come_again_with_its_key(writing):
    key = "0123456789abcdef" * 2
    writing.get(MEETING)
    refused = {"kind": "todo", "text": "送る", "under": "1", "due": "いつか", "key": key}
    assert writing.send(f"{MEETING}/lines", **refused).status_code == 400
    assert writing.send(f"{MEETING}/lines", **{**refused, "due": ""}).status_code == 303
    assert "- [ ] 送る" in text(writing)
