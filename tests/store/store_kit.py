"""What the tests of the store share: people, a document, git itself to check by."""

import os
import subprocess
from datetime import datetime, timedelta, timezone

from kb.store import Actor, Conflict, Merged, Store

SATO = Actor("sato", "佐藤 恭平", "sato@example.com")
MORI = Actor("mori", "森 真理", "mori@example.com")
DOC = "accounts/acme.md"
WHEN = datetime(2026, 11, 21, 9, 0, tzinfo=timezone(timedelta(hours=9)))
IDENTITY = {"GIT_AUTHOR_NAME": "手元の人", "GIT_AUTHOR_EMAIL": "hand@example.com"}
COMMITTER = {"GIT_COMMITTER_NAME": "手元の人", "GIT_COMMITTER_EMAIL": "hand@example.com"}


def merge_sections(base, upstream, ours):
    from kb.text.merge import merge as by_sections

    merged = by_sections(base, upstream, ours)
    return Merged(merged.data, tuple(Conflict(c.upstream, c.ours) for c in merged.conflicts))


def merge_lines(base, upstream, ours):
    from kb.text.merge3 import merge_lines as by_lines

    merged = by_lines(base, upstream, ours)
    return Merged(merged.data, tuple(Conflict(c.upstream, c.ours) for c in merged.conflicts))


def git(root, *args, check=True, env=None):
    done = subprocess.run(
        ["git", "-C", str(root), *args],
        capture_output=True,
        check=False,
        env={**os.environ, **IDENTITY, **COMMITTER, **(env or {})},
    )
    if check:
        assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8", "surrogateescape")


def open_store(root, merge=merge_lines, **more):
    return Store.find(root, merge=merge, merge_lines=merge_lines, **more)


def append(line):
    """An edit that adds one line at the end."""
    return lambda text: (text or b"") + line.encode() + b"\n"


def is_whole(root):
    """Assert that git finds nothing to fault and nothing to commit."""
    git(root, "fsck", "--strict", "--no-dangling")
    assert git(root, "status", "--porcelain", "-uall") == ""
    assert git(root, "diff-index", "--cached", "HEAD") == ""
    assert list((root / ".git/kb/journal").glob("*")) == []
