"""Runs one sub-command, and turns whatever happens into an answer and an exit code."""

import errno
import os

import click

from kb import __version__
from kb.errors import KbError, Kept, WrongUse
from kb.faces.cli import output
from kb.faces.cli.command import LazyGroup, Run
from kb.faces.cli.language import t

INTERRUPTED = 130

_DISK = {
    errno.EACCES: "file-not-allowed",
    errno.EPERM: "file-not-allowed",
    errno.EROFS: "file-read-only",
    errno.ENOSPC: "file-disk-full",
    errno.EDQUOT: "file-disk-full",
}


def dispatch(args: list[str], lang: str) -> int:
    """Run `args`, complain in `lang` on stderr, return the exit code."""
    this = Run()
    failed = True
    as_json = "--json" in (args[: args.index("--")] if "--" in args else args)
    try:
        code = _invoke(args, this)
        failed = False
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
        raise
    except Exception as error:  # noqa: BLE001 -- the last resort: nobody sees a traceback
        said = error if isinstance(error, KbError) else _said(error, this)
        output.complain(said, lang, as_json=as_json)
        code = said.exit_code
    if not (failed and as_json):  # one document on stderr, and nothing else
        for hint, params in this.hints():
            output.note(hint, params, lang)
    return code


def _invoke(args: list[str], this: Run) -> int:
    top = _top()
    if "_KB_COMPLETE" in os.environ:
        from click.shell_completion import shell_complete

        instruction = os.environ["_KB_COMPLETE"]
        return shell_complete(top, {"obj": this}, "kb", "_KB_COMPLETE", instruction)
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
    version = click.version_option(
        __version__,
        message="kb %(version)s",
        help=t("Show the version and exit.", "版を表示します。"),
    )
    return version(LazyGroup("kb"))


def _said(error: Exception, this: Run) -> KbError:
    """Return a failure of the disk or of rights as such, anything else as a fault of ours."""
    code = _DISK.get(error.errno or 0) if isinstance(error, OSError) else None
    if isinstance(error, OSError) and code is not None:
        return Kept(code, path=error.filename or "")
    from kb.faces.cli.faults import logged

    return KbError("fault", log=logged(error, this.store))
