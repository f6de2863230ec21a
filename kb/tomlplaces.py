"""Where a key stands in a TOML text: `tomllib` doesn't say, and people need the line.

Used only when something is to be said about the file, so it may read the text line by line.
"""

import re

_BARE = r"""(?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_DOTTED = rf"{_BARE}(?:\s*\.\s*{_BARE})*"
_TABLE = re.compile(rf"^\s*\[\[?\s*({_DOTTED})\s*\]\]?")
_KEY = re.compile(rf"^\s*({_DOTTED})\s*=")
_PART = re.compile(_BARE)


def line_of(text: str, keys: tuple[str, ...]) -> int:
    """Return the line (from 1) where `keys` is set, else of its nearest table, else 1."""
    best, best_depth = 1, 0
    table: tuple[str, ...] = ()
    inside = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if inside:
            if line.count(inside) % 2:
                inside = ""
            continue
        if header := _TABLE.match(line):
            table = _parts(header[1])
            path = table
        elif key := _KEY.match(line):
            path = (*table, *_parts(key[1]))
            inside = next((q for q in ('"""', "'''") if line.count(q) % 2), "")
        else:
            continue
        if path == keys:
            return number
        depth = _common(path, keys)
        if depth > best_depth:
            best, best_depth = number, depth
    return best


def shown(value: object) -> str:
    """Return a value as it would stand in the file, roughly, for a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {shown(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(shown, value)) + "]"
    return str(value)


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _common(path: tuple[str, ...], keys: tuple[str, ...]) -> int:
    depth = 0
    for mine, wanted in zip(path, keys, strict=False):
        if mine != wanted:
            break
        depth += 1
    return depth
