"""The `kb` command: help and `kb add` at once, everything else through click; an exit code."""

import gc
import os
import sys
from collections.abc import Sequence

from kb.faces.cli.language import choose


def main() -> None:
    """Run the command line of this process and exit."""
    # Most commands end before a collection would find anything; looking costs a tenth of them.
    gc.set_threshold(100_000, 50, 100)
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        quiet_pipe()
    # Everything is closed; taking the interpreter apart would cost a tenth of the command.
    os._exit(code)


def run(args: Sequence[str]) -> int:
    """Run `args` (without the program's name), speak on stdout and stderr, return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # UTF-8 whatever the locale says; what can't be encoded is escaped.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    lang = choose(args)
    try:
        if list(args) in ([], ["--help"]) and "_KB_COMPLETE" not in os.environ:
            # The most frequent question, answered without click, which takes 40 ms to load.
            from kb.faces.cli.table import front

            sys.stdout.write(front() + "\n")
            sys.stdout.flush()
            return 0
        if "add" in args and "_KB_COMPLETE" not in os.environ:
            from kb.faces.cli.adding import quickly

            code = quickly(list(args), lang)
            if code is not None:
                return code
        from kb.faces.cli.dispatch import dispatch

        return dispatch(list(args), lang)
    except BrokenPipeError:
        quiet_pipe()
        return 0


def quiet_pipe() -> None:
    """Let the interpreter's last flush go nowhere: whoever read us has gone away."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
