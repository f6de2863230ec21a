"""What every command shares: lazy start, language, errors as sentences, exit codes."""

import json
import os
import subprocess
import sys

import click
import pytest

from kb.errors import KbError, Kept, NotAllowed
from kb.faces.cli import app, command, language
from kb.faces.cli.table import COMMANDS


def start(*args, stdin=subprocess.DEVNULL, **env):
    return subprocess.run(
        [sys.executable, "-m", "kb", *args],
        env={**os.environ, **env},
        capture_output=True,
        stdin=stdin,
        check=False,
    )


@pytest.fixture
def command_that(monkeypatch):
    """Put one command of ours beside the others: it does what the test says."""

    def put(function, *decorators):
        made = command.kb_command("try", help="Try.")(function)
        for decorate in decorators:
            made = decorate(made)
        monkeypatch.setitem(COMMANDS, "try", command.Entry("init:init", "Try.", "試す。"))
        monkeypatch.setattr(command, "_imported", lambda _name, _entry: made)

    return put


def test_help_imports_no_command():
    code = (
        "import sys; from kb.faces.cli import app; app.run(['--help']);"
        "print([m for m in sys.modules if m.startswith('kb.') and m.split('.')[1] not in"
        " ('faces','errors','messages')] +"
        " [m for m in ('tomllib','sqlite3','subprocess','yaml','git','jinja2','markdown_it')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n"), done.stdout
    for name, entry in COMMANDS.items():
        assert f"  {name} " in done.stdout
        assert entry.en in " ".join(done.stdout.split())


@pytest.mark.parametrize("name", list(COMMANDS))
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_command_of_the_table_has_help(name, lang):
    done = start(name, "--help", KB_LANG=lang)
    assert done.returncode == 0, done.stderr.decode()
    out = done.stdout.decode()
    assert "--json" in out
    assert ("使い方" in out) == (lang == "ja")


def test_nothing_said_is_answered_with_help():
    done = start()
    assert done.returncode == 0
    assert b"Commands:" in done.stdout


def test_the_version():
    assert start("--version").stdout.startswith(b"kb 0.")


