"""How well recurring insights are found: `python -m bench.insights [--rows FILE…] [--json] …`.

Measured with the one setting that the product ships, on

- the starter store (`--store FOLDER` with accounts/ and a README.md whose TOML block names the
  groups), fed as texts with account and author;
- lessons of our own that nothing was fitted to (tests/insight/lessons.jsonl, ja and en), and those
  of another hand, which say the same in quite other words (tests/insight/fixtures/lessons.jsonl);
- `--rows FILE…`: lines of {"text", "label"}, a label that begins with "noise" is a one-off; a line
  may name its "id", "account" and "author", else it counts as an account and an author of its own.
  Without the option: every rec_*.jsonl of the folder `--data`;
- 10,000 notes (`--size`): all that is done beside their encoding, and one more.

A suggested group has at least three notes of three accounts and two authors. It is right if at
least 75 % of it is one true group; precision is over suggested groups, recall over true groups of
three or more, F1 of both. A hit: a note of the same group among the nearest 1, 3, 5 of other
accounts, over all notes that have one.

The oracle (`--oracle`: nothing else) adds the notes in their order. Each new one is asked about its
three nearest of other accounts among those before it, one question for notes that were linked with
each other; the answers are true. A group is found when linked notes of it come from three accounts.

Times are CPU. Exit code 1 says that a target was missed.
"""

import argparse
import json
import os
import random
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any, NamedTuple, cast

from kb.insight.encoder import load
from kb.insight.finder import Finder
from kb.insight.notes import Group, Note

HERE = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("KB_SHARED", str(HERE.parent / "shared")))
LESSONS = HERE / "tests" / "insight" / "lessons.jsonl"
ANOTHER = HERE / "tests" / "insight" / "fixtures" / "lessons.jsonl"
RIGHT = 0.75
AT = (1, 3, 5)
QUESTIONS = 3
STORE = "starter store"
TARGETS = {"hit@3": 0.90, "store F1": 0.65, "rows F1": 0.55, "strong": 0.9, "beside encoding": 1.6}
ONE_MORE = 10.0
"""Milliseconds for one note more."""

Encode = Callable[[Sequence[str]], Any]


class Set(NamedTuple):
    """Notes in the order in which they were written, with the true group of each, if any."""

    name: str
    notes: list[Note]
    truth: dict[str, str]
    never: frozenset[str] = frozenset()
    """Notes that must not stand in a strong group."""
    either: frozenset[str] = frozenset()
    """Notes that may stand in a group or not, and count neither way."""


def rows(file: Path) -> Set:
    """Read lines of {"text", "label"}."""
    notes, truth = [], {}
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    for number, line in enumerate(lines):
        name = str(line.get("id", f"row-{number:05d}"))
        own = str(line.get("account", name))
        notes.append(Note(name, line["text"], own, str(line.get("author", own))))
        label = line.get("label")
        if label and not str(label).startswith("noise"):
            truth[name] = str(label)
    near = frozenset(str(line["id"]) for line in lines if line.get("near"))
    return Set(file.stem, notes, truth, near)


def store(folder: Path) -> Set:
    """Read the insights of a sample store as bare texts, and its README's answers."""
    found: list[tuple[str, Note]] = []
    for file in sorted((folder / "accounts").glob("*.md")):
        text = file.read_text("utf-8")
        author = re.search(r"^csm: (\S+)", text, re.MULTILINE)
        day = ""
        for line in text.splitlines():
            dated = re.match(r"## (\d{4}-\d{2}-\d{2})", line)
            day = dated[1] if dated else day
            item = re.match(r"- (.*?)(?: #\S+)* \^(i-\w+)$", line)
            if item:
                who = author[1] if author else file.stem
                found.append((day, Note(item[2], item[1], file.stem, who)))
    readme = (folder / "README.md").read_text("utf-8")
    block = re.search(r"```toml\n(.*?)```", readme, re.DOTALL)
    either = re.findall(r"^- borderline: (i-\w+)", readme, re.MULTILINE)
    key = tomllib.loads(block[1] if block else "")
    truth = {one: name for name, ids in key["recurring"].items() for one in ids}
    never = set(key["not_in_group"]).union(*key["not_recurring"].values())
    found.sort(key=lambda one: (one[0], one[1].id))
    notes = [note for _, note in found]
    return Set(STORE, notes, truth, frozenset(never), frozenset(either))


