"""The pages of the playbook: what they say is what the work layer says, and who says so."""

import html
import re

import pytest
from web_kit import NOW, PORT, Browser, raised

from kb.faces.web.site import Site
from kb.wiring import open_context, start_store
from kb.work import playbook_answers, reviews_saying
from kb.work.playbook import Shelf

CANDIDATE = "/playbook/p-sponsor-kickoff"
ADOPTED = "/playbook/p-value-90"
PAGE = "playbooks/principles/p-handover-30.md"


@pytest.fixture
def shelf(demo_read, clock):
    ctx = open_context(str(demo_read), "sato", lang="ja")
    yield Shelf(ctx)
    ctx.close()


def read(text):
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def page_text(browser, name="p-sponsor-kickoff"):
    return (browser.store / f"playbooks/principles/{name}.md").read_text("utf-8")


def as_member(browser, key):
    other = Browser(Site(str(browser.store), key, PORT, raised))
    other.store = browser.store
    return other


# The three layers


def test_every_page_of_the_playbook_can_be_reached(reading, shelf):
    text = reading.get("/playbook").text
    for id_, one in shelf.pages.items():
        assert f'href="/playbook/{id_}"' in text, id_
        assert html.escape(one.page.title) in text, id_


def test_a_principle_stands_with_its_play_and_the_manual_in_one_row(reading):
    rows = reading.get("/playbook").text.split('<div class="lrow"')[1:]
    row = next(row for row in rows if 'id="p-handover-30"' in row)
    assert "三者引き継ぎ会" in row
    assert "引き継ぎ会の点検表" in row
    assert "当てはまった4 · 外れた1" in row
    assert len(rows) == 4
    assert 'class="tag">候補' in rows[-1]


def test_what_hangs_in_the_air_or_is_not_used_is_named(reading):
    text = reading.get("/playbook").text
    apart = text[text.index('id="h-apart"') : text.index('id="h-unused"')]
    unused = text[text.index('id="h-unused"') : text.index('id="h-given"')]
    given = text[text.index('id="h-given"') :]
    assert apart.count("<li>") == 1
    assert "manual-bulk-invite-csv" in apart
    assert set(re.findall(r'href="/playbook/([\w-]+)"', unused)) == {
        *("manual-bulk-invite-csv", "p-one-to-one", "play-one-to-one-welcome"),
        "play-sponsor-kickoff",
    }
    assert "p-mass-welcome" in given
    assert "置きかえ済み" in given


def test_an_empty_playbook_says_how_one_begins(tmp_path, clock):
    root = tmp_path / "new"
    start_store(root, "Kim <kim@example.com>", lang="en", team="New")
    for file in (root / "playbooks").rglob("*.md"):
        file.unlink()
    browser = Browser(Site(str(root), "Kim <kim@example.com>", PORT, raised), "en")
    assert "The playbook is empty." in browser.get("/playbook").text


def test_what_came_with_a_new_store_is_said_to_be_unproven(tmp_path, clock):
    root = tmp_path / "new"
    start_store(root, "Kim <kim@example.com>", lang="ja", team="New")
    browser = Browser(Site(str(root), "Bo <bo@example.com>", PORT, raised))
    text = browser.get("/playbook").text
    assert text.count("根拠 0件") >= 3
    name = re.search(r'<div class="l1"><a href="([^"]+)"', text)[1]
    page = browser.get(name).text
    assert "根拠になる記録は、まだありません。" in page
    assert 'action="/playbook' not in page, "a stranger has no actions"
    assert "チームのメンバーだけができます" in page


# A principle


def test_every_quote_stands_verbatim_and_leads_to_where_it_was_said(reading, shelf):
    text = reading.get("/playbook/p-handover-30").text
    one = shelf.one("p-handover-30", "principle")
    whole = playbook_answers.whole(shelf._ctx, shelf, one)
    quotes = [read(found)[1:-1] for found in re.findall(r"<blockquote.*?</blockquote>", text)]
    assert quotes == [told["quote"] for told in (*whole["evidence"], *whole["counter"])]
    for told in (*whole["evidence"], *whole["counter"]):
        assert f'href="/go/{told["account"]}/{told["ref"]}"' in text
        assert reading.get(f"/go/{told['account']}/{told['ref']}").status_code == 303
    assert text.count("いまも一字一句同じ") == len(quotes)


