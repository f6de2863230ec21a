"""Vectors of notes and how near they are: centred, in float32, the nearest block by block.

Insights of one team all sound alike; what they share is their mean. Taking it away leaves what
tells them apart. Few notes know their mean badly, so it is taken away in part.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]
Encode = Callable[[Sequence[str]], Floats]

BLOCK = 1024
"""Rows of the matrix of similarities that are held at once."""
PRIOR = 4.0
"""So many notes at the origin are added when the mean is taken."""


def mean_of(vectors: Floats) -> Floats:
    """Return the mean of the rows, drawn towards the origin where they are few."""
    total = np.asarray(vectors.sum(axis=0, dtype=np.float64) / (len(vectors) + PRIOR))
    return total.astype(np.float32)


def centred(vectors: Floats, mean: Floats) -> Floats:
    """Return the rows without the mean, of unit length (nought stays nought)."""
    moved = vectors - mean
    length = np.linalg.norm(moved, axis=-1, keepdims=True)
    return np.asarray(moved / np.maximum(length, 1e-6), dtype=np.float32)


def nearest(vectors: Floats, groups: Indices, count: int) -> Iterator[tuple[int, Indices, Floats]]:
    """Yield (first row, indices, similarities) of the `count` nearest of each row, unordered.

    Rows of the same group (an account) are no neighbours; where there are too few, similarities
    of -2 fill up.
    """
    count = min(count, len(vectors))
    for start in range(0, len(vectors), BLOCK):
        block = vectors[start : start + BLOCK]
        scores = block @ vectors.T
        scores[groups[start : start + BLOCK, None] == groups[None, :]] = -2.0
        if count < scores.shape[1]:
            found = np.argpartition(scores, scores.shape[1] - count, axis=1)[:, -count:]
        else:
            found = np.broadcast_to(np.arange(scores.shape[1]), scores.shape)
        yield start, found, np.take_along_axis(scores, found, axis=1)
