"""What is a member's alone: lines beside the repository, never committed, shown to nobody else."""

import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kb.work.context import Context


def lines(ctx: "Context", kind: str, member: str) -> "Iterator[dict[str, Any]]":
    """Yield what was noted, oldest first; what can't be read is left out."""
    try:
        written = _file(ctx, kind, member).read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    for line in written:
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            yield value


def append(ctx: "Context", kind: str, member: str, value: dict[str, Any]) -> None:
    """Write one line down for good; only the member's own system account may read it."""
    file = _file(ctx, kind, member)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    number = os.open(file, flags, 0o600)
    try:
        whole = not os.fstat(number).st_size or file.read_bytes().endswith(b"\n")
        os.write(number, f"{'' if whole else chr(10)}{json.dumps(value)}\n".encode())
        os.fsync(number)
    finally:
        os.close(number)


def _file(ctx: "Context", kind: str, member: str) -> "Path":
    return ctx.store.git_dir / "kb" / kind / f"{member}.jsonl"
