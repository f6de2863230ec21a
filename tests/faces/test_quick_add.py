"""The usual words of `kb add` mean the same with click and without; the rest is left to click."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kb.faces.cli import adding
from kb.faces.cli.capture import add as command
from kb.faces.cli.command import KbGroup
from kb.faces.cli.run import Run
from kb.work import capture

ROOT = Path(__file__).resolve().parents[2]
USUAL = [
    ["add", "acme", "said", "x"],
    ["add", "acme/2026-11-25", "memo", "-"],
    ["add", "acme", "todo", "送る", "--owner", "sato", "--owner=ito", "--due", "2026-11-28"],
    ["add", "--json", "acme", "said", "a b", "--under=1", "--store", "s", "--as", "ito"],
    ["--store=s", "add", "--as=", "acme", "said", "x = y"],
    ["add", "acme", "hypothesis", "x", "--confidence", "070", "--because", "-5%", "--test=t"],
    ["add", "acme", "hypothesis", "x", "--impact", "", "--test", "--json"],
    ["add", "acme", "topic", "", "--stance", "add"],
]
LEFT = [
    ["add", "--help"],
    ["add", "acme", "said"],
    ["add", "acme", "said", "x", "y"],
    ["add", "acme", "poem", "x"],
    ["add", "acme", "said", "--", "-x"],
    ["add", "acme", "said", "-x"],
    ["add", "acme", "said", "x", "--und", "1"],
    ["add", "acme", "said", "x", "--under"],
    ["add", "acme", "said", "x", "--json=1"],
    ["add", "acme", "hypothesis", "x", "--confidence", "101"],
    ["add", "acme", "hypothesis", "x", "--confidence", "７０"],
    ["add", "acme", "hypothesis", "x", "--confidence", "+7"],
    ["account", "add", "acme", "--name", "x"],
]


@pytest.fixture
def with_click(monkeypatch):
    """Return what click hands to `kb add`."""

    def understand(args):
        heard = []
        monkeypatch.setattr(adding, "add", lambda run, ref, new: heard.append((run, ref, new)))
        top = KbGroup("kb")
        top.add_command(command, "add")
        run = Run()
        with top.make_context("kb", list(args), obj=run) as ctx:
            top.invoke(ctx)
        (_, ref, new) = heard[0]
        return adding.Words(run.store, run.member, run.json, ref, new)

    return understand


@pytest.mark.parametrize("args", USUAL, ids=" ".join)
def test_usual_words_mean_the_same(with_click, args):
    understood = adding.understood(args)
    assert understood is not None
    assert understood == with_click(args)


@pytest.mark.parametrize("args", LEFT, ids=" ".join)
def test_unusual_words_are_left_to_click(args):
    assert adding.understood(args) is None


def test_every_option_is_known_here_too():
    options = {
        option
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
    assert options == {*adding.TEXTS, "--owner", "--confidence", "--store", "--as", "--json"}
    kind = next(parameter for parameter in command.params if parameter.name == "kind")
    assert tuple(kind.type.choices) == tuple(capture.KIND_WORDS)


def test_adding_loads_nothing_that_it_does_not_need(team):
    code = (
        "import sys; from kb.faces.cli import app; app.run(['add', 'acme', 'said', 'x']);"
        "print([m for m in ('click', 'git', 'jinja2', 'whoosh', 'sqlite3', 'yaml') "
        "if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b"[]\n"
