"""The documentation is true: every option is in it, links lead somewhere, tables match the code."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kb import starter
from kb.faces.cli.command import _imported
from kb.faces.cli.table import COMMANDS, GLOBAL_OPTIONS
from kb.text import frontmatter
from kb.text.names import LABELS, SECTIONS
from kb.text.outline import parse

ROOT = Path(__file__).resolve().parent.parent
CLI = (ROOT / "docs/cli.md").read_text("utf-8")
FORMAT = (ROOT / "docs/format.md").read_text("utf-8")
EVERYWHERE = {"--help", *(option.name for option in GLOBAL_OPTIONS)}


def verbs(name, command):
    """Every command that can be run, by its words: "meeting new"."""
    if not isinstance(command, click.Group):
        return {name: command}
    found = {name: command} if command.invoke_without_command else {}
    for verb, inner in command.commands.items():
        found |= verbs(f"{name} {verb}", inner)
    return found


def described():
    """The sections of docs/cli.md by command: "meeting new" from "## kb meeting new SLUG"."""
    found = {}
    for part in re.split(r"^## ", CLI, flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        if title.startswith("kb "):
            words = re.findall(r"[a-z-]+\b(?=\s|$)", title.removeprefix("kb "))
            found[" ".join(words)] = body
    return found


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_and_option_is_described(name):
    sections = described()
    for words, command in verbs(name, _imported(name, COMMANDS[name])).items():
        assert words in sections, f"docs/cli.md has no section for kb {words}"
        told = set(re.findall(r"--[a-z][a-z-]*", sections[words]))
        has = {option for param in command.params for option in param.opts if option[:2] == "--"}
        assert has - EVERYWHERE <= told, f"kb {words}: {sorted(has - EVERYWHERE - told)}"
        assert told - EVERYWHERE <= has, f"kb {words} has no {sorted(told - EVERYWHERE - has)}"
        assert command.help, words
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.help, f"kb {words} {param.opts}"


def test_no_command_is_described_that_is_not_there():
    known = set()
    for name, entry in COMMANDS.items():
        known |= set(verbs(name, _imported(name, entry)))
    assert set(described()) <= known


def test_every_link_leads_somewhere(tmp_path):
    spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs/build.py")
    assert spec is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    assert build.main(tmp_path) == 0
    assert "<h1" in (tmp_path / "docs/format.html").read_text("utf-8")
    (tmp_path / "x.md").write_text("[nowhere](gone.md)")
    assert build.links("[nowhere](gone.md) ![x](y.svg)") == ["gone.md", "y.svg"]


def test_the_vocabulary_of_the_format_is_that_of_the_code():
    rows = dict(re.findall(r"^\| ([a-z-]+) \| (.+) \|$", FORMAT, re.MULTILINE))
    for table in (SECTIONS, LABELS):
        for key, words in table.items():
            shown = [word.strip() for word in re.split(r"[|,]", rows.pop(key)) if word.strip()]
            assert shown == [words[0], words[1], *(w for w in words[2:] if w)], key


def test_the_example_of_the_format_reads_as_it_says():
    example = re.search(r"```markdown\n(---\n.*?)```", FORMAT, re.DOTALL)
    assert example is not None
    document = parse(example[1].encode())
    (meeting,) = document.meetings
    kinds = [section.kind for section in meeting.root.walk()]
    assert kinds == [
        *("meeting", "hypotheses", "agenda", "topic", "decisions", "todos", "insights", "memo")
    ]
    assert (meeting.date, meeting.start, meeting.end) == ("2026-11-25", "14:00", "14:50")


def problems(value, schema, defs, where=""):
    """What of `value` does not fit the parts of JSON Schema that ours uses."""
    if "$ref" in schema:
        yield from problems(value, defs[schema["$ref"].rpartition("/")[2]], defs, where)
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r} is not one of {schema['enum']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where}: {value!r}"
    kinds = {"object": dict, "string": str}
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        yield f"{where}: {value!r} is no {schema['type']}"
    elif isinstance(value, dict):
        yield from (f"{where}: no {key}" for key in schema.get("required", []) if key not in value)
        for key, inner in value.items():
            rule = schema.get("properties", {}).get(key, schema.get("additionalProperties", True))
            if isinstance(rule, dict):
                rules = rule.get("oneOf", [rule])
                found = [list(problems(inner, one, defs, f"{where}.{key}")) for one in rules]
                yield from min(found, key=len)


@pytest.mark.parametrize("path", [p for p in starter.files() if p.startswith("accounts/")])
def test_the_starter_accounts_fit_the_schema(path):
    schema = json.loads((ROOT / "docs/front-matter.schema.json").read_text("utf-8"))
    front = frontmatter.read(starter.files()[path])
    assert list(problems(front, schema, schema["$defs"])) == []
    assert set(front) <= set(schema["properties"])


def test_the_schema_refuses_what_does_not_fit():
    schema = json.loads((ROOT / "docs/front-matter.schema.json").read_text("utf-8"))
    bad = {"account": "a b", "mrr": "1.5", "lang": "fr", "people": {"x": {"left": "soon"}}}
    assert len(list(problems(bad, schema, schema["$defs"]))) == 5


def test_every_decision_is_in_the_list():
    listed = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    pages = sorted(path.name for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert pages
    assert [name for name in pages if f"]({name})" not in listed] == []


def test_both_readmes_have_the_two_commands_and_say_what_is_untried():
    for name in ("README.md", "README.ja.md"):
        text = (ROOT / name).read_text("utf-8")
        assert "make demo" in text
        assert "make test" in text
        assert "Windows" in text


@pytest.mark.slow
@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_the_first_steps_work_as_written(name, tmp_path, as_sato):
    """Every line of the README's own example, typed as it stands."""
    del as_sato
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    (steps,) = [block for block in blocks if "kb init" in block]
    # The server runs until somebody ends it; tests/web/test_serve.py is about it.
    steps = "".join(line for line in steps.splitlines(True) if not line.startswith("kb serve"))
    kb = tmp_path / ".venv/bin/kb"
    kb.parent.mkdir(parents=True)
    kb.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kb "$@"\n')
    kb.chmod(0o755)
    env = {**os.environ, "PYTHONPATH": str(ROOT), "KB_NOW": "2026-11-25T09:00:00+09:00"}
    env.pop("KB_STORE", None)
    done = subprocess.run(
        ["bash", "-e", "-c", steps],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    clean = ["git", "-C", str(tmp_path / "team-store"), "status", "--porcelain"]
    assert subprocess.run(clean, capture_output=True, check=True).stdout == b""
