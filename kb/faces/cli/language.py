"""Which language the command line speaks: chosen once, before anything is shown."""

import os
import re
from collections.abc import Sequence

_TEAM = re.compile(r"^\s*\[\s*team\s*\](.*?)(?=^\s*\[|\Z)", re.MULTILINE | re.DOTALL)
_LANGUAGE = re.compile(r"""^\s*language\s*=\s*["'](ja|en)["']""", re.MULTILINE)

_chosen = ["en"]


def current() -> str:
    """Return the language that was chosen: "ja" or "en"."""
    return _chosen[0]


def t(en: str, ja: str) -> str:
    """Return the one of the two that is in the chosen language, for the help of commands."""
    return ja if _chosen[0] == "ja" else en


def choose(args: Sequence[str]) -> str:
    """Choose for a command line: `KB_LANG`, else the store's language, else the locale's.

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
                return _in_text(f.read())
        except (OSError, ValueError):
            above, folder = folder, os.path.dirname(folder)
    return None


def _in_text(text: str) -> str:
    team = _TEAM.search(text)
    found = _LANGUAGE.search(team[1]) if team else None
    return found[1] if found else "ja"


def _argument(args: Sequence[str], option: str) -> str | None:
    for place, word in enumerate(args):
        if word == "--":
            break
        if word == option and place + 1 < len(args):
            return args[place + 1]
        if word.startswith(f"{option}="):
            return word.removeprefix(f"{option}=")
    return None
