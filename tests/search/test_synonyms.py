"""What was typed stands before other names of it, in every engine; those are found all the same."""

import sqlite3
from math import prod

import pytest
from search_kit import TODAY, Asking, entry

from kb.search import fts, packing
from kb.search.ports import Where
from kb.search.query import read
from kb.search.rank import rank, reasons
from kb.search.weighing import SYNONYM
from kb.search.words import STARTER, expand, word_list
from kb.wiring import open_context
from kb.work import searching

KINDS = ("embedded", "packed", "whoosh")


def made(kind, folder, monkeypatch):
    if kind == "whoosh":
        from kb.search.whoosh_engine import WhooshEngine

        return Asking(WhooshEngine(folder / "whoosh"))
    monkeypatch.setattr(fts, "MANY", 20 if kind == "packed" else 20_000)
    monkeypatch.setattr(packing, "FRESH", 16)
    return Asking(fts.FtsEngine(sqlite3.connect(folder / f"{kind}.sqlite", isolation_level=None)))


@pytest.fixture(params=KINDS)
def team(request, tmp_path, monkeypatch):
    """A team that mostly says 更新, and now and then renewal: rare, so it would count much."""
    asking = fill(made(request.param, tmp_path, monkeypatch))
    if request.param == "packed":
        assert list(packing.spans(asking.engine.db))
    yield asking
    if request.param != "whoosh":
        asking.engine.db.close()


def fill(asking):
    asking.take(
        *(entry(f"ja{n}", f"来月の更新について{n}回目の話をした") for n in range(30)),
        *(entry(f"en{n}", f"the renewal, talk {n}") for n in range(6)),
        *(entry(f"no{n}", f"別の件で先方の都合を聞いた {n}") for n in range(160)),
        entry("both", "更新 and renewal, 管理者"),
        entry("admin", "更新の前に admin に聞く"),
        entry("neither", "the admin wants to renew"),
        entry("spelled", "引き継ぎの kickoff を開く"),
    )
    asking.engine.settle(much=True)
    return asking


def found(asking, text, limit=200):
    query = expand(read(text), word_list(STARTER))
    hits = asking.engine.find(query, Where(), limit, every=not query.question)
    units = [one.unit for one in asking.engine.entries([hit.key for hit in hits])]
    return dict(zip(units, hits, strict=True))


def test_what_was_typed_comes_first(team):
    order = team("更新", limit=50)
    assert len(order) == 39
    assert set(order[32:]) == {"neither", *(f"en{n}" for n in range(6))}
    assert set(team("renewal", limit=50)[:8]) == {"both", "neither", *(f"en{n}" for n in range(6))}
    assert set(team("renewal", limit=50)) == set(order)


def test_few_candidates_are_those_that_were_typed(team):
    assert {hit.synonym for hit in found(team, "更新", limit=7).values()} == {1.0}


def test_of_two_words_the_one_that_was_not_typed_counts_half(team):
    counted = {unit: hit.synonym for unit, hit in found(team, "更新 管理者").items()}
    half = pytest.approx(SYNONYM**0.5)
    assert counted == {"both": 1.0, "admin": half, "neither": pytest.approx(SYNONYM)}
    assert team("更新 管理者") == ["both", "admin", "neither"]
    assert counted == {u: h.synonym for u, h in found(team, "管理者 OR 招待 更新").items()}


@pytest.mark.parametrize("typed", ["引継", "引継ぎ", "引き継ぎ", "kick-off", "Kickoff"])
def test_another_spelling_is_no_other_name(team, typed):
    assert {unit: hit.synonym for unit, hit in found(team, typed).items()} == {"spelled": 1.0}


def test_a_part_of_what_was_typed_is_no_other_name(team):
    hits = found(team, "契約更新")
    assert {hits["ja1"].synonym, hits["both"].synonym} == {1.0}
    assert (
        hits["en1"].synonym == SYNONYM == pytest.approx(found(team, "handover")["spelled"].synonym)
    )


def test_when_nothing_has_all_words_a_long_other_name_is_not_first(asking):
    asking.put(
        a="再オンボーディングの中間確認",
        b="the admin starts",
        c="別の話",
        **{f"n{n}": f"another line {n}" for n in range(9)},
    )
    assert asking("onboarding admins") == ["b", "a"]
    assert asking("オンボーディング 定着") == ["a"]
    assert asking("onboarding spaceship") == ["a"]
    assert asking("onboarding of admins before spaceships fly")[0] == "a"  # a sentence


def test_a_question_asks_in_both_languages_alike(team):
    hits = found(team, "更新の前に何を見せればよいですか")
    assert {"en1", "ja1"} <= hits.keys()
    assert {hit.synonym for hit in hits.values()} == {1.0}


def test_why_names_the_factor(team):
    query = expand(read("更新"), word_list(STARTER))
    candidates = team.engine.find(query, Where(), 200, every=True)
    ranked = rank(candidates, query, TODAY, 50, team.engine.entries)
    for one in ranked:
        why = dict(reasons(one, TODAY))
        own = one.entry.unit.startswith("ja") or one.entry.unit in ("both", "admin")
        assert why.get("synonym") == (None if own else SYNONYM)
        assert prod(why.values()) == pytest.approx(one.score, rel=0.01)


def test_all_engines_count_alike(tmp_path, monkeypatch):
    for text in ("更新", "renewal 管理者", "decision maker", "更新 OR admin"):
        embedded, packed, whoosh = (
            {
                unit: (hit.score, hit.synonym)
                for unit, hit in found(fill(made(kind, folder, monkeypatch)), text).items()
            }
            for kind in KINDS
            if (folder := tmp_path / f"{text}-{kind}").mkdir() is None
        )
        assert embedded.keys() == packed.keys() == whoosh.keys()
        for unit, counted in embedded.items():
            assert whoosh[unit] == pytest.approx(counted, abs=0.001)
            assert packed[unit] == pytest.approx(counted, rel=0.05, abs=0.01)


def test_in_the_sample_team_what_says_it_comes_first(demo_read, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-25T09:00:00+09:00")
    context = open_context(str(demo_read), None, lang="ja")
    first = searching.search(context, "更新", limit=8).hits
    english = searching.search(context, "renewal", limit=8).hits
    every = searching.search(context, "更新", limit=200).hits
    context.close()
    assert all("更新" in f"{hit.title}{hit.snippet}" for hit in first)
    assert {"principle", "play"} <= {hit.kind for hit in first[:6]}
    assert all("renew" in f"{hit.title}{hit.snippet}".lower() for hit in english)
    assert {hit.path for hit in english} <= {hit.path for hit in every}


@pytest.mark.parametrize(
    ("typed", "held"), [("みなそこ", 2), ("おすすめ", 2), ("おんぼーでぃんぐ", 1)]
)
def test_what_was_typed_as_it_sounds_is_found_in_katakana(team, typed, held):
    texts = (
        "ミナソコの見積もり",
        "オススメの設定",
        "オンボーディングを始める",
        "みなそこへ行く",
        "おすすめする",
    )
    team.take(*(entry(f"k{n}", text) for n, text in enumerate(texts)))
    hits = found(team, typed)
    assert len(hits) == held
    assert {one.synonym for one in hits.values()} == {1.0}
    query = expand(read(typed), word_list(STARTER))
    assert searching.understood(query).startswith(f"{typed} OR ")


def test_short_words_and_questions_are_taken_as_they_stand():
    for typed in ("こと", "みなそこはどうなりましたか", '"みなそこ"', "ミナソコ"):
        query = read(typed)
        assert expand(query, word_list(())) == query
