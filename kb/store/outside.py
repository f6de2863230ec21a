"""Hand edits: which version somebody's text was written on top of."""

import re
from collections import Counter

from kb.store.room import Room

VERSIONS = 100
_FORMAT = re.compile(rb"#{3,}\s|.*[:\xef\xbc\x9a]$|[-#*|\s]+$")
_TITLE = re.compile(rb"#{1,2}\s")
_BOX = re.compile(rb"([-*+]\s+)\[[ xX]\]")
_ID = re.compile(rb"(?<!\S)\^[a-z]-[0-9a-z]{6}(?!\S)")
_EMPTY = re.compile(
    rb"[-+*#|>\s]*$|[-+*]\s+(?:\[ \]|[^:\xef]{1,40}(?::|\xef\xbc\x9a))$"  # a form's own line
)
MANY = 10
"""Lines taken out by hand from which on a person is told, if they are a third of a text."""
ALIKE = 0.85
"""How alike two lines must read (as `difflib` counts) for one to be a correction of the other."""
LABEL = 12
"""Characters that a label has at most."""
TELLING = 4
"""Bytes of a line from which on it tells one version from another."""
WHOLE = 1000
"""How many lines a titled part that is missing as a whole counts for."""
SENTENCE = 8
"""Characters of a line from which on it can be told from a like one."""


def versions(room: Room, tip: str | None, path: str) -> list[str]:
    """Return the blobs of the last versions of `path`, newest first."""
    if tip is None:
        return []
    out = room.git.must(
        *("log", f"-n{VERSIONS}", "--format=", "--raw", "-z", "--no-abbrev", "--no-renames"),
        *("--end-of-options", tip, "--", path),
    )
    found: list[str] = []
    for record in out.split(b"\0"):
        if record.startswith(b":"):
            _, _, before, after, _ = record.decode("ascii").split(" ")
            found += [blob for blob in (after, before) if blob.strip("0") and blob not in found]
    return found


def nearest(room: Room, tip: str | None, path: str, text: bytes, head: str | None) -> bytes | None:
    """Return the version of `path` that `text` was most likely written on top of.

    An editor may write an old buffer over newer text, and again, without ever reading the file. Of
    the branch's own version, what kb last saw, hand edits that were taken in, and the last hundred
    versions, the one that differs in the fewest lines is the buffer's. Of equal ones it is the one
    of which the fewest lines are gone (adding is what people do, and taking the others' lines for
    deleted would lose them), then the newer. A buffer that holds what came after a version was
    read after it, however much was taken out of it by hand. None when the path never had a
    version.
    """
    names = [name for name in (head, room.seen(path)) if name]
    names += [*room.taken(path), *versions(room, tip, path)]
    lines = Counter(text.splitlines())
    latest = (room.objects.find(head, "blob") if head else None) or b""
    best: tuple[tuple[int, int], bytes] | None = None
    for name in dict.fromkeys(names):
        data = room.objects.find(name, "blob")
        if data is None or (name != head and _read_later(text, latest, data)):
            continue
        theirs = Counter(data.splitlines())
        gone, new = theirs - lines, lines - theirs
        corrected = _corrected(gone, new) if name == head else 0
        left = gone.total() - corrected + WHOLE * _parts_missing(data, text)
        distance = (new.total() + left, left)
        if best is None or distance < best[0]:
            best = (distance, data)
        if distance[0] == 0:
            break
    return best[1] if best else None


def brought_back(head: bytes, text: bytes, merged: bytes) -> bool:
    """Tell whether lines of `head` that a hand edit lacks stand in the merged text again."""
    return bool((_words(head) - _words(text)) & _words(merged))


def much_is_gone(before: bytes, after: bytes) -> bool:
    """Tell whether so much was taken out by hand that it may be a slip or half a file."""
    had = Counter(filter(None, map(bytes.strip, before.splitlines())))
    gone = (had - Counter(map(bytes.strip, after.splitlines()))).total()
    return gone >= MANY and gone * 3 >= had.total()


