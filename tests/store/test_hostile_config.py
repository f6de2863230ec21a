"""What the settings of a clone could start is not started by kb; names are never options."""

import pytest
from store_kit import DOC, SATO, WHEN, append, git, open_store

from kb.store import Edit

PROGRAMS = ("core.fsmonitor", "core.pager", "core.editor", "diff.external", "core.askPass")
HOOKS = (
    "pre-commit",
    "commit-msg",
    "post-commit",
    "post-checkout",
    "pre-push",
    "reference-transaction",
)
HOOKS += ("post-index-change", "prepare-commit-msg", "post-merge", "pre-auto-gc")


@pytest.fixture
def started(root, tmp_path):
    """A clone that starts a program wherever git could start one; it writes its name down."""
    marks = tmp_path / "started"
    marks.mkdir()

    def program(name):
        path = tmp_path / f"run-{name.replace('.', '-')}"
        path.write_text(f"#!/bin/sh\ntouch {marks}/{name}\ncat\n")
        path.chmod(0o755)
        return str(path)

    for name in PROGRAMS:
        git(root, "config", name, program(name))
    for name in HOOKS:
        hook = root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {marks}/{name}\nexit 0\n")
        hook.chmod(0o755)
    git(root, "config", "filter.evil.clean", program("clean"))
    git(root, "config", "filter.evil.smudge", program("smudge"))
    git(root, "config", "diff.evil.textconv", program("textconv"))
    git(root, "config", "diff.evil.command", program("command"))
    git(root, "config", "merge.evil.driver", program("driver"))
    (root / ".gitattributes").write_text("* filter=evil diff=evil merge=evil\n")
    return marks


def test_saving_reading_and_undoing_start_nothing_of_the_clone(root, started):
    store = open_store(root)
    store.save([Edit(DOC, append("- 二行目"))], actor=SATO, message="足す", when=WHEN)
    (root / DOC).write_text((root / DOC).read_text() + "- 手で足した\n")
    store.save([Edit(DOC, append("- 三行目"))], actor=SATO, message="また足す", when=WHEN)
    first = store.history(DOC)[-1].commit
    assert store.at(first, DOC) != store.as_of(WHEN, DOC)[1] == store.read(DOC).data
    assert store.log(None).commits
    store.undo(actor=SATO, when=WHEN)
    store.close()
    assert sorted(one.name for one in started.iterdir()) == []


def test_looking_for_what_is_wrong_starts_no_hook_and_no_driver(root, started):
    """A filter that the clone itself defines does run: git asks it what a file is."""
    store = open_store(root)
    (root / DOC).write_text((root / DOC).read_text() + "- 手で足した\n")
    store.doctor(repair=True, actor=SATO)
    store.close()
    assert {one.name for one in started.iterdir()} <= {"clean"}


def test_git_itself_would_have_started_them(root, started):
    git(root, "add", DOC, ".gitattributes")
    git(root, "commit", "--allow-empty", "-m", "x")
    assert {"pre-commit", "post-commit"} <= {one.name for one in started.iterdir()}
