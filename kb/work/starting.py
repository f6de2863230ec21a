"""A new store: the team's `kb.toml`, templates, and the starter playbook as candidates."""

import os
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kb import starter
from kb.errors import WrongUse
from kb.store.ports import Actor
from kb.work import actors
from kb.work.starter_content import new_store_files

if TYPE_CHECKING:
    from kb.store.identity import Identity
    from kb.store.store import Store

_NO_KEY = re.compile(r"[^\w-]+")

IGNORED = b"# What kb derives from the files; it may be deleted at any time.\n.kb/\n"
ATTRIBUTES = b"*.md -text\naccounts/**/*.md merge=kb\naccounts/*.md merge=kb\n"


class Started(NamedTuple):
    """The new store, and the paths of the files that were written."""

    root: Path
    created: tuple[str, ...]


class First(NamedTuple):
    """The first member, who is a lead."""

    key: str
    name: str
    email: str


def start(
    root: Path,
    *,
    lang: str,
    team: str,
    first: First,
    when: datetime,
    create: "Callable[[Path, dict[str, bytes], Actor, str, datetime], Store]",
) -> Started:
    """Make a store in `root`, a new or an empty folder.

    Raises `WrongUse`: "already-a-store" where there is one, "not-a-folder" where a file is in the
    way, "folder-not-made" where the computer does not allow one; and what `create` raises.
    """
    try:
        for place in (root, *root.absolute().parents):
            if place.exists() and not place.is_dir():
                raise WrongUse("not-a-folder", path=place)
        if (root / "kb.toml").exists():
            raise WrongUse("already-a-store", path=root)
        root.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise WrongUse("folder-not-made", path=root) from None
    files = {
        "kb.toml": settings_text(lang, team or root.resolve().name, first).encode(),
        ".gitignore": IGNORED,
        ".gitattributes": ATTRIBUTES,
        **new_store_files(starter.files(), lang, first.key, when.date()),
    }
    actor = Actor(first.key, first.name, first.email)
    message = "チームのストアを作る" if lang == "ja" else "Make the team's store"
    create(root, files, actor, message, when)
    return Started(root, tuple(sorted(files)))


def first_member(asked: str | None, identity: "Callable[[], Identity | None]") -> First:
    """Return the first member: `asked` (a key, or `Name <address>`) and git's identity.

    Raises `WrongUse("no-author")` when neither says who it is.
    """
    if written := actors.written_out(asked):
        (name, email), key = written, ""
    else:
        known = identity()
        if known is None and not asked:
            raise WrongUse("no-author")
        key = _key(asked or "")
        name, email = known or (asked or "", "")
    name, email = actors.one_line(name), actors.one_line(email)
    key = key or _key(email.partition("@")[0]) or _key(name) or "lead"
    return First(key, name or key, actors.address(key, email))


def _key(text: str) -> str:
    return _NO_KEY.sub("-", text.lower()).strip("-")[:64]


def settings_text(lang: str, team: str, first: First) -> str:
    """Return the text of a new `kb.toml`, with comments in `lang`."""
    words = _WORDS["ja" if lang == "ja" else "en"]
    return _SETTINGS.format(
        team=_quoted(team),
        lang=_quoted(lang),
        zone=_quoted(_time_zone(lang)),
        key=first.key if re.fullmatch(r"[A-Za-z0-9_-]+", first.key) else _quoted(first.key),
        name=_quoted(first.name),
        email=_quoted(first.email),
        **words,
    )


def _quoted(text: str) -> str:
    import json

    return json.dumps(actors.one_line(text), ensure_ascii=False)


def _time_zone(lang: str) -> str:
    """Return the machine's time zone; a Japanese team on a machine set to UTC is in Japan."""
    link = Path("/etc/localtime")
    named = os.environ.get("TZ", "") or (str(link.readlink()) if link.is_symlink() else "")
    zone = named.rpartition("zoneinfo/")[2].lstrip(":")
    if re.fullmatch(r"[A-Z]\w+(?:/[\w+-]+)+", zone) and not zone.startswith("Etc/"):
        return zone
    return "Asia/Tokyo" if lang == "ja" else "UTC"


_SETTINGS = """\
# {top}

format = 1

[store]
branch = "main"  # {branch}

[team]
name = {team}
language = {lang}  # {language}
timezone = {zone}

# {members}
[members.{key}]
name = {name}
email = {email}
role = "lead"  # lead | member

# {units}
# [units.east]
# name = "East"
# lead = "{key}"
# members = ["{key}"]

# {policies}
[policies]
minutes = "require"
hypothesis = "remind"
pre_review = "remind"

[policies.minutes_options]
done_within_minutes = 5  # {within}

# {quorum}
[quorum]
accounts = 3
csms = 2
approvals = 2

# {aliases}
# [aliases.sections]
# "TODO" = ["Action items"]
"""
_WORDS = {
    "en": {
        "top": "The team's settings. No secrets here (tokens, passwords): everybody can read it.",
        "branch": "kb writes to this branch only",
        "language": "of screens and new documents; an account may set its own `lang:`",
        "members": "One table for each person; kb tells people apart by their address.",
        "units": "Small groups inside which reviews go round.",
        "policies": "off = not looked at, remind = said, require = can't be closed without",
        "within": "minutes after the meeting's end",
        "quorum": "What a principle needs before it can be adopted.",
        "aliases": "Other words that your documents use for the same section.",
    },
    "ja": {
        "top": "チームの設定です。全員が読めるので、秘密(パスワードなど)は書かないでください。",
        "branch": "kb が書き込むのはこのブランチだけです",
        "language": "画面と新しい文書の言語。顧客ごとに lang: で変えられます",
        "members": "一人に一つの表を書きます。kb はメールアドレスで人を見分けます。",
        "units": "レビューを回し合う小さなグループです。",
        "policies": "off = 見ない、remind = 知らせる、require = ないと完了にできない",
        "within": "ミーティングの終了から何分以内に議事録を書き終えるか",
        "quorum": "行動原則を採用するための条件です。",
        "aliases": "同じ見出しに別の言葉を使っているときに書きます。",
    },
}