def test_the_language_is_chosen_by_option_store_and_locale(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("KB_LANG", "KB_STORE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert language.choose([]) == "en"
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert language.choose([]) == "ja"
    store = tmp_path / "store" / "accounts"
    store.mkdir(parents=True)
    (store.parent / "kb.toml").write_text('[x]\nlanguage = "ja"\n[team]\nlanguage = "en"\n')
    assert language.choose(["--store", str(store)]) == "en"
    assert language.choose([f"--store={store}"]) == "en"
    monkeypatch.setenv("KB_STORE", str(store))
    assert language.choose([]) == "en"
    assert language.choose(["init", "x", "--lang", "ja"]) == "ja"
    monkeypatch.setenv("KB_LANG", "ja")
    assert language.choose([]) == "ja"
    language.choose(["--lang=en"])


def test_a_broken_settings_file_does_not_hide_the_language(tmp_path, monkeypatch):
    monkeypatch.delenv("KB_LANG", raising=False)
    (tmp_path / "kb.toml").write_text('[team]\nlanguage = "ja"\nname = \n')
    assert language.choose(["--store", str(tmp_path)]) == "ja"
    monkeypatch.setenv("KB_LANG", "en")
    language.choose([])


def test_unknown_words_are_answered_with_what_is_near():
    done = start("tody")
    assert done.returncode == 2
    assert "Did you mean today, todo?" in done.stderr.decode()
    done = start("init", "x", "--nam", "y", KB_LANG="ja")
    assert done.returncode == 2
    assert "--name のことですか" in done.stderr.decode()


def test_wrong_use_with_json_is_one_document():
    for args in (["--json", "init"], ["init", "--json"], ["init", "--lang", "xx", "y", "--json"]):
        done = start(*args)
        assert done.returncode == 2
        assert done.stdout == b""
        error = json.loads(done.stderr)["error"]
        assert set(error) == {"code", "message", "hint"}
        assert error["code"] in {"usage-missing", "usage-choice"}


def test_json_after_two_dashes_is_text(capsys, command_that):
    def body(run, word):
        run.emit({"word": word}, f"word {word}")

    command_that(body, click.argument("word"))
    assert app.run(["try", "--", "--json"]) == 0
    assert capsys.readouterr().out == "word --json\n"


def test_global_options_count_before_and_after_the_command(capsys, command_that):
    command_that(lambda run: run.emit([run.store, run.member], "text"))
    for args in (
        ["--store", "s", "--as", "m", "--json", "try"],
        ["try", "--store", "s", "--as", "m", "--json"],
        ["--store", "other", "try", "--json", "--store", "s", "--as", "m"],
    ):
        assert app.run(args) == 0
        assert json.loads(capsys.readouterr().out) == ["s", "m"]


def test_json_is_readable_and_in_the_order_given(capsys, command_that):
    command_that(lambda run: run.emit({"b": "顧客", "a": None}, ""))
    app.run(["try", "--json"])
    assert capsys.readouterr().out == '{\n  "b": "顧客",\n  "a": null\n}\n'


@pytest.mark.parametrize(
    ("error", "code"), [(Kept("x-test"), 4), (NotAllowed("x-test"), 6), (KbError("x-test"), 70)]
)
def test_an_error_ends_with_the_exit_code_of_its_class(capsys, command_that, error, code):
    def body(_run):
        raise error

    command_that(body)
    assert app.run(["try"]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "x-test\n"


def test_text_that_could_not_be_saved_is_printed_back(capsys, command_that):
    def body(_run):
        raise Kept("file-read-only", path="p", text_back="一行目\n二行目")

    command_that(body)
    assert app.run(["try"]) == 4
    assert capsys.readouterr().err.endswith("一行目\n二行目\n")
    app.run(["try", "--json"])
    assert json.loads(capsys.readouterr().err)["error"]["text"] == "一行目\n二行目"


def test_a_fault_is_logged_and_never_shown(capsys, command_that, tmp_path, monkeypatch):
    def body(_run):
        raise ValueError("secret detail")

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    command_that(body)
    assert app.run(["try"]) == 70
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert "secret detail" not in said.err
    (log,) = (tmp_path / "kb" / "log").iterdir()
    assert str(log) in said.err
    assert "secret detail" in log.read_text()


def test_a_fault_in_a_store_is_logged_beside_its_history(capsys, command_that, tmp_path):
    def body(_run):
        raise ValueError("secret detail")

    (tmp_path / ".git").mkdir()
    (tmp_path / "kb.toml").touch()
    command_that(body)
    assert app.run(["--store", str(tmp_path), "try"]) == 70
    assert str(tmp_path / ".git" / "kb" / "log") in capsys.readouterr().err


def test_a_full_disk_is_a_sentence(capsys, command_that):
    def body(_run):
        raise OSError(28, "No space left on device", "x.md")

    command_that(body)
    assert app.run(["try"]) == 4
    assert "disk is full" in capsys.readouterr().err


def test_interruption_is_quiet(capsys, command_that):
    def body(_run):
        raise KeyboardInterrupt

    command_that(body)
    assert app.run(["try"]) == 130
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("into", ["head -c 1", "true"])
def test_a_reader_who_goes_away_is_no_error(into):
    line = f"{sys.executable} -m kb --help | {into}"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, check=False)
    assert done.returncode in {0, 141}
    assert done.stderr == b""


def test_output_is_utf8_whatever_the_locale():
    done = start("--help", KB_LANG="ja", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "使い方" in done.stdout.decode("utf-8")


def test_no_progress_goes_into_a_pipe(capsys, command_that):
    command_that(lambda run: run.progress("half") or run.emit({}, "done"))
    app.run(["try"])
    said = capsys.readouterr()
    assert (said.out, said.err) == ("done\n", "")


def test_outside_a_store_it_says_so(tmp_path):
    done = start("--store", str(tmp_path), "todo", "--json")
    assert done.returncode == 3
    assert json.loads(done.stderr)["error"]["code"] == "no-store"
