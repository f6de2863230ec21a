"""The `kb` command: finds the sub-command, and turns whatever happens into an exit code."""

import errno
import os
import sys
from collections.abc import Sequence

import click

from kb import __version__
from kb.errors import KbError, WrongUse
from kb.faces.cli import output
from kb.faces.cli.command import LazyGroup, Run
from kb.faces.cli.language import choose, t

INTERRUPTED = 130
FAULT = 70


def main() -> None:
    """Run the command line of this process and exit."""
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _quiet_pipe()
    sys.exit(code)


def run(args: Sequence[str]) -> int:
    """Run `args` (without the program's name), speak on stdout and stderr, return the exit code."""
    output.prepare()
    lang = choose(args)
    this = Run()
    as_json = "--json" in args[: list(args).index("--")] if "--" in args else "--json" in args
    try:
        code = _invoke(list(args), this)
    except KbError as error:
        output.complain(error, lang, as_json=as_json)
        code = error.exit_code
    except click.ClickException as error:
        from kb.faces.cli.usage import as_wrong_use, command_line

        output.complain(as_wrong_use(error), lang, as_json=as_json)
        if not as_json:
            output.usage(command_line(error))
        code = WrongUse.exit_code
    except (KeyboardInterrupt, click.Abort):
        output.progress("")
        code = INTERRUPTED
    except BrokenPipeError:
        _quiet_pipe()
        code = 0
    except OSError as error:
        code = _failed_file(error, this, lang, as_json=as_json)
    except Exception as error:  # noqa: BLE001 -- the last resort: nobody sees a traceback
        code = _fault(error, this, lang, as_json=as_json)
    for hint, params in this.hints():
        output.note(hint, params, lang)
    return code


def _invoke(args: list[str], this: Run) -> int:
    top = _top()
    if "_KB_COMPLETE" in os.environ:
        from click.shell_completion import shell_complete

        instruction = os.environ["_KB_COMPLETE"]
        return shell_complete(top, {"obj": this}, "kb", "_KB_COMPLETE", instruction)
    if not args:
        args = ["--help"]
    try:
        with top.make_context("kb", args, obj=this) as ctx:
            top.invoke(ctx)
    except click.exceptions.NoArgsIsHelpError as error:
        output.usage(error.format_message())
        return WrongUse.exit_code
    except click.exceptions.Exit as stop:
        return stop.exit_code
    return this.exit_code


def _top() -> LazyGroup:
    top = LazyGroup(
        "kb",
        help=t(
            "Where a customer-success team keeps what it knows: one running document per "
            "customer, in plain Markdown, in git.",
            "カスタマーサクセスチームの知っていることを残す場所です。顧客ごとに一つのランニング"
            "ドキュメントを、ただの Markdown のまま git に残します。",
        ),
        epilog=t(
            "kb COMMAND --help tells about one command, with examples.",
            "それぞれの説明と例は kb コマンド --help で見られます。",
        ),
    )
    version = click.version_option(
        __version__,
        message="kb %(version)s",
        help=t("Show the version and exit.", "版を表示します。"),
    )
    return version(top)


def _failed_file(error: OSError, this: Run, lang: str, *, as_json: bool) -> int:
    """Say a failure of the disk or of rights in a sentence; other failures are faults of ours."""
    known = {
        errno.EACCES: "file-not-allowed",
        errno.EPERM: "file-not-allowed",
        errno.EROFS: "file-read-only",
        errno.ENOSPC: "file-disk-full",
        errno.EDQUOT: "file-disk-full",
    }
    code = known.get(error.errno or 0)
    if code is None:
        return _fault(error, this, lang, as_json=as_json)
    said = WrongUse(code, path=error.filename or "")
    output.complain(said, lang, as_json=as_json)
    return 4


def _fault(error: Exception, this: Run, lang: str, *, as_json: bool) -> int:
    from kb.faces.cli.faults import logged

    reference = logged(error, this.store)
    output.complain(KbError("fault", log=reference), lang, as_json=as_json)
    return FAULT


def _quiet_pipe() -> None:
    """Let the interpreter's last flush go nowhere: whoever read us has gone away."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
