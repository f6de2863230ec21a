"""`kb add` itself, and how its usual words are understood without click.

It is the command that is typed while a meeting goes on. Click takes a quarter of what the whole
command may cost; whatever is unusual (help, abbreviations, anything wrong) is left to it.
"""

import sys
from typing import Any, NamedTuple

from kb.errors import WrongUse
from kb.faces.cli.ending import ended
from kb.faces.cli.language import t
from kb.faces.cli.run import Run
from kb.text.compose import New
from kb.work import capture

LARGEST_INPUT = 20 * 1024 * 1024
TEXTS = {
    "--under": "under",
    "--due": "due",
    "--because": "because",
    "--test": "test",
    "--impact": "impact",
    "--stance": "stance",
}
"""Options of `kb add` whose value is taken as it is, with the field of `New` that it fills."""
_GLOBAL = {"--store": "store", "--as": "member"}


class Words(NamedTuple):
    """The words of a command line that is understood: global options, REF, and the line to add."""

    store: str | None
    member: str | None
    json: bool
    ref: str
    new: New


def add(run: Run, ref: str, new: New) -> None:
    """Write the line and say where it is now; the text `-` is read from standard input."""
    if new.text == "-":
        new = new._replace(text=_from_input())
    changed = capture.add(run.context, ref, new)
    shown = [_place(changed, t("Added", "書きました"))]
    if changed.topic and new.under is None and new.kind != "topic":
        shown.append(t(f"Under the topic: {changed.topic}", f"論点: {changed.topic}"))
    data = changed._asdict()
    if new.kind == "insight":
        data["neighbours"] = None  # they cost more than the line: `kb insight similar ID` has them
    run.emit(data, shown)
    if new.kind == "insight":
        from kb.faces.cli import asking

        asking.ask(run, id_=changed.id)


def answer(run: Run, changed: capture.Changed, words: str) -> None:
    """Say where a line was changed."""
    data = changed._asdict()
    del data["topic"]
    run.emit(data, _place(changed, words))


def _place(changed: capture.Changed, words: str) -> str:
    return f"{words}: {changed.path}:{changed.line}" + (f" ({changed.id})" if changed.id else "")


def quickly(args: list[str], lang: str) -> int | None:
    """Run `kb add …` if its words are the usual ones and return the exit code; else None."""
    words = understood(args)
    if words is None:
        return None
    run = Run()
    run.store, run.member, run.json = words.store, words.member, words.json

    def work() -> int:
        add(run, words.ref, words.new)
        return run.exit_code

    return ended(work, run, lang, as_json=run.json)


def understood(args: list[str]) -> Words | None:
    """Return what a command line means that holds whole options and whole words only."""
    places: list[str] = []
    values: dict[str, Any] = {}
    owners: list[str] = []
    rest = iter(args)
    for word in rest:
        name, equals, value = word.partition("=")
        if word == "--json":
            values[word] = word
        elif word == "-" or not word.startswith("-"):
            places.append(word)
        elif name == "--owner" or name in TEXTS or name in (*_GLOBAL, "--confidence"):
            found = value if equals else next(rest, None)
            if found is None or name in values:
                return None
            if name == "--owner":
                owners.append(found)
            else:
                values[name] = found
        else:
            return None
    confidence = values.get("--confidence")
    usual = len(places) == 4 and places[0] == "add" and places[2] in capture.KIND_WORDS
    if not usual or (confidence is not None and not _percent(confidence)):
        return None
    new = New(
        kind=capture.KIND_WORDS[places[2]],
        text=places[3],
        owners=tuple(owners),
        confidence=None if confidence is None else int(confidence),
    )._replace(**{field: values[name] for name, field in TEXTS.items() if name in values})
    store, member = (values.get(name) or None for name in _GLOBAL)
    return Words(store, member, "--json" in values, places[1], new)


def _percent(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= 3 and int(word) <= 100


def _from_input() -> str:
    data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
    if len(data) > LARGEST_INPUT:
        raise WrongUse("input-too-large", limit=LARGEST_INPUT // 1024 // 1024)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUse("input-encoding") from None
