"""Practice in the browser: nothing of what came later on a question; own numbers only."""

import html
import re

import pytest
from team_kit import person, team_site
from web_kit import PORT, Browser, raised

from kb.faces.web.api.operation import ROOT
from kb.faces.web.site import Site
from kb.wiring import open_context, start_store
from kb.work import own_notes, training


def read(text):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def question(text):
    return re.search(r'name="question" value="([^"]+)"', text)[1]


@pytest.fixture
def known(demo_read, clock):
    """Every question of Sato's with what happened, and the names of all customers."""
    ctx = open_context(str(demo_read), "sato", lang="ja")
    claims = {}
    for row in ctx.catalogue.meetings():
        for claim in ctx.catalogue.whole(row).hypotheses:
            claims[claim.id] = claim
    names = {one.name for one in ctx.catalogue.accounts(ctx.now)}
    slugs = {one.account for one in ctx.catalogue.accounts(ctx.now)}
    yield training.shown(ctx, training.questions(ctx, 60)), claims, names, slugs
    ctx.close()


def test_a_question_shows_nothing_that_came_later_and_no_customer(reading, known):
    questions, claims, names, slugs = known
    text = reading.get("/train").text
    shown = question(text)
    one = next(q for q in questions if q.id == shown)
    assert html.unescape(text).count(one.text) == 1
    body = html.unescape(text[text.index("<main") :])
    for name in (*names, *slugs):
        assert name not in body, name
    claim = claims[shown]
    assert claim.quote is None or claim.quote not in body
    assert 'class="seal' not in body
    assert 'class="voice' not in body
    assert "<blockquote" not in body
    assert "/go/" not in body
    assert "/m/" not in body


def test_a_question_that_tells_of_other_customers_does_not_name_them(
    reading, demo_read, monkeypatch
):
    monkeypatch.setattr(training, "COUNT", 60)  # it comes late in the order of the questions
    ctx = open_context(str(demo_read), "sato", lang="ja")
    names = "Tomoshibi and Minasoko"
    telling = next(q for q in training.questions(ctx, 60) if names in (q.because or ""))
    ctx.close()
    reading.get("/train")
    reading.send("/train", question=telling.id, probability="no number")
    assert reading.last.status_code == 400
    assert question(reading.last.text) == telling.id
    body = read(reading.last.text)
    assert telling.because.replace(names, "another customer and another customer") in body
    assert "Tomoshibi" not in body
    assert "Minasoko" not in body


def test_after_the_answer_the_customer_s_words_and_what_to_read(writing, known):
    _, claims, _, _ = known
    id_ = question(writing.get("/train").text)
    wrong = 95 if claims[id_].verdict == "refuted" else 5
    writing.send("/train", question=id_, probability=str(wrong))
    text = writing.last.text
    assert writing.last.status_code == 200
    assert f'class="seal {claims[id_].verdict}"' in text
    assert "予想とは逆でした" in text
    assert f"あなたの予想 {wrong}%" in text
    if claims[id_].quote:
        quotes = " ".join(re.findall(r"<blockquote.*?</blockquote>", text))
        assert claims[id_].quote in html.unescape(quotes)
    reading = text[text.index('id="h-read"') :]
    link = re.search(r'href="(/(?:m|playbook)/[^"#]+)', reading)[1]
    assert writing.get(link).status_code == 200


def test_the_number_goes_before_the_slider(writing):
    id_ = question(writing.get("/train").text)
    writing.send("/train", question=id_, probability="50", exact="85")
    assert "あなたの予想 85%" in writing.last.text


@pytest.mark.parametrize("typed", ["97", "0", "たぶん", "1000"])
def test_what_is_no_probability_is_refused_beside_the_same_question(writing, typed):
    id_ = question(writing.get("/train").text)
    writing.send("/train", question=id_, probability="65", exact=typed)
    assert writing.last.status_code == 400
    assert 'role="alert"' in writing.last.text
    assert question(writing.last.text) == id_
    assert 'value="65"' in writing.last.text
    assert f'value="{typed}"' in writing.last.text
    assert "20問のうち0問" in writing.last.text


