"""The process in which a team's template runs: started alone, imports jinja2 and nothing of kb.

Its one argument is the folder that jinja2 stands in. It reads one JSON object from standard
input, `{"source", "values"}`, and writes one to standard output: `{"text"}`, or `{"error", …}`
with the name of what went wrong.

The sandbox stops `''.__class__` and `range(10**9)`, but neither `'a' * 2 * 10**8` nor loops
inside loops; so the operating system limits what the process may use. macOS knows no limit of
the address space that it enforces, and Windows has none of these: there the time limit of the
parent and the limit of the output are what is left.
"""

import json
import sys
from typing import Any

CPU_SECONDS = 2
MEMORY = 256 * 1024 * 1024
OUTPUT = 256 * 1024
NAME = "template"


def limit() -> None:
    """Take away from this process what a template never needs: time, memory, files."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = [
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, MEMORY),
    ]
    for kind, most in limits:
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):  # macOS refuses some
            continue


def run(source: str, values: dict[str, Any]) -> dict[str, Any]:
    """Render and return the answer; raises what jinja2 raises."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    del environment.globals["lipsum"]  # random words are no template's business
    code = environment.compile(source, NAME, NAME)
    template = environment.template_class.from_code(environment, code, environment.globals)
    parts: list[str] = []
    size = 0
    for part in template.generate(values):  # piece by piece: an endless one is noticed early
        size += len(part)
        if size > OUTPUT:
            return {"error": "long"}
        parts.append(part)
    text = "".join(parts)
    if len(text.encode("utf-8", "surrogatepass")) > OUTPUT:
        return {"error": "long"}
    return {"text": text}


def line_of(error: BaseException) -> int | None:
    """Return the template's line at which `error` was raised, if that is known."""
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while line is None and trace is not None:
        if trace.tb_frame.f_code.co_filename == NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def answer(source: str, values: dict[str, Any]) -> dict[str, Any]:
    """Render, and turn every way to fail into a word."""
    from jinja2.exceptions import (
        SecurityError,
        TemplateNotFound,
        TemplateSyntaxError,
        UndefinedError,
    )

    try:
        return run(source, values)
    except (MemoryError, RecursionError, OverflowError) as error:
        return {"error": "greedy", "line": line_of(error)}
    except TemplateSyntaxError as error:
        return {"error": "syntax", "line": error.lineno, "said": error.message}
    except UndefinedError as error:
        return {"error": "unknown", "line": line_of(error), "said": error.message}
    except SecurityError as error:
        return {"error": "forbidden", "line": line_of(error)}
    except (TemplateNotFound, TypeError) as error:
        # Without a loader jinja2 answers an include with a TypeError.
        if isinstance(error, TemplateNotFound) or "no loader" in str(error):
            return {"error": "include", "line": line_of(error)}
        return {"error": "failed", "line": line_of(error), "said": str(error)}
    except Exception as error:  # noqa: BLE001 (a template can raise anything)
        return {"error": "failed", "line": line_of(error), "said": str(error)}


def main() -> None:
    """Answer one request."""
    sys.path.append(sys.argv[1])
    request = json.loads(sys.stdin.buffer.read())
    import jinja2.sandbox  # noqa: F401 (read before the limits, which also hold for its files)

    limit()
    reply = json.dumps(answer(request["source"], request["values"]))
    sys.stdout.buffer.write(reply.encode("ascii"))


if __name__ == "__main__":
    main()
