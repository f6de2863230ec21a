"""The git-backed store: every acknowledged change is a commit that nothing can lose.

The names below are loaded when they are used: a list needs no store at all.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.store.ports import (
        Actor,
        Change,
        Conflict,
        Delete,
        Edit,
        KeptText,
        Merged,
        Merger,
        Move,
        Problem,
        Put,
        Replayed,
        Revision,
        Saved,
        Snapshot,
        SyncConflict,
        Synced,
        Undone,
    )
    from kb.store.store import Store

__all__ = [
    "Actor",
    "Change",
    "Conflict",
    "Delete",
    "Edit",
    "KeptText",
    "Merged",
    "Merger",
    "Move",
    "Problem",
    "Put",
    "Replayed",
    "Revision",
    "Saved",
    "Snapshot",
    "Store",
    "SyncConflict",
    "Synced",
    "Undone",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module("kb.store.store" if name == "Store" else "kb.store.ports"), name)