def test_an_id_that_is_no_question_is_not_answered(writing):
    writing.get("/train")
    writing.send("/train", question="h-000000", probability="50")
    assert writing.last.status_code == 404
    assert 'role="alert"' in writing.last.text


def test_the_first_answer_counts_and_the_score_is_one_s_own(writing):
    id_ = question(writing.get("/train").text)
    writing.send("/train", question=id_, probability="70")
    assert "20問のうち1問" in writing.last.text
    writing.send("/train", question=id_, probability="30")
    assert "最初の答えだけを数えます" in writing.last.text
    assert "20問のうち1問" in writing.last.text
    other = Browser(Site(str(writing.store), "mori", PORT, raised))
    assert "20問のうち0問" in other.get("/train").text
    assert question(writing.get("/train").text) != id_


def test_from_twenty_answers_on_there_is_a_score_and_before_none(writing):
    for n in range(20):
        assert "ブライア" not in writing.get("/train").text
        writing.send(
            "/train", question=question(writing.last.text), probability=str(5 + n % 19 * 5)
        )
    text = writing.last.text
    assert "ブライアスコア" in text
    table = text[text.index('<table class="list"') :].partition("</table>")[0]
    counts = [int(n) for n in re.findall(r"</th><td>(\d+)</td>", table)]
    assert sum(counts) == 20
    bars = text[
        text.index('<svg viewBox="-4') : text.index("</svg>", text.index('<svg viewBox="-4'))
    ]
    assert bars.count('class="bg-ink"') == len(counts)
    assert "何%当たるか" not in text
    assert "%" not in read(table).replace("〜", "").replace("0%", ""), "counts, no rates"


def test_who_is_no_member_has_no_questions(demo_read, clock):
    browser = Browser(Site(str(demo_read), "Bo <bo@example.com>", PORT, raised))
    text = browser.get("/train").text
    assert "チームのメンバーのためのものです" in text
    assert '<form method="post" action="/train"' not in text


def test_an_empty_store_has_no_question_yet(tmp_path, clock):
    root = tmp_path / "new"
    start_store(root, "Kim <kim@example.com>", lang="en", team="New")
    browser = Browser(Site(str(root), "Kim <kim@example.com>", PORT, raised), "en")
    assert "There is no question yet." in browser.get("/train").text


def test_on_a_team_s_server_nobody_sees_what_another_one_answered(
    demo_store, tmp_path, clock, monkeypatch
):
    """The answers of all members lie in one place there; whose are read is noted, page by page."""
    site = team_site(demo_store, tmp_path / "state")
    sato, mori, ito = (person(site, key) for key in ("sato", "mori", "ito"))
    site.team.people.give("ito", "admin")  # who may do everything sees no more
    id_ = question(sato.get("/train").text)
    assert "20問のうち1問" in sato.send("/train", question=id_, probability="95").text
    assert (demo_store / ".git/kb/training/sato.jsonl").stat().st_mode & 0o077 == 0

    place, asked = own_notes._file, []
    monkeypatch.setattr(
        own_notes, "_file", lambda ctx, *named: asked.append((ctx.me, *named)) or place(ctx, *named)
    )
    for key, browser in (("mori", mori), ("ito", ito)):
        secret, _ = site.programs.tokens.make(key, "tests", "read", 30)
        program = {"authorization": f"Bearer {secret}"}
        score = browser.client.get(f"{ROOT}/training/score", headers=program).json()
        assert score["answered"] == 0
        questions = browser.client.get(f"{ROOT}/training/questions", headers=program)
        for path in ("/", "/train", "/reading"):
            page = browser.get(path)
            assert page.status_code == questions.status_code == 200
            assert path != "/train" or "20問のうち0問" in page.text
    assert {(me, kind) for me, kind, _ in asked} >= {("mori", "training"), ("ito", "training")}
    assert [one for one in asked if one[0] != one[2]] == []


def test_what_is_no_question_is_answered_with_one(writing):
    writing.get("/train")
    writing.send("/train", question="h-000000", probability="50")
    assert writing.last.status_code == 404
    assert "ここに出ている問題に答えてください" in writing.last.text
    assert question(writing.last.text)