def sayings(data: bytes) -> Counter[bytes]:
    """Count the lines of a text that say something, without ids; those of an empty form do not."""
    lines = (_ID.sub(b"", line).strip() for line in data.splitlines())
    return Counter(line for line in lines if not _EMPTY.match(line))


def _words(data: bytes) -> frozenset[bytes]:
    """Return the lines by which a version is known: those that say something."""
    return frozenset(line for part in data.splitlines() if len(line := part.strip()) >= TELLING)


def _parts_missing(version: bytes, text: bytes) -> int:
    """Return how many titled parts of a version a text lacks, so that it may never have had them.

    Two parts made from one template differ in few lines, so lines alone don't tell. A title with
    an id is missing when the id is; another one when most of what stands below it is, too.
    """
    held = _words(text)
    ids = _ids(text)
    missing = 0
    for part in re.split(rb"(?m)^(?=#{1,2}[ \t])", version)[1:]:
        lines = part.splitlines()
        title, own = lines[0].strip(), _ids(lines[0])
        if title in held or (own and own & ids):
            continue
        below = [line for line in map(bytes.strip, lines[1:]) if _tells(line)]
        missing += bool(own) or 2 * sum(line in held for line in below) <= len(below)
    return missing


def _tells(line: bytes) -> bool:
    return len(line) >= TELLING and not _FORMAT.match(line)


def _read_later(text: bytes, latest: bytes, version: bytes) -> bool:
    """Tell whether a buffer was read after `version`: it holds what came between that and now.

    An id or a title that came later is proof, and so is a line, unless a whole part that came
    with it is missing: two people who write a part each use some of the same lines. Nothing is
    proved by a box that both tick, or a label of the format.
    """
    if (_ids(latest) - _ids(version)) & _ids(text):
        return True
    known, held = _words(version), _words(text)
    came = _words(latest) - known
    titles = frozenset(filter(_TITLE.match, came))
    if titles & held:
        return True
    return not titles and any(
        not _FORMAT.match(line) and not (_BOX.match(line) and _open(line) in map(_open, known))
        for line in came & held
    )


def _open(line: bytes) -> bytes:
    """Return a line with its box open."""
    return _BOX.sub(rb"\1[ ]", line)


def _ids(data: bytes) -> frozenset[bytes]:
    return frozenset(_ID.findall(data))


def _corrected(gone: Counter[bytes], new: Counter[bytes]) -> int:
    """Return how many lines were corrected: one went, one came, and they read nearly the same.

    Two lines that differ by a number or a letter alone are two (the first and the second of a
    list), and a label in common makes none alike.
    """
    if not (0 < gone.total() <= MANY and 0 < new.total() <= MANY):
        return 0
    from difflib import SequenceMatcher

    found = 0
    left = [_said(line) for line in new.elements()]
    for line in gone.elements():
        old = _said(line)
        for other in left:
            matcher = SequenceMatcher(None, old, other, autojunk=False)
            if min(len(old), len(other)) < SENTENCE or matcher.ratio() < ALIKE:
                continue
            parts = [c for c in matcher.get_opcodes() if c[0] != "equal"]
            if all(_counted(old[a:b], other[c:d]) for _, a, b, c, d in parts):
                continue
            left.remove(other)
            found += 1
            break
    return found


def _said(line: bytes) -> str:
    """Return what a line says after its marker and its label, without its ids."""
    text = _ID.sub(b"", line).decode("utf-8", "replace").strip().lstrip("-*+ ")
    head, colon, rest = text.replace("：", ":").partition(":")
    return rest.strip() if colon and len(head) < LABEL else text


def _counted(old: str, new: str) -> bool:
    """Tell whether two pieces of text differ as a first and a second thing do."""
    return len(old) == len(new) <= 2 and (old + new).isascii() and (old + new).isalnum()
