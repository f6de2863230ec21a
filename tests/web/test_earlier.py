"""Earlier states, going back, taking back, and what was known on a day."""

import html
import re
from datetime import timedelta

import pytest
from web_kit import NOW, PORT, Browser, raised

from kb.faces.web.site import Site
from kb.wiring import open_context
from kb.work import changes, earlier

ACCOUNT = "/accounts/minasoko"
MEETING = "/m/minasoko/m-2yn804"


def document(browser):
    return (browser.store / "accounts/minasoko.md").read_text("utf-8")


def state_paths(text):
    return re.findall(rf'href="({ACCOUNT}/earlier/[0-9a-f]+)"', text)


def fields(text, action):
    """The hidden fields of the first form with that action."""
    form = text[text.index(f'action="{action}"') :]
    form = form[: form.index("</form>")]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def write(browser, text="通知は夜だけでよいそうです"):
    browser.get(MEETING)
    browser.send(f"{MEETING}/lines", kind="memo", text=text)
    return browser.follow()[0].text


def test_the_list_says_who_changed_what_and_when(reading):
    text = reading.get(f"{ACCOUNT}/earlier").text
    assert "佐藤" in text
    assert "ミナソコ" in text
    assert len(state_paths(text)) > 5
    assert "いまの内容" in text


def test_the_list_of_a_meeting_has_its_changes_only(reading):
    whole = state_paths(reading.get(f"{ACCOUNT}/earlier").text)
    of_meeting = state_paths(reading.get(f"{MEETING}/earlier").text)
    assert 0 < len(of_meeting) < len(whole)
    assert set(of_meeting) < set(whole)


def test_a_state_shows_what_changed_with_words_and_marks(writing):
    write(writing)
    newest = state_paths(writing.get(f"{ACCOUNT}/earlier").text)[0]
    text = writing.get(newest).text
    assert "<ins>通知は夜だけでよいそうです</ins>" in text
    assert '<span class="kind">追加</span>' in text
    assert "社内メモ" in text
    assert 'name="base"' not in text, "what stands now needs no going back"


def test_going_back_with_the_whole_document_is_a_change_that_can_be_taken_back(writing):
    before = document(writing)
    write(writing)
    after = document(writing)
    second = state_paths(writing.get(f"{ACCOUNT}/earlier").text)[1]
    shown = writing.get(second).text
    assert "いまとの違い" in shown
    writing.send(second, base=fields(shown, second)["base"])
    page, _ = writing.follow()
    assert document(writing) == before
    assert "の内容に戻す" in page.text
    writing.send("/undo", change=fields(page.text, "/undo")["change"])
    assert writing.last.status_code == 303
    assert document(writing) == after


def test_going_back_with_one_meeting_leaves_the_others(writing):
    write(writing)
    writing.get("/m/minasoko/2026-10-28")
    writing.send("/m/minasoko/2026-10-28/lines", kind="memo", text="別の回のメモ")
    third = state_paths(writing.get(f"{ACCOUNT}/earlier").text)[2]
    shown = writing.get(third).text
    sections = re.findall(r'name="section" value="([^"]+)"', shown)
    assert sections[0] == "m-2yn804"
    assert len([one for one in sections if "." not in one]) == 2
    writing.send(third, base=fields(shown, third)["base"], section="m-2yn804")
    assert writing.last.headers["location"] == "/go/minasoko/m-2yn804"
    assert "通知は夜だけ" not in document(writing)
    assert "別の回のメモ" in document(writing)


def test_what_was_written_while_one_looked_is_not_lost_by_going_back(writing):
    write(writing)
    second = state_paths(writing.get(f"{ACCOUNT}/earlier").text)[1]
    base = fields(writing.get(second).text, second)["base"]
    write(writing, "その間に書いた行")
    writing.send(second, base=base)
    assert writing.last.status_code == 303
    assert "その間に書いた行" in document(writing)
    assert "通知は夜だけ" not in document(writing)


def test_a_form_that_names_no_text_goes_back_to_nothing(writing):
    write(writing)
    before = document(writing)
    second = state_paths(writing.get(f"{ACCOUNT}/earlier").text)[1]
    writing.get(second)
    for base in ("", "0" * 40, "HEAD", "--output=x"):
        writing.send(second, base=base)
        assert writing.last.status_code == 400, base
    assert document(writing) == before


