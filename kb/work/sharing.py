"""What goes out to customers: a meeting as they may see it, and nothing else of it.

Every face that shows or sends something outside begins here; `SafeMeeting` is all that it gets.
"""

import json
import re
import unicodedata
from dataclasses import asdict
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.errors import NotFound, WrongUse
from kb.messages import LANGUAGES
from kb.model.people import read_people
from kb.model.share import SafeMeeting, customer_view
from kb.model.state import ends, starts
from kb.text import frontmatter
from kb.text.plain import plain
from kb.work import accounts, meetings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from kb.catalogue.lists import Account, Listed
    from kb.work.context import Context

DIGEST_LENGTH = 16
"""How many hex digits tell one state of what is shared from another."""
LONGEST_NAME = 80
"""The most characters of a file's name, without its ending."""
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


class Shared(NamedTuple):
    """A meeting as its customer sees it, in the language of their document ("ja" or "en").

    `account` and `id` name it among ourselves; nothing that goes out is made of them. It goes
    on from `begins` to `ends`, by the team's clock.
    """

    account: str
    id: str
    safe: SafeMeeting
    lang: str
    begins: "datetime"
    ends: "datetime"


def shared(ctx: "Context", ref: str) -> Shared:
    """Return the customer's view of the meeting that `ref` names; raises what `find` raises."""
    row = ctx.catalogue.meeting(ref, meetings.wall(ctx))
    one = accounts.one(ctx, row.account)
    return next(_views(ctx, one, [row]))


def pinned(ctx: "Context", ref: str) -> str:
    """Return the id of a meeting, written into its heading if it had none yet.

    By it a link finds the meeting again, however its words change.
    """
    row = ctx.catalogue.meeting(ref, meetings.wall(ctx))
    if row.given:
        return row.id
    from kb.work.altering import save

    return save(ctx, ref, lambda _: None, "did-meeting-share", {}).id


def holds(ctx: "Context", account: str, meeting: str) -> bool:
    """Tell whether the document of `account`, if there is one, has the meeting of that id."""
    try:
        ctx.catalogue.meeting(f"{account}/{meeting}", ctx.now)
    except NotFound:
        return False
    except WrongUse:  # several documents say that they are it, and any may have it
        return True
    return True


def former_names(ctx: "Context", account: str) -> set[str]:
    """Return the short names that an account had before, by where its document was."""
    versions = ctx.past.versions(ctx.catalogue.account(account).path)
    return {PurePosixPath(one.path).stem for one in versions} - {account}


def document(ctx: "Context", account: str) -> list[Shared]:
    """Return the customer's view of all meetings of an account, newest first."""
    one = accounts.one(ctx, account)
    rows = [row for row in ctx.catalogue.meetings(one.account) if not row.cancelled]
    return list(_views(ctx, one, rows))


def _views(ctx: "Context", one: "Account", rows: "Iterable[Listed]") -> "Iterator[Shared]":
    found = ctx.store.read(one.path)
    people = read_people(frontmatter.read(found.data)) if found else {}
    names = {key: person.name for key, person in people.items()}
    names |= {key: member.name for key, member in ctx.settings.members.items()}
    lang = one.lang if one.lang in LANGUAGES else ctx.settings.lang
    held = [row for row in ctx.catalogue.meetings(one.account) if not row.cancelled]
    for row in rows:
        later = [other.date for other in held if other.begins > row.begins]
        safe = customer_view(
            ctx.catalogue.whole(row), names, account=one.name, next_date=min(later, default=None)
        )
        yield Shared(one.account, row.id, safe, lang, starts(row), ends(row))


def at_topic(found: Shared, now: "datetime") -> int | None:
    """Return the number of the topic that is being talked about, from 1, while the meeting goes on.

    It is the first that has no decision yet; None when there is none.
    """
    if found.safe.cancelled or not found.begins <= now < found.ends:
        return None
    return next((n for n, one in enumerate(found.safe.topics, 1) if not one.decisions), None)


def as_json(safe: SafeMeeting) -> dict[str, Any]:
    """Return what the customer may see as data, with stable keys."""
    return asdict(safe)


def digest(safe: SafeMeeting) -> str:
    """Return what changes whenever the customer's view does, and never otherwise."""
    shown = json.dumps(as_json(safe), ensure_ascii=False, sort_keys=True)
    return sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LENGTH]


def file_name(safe: SafeMeeting) -> str:
    """Return what a file of these minutes is called, without its ending: its day and its title."""
    words = unicodedata.normalize("NFC", plain(safe.title).replace("\n", " "))
    words = _NOT_IN_NAMES.sub(" ", words)
    shown = "".join(c for c in words if c.isprintable())
    return f"{safe.date} {' '.join(shown.split())}"[:LONGEST_NAME].strip(" .")
