"""What of the starter store a new team gets: templates, and the playbook as candidates of its own.

The Japanese playbook is the sample team's; its principles lose what rests on that team's
customers. The English one stands in `kb/starter_pages` and has never had any.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

_PAGES = Path(__file__).parent.parent / "starter_pages"
_OWNER = re.compile(r"^owner:.*$", re.MULTILINE)
_STATUS = re.compile(r"^status: *(\S+) *$", re.MULTILINE)
_OTHERS_PAST = re.compile(r"^(?:adopted|verify_by|proposed):.*\n", re.MULTILINE)
_SUPERSEDES = re.compile(r"^supersedes:.*$", re.MULTILINE)
_PART = re.compile(r"^## +(?P<title>.+?)[ \t]*\n(?P<body>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_EVIDENCE = frozenset({"根拠", "反証"})
_STORY = frozenset({"もとになった気づき", "経緯"})


def new_store_files(
    starter: Mapping[str, bytes], lang: str, owner: str, proposed: date
) -> dict[str, bytes]:
    """Return the files of a new store by path, in order of paths.

    `starter` are the files of the starter store, `lang` the team's language, `owner` the key of
    the member who looks after every page for now; each principle is proposed on that day.
    """
    found = {path: data for path, data in starter.items() if path.startswith("templates/")}
    pages = english_pages() if lang == "en" else starter
    for path, data in pages.items():
        if path.startswith("playbooks/principles/"):
            page = as_candidate(data.decode("utf-8"), owner, proposed)
            if page is not None:
                found[path] = page.encode("utf-8")
        elif path.startswith("playbooks/"):
            found[path] = _OWNER.sub(f"owner: {owner}", data.decode("utf-8")).encode("utf-8")
    return dict(sorted(found.items()))


def english_pages() -> dict[str, bytes]:
    """Return the English playbook by path: the same pages as the Japanese one."""
    root = _PAGES / "en"
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.md"))
    }


def as_candidate(page: str, owner: str, proposed: date) -> str | None:
    """Return a principle's page as a candidate of a new team: no evidence of others' accounts.

    A principle that was given up is no starter: None.
    """
    status = _STATUS.search(page)
    if status is None or status[1] not in {"candidate", "adopted"}:
        return None
    page = _OTHERS_PAST.sub("", page, count=3)
    page = _STATUS.sub("status: candidate", page, count=1)
    page = _OWNER.sub(f"owner: {owner}\nproposed: {proposed.isoformat()}", page, count=1)
    page = _SUPERSEDES.sub("supersedes: []", page, count=1)
    return _PART.sub(_without_evidence, page).rstrip("\n") + "\n"


def _without_evidence(part: re.Match[str]) -> str:
    if part["title"] in _STORY:
        return ""
    if part["title"] in _EVIDENCE:
        return f"## {part['title']}\n\n"
    return part[0]
