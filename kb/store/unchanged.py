"""A save that is made only while a file still is what somebody had read."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kb.errors import Kept
from kb.store.objects import blob_of
from kb.store.ports import Change, Edit, Move


class Seen(NamedTuple):
    """A file as it was read: its path, and its blob (None: there was none)."""

    path: str
    blob: str | None

    def check(self, data: bytes | None) -> None:
        """Raise `Kept("not-as-read")` if the file is another text by now."""
        if blob_of(data) != self.blob:
            raise Kept("not-as-read", path=self.path, kept=None)


def only_while(seen: Seen, changes: Sequence[Change]) -> list[Change]:
    """Return `changes` so that none is made if the file is no longer as it was seen."""
    found = [_checked(seen, one) for one in changes]
    if not any(isinstance(one, Edit | Move) and one.path == seen.path for one in found):
        found.append(Edit(seen.path, _same(seen)))
    return found


def _checked(seen: Seen, change: Change) -> Change:
    if isinstance(change, Edit) and change.path == seen.path:
        return Edit(change.path, _edited(seen, change.apply))
    if isinstance(change, Move) and change.path == seen.path:
        return Move(change.path, change.to, _moved(seen, change.apply))
    if change.path == seen.path and change.base != seen.blob:  # type: ignore[union-attr]
        raise Kept("not-as-read", path=seen.path, kept=None)
    return change


def _same(seen: Seen) -> Callable[[bytes | None], bytes | None]:
    def apply(data: bytes | None) -> bytes | None:
        seen.check(data)
        return data

    return apply


def _edited(
    seen: Seen, apply: Callable[[bytes | None], bytes | None]
) -> Callable[[bytes | None], bytes | None]:
    def checked(data: bytes | None) -> bytes | None:
        seen.check(data)
        return apply(data)

    return checked


def _moved(seen: Seen, apply: Callable[[bytes], bytes] | None) -> Callable[[bytes], bytes]:
    def checked(data: bytes) -> bytes:
        seen.check(data)
        return apply(data) if apply is not None else data

    return checked
