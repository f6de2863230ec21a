"""Reviews in the browser: which wait, what changed, what is answered, and what is refused."""

import re
import subprocess

import pytest
from web_kit import PORT, Browser, raised

from kb.faces.web.site import Site
from kb.wiring import start_store

REVIEW = "/reviews/r-8w139p"
MEETING = "/m/minasoko/m-2yn804"
DOCUMENT = "accounts/minasoko.md"
MENDED = "当日、公開の手順を瀬戸様に画面で見せていただく。数字は12/21週の利用率で判定"
MORNING = "2026-11-25T09:00:00+09:00"


@pytest.fixture
def morning(demo_store, monkeypatch):
    """Before the meeting of 14:00: Takahashi reviews what Sato wrote, each in their browser."""
    monkeypatch.setenv("KB_NOW", MORNING)

    def enter(member, lang="ja"):
        made = Browser(Site(str(demo_store), member, PORT, raised), lang)
        made.store = demo_store
        return made

    return enter


@pytest.fixture
def looking(demo_read, monkeypatch):
    """The same, where nothing may be written."""
    monkeypatch.setenv("KB_NOW", MORNING)
    return lambda member, lang="ja": Browser(Site(str(demo_read), member, PORT, raised), lang)


def thread(browser):
    return (browser.store / "reviews/minasoko-2026-11-25.md").read_text("utf-8")


