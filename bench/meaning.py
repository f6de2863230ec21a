"""What meaning adds to search: `python -m bench.meaning --data FOLDER [--json] [--sizes …]`.

FOLDER is as `bench.search` has it. Measured in one run, with the default engine:

- quality over one index of all documents: MRR@10 for each set by words alone and with meaning, and
  keywords found in ten;
- how often the first by words alone is among the first three with meaning;
- of the questions in `tests/search/other_language.tsv`, each asked of the sample team's store in
  the other language than the notes that answer it, how many find one in the first five, by words
  alone and with meaning;
- a warm question from its text to ten snippets at each size (items are single sentences), beside
  words alone; what a process does once: reading the vectors back, and one changed item;
- `kb search --meaning` as a whole process, beside `kb search`.

Times are milliseconds, of the clock unless CPU is said. Exit code 1 says a target was missed.
"""

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.search import TODAY, Data, Ours, Run, catalogue, fill, larger, load, quality
from bench.start import cpu, environment
from kb.insight.encoder import load as load_encoder
from kb.search.asking import Asked, ranked_by_both
from kb.search.fts import FtsEngine
from kb.search.meaning import Meanings
from kb.search.ports import Entry, Where
from kb.search.query import read
from kb.search.rank import rank
from kb.search.snippet import snippet
from kb.search.words import STARTER, expand, word_list
from kb.work.searching import find

QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "search" / "other_language.tsv"
BELOW = 0.005
"""How far below words alone a set may be."""
WARM = {20_000: 25.0}
"""Milliseconds (CPU, the machine may be busy) of a warm question, by the number of items."""
FOUND = 0.7
"""The share of questions in the other language that must find a note in the first five."""


class Both:
    """The default engine with all that stands around it, and meaning."""

    def __init__(self, engine: FtsEngine, meanings: Meanings) -> None:
        """Take a filled engine, and what is held of it."""
        encoder = load_encoder()
        assert encoder is not None
        self.engine, self.meanings, self.encoder = engine, meanings, encoder

    def __call__(self, text: str) -> list[str]:
        """Return the ids of the best ten."""
        typed = read(text)
        query = expand(typed, word_list(STARTER))
        found = find(self.engine, query, Where())
        ranked = rank(found, query, TODAY, 10, self.engine.entries)
        asked = Asked(typed, query, Where(), TODAY, 10)
        best, _ = ranked_by_both(
            *(self.engine.db, self.engine, self.encoder, self.meanings, asked, found, ranked)
        )
        for one in best:
            snippet(one.entry.text, query)
        return [str(one.entry.id) for one in best]


def both_qualities(data: Data, scratch: Path) -> dict[str, Any]:
    """Return the quality of words alone and with meaning, and how the first by words fared."""
    engine = FtsEngine(catalogue(scratch / "quality.sqlite"))
    fill(engine, data.docs, engine.db)
    words, both = Ours(engine), Both(engine, Meanings())
    kept = [
        first[0] in both(query["text"])[:3]
        for query in data.queries
        if (first := words(query["text"]))
    ]
    runs: dict[str, Run] = {"words": words, "meaning": both}
    figures: dict[str, Any] = {name: quality(run, data) for name, run in runs.items()}
    return figures | {"first by words in the first three": sum(kept) / len(kept)}


def sentences(data: Data, size: int) -> list[dict[str, Any]]:
    """Return `size` items of one sentence each, as they stand or put together from others."""
    found = []
    docs = data.docs
    while len(found) < size:
        found = [
            {"id": f"{doc['id']}.{n}", "text": sentence}
            for doc in docs
            for n, sentence in enumerate(re.split(r"(?<=[。.!?])\s*", doc["text"]))
            if len(sentence) > 7
        ]
        docs = larger(data.docs, len(docs) * 2)
    return found[:size]


