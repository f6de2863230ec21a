"""The facts of an account and its people, and the day of a meeting, changed on pages."""

import re

ACCOUNT = "/accounts/minasoko"
FACTS = f"{ACCOUNT}/facts"
MEETING = "/m/minasoko/m-2yn804"
PLAN = f"{MEETING}/plan"


def document(browser, name="minasoko"):
    return (browser.store / f"accounts/{name}.md").read_text("utf-8")


def opened(text, form):
    """The fields of a form as a browser would send them unchanged."""
    found = next(one for one in re.findall(r"<form.*?</form>", text, re.DOTALL) if form in one)
    fields = dict(re.findall(r'<input[^>]* name="([\w-]+)"[^>]* value="([^"]*)"', found))
    for name, options in re.findall(r'<select[^>]* name="(\w+)">(.*?)</select>', found, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    del fields["token"]
    return fields


def test_only_what_was_changed_is_written(writing):
    before = document(writing)
    fields = opened(writing.get(FACTS).text, 'value="facts"')
    assert fields["name"] == "ミナソコ醸造株式会社"
    writing.send(FACTS, **fields)
    assert document(writing) == before, "nothing was changed, nothing is written"
    writing.get(FACTS)
    writing.send(FACTS, **{**fields, "mrr": "460,000", "goal": ""})
    page, _ = writing.follow()
    assert "460,000" in page.text
    after = document(writing)
    assert [one for one in before.splitlines() if one not in after.splitlines()] == [
        "mrr: 450000",
        "goal: 既存のお客様の年間購入回数を2.1回から2.6回にする",
    ]


def test_a_new_name_stands_in_the_heading_too(writing):
    fields = opened(writing.get(FACTS).text, 'value="facts"')
    writing.send(FACTS, **{**fields, "name": "ミナソコ酒造株式会社"})
    assert "\n# ミナソコ酒造株式会社\n" in document(writing)
    assert "<h1>ミナソコ酒造株式会社" in writing.follow()[0].text


def test_what_somebody_else_changed_meanwhile_is_shown_and_stays(writing):
    fields = opened(writing.get(FACTS).text, 'value="facts"')
    path = writing.store / "accounts/minasoko.md"
    path.write_text(document(writing).replace("mrr: 450000", "mrr: 999"), "utf-8")
    writing.send(FACTS, **{**fields, "mrr": "1"})
    assert writing.last.status_code == 400
    assert "いまの内容: 999" in writing.last.text
    writing.send(FACTS, **{**fields, "goal": "別の項目は変えられる"})
    assert "mrr: 999" in document(writing)
    assert "goal: 別の項目は変えられる" in document(writing)


NO_FACTS = (
    ("mrr", "たくさん", "金額として読み取れません"),
    ("renewal", "来年", "日付として読み取れません"),
    ("name", "", "名前は"),
    ("csm", "a b", "キーとして使えません"),
)


def test_what_is_no_fact_is_said_and_stays_in_the_form(writing):
    before = document(writing)
    fields = opened(writing.get(FACTS).text, 'value="facts"')
    for field, value, said in NO_FACTS:
        writing.send(FACTS, **{**fields, field: value})
        assert writing.last.status_code == 400
        assert said in writing.last.text, field
    assert document(writing) == before


def test_somebody_is_added_and_changed(writing):
    writing.get(FACTS)
    writing.send(FACTS, form="person", key="@oda", name="小田様", role="蔵元", authority="decides")
    page, _ = writing.follow()
    assert "小田様" in page.text
    assert "  oda: {name: 小田様, role: 蔵元, authority: decides}" in document(writing)
    text = writing.get(FACTS).text
    fields = opened(text[text.index('value="oda"') - 300 :], 'value="oda"')
    writing.send(FACTS, **{**fields, "left": "2026-11-01"})
    assert "role: 蔵元, authority: decides, left: 2026-11-01}" in document(writing)


NO_NAMES = (
    ("kashiwagi", "すでに登録"),
    ("sato", "自分のチームのメンバー"),
    ("小田", "短い名前に使えません"),
    ("../x", "短い名前に使えません"),
)


def test_a_short_name_of_a_person_is_their_own(writing):
    before = document(writing)
    for key, said in NO_NAMES:
        writing.get(FACTS)
        writing.send(FACTS, form="person", key=key, name="小田様")
        assert said in writing.last.text, key
    assert document(writing) == before


def test_an_account_is_renamed_put_aside_and_brought_back(writing):
    writing.get(FACTS)
    writing.send(FACTS, form="rename", new="minasoko-brew")
    assert writing.last.headers["location"] == "/accounts/minasoko-brew"
    path = "/accounts/minasoko-brew/facts"
    writing.get(path)
    writing.send(path, form="archive")
    assert "ミナソコ醸造" not in writing.get("/accounts").text
    writing.get(path)
    writing.send(path, form="back")
    assert "ミナソコ醸造" in writing.get("/accounts").text
    assert "archived" not in document(writing, "minasoko-brew")


def test_a_meeting_moves_and_is_called_off(writing):
    text = writing.get(PLAN).text
    assert 'value="2026-11-25"' in text
    writing.send(PLAN, form="move", date="2026-12-02", start="10:00", end="10:50")
    page, _ = writing.follow()
    assert "## 2026-12-02 10:00 更新前レビュー" in document(writing)
    assert "10:00–10:50" in page.text
    writing.get(PLAN)
    writing.send(PLAN, form="cancel")
    assert "中止" in writing.follow()[0].text
    assert "中止になっています" in writing.get(PLAN).text


def test_a_day_that_is_none_is_said_beside_the_form(writing):
    writing.get(PLAN)
    writing.send(PLAN, form="move", date="2026-11-25", start="15:00", end="14:00")
    assert writing.last.status_code == 400
    assert "終了時刻" in writing.last.text
    assert 'value="15:00"' in writing.last.text