@pytest.mark.parametrize("name", ["HEAD", "main", "0000000", "--all", "%00", "0123456789ab"])
def test_only_a_state_of_this_document_can_be_looked_at(reading, name):
    got = reading.get(f"{ACCOUNT}/earlier/{name}")
    assert got.status_code == 404


def test_a_state_of_another_document_is_none_of_this_one(reading):
    other = reading.get("/accounts/quillhaven/earlier").text
    name = re.search(r"/accounts/quillhaven/earlier/([0-9a-f]+)", other)[1]
    assert reading.get(f"{ACCOUNT}/earlier/{name}").status_code == 404


def test_after_a_save_the_bar_says_what_it_was_and_takes_it_back(writing):
    before = document(writing)
    text = write(writing)
    assert "保存しました 15:00:00" in text
    assert "社内メモを追加" in text
    assert ">取り消す<" in text
    assert ">取り消す<" in writing.get("/accounts").text, "on every page"
    change = fields(text, "/undo")["change"]
    writing.send("/undo", change=change)
    page, _ = writing.follow()
    assert document(writing) == before
    assert "元に戻す" in page.text
    assert page.text.count('id="saved"') == 1
    writing.send("/undo", change=fields(page.text, "/undo")["change"])
    assert "通知は夜だけ" in document(writing), "what was taken back was brought back"


def test_a_colleague_s_change_is_not_one_s_own_to_take_back(writing):
    text = write(writing)
    change = fields(text, "/undo")["change"]
    other = Browser(Site(str(writing.store), "takahashi", PORT, raised))
    other.get("/")
    other.send("/undo", change=change)
    assert other.last.status_code == 404
    assert "通知は夜だけ" in document(writing)


def test_what_a_colleague_built_upon_stays(writing):
    writing.get(MEETING)
    text = write(writing)
    change = fields(text, "/undo")["change"]
    path = writing.store / "accounts/minasoko.md"
    path.write_text(path.read_text("utf-8").replace("夜だけで", "朝だけで"), "utf-8")
    writing.send("/undo", change=change)
    assert "朝だけで" in document(writing)


def test_nothing_else_can_be_named_to_be_taken_back(writing):
    before = document(writing)
    writing.get("/")
    for change in ("", "HEAD", "0" * 40, "--all", "z" * 40):
        writing.send("/undo", change=change)
        assert writing.last.status_code == 404, change
    assert document(writing) == before


def test_a_browser_that_saved_nothing_has_nothing_to_take_back(reading):
    assert 'class="what"' not in reading.get("/").text


def test_as_of_a_day_shows_what_was_known_and_nothing_to_write(reading):
    text = reading.get(f"{ACCOUNT}/asof?on=2026-10-01").text
    main = text[text.index("<main") :]
    assert "2026-08-19" in main
    assert "2026-10-28" not in main
    assert "その時点で分かっていた内容" in main
    assert "時計" in main
    assert 'method="post"' not in main


def test_before_the_first_change_there_was_nothing(reading):
    got = reading.get(f"{ACCOUNT}/asof?on=2001-01-01")
    assert got.status_code == 404
    assert reading.get(f"{ACCOUNT}/asof?on=x").status_code == 400
    assert reading.get(f"{ACCOUNT}/asof").headers["location"] == f"{ACCOUNT}/earlier"


def test_a_state_can_be_read_as_a_whole(reading):
    paths = state_paths(reading.get(f"{ACCOUNT}/earlier").text)
    text = reading.get(f"{ACCOUNT}/asof?state={paths[-1].rpartition('/')[2]}").text
    assert "直前の変更" in text
    assert reading.get(f"{ACCOUNT}/asof?state=HEAD").status_code == 404


