"""Files and pictures beside a meeting: put into the store together with the line that links them.

A file is named by its bytes, so the same picture is there once; it never goes to a customer.
"""

import re
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from kb.errors import NotFound, WrongUse
from kb.formats.attached import KINDS, LARGEST, NAME, PICTURES, kind_of
from kb.text.compose import New
from kb.work import capture
from kb.work.accounts import SLUG
from kb.work.places import target

if TYPE_CHECKING:
    from kb.work.capture import Changed
    from kb.work.context import Context

FOLDER = "attachments"
LONGEST = 120
"""The most characters of the words of a link."""
_UNFIT = str.maketrans("[]\\<>`", "［］＼＜＞｀")  # they would end the link's words
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")


def attach(ctx: "Context", ref: str, data: bytes, *, name: str, words: str = "") -> "Changed":
    """Put a file beside a meeting's document, and a line that links it into the internal memo.

    `name` is what the sender calls the file, `words` what it shows. Raises `WrongUse`
    ("attachment-empty", "attachment-large", "attachment-kind") and what `capture.add` raises.
    """
    from kb.store.ports import Put

    if not data:
        raise WrongUse("attachment-empty")
    if len(data) > LARGEST:
        raise WrongUse("attachment-large", most=LARGEST // 1024 // 1024)
    kind = kind_of(data, name)
    if kind is None:
        raise WrongUse("attachment-kind", name=name or "—", kinds=" ".join(KINDS))
    place = target(ctx, ref)
    account = ctx.catalogue.account(ref.partition("/")[0]).account
    file = f"{FOLDER}/{account}/{sha256(data).hexdigest()[:12]}.{kind}"
    up = "../" * place.path.count("/")
    shown = _words(words) or _words(name.rpartition("/")[2].rpartition("\\")[2]) or kind
    link = f"[{shown}]({up}{file})"
    line = New("memo", f"!{link}" if kind in PICTURES else link)
    did = ("ファイルを添付", "attach a file")
    return capture.add(ctx, ref, line, beside=(Put(file, data, None),), did=did)


def _words(typed: str) -> str:
    return _SPACE.sub(" ", typed).strip().translate(_UNFIT)[:LONGEST]


def read(ctx: "Context", account: str, name: str) -> tuple[bytes, str]:
    """Return an attachment and its kind; `NotFound("no-attachment")` for what is none.

    A file whose bytes are not of the kind that it is named for is none.
    """
    named = NAME.fullmatch(name)
    if not SLUG.fullmatch(account) or named is None:
        raise NotFound("no-attachment")
    path = f"{FOLDER}/{account}/{name}"
    with suppress(OSError):  # somebody may have put a film there
        if (ctx.root / path).lstat().st_size > LARGEST:
            raise NotFound("no-attachment")
    found = ctx.store.read(path)
    if found is None:
        raise NotFound("no-attachment")
    if kind_of(found.data, name) != named["kind"]:
        raise NotFound("no-attachment")
    return found.data, named["kind"]


def still_linked(ctx: "Context", path: str) -> bool:
    """Tell whether more than one line links an attachment: one may go, and it is wanted still."""
    folder, _, rest = path.partition("/")
    if folder != FOLDER:
        return False
    name = f"{FOLDER}/{rest}".encode()
    found = 0
    for one in sorted((ctx.root / "accounts").rglob("*.md")):
        document = ctx.store.read(one.relative_to(ctx.root).as_posix())
        found += document.data.count(name) if document else 0
        if found > 1:
            return True
    return False
