"""How the command line answers: one JSON document or text, errors as a sentence, no tracebacks."""

import sys
from collections.abc import Callable, Iterable

from kb.errors import KbError
from kb.messages import say


def emit(data: object, text: str | Iterable[str] | Callable[[], str], *, as_json: bool) -> None:
    """Print the answer: `data` as JSON, else `text` (a string, its lines, or what makes it)."""
    if as_json:
        shown = dumped(data)
    elif callable(text):
        shown = text()
    elif isinstance(text, str):
        shown = text
    else:
        shown = "\n".join(text)
    if shown:
        sys.stdout.write(shown if shown.endswith("\n") else shown + "\n")
    sys.stdout.flush()


LONG = 50
"""A list of more items has each on one line: readable, and not a tenth of a second slower."""


def dumped(data: object) -> str:
    """Return `data` as JSON for people's eyes too: no escapes, keys in the order given."""
    import json

    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(items, list) or len(items) <= LONG:
        return json.dumps(data, ensure_ascii=False, indent=2)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    rows = ",\n    ".join(map(encode, items))
    frame = json.dumps({**data, "items": []}, ensure_ascii=False, indent=2)
    return frame.replace('\n  "items": []', f'\n  "items": [\n    {rows}\n  ]', 1)


def progress(text: str) -> None:
    """Write over one line of a person's terminal; an empty text clears it. Silent in pipes."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def complain(error: KbError, lang: str, *, as_json: bool) -> None:
    """Say an error on stderr: the sentence and what to do, or the error document.

    The parameter `text_back` is what the person wrote and could not be saved: it is printed
    whole, so that it can be copied.
    """
    sentence, hint = say(error.code, lang, **error.params)
    back = error.params.get("text_back")
    if as_json:
        body: dict[str, object] = {"code": error.code, "message": sentence, "hint": hint or None}
        if back is not None:
            body["text"] = str(back)
        _write(dumped({"error": body}))
        return
    _write(sentence)
    if hint:
        _write(hint)
    if back is not None:
        _write(say("text-back", lang)[0])
        _write(str(back))


def note(code: str, params: dict[str, object], lang: str) -> None:
    """Say on stderr what the person should know besides the answer."""
    sentence, hint = say(code, lang, **params)
    _write(sentence + hint if lang == "ja" else f"{sentence} {hint}".rstrip())


def _write(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def usage(text: str) -> None:
    """Show how a command is written, after what was wrong with it."""
    if text:
        _write(text)