def score(groups: Iterable[Group], data: Set) -> dict[str, Any]:
    """Return precision, recall and F1 of the suggested groups, and the precision of strong ones."""
    sizes = Counter(data.truth.values())
    wanted = {name for name, size in sizes.items() if size >= 3}
    proposed = [one for one in groups if len(one.members) >= 3]
    found, rights, firm = set(), [], []
    for one in proposed:
        counted = [m for m in one.members if m not in data.either]
        most = Counter(data.truth[m] for m in counted if m in data.truth).most_common(1)
        right = bool(most) and most[0][1] >= RIGHT * len(counted)
        rights.append(right)
        if right:
            found.add(most[0][0])
        if one.strength == "strong":
            firm.append(right)
    precision = mean(rights) if rights else 0.0
    recall = len(found & wanted) / len(wanted) if wanted else 0.0
    both = precision + recall
    return {
        "F1": round(2 * precision * recall / both, 3) if both else 0.0,
        "P": round(precision, 3),
        "R": round(recall, 3),
        "groups": len(proposed),
        "strong": len(firm),
        "strong P": round(mean(firm), 3) if firm else None,
    }


def hits(finder: Finder, data: Set) -> list[float]:
    """Return how often the same lesson is among the nearest 1, 3, 5 of other accounts."""
    homes: dict[str, set[str]] = {}
    for note in data.notes:
        if note.id in data.truth:
            homes.setdefault(data.truth[note.id], set()).add(note.account)
    asked = [
        note
        for note in data.notes
        if homes.get(data.truth.get(note.id, ""), set()) - {note.account}
    ]
    places = []
    for note in asked:
        near = [data.truth.get(one.id) for one in finder.neighbours(note.id, max(AT))]
        own = data.truth[note.id]
        places.append(near.index(own) + 1 if own in near else max(AT) + 1)
    return [round(mean(place <= at for place in places), 3) if places else 0.0 for at in AT]


def quality(data: Set, encode: Encode | None) -> dict[str, Any]:
    """Return all figures of one set."""
    finder = Finder(data.notes, encode)
    groups = finder.groups()
    traps = {one for group in groups if group.strength == "strong" for one in group.members}
    return {
        "what": f"{data.name} ({len(data.notes)})",
        **score(groups, data),
        "hit@1/3/5": hits(finder, data),
        "traps in strong": len(traps & data.never),
    }


def oracle(data: Set, encode: Encode | None) -> dict[str, Any]:
    """Ask three questions for each note in its order, answer truly, and count what comes of it."""
    wanted = {name for name, size in Counter(data.truth.values()).items() if size >= 3}
    finder = Finder([], encode)
    same: dict[str, set[str]] = {}
    asked = 0
    for note in data.notes:
        finder.add(note)
        same[note.id] = {note.id}
        for near in finder.neighbours(note.id, QUESTIONS):
            asked += 1
            own = data.truth.get(note.id)
            alike = own is not None and data.truth.get(near.id) == own
            finder.judge(note.id, near.id, same=alike)
            if alike:
                both = same[note.id] | same[near.id]
                for one in both:
                    same[one] = both
    homes = {note.id: note.account for note in data.notes}
    found = {
        data.truth[name]
        for name, linked in same.items()
        if len({homes[one] for one in linked}) >= 3 and name in data.truth
    }
    false = sum(len({data.truth.get(one) for one in linked}) > 1 for linked in same.values())
    return {
        "what": f"oracle, {data.name}",
        "found": len(found & wanted),
        "of": len(wanted),
        "false links": false,
        "questions": asked,
        "questions for a group": round(asked / max(len(found), 1), 1),
    }


