"""Runs one sub-command, and turns whatever happens into an answer and an exit code."""

import os

import click

from kb import __version__
from kb.errors import WrongUse
from kb.faces.cli import output
from kb.faces.cli.command import LazyGroup
from kb.faces.cli.ending import ended
from kb.faces.cli.language import t
from kb.faces.cli.run import Run


def dispatch(args: list[str], lang: str) -> int:
    """Run `args`, complain in `lang` on stderr, return the exit code."""
    this = Run()
    as_json = "--json" in (args[: args.index("--")] if "--" in args else args)

    def work() -> int:
        try:
            return _invoke(args, this)
        except click.Abort:
            raise KeyboardInterrupt from None
        except click.ClickException as error:
            from kb.faces.cli.usage import as_wrong_use, command_line

            output.complain(as_wrong_use(error), lang, as_json=as_json)
            if not as_json:
                output.usage(command_line(error))
            return WrongUse.exit_code

    return ended(work, this, lang, as_json=as_json)


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