def test_a_meeting_that_was_taken_out_is_put_back_in(writing, clock):
    before = document(writing)
    begin = before.index("## 2026-10-28")
    cut = before[:begin] + before[before.index("\n## ", begin) + 1 :]
    (writing.store / "accounts/minasoko.md").write_text(cut, "utf-8")
    writing.get("/accounts/minasoko")
    write(writing)
    third = state_paths(writing.get(f"{ACCOUNT}/earlier").text)[2]
    shown = html.unescape(writing.get(third).text)
    assert "このミーティングを元に戻す" in shown
    sections = re.findall(r'name="section" value="([^"]+)"', shown)
    key = next(one for one in sections if not one.startswith("m-2yn804"))
    writing.send(third, base=fields(shown, third)["base"], section=key)
    assert writing.last.status_code == 303
    assert document(writing).count("## 2026-10-28") == 1
    assert "通知は夜だけ" in document(writing)


def test_a_renamed_account_keeps_its_name_when_one_goes_back(demo_store, clock):
    from kb.work import accounts

    ctx = open_context(str(demo_store), "sato", lang="ja")
    accounts.rename(ctx, "minasoko", "minasoko-2")
    ctx.close()
    ctx = open_context(str(demo_store), "sato", lang="ja")
    states = earlier.states(ctx, "minasoko-2")
    looked = earlier.look(ctx, "minasoko-2", states[3].name)
    earlier.restore(ctx, "minasoko-2", states[3].name, looked.base)
    text = (demo_store / "accounts/minasoko-2.md").read_text("utf-8")
    assert "account: minasoko-2" in text
    assert NOW[:10] == ctx.today.isoformat()


def test_a_team_s_server_tells_the_times_at_which_it_had_what(demo_store, clock):
    ctx = open_context(str(demo_store), "sato", lang="ja")
    newest, before = earlier.states(ctx, "minasoko")[:2]
    assert newest.source == "clock"
    late = newest.past.at + timedelta(days=3)
    ctx.close()
    ctx = open_context(str(demo_store), "sato", lang="ja")
    ctx.receive = lambda commits, _: {one: late for one in commits if one.startswith(newest.name)}
    told = earlier.states(ctx, "minasoko")
    assert (told[0].source, told[0].past.at) == ("server", late)
    assert told[1].source == "clock"
    between = newest.past.at + timedelta(days=1)
    assert earlier.at(ctx, "minasoko", between).name == before.name
    then = changes.as_of(ctx, between.isoformat(), "minasoko")
    assert then.commit.startswith(before.name), "nobody had the newest then"


def test_going_back_with_one_section_leaves_the_rest_of_the_meeting(writing):
    write(writing)
    writing.get(MEETING)
    writing.send(f"{MEETING}/lines", kind="insight", text="夜の通知は読まれない")
    third = state_paths(writing.get(f"{ACCOUNT}/earlier").text)[2]
    shown = writing.get(third).text
    memo = re.search(
        r'<span>社内メモ</span><form.*?name="section" value="(m-2yn804\.\d+)"', shown, re.DOTALL
    )
    writing.send(third, base=fields(shown, third)["base"], section=memo[1])
    assert writing.last.headers["location"] == "/go/minasoko/m-2yn804"
    assert "通知は夜だけ" not in document(writing)
    assert "夜の通知は読まれない" in document(writing)
    for none in ("m-2yn804.99", "m-2yn804.x", "m-000000", "m-2yn804.-1", "l-1"):
        base = fields(writing.get(third).text, third)["base"]
        writing.send(third, base=base, section=none)
        assert writing.last.status_code == 404, none


def test_an_attached_file_is_told_by_its_words(writing):
    link = "![設定の画面](../attachments/minasoko/0123456789ab.png)"
    write(writing, link)
    newest = state_paths(writing.get(f"{ACCOUNT}/earlier").text)[0]
    assert "<ins>添付: 設定の画面</ins>" in writing.get(newest).text


def test_a_document_that_was_only_written_by_hand_so_far_has_no_earlier_states(writing):
    (writing.store / "accounts/neu.md").write_text(
        "---\naccount: neu\nname: 新しい\n---\n\n# 新しい\n\n## 2026-12-01 10:00 初回 ^m-hand11\n",
        "utf-8",
    )
    for path in ("/m/neu/m-hand11/earlier", "/accounts/neu/earlier"):
        got = writing.get(path)
        assert got.status_code == 200
        assert "まだ変更の記録がありません" in got.text