def at_size(size: int, data: Data, scratch: Path, questions: int) -> dict[str, float]:
    """Return what a warm question takes at a number of items, and what is done once before."""
    db = catalogue(scratch / f"{size}.sqlite")
    engine = FtsEngine(db)
    fill(engine, sentences(data, size), db)
    meanings = Meanings()
    words, both = Ours(engine), Both(engine, meanings)
    began = time.process_time()
    meanings.now(db, engine, both.encoder)
    encoded = time.process_time() - began
    read_back = _took(Meanings().now, db, engine, both.encoder)
    chosen = data.queries[:: max(1, len(data.queries) // questions)]
    for query in chosen[:5]:
        both(query["text"])
    alone, together, spent = [], [], []
    for query in chosen:
        alone.append(_took(words, query["text"]))
        began = time.process_time()
        together.append(_took(both, query["text"]))
        spent.append((time.process_time() - began) * 1000)
    engine.apply([Entry("m1", 0, "said", None, 0, "定例", "一行の新しい声")], ["p0"])
    return {
        "words p50": round(median(alone), 2),
        "p50": round(median(together), 2),
        "CPU p50": round(median(spent), 2),
        "p95": round(sorted(together)[int(len(together) * 0.95)], 2),
        "encode s": round(encoded, 1),
        "read back": round(read_back, 1),
        "changed": round(_took(meanings.now, db, engine, both.encoder), 1),
    }


def _took(job: Callable[..., object], *given: object) -> float:
    began = time.perf_counter()
    job(*given)
    return (time.perf_counter() - began) * 1000


def in_store(scratch: Path) -> dict[str, Any]:
    """Return how questions in the other language fare, and what whole processes take (CPU)."""
    env = environment() | {"KB_NOW": "2026-11-21T09:00:00+09:00"}
    kb = [sys.executable, "-c", "from kb.faces.cli.app import main; main()"]
    cpu([*kb, "demo", "store"], scratch, env)
    os.environ["KB_NOW"] = env["KB_NOW"]
    table = [line.split("\t") for line in QUESTIONS.read_text("utf-8").splitlines()]
    ranks = {
        name: [place(scratch / "store", text, ids.split(), meaning=on) for text, ids in table]
        for name, on in (("words", False), ("meaning", True))
    }
    question = [*kb, "--store", "store", "search", table[0][0], "--json"]
    commands = {"kb search": question, "kb search --meaning": [*question, "--meaning"]}
    return {
        "questions": len(table),
        "in five": {name: sum(n <= 5 for n in found) for name, found in ranks.items()},
        "first": {name: sum(n == 1 for n in found) for name, found in ranks.items()},
        "cold": {
            name: round(median(cpu(command, scratch, env) for _ in range(5)), 1)
            for name, command in commands.items()
        },
    }


def place(store: Path, text: str, ids: Sequence[str], *, meaning: bool) -> int:
    """Return at which place the first of these ids stands; 11 when none is among ten."""
    from kb import wiring
    from kb.work import searching

    context = wiring.open_context(str(store), None, lang="ja")
    hits = searching.search(context, text, meaning=meaning).hits
    context.close()
    return next((n for n, hit in enumerate(hits, 1) if hit.id in ids), 11)


def misses(figures: dict[str, Any]) -> list[str]:
    """Return what falls short of the targets."""
    words, both = figures["quality"]["words"], figures["quality"]["meaning"]
    sets = [name for name in words if name != "keywords"]
    found = [
        f"{name}: {both[name]} is more than {BELOW} below words alone ({words[name]})"
        for name in words
        if both[name] < words[name] - BELOW
    ]
    if sum(both[name] - words[name] for name in sets) <= 0:
        found.append("on average meaning adds nothing")
    if figures["quality"]["first by words in the first three"] < 1:
        found.append("the first by words is not always among the first three")
    store = figures["store"]
    if store["in five"]["meaning"] < FOUND * store["questions"]:
        found.append(f"in the other language {store['in five']['meaning']} are found")
    for size, at in figures["sizes"].items():
        if at["CPU p50"] > WARM.get(int(size), at["CPU p50"]):
            found.append(f"{size} items: a question takes {at['CPU p50']} ms of CPU")
    return found


def table(figures: dict[str, Any]) -> str:
    """Return the figures to read."""
    both = figures["quality"]
    lines = ["", f"{'MRR@10':<12}" + "".join(f"{name:>10}" for name in both["words"])]
    lines += [
        f"{name:<12}" + "".join(f"{value:>10.4f}" for value in both[name].values())
        for name in ("words", "meaning")
    ]
    kept, store = both["first by words in the first three"], figures["store"]
    lines += ["", f"the first by words is among the first three: {kept:.1%}"]
    for name in ("words", "meaning"):
        lines.append(
            f"in the other language, {name}: {store['in five'][name]} of {store['questions']}"
            f" in the first five, {store['first'][name]} first"
        )
    names = ("words p50", "p50", "p95", "CPU p50", "read back", "changed", "encode s")
    lines += ["", f"{'items':<8}" + "".join(f"{name:>11}" for name in names)]
    for size, at in figures["sizes"].items():
        lines.append(f"{size:<8}" + "".join(f"{at[name]:>11}" for name in names))
    lines += ["", *(f"{name:<24}{value:>8} ms CPU" for name, value in store["cold"].items())]
    return "\n".join([*lines, "", *(f"missed: {miss}" for miss in figures["missed"])])


def main() -> int:
    """Measure, print a table or JSON; return 1 when a target is missed."""
    asked = argparse.ArgumentParser(prog="python -m bench.meaning")
    asked.add_argument("--data", type=Path, default=os.environ.get("KB_SEARCH_DATA"))
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--sizes", default="2000,20000")
    asked.add_argument("--questions", type=int, default=150, help="timed at each size")
    given = asked.parse_args()
    if given.data is None:
        print("bench.meaning: name a collection with --data FOLDER (or KB_SEARCH_DATA)")
        return 0
    data = load(Path(given.data))
    scratch = Path(tempfile.mkdtemp(prefix="kb-bench-"))
    try:
        figures: dict[str, Any] = {"sizes": {}}
        for size in (int(part) for part in given.sizes.split(",") if part):
            figures["sizes"][str(size)] = at_size(size, data, scratch, given.questions)
        figures |= {"store": in_store(scratch), "quality": both_qualities(data, scratch)}
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    figures["missed"] = misses(figures)
    print(json.dumps(figures, ensure_ascii=False, indent=1) if given.json else table(figures))
    return 1 if figures["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
