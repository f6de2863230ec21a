"""Which lines of a document stand inside an HTML element of several lines, such as `<details>`.

A list in there is a list for Markdown and for kb. Where the page is HTML, though, it is folded
away or not shown at all, and who wrote it so did not mean it for everybody.
"""

import re

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_BLOCK = re.compile(r"\s*</?[A-Za-z]")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)(?:\s(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)?(/?)>")
_ALONE = frozenset(
    # Elements without an end, those that HTML ends by itself, and those that only shape letters.
    "br wbr hr img input link meta source area base col embed track p li dt dd tr td th option "
    "b i u s em strong mark del ins sub sup kbd code small".split()
)


def enclosed(text: str, first: int) -> frozenset[int]:
    """Return the numbers of the lines inside such elements; `first` is that of the first line.

    An element that is never closed goes on to the end: browsers see it so.
    """
    found: set[int] = set()
    opened: list[str] = []
    fence = ""
    for number, line in enumerate(text.splitlines(), first):
        mark = _FENCE.match(line)
        if fence or mark:
            closes = mark and fence and mark[1].startswith(fence) and not line[mark.end() :].strip()
            fence = "" if closes else fence or (mark[1] if mark else "")
        elif opened or _BLOCK.match(line):
            before = bool(opened)
            for close, typed, empty in _TAG.findall(line):
                name = typed.lower()
                if close and name in opened:
                    del opened[len(opened) - 1 - opened[::-1].index(name) :]
                elif not close and not empty and name not in _ALONE:
                    opened.append(name)
            if before or opened:
                found.add(number)
            continue
        if opened:
            found.add(number)
    return frozenset(found)
