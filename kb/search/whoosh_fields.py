"""An entry as the Whoosh index holds it: weighted terms, keys to find it by, facts for its rank."""

from collections import Counter

from kb.search.ports import Entry
from kb.search.query import KINDS
from kb.search.tokens import extras, kana, terms
from kb.search.weighing import WEIGHTS, weighed

KNOWN_KINDS = tuple(sorted(KINDS))
KNOWN_STATES = ("open", "done", "candidate", "adopted", "superseded", "retired", "unproven")


def packed(entry: Entry) -> int:
    """Return in one number what a rank depends on besides the words."""
    kind = KNOWN_KINDS.index(entry.kind) + 1 if entry.kind in KNOWN_KINDS else 0
    status = KNOWN_STATES.index(entry.status) + 1 if entry.status in KNOWN_STATES else 0
    day = entry.date.replace("-", "") if entry.date else ""
    return (int(day) if day.isdecimal() and len(day) == 8 else 0) << 16 | status << 8 | kind


def unpacked(facts: int) -> tuple[str, str | None, str | None]:
    """Return (kind, status, date) of such a number; what was not known is empty."""
    kind, status, day = facts & 255, facts >> 8 & 255, f"{facts >> 16:08}"
    return (
        KNOWN_KINDS[kind - 1] if kind else "",
        KNOWN_STATES[status - 1] if status else None,
        f"{day[:4]}-{day[4:6]}-{day[6:]}" if facts >> 16 else None,
    )


def fields(entry: Entry) -> dict[str, object]:
    """Return what the index holds of an entry, by the names of its fields."""
    words: dict[str, float] = {}
    size = 0
    for weight, text in zip(WEIGHTS, weighed(entry), strict=True):
        for term in terms(text):
            words[term] = words.get(term, 0.0) + weight
            size += 1
    keys = [
        *(f"n:{entry.unit}", f"k:{entry.kind}"),
        *(f"o:{name.casefold()}" for name in entry.owners),
        *(f"t:{name.casefold()}" for name in entry.tags),
    ]
    for letter, value in (
        ("i", entry.id),
        ("a", entry.account),
        ("d", entry.date),
        ("s", entry.status),
        ("u", entry.due),
    ):
        if value:
            keys.append(f"{letter}:{value}")
    loose = (pair for text in (entry.text, entry.title) for pair in kana(text))
    return {
        "words": words,
        "extra": Counter(extras(entry.text)),
        "kana": dict.fromkeys(loose, 1.0),
        "keys": dict.fromkeys(keys, 1.0),
        "entry": tuple(entry),
        "size": size,
        "facts": packed(entry),
    }