def larger(data: Sequence[Set], size: int) -> list[Note]:
    """Return so many notes: those of the sets, then more with their words exchanged."""
    chance = random.Random(7)
    texts = [note.text for one in data for note in one.notes]
    while len(texts) < size:
        one, other = chance.choice(texts), chance.choice(texts)
        joint = " " if one.isascii() else ""
        first, second = (list(text.split()) if joint else list(text) for text in (one, other))
        texts.append(joint.join(first[: len(first) // 2] + second[len(second) // 2 :]))
    return [
        Note(f"n{at:05d}", text, f"n{at:05d}", f"n{at:05d}") for at, text in enumerate(texts[:size])
    ]


def speed(notes: Sequence[Note], encode: Encode) -> dict[str, Any]:
    """Return the CPU time of all groups beside that of the encoding alone, and of one more."""
    spent: list[float] = []

    def timed(texts: Sequence[str]) -> object:
        begun = time.process_time()
        made = encode(texts)
        spent.append(time.process_time() - begun)
        return made

    begun = time.process_time()
    finder = Finder(notes, cast("Encode", timed))
    groups = finder.groups()
    whole = time.process_time() - begun
    alone = sum(spent)
    times, ours = [], []
    for number in range(20):
        extra = Note(f"x{number}", f"{notes[number].text} {number}", f"x{number}", f"x{number}")
        begun = time.process_time()
        finder.add(extra)
        finder.neighbours(extra.id)
        times.append((time.process_time() - begun) * 1000)
        ours.append(times[-1] - spent[-1] * 1000)
    return {
        "what": f"{len(notes)} notes",
        "encoding s": round(alone, 2),
        "all s": round(whole, 2),
        "beside encoding": round(whole / alone, 2),
        "one more ms": round(median(times), 1),
        "of that not encoding": round(median(ours), 1),
        "groups": len(groups),
    }


def missed(found: dict[str, Any]) -> list[str]:
    """Return the names of the targets that were missed."""
    out = []
    for one in found.get("quality", []):
        if one["what"].startswith(STORE):
            for name, fault in (
                ("F1", one["F1"] < TARGETS["store F1"]),
                ("hit@3", one["hit@1/3/5"][1] < TARGETS["hit@3"]),
                ("traps in strong", one["traps in strong"]),
            ):
                out += [f"{STORE}: {name}"] * bool(fault)
    many = found.get("mean of rows") or {"F1": 1, "strong P": None}
    out += ["rows: F1"] * (many["F1"] < TARGETS["rows F1"])
    if many["strong P"] is not None:
        out += ["rows: strong precision"] * (many["strong P"] < TARGETS["strong"])
    for one in found.get("oracle", []):
        few = one["what"].endswith(STORE) and one["found"] * 8 < one["of"] * 7
        out += [one["what"]] * bool(few or one["false links"])
    if "speed" in found:
        ratio, one_more = found["speed"]["beside encoding"], found["speed"]["one more ms"]
        out += ["time for all"] * (ratio > TARGETS["beside encoding"])
        out += ["time for one more"] * (one_more > ONE_MORE)
    return out


def show(value: object) -> str:
    """Return a line of a figure."""
    if isinstance(value, dict):
        rest = "  ".join(f"{key} {one}" for key, one in value.items() if key != "what")
        return f"{value.get('what', ''):<26} {rest}"
    return str(value)


def main() -> int:
    """Measure what was asked for and return the exit code."""
    words = argparse.ArgumentParser(prog="python -m bench.insights")
    words.add_argument("--rows", type=Path, nargs="+", metavar="FILE")
    words.add_argument("--data", type=Path, default=SHARED / "data" / "insights")
    words.add_argument("--store", type=Path, default=SHARED / "sample-store")
    words.add_argument("--oracle", action="store_true", help="only the questions")
    words.add_argument("--lexical", action="store_true", help="as if there were no encoder")
    words.add_argument("--size", type=int, default=10_000)
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    model = None if asked.lexical else load()
    encode = model.encode if model else None
    named = [rows(file) for file in asked.rows or ()]
    own = [rows(LESSONS), rows(ANOTHER)._replace(name="lessons of another hand")]
    if (asked.store / "README.md").exists():
        own.insert(0, store(asked.store))
    sets = named or [*own, *(rows(file) for file in sorted(asked.data.glob("rec_*.jsonl")))]
    found: dict[str, Any] = {}
    if not asked.oracle:
        found["quality"] = [quality(one, encode) for one in sets]
        many = [one for one in found["quality"] if named or one["what"].startswith("rec_")]
        firm = [one["strong P"] for one in many if one["strong P"] is not None]
        if many:
            found["mean of rows"] = {
                "F1": round(mean(one["F1"] for one in many), 3),
                "strong P": round(mean(firm), 3) if firm else None,
            }
    if asked.oracle or not named:
        found["oracle"] = [oracle(one, encode) for one in (named or own)]
    if encode and asked.size and not asked.oracle and not named:
        found["speed"] = speed(larger(sets, asked.size), encode)
    found["missed"] = missed(found)
    if asked.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for name, part in found.items():
            for one in part if isinstance(part, list) else [part]:
                print(f"{name:<14} {show(one)}", flush=True)
    return 1 if found["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
