"""Which language the command line speaks: chosen once, before anything is shown."""

import os
import re
from collections.abc import Sequence

_TEAM = re.compile(r"^\s*\[\s*team\s*\](.*?)(?=^\s*\[|\Z)", re.MULTILINE | re.DOTALL)
_MEMBER = re.compile(
    r"^\s*\[\s*members\.\"?(?P<key>[\w-]+)\"?\s*\](?P<body>.*?)(?=^\s*\[|\Z)",
    re.MULTILINE | re.DOTALL,
)
_EMAIL = re.compile(r"""^\s*email\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE)
_LANGUAGE = re.compile(r"""^\s*language\s*=\s*["'](ja|en)["']""", re.MULTILINE)
_ANY_LANGUAGE = re.compile(r"^\s*language\s*=", re.MULTILINE)

_chosen = ["en"]


def current() -> str:
    """Return the language that was chosen: "ja" or "en"."""
    return _chosen[0]


def t(en: str, ja: str) -> str:
    """Return the one of the two that is in the chosen language, for the help of commands."""
    return ja if _chosen[0] == "ja" else en


def choose(args: Sequence[str]) -> str:
    """Choose for a command line: `KB_LANG`, else the member's, the store's, else the locale's.

    The language of a store that is just being made (`kb init --lang`) counts as the store's.
    """
    _chosen[0] = (
        _wanted(os.environ.get("KB_LANG"))
        or _wanted(_argument(args, "--lang"))
        or _of_store(args)
        or _of_locale()
    )
    return _chosen[0]


def _wanted(value: str | None) -> str | None:
    lang = (value or "")[:2].lower()
    return lang if lang in {"ja", "en"} else None


def _of_locale() -> str:
    value = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), "")
    return "ja" if value.lower().startswith("ja") else "en"


def _of_store(args: Sequence[str]) -> str | None:
    """Look the language up without reading the whole file as TOML: it may be broken."""
    folder = os.path.abspath(_argument(args, "--store") or os.environ.get("KB_STORE") or ".")
    above = ""
    while folder != above:
        try:
            with open(os.path.join(folder, "kb.toml"), encoding="utf-8-sig", errors="replace") as f:
                text = f.read()
                return _of_member(text, args, folder) or _in_text(text)
        except (OSError, ValueError):
            above, folder = folder, os.path.dirname(folder)
    return None


def _of_member(text: str, args: Sequence[str], folder: str) -> str | None:
    """Return the language that the person who acts has in the team's settings, if any."""
    own: dict[str, str] = {}
    for member in _MEMBER.finditer(text):
        if found := _LANGUAGE.search(member["body"]):
            email = _EMAIL.search(member["body"])
            own |= {name: found[1] for name in (member["key"], email and email[1].lower()) if name}
    if not own:
        return None
    asked = _argument(args, "--as") or os.environ.get("KB_MEMBER")
    return own.get(asked.lstrip("@")) if asked else own.get(_email(folder))


def _email(folder: str) -> str:
    """Return the address of git's author here; "" when nobody said who it is."""
    from pathlib import Path

    from kb.store.git import Git
    from kb.store.identity import who_writes

    root = Path(folder)
    found = who_writes(Git(root, root / ".git", known=False), root / ".git")
    return found.email.lower() if found else ""


def _in_text(text: str) -> str | None:
    """Return the team's language; None when something stands there that is none."""
    team = _TEAM.search(text)
    if team is None or not _ANY_LANGUAGE.search(team[1]):
        return "ja"
    found = _LANGUAGE.search(team[1])
    return found[1] if found else None


def _argument(args: Sequence[str], option: str) -> str | None:
    for place, word in enumerate(args):
        if word == "--":
            break
        if word == option and place + 1 < len(args):
            return args[place + 1]
        if word.startswith(f"{option}="):
            return word.removeprefix(f"{option}=")
    return None
