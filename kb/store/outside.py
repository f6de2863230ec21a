"""Hand edits: which version somebody's text was written on top of."""

from collections import Counter

from kb.store.room import Room

VERSIONS = 20


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
    deleted would lose them), then the newer. None when the path never had a version.
    """
    names = [name for name in (head, room.seen(path)) if name]
    names += [*room.taken(path), *versions(room, tip, path)]
    lines = Counter(text.splitlines())
    best: tuple[tuple[int, int], bytes] | None = None
    for name in dict.fromkeys(names):
        data = room.objects.find(name, "blob")
        if data is None:
            continue
        theirs = Counter(data.splitlines())
        gone = (theirs - lines).total()
        distance = ((lines - theirs).total() + gone, gone)
        if best is None or distance < best[0]:
            best = (distance, data)
        if distance[0] == 0:
            break
    return best[1] if best else None
