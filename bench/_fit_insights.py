"""Fits the weights of `kb.insight.likeness`: `python -m bench._fit_insights [--data FOLDER]`.

Pairs come from

- `bench/data/lessons.jsonl`: 376 short lessons of our own in Japanese and English, 85 of them told
  two to five times, with near misses (`near`: the lesson that it is not);
- `jsts_valid.jsonl` and `stsb_en_dev.jsonl` of FOLDER (JGLUE, STS benchmark): a pair of 4 and more
  of 5 counts as one lesson;
- texts of both with a word denied, turned into its opposite or another number put in: no lesson of
  theirs.

A pair is one of a text and its nearest; logistic regression, each source with the same weight. How
near the nearest of both are is fitted beside, as sources differ in it. What is fitted is divided by
the weight of the cosine. Neither the starter store nor the sets that
are measured (`bench/insights.py`) take part.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.insights import HERE, SHARED, Set, rows
from kb.insight.encoder import load
from kb.insight.finder import Finder
from kb.insight.likeness import LEARNED, Weights, difference
from kb.insight.notes import Note

LESSONS = HERE / "bench" / "data" / "lessons.jsonl"
NEAREST = 12
NAMES = ("cosine", *Weights._fields)
AROUND = 5
"""So many nearest tell how dense it is around a text."""
TURNED = [
    (r"できる", "できない"), (r"増え", "減り"), (r"減ら", "増や"), (r"早く", "遅く"),
    (r"先に", "後で"), (r"います。?$", "いません"),
    (r"する(?=。|$)", "しない"), (r"れる(?=。|$)", "れない"),
    (r"なる(?=。|$)", "ならない"), (r"まる(?=。|$)", "まらない"), (r"一人ずつ", "一斉に"),
    (r"\bis\b", "is not"), (r"\bare\b", "are not"), (r"\bcan\b", "cannot"),
    (r"\bnever\b", "always"),
    (r"\bbefore\b", "after"), (r"\bmore\b", "less"), (r"\bwith\b", "without"),
]  # fmt: skip
NUMBER = r"\d+|[二三四五六七八九](?=[かヶ件人日週年時分回社割倍つ])"


def turned(text: str, chance: random.Random) -> Iterator[str]:
    """Yield the text with a word turned and with another number, where it has such."""
    fitting = [(found, put) for found, put in TURNED if re.search(found, text)]
    if fitting:
        found, put = chance.choice(fitting)
        yield re.sub(found, put, text, count=1)
    number = re.search(NUMBER, text)
    if number:
        amount = number[0]
        other = str(int(amount) * 2 + 1) if amount.isdigit() else "二" if amount != "二" else "五"
        yield text[: number.start()] + other + text[number.end() :]


def pairs_of(file: Path) -> Set:
    """Read pairs with a score as notes: those of 4 and more are told twice."""
    notes, truth, seen = [], {}, set()
    for number, line in enumerate(file.read_text("utf-8").splitlines()):
        pair = json.loads(line)
        for side in "ab":
            name = f"{file.stem}-{number:04d}{side}"
            if pair[side] not in seen:
                seen.add(pair[side])
                notes.append(Note(name, pair[side], name, name))
                if pair["score"] >= 4:
                    truth[name] = str(number)
    return Set(file.stem, notes, truth)


def examples(data: Set, part: float) -> tuple[list[list[float]], list[bool]]:
    """Return the features of pairs, and whether they are one lesson."""
    chance = random.Random(5)
    made: dict[str, str] = {}
    notes = list(data.notes)
    for note in data.notes:
        if chance.random() < part:
            for number, text in enumerate(turned(note.text, chance)):
                name = f"{note.id}-{number}"
                made[name] = note.id
                notes.append(Note(name, text, name, name))
    model = load()
    finder = Finder(notes, model.encode if model else None)
    pairs = {
        (min(at, other), max(at, other))
        for note in data.notes
        for at in [finder.at[note.id]]
        for other, _ in finder.near(at, NEAREST)
        if finder.notes[other].id not in made
    }
    pairs |= {
        (min(at, other), max(at, other))
        for name, source in made.items()
        for at, other in [(finder.at[name], finder.at[source])]
    }
    features, same = [], []
    dense = {
        at: sum(score for _, score in finder.near(at, AROUND)) / AROUND
        for at in {at for pair in pairs for at in pair}
    }
    for one, other in sorted(pairs):
        features.append([*feature(finder, one, other), dense[one] + dense[other]])
        labels = [data.truth.get(finder.notes[at].id) for at in (one, other)]
        same.append(labels[0] is not None and labels[0] == labels[1])
    return features, same


def feature(finder: Finder, one: int, other: int) -> list[float]:
    """Return the cosine of a pair and what each weight is multiplied with."""
    space = finder.space
    cosine = float(space.vectors[one] @ space.vectors[other])
    abroad = cosine * bool(space.latin[one] != space.latin[other])
    shared = float(space.words[one] @ space.words[other])
    nothing = Weights(*[0.0] * len(Weights._fields))
    words = []
    for name in ("side", "negation", "opposite", "number"):
        only = nothing._replace(**{name: 1.0})
        pair = finder.read(one), finder.read(other)
        words.append(difference(*pair, finder.rarity, only).bonus)
    return [cosine, abroad, shared, *words]


def main() -> None:
    """Fit and print the weights beside those that the product ships."""
    words = argparse.ArgumentParser(prog="python -m bench._fit_insights")
    words.add_argument("--data", type=Path, default=SHARED / "data" / "insights")
    folder = words.parse_args().data
    sources: Sequence[tuple[Set, float]] = [
        (rows(LESSONS), 0.5),
        (pairs_of(folder / "jsts_valid.jsonl"), 0.15),
        (pairs_of(folder / "stsb_en_dev.jsonl"), 0.15),
    ]
    features, same, weights = [], [], []
    for data, part in sources:
        found, truth = examples(data, part)
        print(f"{data.name}: {len(truth)} pairs, {sum(truth)} of one lesson")
        features += found
        same += truth
        weights += [1000 / len(truth)] * len(truth)
    model = LogisticRegression(C=1e4, max_iter=5000)
    model.fit(np.array(features), np.array(same), sample_weight=weights)
    fitted = model.coef_[0] / model.coef_[0][0]
    shipped = (1.0, *LEARNED)
    for name, value, ships in zip(NAMES, fitted, shipped, strict=False):
        print(f"{name:<10} fitted {value:6.2f}   shipped {ships:5.2f}")


if __name__ == "__main__":
    main()