def test_only_the_customer_s_words_are_in_mincho(reading, shelf):
    page = shelf.one("p-handover-30", "principle").page
    text = reading.get("/playbook/p-handover-30").text
    said = " ".join(re.findall(r"<blockquote.*?</blockquote>|class=\"voice.*?</", text))
    for ours in (page.title, page.do[0], page.counter[0].reading):
        assert ours in read(text)
        assert ours not in read(said)


def test_words_in_another_language_say_so_and_have_their_own_marks(reading):
    text = reading.get("/playbook/p-handover-30").text
    assert '<blockquote lang="en">“Nothing has gone out' in text


def test_counts_have_no_rate_below_twenty(reading):
    text = reading.get("/playbook/p-handover-30").text
    record = read(text[text.index('class="record"') : text.index('class="prose"')])
    assert "4当てはまった1外れた" in record
    assert "20件に満たないので、率は出しません" in record
    assert "%" not in record


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "引き継ぎ資料がなく、誰も設定を触れなかった",
            "資料は誰も見ていなかった",
            "原文がそのあと変わりました",
        ),
        ("minasoko#^h-pzjjt5", "minasoko#^h-000000", "原文が別の場所に移りました"),
        ("[[hibarino#^h-55z6zx]]", "[[nobody#^h-55z6zx]]", "別の場所に移りました"),
    ],
)
def test_what_became_of_a_quote_is_said(writing, old, new, said):
    path = writing.store / PAGE
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    text = writing.get("/playbook/p-handover-30").text
    assert said in text
    assert text.count("いまも一字一句同じ") == 5


def test_a_quote_that_is_nowhere_is_said_to_be_missing_and_leads_nowhere(writing):
    path = writing.store / PAGE
    lines = "- 「だれも言わなかった」\n  - 出典: [[minasoko#^h-000000]] 2026-10-07\n"
    path.write_text(path.read_text("utf-8").replace("## 根拠\n\n", f"## 根拠\n\n{lines}"), "utf-8")
    text = writing.get("/playbook/p-handover-30").text
    assert "原文が見つかりません" in text
    assert "h-000000" not in text


def test_a_refuted_hypothesis_that_named_it_speaks_against_it_by_itself(writing):
    path = writing.store / PAGE
    text = path.read_text("utf-8")
    start, stop = text.index("## 反証"), text.index("## もとになった気づき")
    path.write_text(text[:start] + text[stop:], "utf-8")
    against = writing.get("/playbook/p-handover-30").text
    against = against[against.index('id="against"') :]
    assert "半年前のことはもう覚えていない" in against
    assert 'class="seal refuted"' in against
    assert "ページにはまだ書かれていません" in against


def test_the_history_is_told_without_the_words_of_the_machine(reading):
    text = read(reading.get("/playbook/p-handover-30").text)
    for part in ("行動原則として採用", "反する声を1件追加", "文面を変更", "作成"):
        assert part in text


# What a member can do


def test_adopting_too_early_says_all_that_is_missing_and_changes_nothing(writing):
    before = page_text(writing)
    writing.get(CANDIDATE)
    writing.send(f"{CANDIDATE}/adopt")
    assert writing.last.status_code == 403
    alert = writing.last.text[writing.last.text.index('id="failed"') :]
    assert "保存していません" in alert
    assert "承認" in alert[: alert.index("</div>")]
    assert "伊藤 航さん" in alert[: alert.index("</div>")]
    assert "「決める方のいないキックオフは始めない」はまだ採用できません" in alert
    assert "`kb" not in writing.last.text
    assert page_text(writing) == before


