"""The same lesson? One key an answer, at a terminal only, and only after all is saved."""

import sys
from typing import TYPE_CHECKING

from kb.errors import KbError
from kb.faces.cli.language import current, t

if TYPE_CHECKING:
    from kb.faces.cli.run import Run
    from kb.work.insights_asking import Asking, Question

_KEYS = {
    "y": ("same", "同じ"),
    "n": ("different", "別の教訓"),
    "l": ("later", "あとで"),
    "x": ("never", "聞かない"),
}
_WORDS = {"y": "y", "n": "n", "l": "l", "\r": "l", "\n": "l", "x": "x", "ｙ": "y", "ｎ": "n"}


def ask(run: "Run", *, id_: str | None = None, meeting: str | None = None) -> None:
    """Show up to three neighbours of an insight, or of a meeting's insights, and take answers.

    Silent with --json and in pipes. Whatever happens here, the command itself has succeeded:
    Ctrl-C ends the questions and nothing else.
    """
    nothing = id_ is None and meeting is None
    if nothing or run.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    try:
        _ask(run, id_, meeting)
    except (KeyboardInterrupt, EOFError):
        _say("")
    except KbError as error:
        from kb.faces.cli.output import complain

        complain(error, current(), as_json=False)
    except Exception as error:  # noqa: BLE001 -- the line is saved; a question must not undo that
        from kb.faces.cli.faults import logged

        logged(error, run.store)
        _say(t("No neighbours can be looked up now.", "似た気づきを、いまは探せません。"))


def _ask(run: "Run", id_: str | None, meeting: str | None) -> None:
    from kb.faces.cli.insightwords import told
    from kb.work import insights_asking

    run.progress(t("Looking for the same lesson elsewhere …", "似た気づきを探しています…"))
    try:
        asking = insights_asking.begin(run.context, id_=id_, meeting=meeting)
    finally:
        run.progress("")
    if not asking.count:
        return
    _say("")
    keys = "  ".join(f"{key} {t(*words)}" for key, words in _KEYS.items())
    _say(t(f"The same lesson?  ({keys})", f"同じ教訓ですか？（{keys}）"))
    number = 0
    while (question := asking.next()) is not None:
        number += 1
        if meeting is not None:
            _say(f"     {told(question.insight)}")
        _say(f"{number}/{asking.count}  {told(question.other)}")
        _take(asking, question)


def _take(asking: "Asking", question: "Question") -> None:
    """Wait for a key that means something, and do what it says."""
    from click import getchar

    sys.stdout.write("     > ")
    sys.stdout.flush()
    key = ""
    while not key:
        key = _WORDS.get(getchar().lower(), "")
    _say(t(*_KEYS[key]))
    if key in "yn":
        asking.answer(question, _KEYS[key][0])
    elif key == "x":
        asking.never(question)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
