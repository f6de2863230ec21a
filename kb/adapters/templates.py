"""A team's own templates: rendered by jinja2's sandbox in a process that can do no harm.

Whoever can push to a store can change its templates, so they are treated as hostile: plain data
goes in, text comes out, and a template that fails ends in one sentence. What a customer said is
data too: every text among the values is escaped, so that it can't start a block of Markdown, hide
what follows in a comment, or steal an id.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kb.errors import Fault, WrongUse
from kb.text.escape import escape, one_line
from kb.text.names import DEFAULT_NAMES

SOURCE = 64 * 1024
"""A longer template (bytes) is refused."""

_SECONDS = 20
"""How long we wait for the child, which itself may use two seconds of processor time."""

_LINK = re.compile(r"\[\[[\w-]{1,64}(?:#\^[a-z]-[0-9a-z]{6})?\]\]")
_QUOTED = re.compile(r"'([^']*)'")


def render(source: str, values: Mapping[str, Any], *, name: str) -> str:
    """Return the text that the template `source` makes of `values`; line ends are LF.

    `values` hold dicts, lists, texts, numbers, booleans and None; texts become one line each and
    lose what Markdown would take for structure, except values that are one wikilink. `name` is
    the path that the sentences show.

    Raises `WrongUse`: "template-source" (too long), "template-syntax", "template-unknown" (a
    value that there is not), "template-forbidden", "template-include", "template-greedy" (too
    much time or memory), "template-long" (more than 256 KB came out), "template-failed".
    """
    if len(source.encode("utf-8", "surrogatepass")) > SOURCE:
        raise WrongUse("template-source", name=name, limit=SOURCE // 1024)
    import json

    reply = _ask(json.dumps({"source": source, "values": _plain_data(dict(values))}))
    text = reply.get("text")
    if isinstance(text, str):
        return text.replace("\r\n", "\n").replace("\r", "\n")
    said = str(reply.get("said") or "")
    if reply["error"] == "unknown":  # 'x' is undefined, 'dict object' has no attribute 'x'
        said = (_QUOTED.findall(said) or [said])[-1]
    line = reply.get("line") or "?"
    raise WrongUse(f"template-{reply['error']}", name=name, line=line, said=said)


def _plain_data(value: Any) -> Any:  # noqa: ANN401 (whatever a template may be given)
    """Copy `value` as data of JSON, each text safe at the start of a line and inside one."""
    if isinstance(value, str):
        if _LINK.fullmatch(value):
            return value
        # A template may show a value inside a comment, which the value must not end.
        return escape(one_line(value), DEFAULT_NAMES).replace("-->", "--\\>")
    if isinstance(value, Mapping):
        return {str(key): _plain_data(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain_data(inner) for inner in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    raise TypeError(f"no value for a template: {type(value).__name__}")


@lru_cache(maxsize=2)
def _ask(request: str) -> dict[str, Any]:
    """Run the child with one request (JSON) and return its answer.

    A save may have to make its text again; the same question gets the same answer.
    """
    import json
    import os
    import subprocess
    import sys
    from importlib.util import find_spec
    from pathlib import Path

    spec = find_spec("jinja2")
    if spec is None or spec.origin is None:
        raise Fault("template-engine")
    packages = str(Path(spec.origin).parent.parent)
    child = Path(__file__).with_name("template_child.py")
    kept = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(child), packages],
            input=request.encode("ascii"),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={key: os.environ[key] for key in kept if key in os.environ},
        )
    except subprocess.TimeoutExpired:
        return {"error": "greedy"}
    if done.returncode:  # the system ended it: out of time or memory
        return {"error": "greedy"}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
