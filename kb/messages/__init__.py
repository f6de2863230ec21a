"""Every sentence a person reads, in Japanese and English, by code.

Each room keeps its own table (`kb/messages/<room>.py`, a dict `TABLE` of `Sentence`), so that a
code stands beside its sentences. Tables are loaded when something has to be said, never before.
"""

from functools import cache
from importlib import import_module
from typing import NamedTuple

ROOMS = (
    *("config", "text", "store", "catalogue", "work", "checks", "capture", "importing"),
    *("insights", "cli", "starter", "reviews", "ladder", "training"),
    *("web", "web_meeting", "web_playbook", "web_board", "web_train", "web_reviews"),
    *("web_insights", "web_keys", "web_team", "web_history", "web_files", "web_account"),
    *("web_help", "settings"),
    *("web_api", "web_api_docs"),
    *("sharing", "web_sharing", "editing", "web_live"),
)
LANGUAGES = ("ja", "en")


class Sentence(NamedTuple):
    """One message: the sentence, and what to do, in both languages (hints may be empty)."""

    en: str
    ja: str
    en_hint: str = ""
    ja_hint: str = ""


@cache
def find(code: str) -> Sentence | None:
    """Return the sentence of `code`, or None when no table has it."""
    for room in ROOMS:
        found = import_module(f"kb.messages.{room}").TABLE.get(code)
        if found is not None:
            assert isinstance(found, Sentence)
            return found
    return None


def say(code: str, lang: str, /, **params: object) -> tuple[str, str]:
    """Return (sentence, hint) of `code` in `lang` ("ja" or "en"), filled with `params`.

    A code without a sentence answers with the code itself: a missing sentence must not hide
    what happened (a test makes sure that there is none). Where the hint would show an empty list,
    the sentence of `code` with "-none" after it stands instead, or no hint. Of one day, or of a
    count of one, that of `code` with "-one" is said where there is one.
    """
    single = 1 in (params.get("days"), params.get("count"))
    sentence = (find(f"{code}-one") if single else None) or find(code)
    if sentence is None:
        return code, ""
    shown = {name: clean(value) for name, value in params.items()}
    text, hint = sentence.en, sentence.en_hint
    if lang == "ja":
        text, hint = sentence.ja, sentence.ja_hint
    if any(not value and f"{{{name}}}" in hint for name, value in shown.items()):
        other = find(f"{code}-none")  # "Members:" and then nobody helps no one
        hint = "" if other is None else other.ja if lang == "ja" else other.en
    return text.format_map(shown), hint.format_map(shown)


def clean(value: object) -> str:
    """Show a value of a person's on one line: no control characters, at most 120 characters."""
    text = str(value)
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return text if len(text) <= 120 else text[:119] + "…"