def test_a_candidate_with_its_quorum_is_adopted(writing, monkeypatch):
    monkeypatch.setenv("KB_NOW", NOW)
    assert '<summary class="btn">採用する' in writing.get(CANDIDATE).text
    for key in ("ito", "sato"):
        ctx = open_context(str(writing.store), key, lang="ja")
        reviews_saying.approve(ctx, "p-sponsor-kickoff")
        ctx.close()
    assert '<summary class="btn main">採用する' in writing.get(CANDIDATE).text
    writing.send(f"{CANDIDATE}/adopt")
    page, anchor = writing.follow()
    assert anchor == "state"
    assert "status: adopted" in page_text(writing)
    assert 'class="tag strong">採用' in page.text


def test_a_changed_text_is_put_up_for_review_with_its_reason(writing):
    path = writing.store / "playbooks/principles/p-value-90.md"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("## 使うとき\n\n", "## 使うとき\n\n- 更新の話が出たとき\n"), "utf-8"
    )
    writing.get(ADOPTED)
    writing.send(f"{ADOPTED}/review", why="更新の話が先に出る会社があったため")
    page, _ = writing.follow()
    threads = "".join(f.read_text("utf-8") for f in (writing.store / "reviews").glob("p-value*"))
    assert "更新の話が先に出る会社があったため" in threads
    assert "レビュー中です。" in page.text
    assert "status: adopted" in page_text(writing, "p-value-90")
    link = re.search(r'href="(/reviews/[^"]+)"', page.text)[1]
    assert writing.get(link).status_code == 200


def test_asking_twice_says_that_it_is_under_review(writing):
    writing.get(ADOPTED)
    writing.send(f"{ADOPTED}/review", why="一度目")
    writing.get(ADOPTED)
    writing.send(f"{ADOPTED}/review", why="二度目の理由")
    assert writing.last.status_code == 403
    assert 'role="alert"' in writing.last.text
    assert "そのレビューで、コメントと承認を進めてください" in writing.last.text


def test_what_a_page_cannot_do_names_no_command(writing):
    browser = Browser(writing.site, "en")
    path = "/playbook/p-handover-30"
    browser.get(path)
    browser.send(f"{path}/review", why="once more")
    assert browser.last.status_code == 400
    assert "Change its text first, then ask again." in read(browser.last.text)
    assert "kb principle" not in browser.last.text


def test_giving_up_takes_a_reason_and_keeps_it(writing):
    writing.get(CANDIDATE)
    writing.send(f"{CANDIDATE}/retire", why="  ")
    assert writing.last.status_code == 400
    assert "status: candidate" in page_text(writing)
    writing.send(f"{CANDIDATE}/retire", why="出席だけでは <b>動かない</b>")
    page, _ = writing.follow()
    assert "status: retired" in page_text(writing)
    assert "出席だけでは &lt;b&gt;動かない&lt;/b&gt;" in page.text
    assert 'action="/playbook' not in page.text, "what was given up can't be given up again"


def test_what_could_not_be_done_keeps_the_reason_that_was_typed(writing):
    writing.get("/playbook/p-mass-welcome")
    writing.send("/playbook/p-mass-welcome/retire", why="もう一度書いた理由")
    assert writing.last.status_code == 400
    assert "もう一度書いた理由" in writing.last.text


def test_nothing_can_be_done_with_what_is_no_principle(writing):
    writing.get(CANDIDATE)
    for name, status in (("play-handover-session", 400), ("p-none", 404)):
        writing.send(f"/playbook/{name}/adopt")
        assert writing.last.status_code == status
        assert 'role="alert"' in writing.last.text


# A play and a manual


def test_a_play_shows_its_text_and_what_it_hangs_between(reading):
    text = reading.get("/playbook/play-handover-session").text
    assert "<li>当日中に前任・後任の方に1時間の候補日を3つ送る</li>" in text
    assert 'href="/playbook/p-handover-30"' in text
    assert 'href="/playbook/manual-handover-checklist"' in text


def test_a_manual_s_html_is_text(writing):
    path = writing.store / "playbooks/manuals/manual-bulk-invite-csv.md"
    path.write_text(path.read_text("utf-8") + "\n<script>x</script> <b>太字</b>\n", "utf-8")
    text = writing.get("/playbook/manual-bulk-invite-csv").text
    assert "&lt;b&gt;太字" in text
    assert "<script>" not in text