def message(browser):
    words = ["git", "-C", str(browser.store), "log", "-1", "--format=%an|%s"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def digest(browser):
    shown = browser.get(REVIEW).text
    return re.search(r'name="form" value="changes">.*?name="digest" value="([^"]+)"', shown)[1]


def suggest(browser, **fields):
    browser.get(REVIEW)
    return browser.send(f"{REVIEW}/suggest", **fields)


def changed(morning):
    """Takahashi suggests other words for a test, Sato takes them: the approval is of before."""
    peer, author = morning("takahashi"), morning("sato")
    suggest(peer, on="h-6hg8ez", label="test", text=MENDED, why="数で言う")
    author.get(REVIEW)
    event = peer.last.headers["location"].partition("#")[2]
    author.send(f"{REVIEW}/accept", event=event)
    assert author.last.status_code == 303
    return peer, author


def test_what_waits_is_first_in_the_list_and_shows_what_changed_by_word_and_mark(morning):
    peer, _ = changed(morning)
    page = peer.get("/reviews").text
    heads = [page.index(f'id="g-{key}"') for key in ("waiting", "mine", "others")]
    assert heads == sorted(heads)
    waiting = page[heads[0] : heads[1]]
    assert f'href="{REVIEW}"' in waiting
    assert "承認後に変更あり" in waiting
    assert "11/25 10:00" in waiting
    assert "r-9ted1b" in page[heads[1] : heads[2]]
    assert peer.get("/reviews/next").headers["location"] == REVIEW
    assert REVIEW in peer.get("/").text

    page = peer.get(REVIEW).text
    change = page[page.index('id="h-diff"') :]
    change = change[: change.index("</section>")]
    assert "あなたの承認から変わったところ" in change
    assert "書き換え" in change
    assert "検証: " in change
    assert re.search(r'<del><span class="sr">削除: </span>[^<]+</del>', change)
    assert re.search(r'<ins><span class="sr">追加: </span>[^<]+</ins>', change)
    assert "変わったところを承認する" in page


def test_without_anything_to_do_next_leads_to_the_list(looking):
    browser = looking("takahashi")
    assert browser.get("/reviews/next").headers["location"] == "/reviews"
    assert "いま、あなたを待っているレビューはありません" in browser.get("/reviews").text


def test_an_empty_store_says_what_reviews_are_for(tmp_path, monkeypatch):
    monkeypatch.setenv("KB_NOW", MORNING)
    start_store(tmp_path / "new", "Kim <kim@example.com>", lang="ja", team="New")
    site = Site(str(tmp_path / "new"), "Kim <kim@example.com>", PORT, raised)
    page = Browser(site).get("/reviews").text
    assert "レビューはまだありません" in page
    assert "ミーティングの画面から" in page


@pytest.mark.parametrize(
    ("lang", "words"), [("ja", "チームの使命"), ("en", "What the team is for")]
)
def test_the_team_s_mission_stands_on_top_of_every_review(looking, lang, words):
    for id_ in ("r-8w139p", "r-9ted1b", "r-4v43p0", "r-qg1j9y", "r-n83v9n", "r-1hf9dc"):
        page = looking("mori", lang).get(f"/reviews/{id_}")
        assert page.status_code == 200
        assert page.text.index(words) < page.text.index('aria-labelledby="h-thread"')


def test_an_approval_is_of_the_text_that_was_shown(morning):
    peer = morning("takahashi")
    before = digest(peer)
    changed(morning)
    assert f"  - 検証: {MENDED}\n" in (peer.store / DOCUMENT).read_text("utf-8")
    assert message(peer).startswith("佐藤 恭平|")
    peer.send(f"{REVIEW}/approve", form="approve", digest=before)
    assert peer.last.status_code == 409
    assert "読んでいるあいだに内容が変わりました" in peer.last.text
    assert "変わったところを承認する" in peer.last.text
    assert "取り入れ済み" in peer.last.text
    peer.send(f"{REVIEW}/approve", form="approve", digest=digest(peer))
    page, _ = peer.follow()
    assert "いまの内容を承認しています" in page.text
    assert "承認後に変更あり" not in peer.get("/reviews").text


def test_nobody_approves_what_they_wrote(morning):
    author = morning("sato")
    page = author.get(REVIEW).text
    assert f"{REVIEW}/approve" not in page
    assert "自分が書いたものは承認できません" in page
    author.send(f"{REVIEW}/approve", form="approve", digest=digest(morning("takahashi")))
    assert author.last.status_code == 403


def test_a_typed_comment_goes_to_its_line(morning):
    peer = morning("mori")
    peer.get(REVIEW)
    text = "540万円は総額ですね。\r\n守れる額も書けますか。<b>"
    peer.send(f"{REVIEW}/comment", form="c-claim-2", on="h-78wymp", about="impact", text=text)
    page, anchor = peer.follow()
    assert re.search(rf"commented @mori on:h-78wymp type:impact \^{anchor}\n", thread(peer))
    line = page.text[page.text.index('id="h-78wymp"') :]
    line = line[: line.index("</article>")]
    assert f'id="{anchor}"' in line
    assert "守れる額も書けますか。&lt;b&gt;" in line
    assert "金額の効果" in line


def test_a_comment_that_can_not_be_written_says_why_beside_its_form(morning):
    peer = morning("mori")
    before = thread(peer)
    peer.get(REVIEW)
    for fields, said in (
        ({"about": "impact", "text": "  "}, "保存していません"),
        ({"about": "nonsense", "text": "はい"}, "何についてのコメント"),
        ({"about": "impact", "text": "はい", "on": "h-000000"}, "h-000000"),
    ):
        peer.send(f"{REVIEW}/comment", form="c-claim-1", **{"on": "h-6hg8ez", **fields})
        assert peer.last.status_code in (400, 404)
        assert said in peer.last.text
        assert 'role="alert"' in peer.last.text
    assert thread(peer) == before


def test_each_line_of_a_claim_can_be_said_otherwise(morning):
    peer = morning("takahashi")
    for fields, new in (
        ({"on": "h-6hg8ez", "label": "", "text": "直した文"}, "- new: 直した文"),
        ({"on": "h-6hg8ez", "label": "why", "text": "直した文"}, "- new: 根拠: 直した文"),
        ({"on": "h-78wymp", "label": "confidence", "text": "55%"}, "- new: 確信度: 55%"),
    ):
        suggest(peer, **fields)
        assert peer.last.status_code == 303
        assert new in thread(peer)


def test_the_words_as_they_are_are_no_suggestion_and_stand_in_the_field_again(morning):
    peer = morning("takahashi")
    page = peer.get(REVIEW).text
    text = re.search(r'id="w-s-topic-1-1"[^>]*>([^<]+)</textarea>', page)[1]
    on = re.search(r'name="form" value="s-topic-1-1"><input[^>]*name="on" value="([^"]+)"', page)[1]
    suggest(peer, form="s-topic-1-1", on=on, label="stance", text=text)
    assert peer.last.status_code == 400
    assert f">{text}</textarea>" in peer.last.text
    assert "保存していません" in peer.last.text


def test_changes_are_asked_for_with_words_and_shown_to_the_author(morning):
    peer = morning("takahashi")
    before = digest(peer)
    peer.send(f"{REVIEW}/changes", form="changes", digest=before, text=" ")
    assert peer.last.status_code == 400
    peer.send(f"{REVIEW}/changes", form="changes", digest=before, text="数字を一つ")
    assert peer.last.status_code == 303
    page = morning("sato").get(REVIEW).text
    assert "差し戻し中" in page
    assert "数字を一つ" in page


def test_a_phrase_worth_sharing_becomes_an_insight_with_its_speaker(morning):
    author = morning("sato")
    page = author.get(REVIEW).text
    text = re.search(r'/share">.*?name="text" value="([^"]+)"', page)[1]
    author.send(f"{REVIEW}/share", text=text)
    page, anchor = author.follow()
    assert anchor == "shared"
    where = re.search(r'href="(/go/minasoko/i-\w{6})"', page.text)[1]
    assert "レビューでの言葉" in (author.store / DOCUMENT).read_text("utf-8")
    assert author.get(where).status_code == 303


def test_an_ended_review_can_be_read_and_no_more(morning):
    author = morning("sato")
    author.get(REVIEW)
    author.send(f"{REVIEW}/close", form="close", text="ありがとうございました")
    page, _ = author.follow()
    assert "このレビューは終了しています" in page.text
    assert "<form" not in page.text[page.text.index("<main") :]
    author.send(f"{REVIEW}/comment", form="c-all", text="もう一つ", about="")
    assert author.last.status_code == 403


def test_earlier_hypotheses_are_counted_and_no_rate_is_told(looking):
    page = looking("takahashi").get(REVIEW).text
    part = page[page.index('id="earlier"') :]
    part = part[: part.index("</section>")]
    assert "10件 — 支持 6 · 一部 1 · 棄却 3" in part
    assert "%" not in part.replace("60%", "").replace("55%", "").split("<ul")[0]
    assert "率は出しません" in part


def test_similar_ones_elsewhere_are_looked_for_when_one_asks(looking):
    browser = looking("takahashi")
    assert "?similar=1" in browser.get(REVIEW).text
    part = browser.get(f"{REVIEW}?similar=1").text
    part = part[part.index('id="similar"') :]
    part = part[: part.index("</section>")]
    assert "/go/minasoko/" not in part
    assert 'class="seal' in part


def test_a_meeting_s_page_asks_for_a_review(morning):
    author = morning("ito")
    path = "/m/tomoshibi/2026-10-14"
    page = author.get(path).text
    assert 'action="/m/tomoshibi/' in page
    form = page[page.index('id="rv-to"') :]
    assert 'value="ito"' not in form[: form.index("</select>")]
    action = re.search(r'action="(/m/tomoshibi/m-\w{6}/review)"', page)[1]
    author.send(action, form="ask-review", to="ito", note="2つ目を")
    assert author.last.status_code == 403
    assert "2つ目を</textarea>" in author.last.text
    author.send(action, form="ask-review", to="mori", note="2つ目を見てください")
    page, _ = author.follow()
    assert "2つ目を見てください" in page.text
    assert "森 ひより" in page.text


def test_what_is_no_review_is_not_found(looking):
    for id_ in ("r-000000", "minasoko", "..%2f..%2fkb"):
        assert looking("sato").get(f"/reviews/{id_}").status_code == 404


def test_a_form_of_another_page_changes_nothing(morning):
    peer = morning("takahashi")
    peer.get(REVIEW)
    before = thread(peer)
    for action in ("comment", "suggest", "accept", "approve", "changes", "close", "share"):
        for wrong in ({"token": "x"}, {"origin": "http://evil.example"}):
            peer.send(f"{REVIEW}/{action}", text="はい", about="", **wrong)
            assert peer.last.status_code == 403, action
    assert thread(peer) == before


def test_only_the_customer_s_words_are_set_as_theirs(looking):
    page = looking("emma", "en").get("/reviews/r-4v43p0").text
    voices = re.findall(r'class="voice"[^>]*>(.*?)</span>', page)
    claims = re.findall(r'id="b-(?:claim|insight)-\d+"><span[^>]*>(.*?)</span>', page)
    assert voices
    assert claims
    assert not set(voices) & set(claims)


def test_a_suggestion_whose_line_was_reworded_since_can_t_be_taken_any_more(reading):
    """Takahashi's of 19 November: Sato wrote it into the document by hand."""
    page = reading.get("/reviews/r-8w139p").text
    offer = page[page.index('class="offer"') :]
    offer = offer[: offer.index("</li>")]
    assert "最初の質問が価格か使い方かを記録する" in offer
    assert "この行は、そのあと書き直されました。" in offer
    assert "/accept" not in offer


def test_each_event_of_a_long_thread_is_judged_a_few_times_only(morning, monkeypatch):
    from kb.text.thread import append, new_event
    from kb.work.reviews import Review

    reader = morning("takahashi")
    path = reader.store / "reviews/minasoko-2026-11-25.md"
    data = path.read_bytes()
    for number in range(100):
        time = f"2026-11-25T08:{number // 60:02}:{number % 60:02}+09:00"
        data = append(data, new_event("r-8w139p", time, "commented", "sato", (), f"言葉{number}"))
    path.write_bytes(data)
    asked = []
    counts = Review.counts
    monkeypatch.setattr(Review, "counts", lambda *one: asked.append(1) or counts(*one))
    page = reader.get(REVIEW).text
    assert "言葉99" in page
    assert len(asked) < 20 * 100
