"""Products of matrices on one thread: on a busy machine several wait longer than they compute."""

from contextlib import AbstractContextManager
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np  # noqa: F401 (its libraries must be loaded to be found)


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which numpy's products of matrices keep to one thread."""
    limited: AbstractContextManager[object] = _libraries().limit(limits=1, user_api="blas")
    return limited


@cache
def _libraries() -> Any:  # noqa: ANN401 (the package has no types)
    return import_module("threadpoolctl").ThreadpoolController()
