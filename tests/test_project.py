"""The project's own promises: sentences for every code, no registry, small documented modules."""

import ast
import re
import string
import subprocess
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from kb.messages import ROOMS

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "kb").rglob("*.py"))
ERRORS = {"KbError", "CheckFound", "WrongUse", "NotFound", "Kept", "NeedsRepair", "NotAllowed"}
ERRORS |= {"Fault"}


@cache
def trees():
    return [(path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))) for path in MODULES]


def sentences():
    return {
        (room, code): sentence
        for room in ROOMS
        for code, sentence in import_module(f"kb.messages.{room}").TABLE.items()
    }


@cache
def raised():
    """Every literal code that the source raises, with where and the names of its parameters."""
    return list(_raised())


def _raised():
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                code = node.args[0] if node.args else None
                if name in ERRORS and isinstance(code, ast.Constant):
                    params = {word.arg for word in node.keywords}
                    yield f"{path}:{node.lineno}", code.value, params


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_code_has_a_sentence():
    known = {code for _, code in sentences()}
    missing = sorted(f"{where} {code}" for where, code, _ in raised() if code not in known)
    assert missing == []


def test_a_raised_code_brings_what_its_sentence_names():
    known = {code: sentence for (_, code), sentence in sentences().items()}
    lacking = []
    for where, code, params in raised():
        if code in known and None not in params:
            needed = set().union(*map(fields, known[code]))
            if not needed <= params:
                lacking.append(f"{where} {code}: {sorted(needed - params)}")
    assert lacking == []


def test_sentences_say_the_same_in_both_languages():
    for (room, code), sentence in sentences().items():
        assert sentence.en, (room, code)
        assert sentence.ja, (room, code)
        assert bool(sentence.en_hint) == bool(sentence.ja_hint), (room, code)
        both = fields(sentence.en) | fields(sentence.en_hint)
        assert both == fields(sentence.ja) | fields(sentence.ja_hint), (room, code)
        assert not re.search(r"[ぁ-んァ-ヶ一-龠]", sentence.en), (room, code)
        if re.search(r"[a-z]", re.sub(r"\{\w+\}", "", sentence.en)):
            assert re.search(r"[ぁ-んァ-ヶ一-龠]", sentence.ja), (room, code)


def test_a_code_stands_in_one_room_only():
    seen = {}
    for room, code in sentences():
        assert seen.setdefault(code, room) == room, code


# "Merge", "rebase" and "commit" stand only where somebody began one with git themselves.
GIT_WORDS = r"\b(HEAD|index|blob|stash|worktree|refs?/|checkout|detached)\b"


def test_sentences_have_no_git_words():
    found = [
        f"{room} {code}: {word[0]}"
        for (room, code), sentence in sentences().items()
        # What stands in backticks is the name of a file or a command to type.
        for text in [re.sub(r"\{\w+\}|`[^`]*`", "", f"{sentence.en} {sentence.en_hint}")]
        if (word := re.search(GIT_WORDS, text))
    ]
    assert found == []


def test_every_module_opens_with_a_sentence_and_is_small():
    for path, tree in trees():
        assert (ast.get_docstring(tree) or "").strip(), path
        lines = len((ROOT / path).read_text("utf-8").splitlines())
        assert lines <= 400, f"{path} has {lines} lines"


def test_public_functions_and_classes_say_what_they_mean():
    bare = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in trees()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert bare == []


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_file_names_a_package_registry_or_a_workplace():
    registries = r"[p]ypi[.]org|[p]ythonhosted|npm[j]s[.](?:org|com)|[d]eb[.]debian|[c]rates[.]io"
    pattern = re.compile(registries + r"|/work/(?:main|shared|notes|venv)\b")
    found = []
    for path in tracked():
        if path.is_file():
            text = path.read_bytes().decode("utf-8", "replace")
            if place := pattern.search(text):
                found.append(f"{path.relative_to(ROOT)}: {place[0]}")
    assert found == []


def test_the_locks_pin_every_package_with_hashes():
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-build.lock"):
        text = (ROOT / name).read_text()
        for block in re.split(r"\n(?=\S)", text.strip()):
            assert re.match(r"[a-z0-9-]+==\S+ \\\n", block), block
            assert "--hash=sha256:" in block
    pinned = re.compile(r"^\S+==\S+", re.MULTILINE)
    runtime = set(pinned.findall((ROOT / "requirements.lock").read_text()))
    dev = set(pinned.findall((ROOT / "requirements-dev.lock").read_text()))
    assert runtime <= dev


@pytest.mark.slow
def test_imports_run_one_way():
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml")) == EXIT_STATUS_SUCCESS
