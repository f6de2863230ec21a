"""Hand edits: which version somebody's text was written on top of."""

from collections import Counter

from kb.store.room import Room

VERSIONS = 20
MANY = 10
"""Lines taken out by hand from which on a person is told, if they are a third of a text."""
TELLING = 8
"""Bytes of a line from which on it tells one version from another."""


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
    the branch's own version, what kb last saw, hand edits that were taken in, and the last twenty
    versions, the one that differs in the fewest lines is the buffer's. Of equal ones it is the one
    of which the fewest lines are gone (adding is what people do, and taking the others' lines for
    deleted would lose them), then the newer. A buffer that holds what came after a version was
    read after it, however much was taken out of it by hand. None when the path never had a
    version.
    """
    names = [name for name in (head, room.seen(path)) if name]
    names += [*room.taken(path), *versions(room, tip, path)]
    lines = Counter(text.splitlines())
    held = _words(text)
    latest = _words(room.objects.find(head, "blob") or b"") if head else frozenset()
    best: tuple[tuple[int, int], bytes] | None = None
    for name in dict.fromkeys(names):
        data = room.objects.find(name, "blob")
        if data is None or (name != head and _read_later(held, latest - _words(data))):
            continue
        theirs = Counter(data.splitlines())
        gone = (theirs - lines).total()
        distance = ((lines - theirs).total() + gone, gone)
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


def _words(data: bytes) -> frozenset[bytes]:
    """Return the lines by which a version is known: those that say something."""
    return frozenset(line for part in data.splitlines() if len(line := part.strip()) >= TELLING)


def _read_later(held: frozenset[bytes], came: frozenset[bytes]) -> bool:
    """Tell whether a buffer that holds the lines `held` was read after the lines `came` had come.

    One such line may be written twice by chance (two people tick the same box); two may not, nor
    one that is most of what came.
    """
    both = len(held & came)
    return both > 1 or (both == 1 and len(came) == 1)
