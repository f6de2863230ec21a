"""Editing what stands in a meeting: a line, a topic, a hypothesis, its head, a stretch as written.

Who edits has read a version of the document, and the change is made on that version. What others
wrote since is merged in by the merge of the store; where both changed the same line nothing is
written, and both texts are given back (`TwoTexts`) until somebody has chosen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from kb.errors import KbError, NotFound
from kb.store.ports import Edit
from kb.text import change, frontmatter
from kb.text.document import Section
from kb.text.find import meeting_index
from kb.text.lines import readable
from kb.text.rewrite import body_of, remove, rewrite_body, words_of
from kb.text.sides import Pick, Sides, choices, digest, settle, sides
from kb.work import editing_parts as parts
from kb.work.places import account_of, meeting_id, read_document, target
from kb.work.typed import refuse_nul

if TYPE_CHECKING:
    from kb.text.outline import Document
    from kb.work.context import Context
    from kb.work.places import Target

_EDITED = {
    "line": ("行を編集", "edit a line"),
    "topic": ("論点を編集", "edit a topic"),
    "claim": ("事前仮説を編集", "edit a hypothesis"),
    "head": ("題名・時間・出席を編集", "edit the title, time or attendees"),
    "text": ("書かれたままを編集", "edit as written"),
}
_REMOVED = ("行を削除", "remove a line")


class Place(NamedTuple):
    """What is edited: `what` is "line" (of any item), "head" (of the meeting) or "text".

    `line` counts from 1 in the version that was read; "text" is the section whose heading stands
    there, or all of the meeting without one. A heading that is no topic's is edited as "text".
    """

    what: str
    line: int | None = None


class Opened(NamedTuple):
    """What a form is filled with: what it is, the version it was read at, the words by field.

    `kind` is line, topic, claim, head or text; `place` is where it stands in version `base`;
    `below` counts the lines that would go with it if it were removed.
    """

    kind: str
    place: Place
    base: str
    fields: dict[str, str]
    below: int = 0
    removable: bool = False

    @property
    def name(self) -> str:
        """Return what unsent words are known by: a line by what it said, wherever it moves."""
        if self.kind in ("head", "text"):
            return f"{self.kind}-{self.place.line or 0}"
        return sha256(repr((self.kind, sorted(self.fields.items()))).encode()).hexdigest()[:12]


class Change(NamedTuple):
    """What a form brings: where in version `base`, the words by field, or that it is to go."""

    place: Place
    base: str
    fields: Mapping[str, str]
    remove: bool = False


class Choice(NamedTuple):
    """What was picked, row by row, of the two texts that `digest` names."""

    digest: str
    picks: tuple[Pick, ...]


class Edited(NamedTuple):
    """Where the edited line stands now (0: nowhere), and the commit (None: nothing changed)."""

    line: int
    commit: str | None


class TwoTexts(KbError):
    """Somebody else has changed the same line since; nothing was written."""

    exit_code = 4

    def __init__(self, places: Sequence[Sides]) -> None:
        """Hold what stands and what was to be written, line by line."""
        super().__init__("edit-two-texts", count=len(choices(places)))
        self.places = tuple(places)
        self.digest = digest(places)


@dataclass(frozen=True, slots=True)
class _Version:
    """One state of the document, and its meeting in it."""

    document: "Document"
    index: int
    account: str
    lang: str
    blob: str

    @property
    def root(self) -> Section:
        return self.document.section(self.index)


def opened(ctx: "Context", ref: str, place: Place, at: str | None = None) -> Opened:
    """Return what a form is filled with.

    `at` is the version in which `place` was seen. If the document has changed since, the same line
    is looked for in it; where it has itself changed, the form shows it as it was seen. Raises what
    finding the meeting raises, `NotFound` ("no-item", "edit-base-gone").
    """
    where = target(ctx, ref)
    snapshot = ctx.store.read_for_edit(where.path)
    if snapshot is None:
        raise NotFound("no-file", path=where.path)
    now = _version(ctx, where, snapshot.data, snapshot.blob)
    if at is not None and at != now.blob and place.line is not None:
        seen = _seen(ctx, where, at)
        line = _again(seen, now, place.line)
        if line is None:
            return _open(seen, place)
        place = place._replace(line=line)
    return _open(now, place)


def opened_at(ctx: "Context", ref: str, place: Place, base: str) -> Opened:
    """Return what the form was filled with that was made from version `base`.

    Raises what finding the meeting raises, `NotFound` ("no-item", "edit-base-gone").
    """
    return _open(_seen(ctx, target(ctx, ref), base), place)


def save(ctx: "Context", ref: str, edit: Change, choice: Choice | None = None) -> Edited:
    """Write a change, together with what others have written since.

    Raises `TwoTexts` where a person has to choose (also when what was chosen between has changed
    meanwhile), what is wrong with the words (`WrongUse`), `NotFound("edit-base-gone")`, and what
    finding the meeting and saving raise.
    """
    refuse_nul(*edit.fields.values())
    where = target(ctx, ref)
    seen = _seen(ctx, where, edit.base)
    form = _open(seen, edit.place)
    was = form.fields
    edit = edit._replace(fields={n: _kept(was.get(n, ""), text) for n, text in edit.fields.items()})
    mine = _changed(seen, edit)
    id_ = meeting_id(seen.document.meeting(seen.index), seen.account)
    if edit.place.what == "head" and id_ not in mine.meeting(seen.index).ids:
        # the id that it goes by follows from its title, and pages are called by it
        mine = change.give_id(mine, mine.section(seen.index), id_)
    made = mine.data

    def apply(data: bytes | None) -> bytes:
        nonlocal made
        if data is None:
            raise NotFound("no-file", path=where.path)
        made = _together(ctx, where, seen, mine.data, data, choice)
        return made

    words = _REMOVED if edit.remove else _EDITED[form.kind]
    title = f"{seen.account} {seen.document.meeting(seen.index).date}"
    saved = ctx.store.save(
        [Edit(where.path, apply)],
        actor=ctx.actor,
        message=f"{title}: {words[0 if ctx.settings.lang == 'ja' else 1]}",
        trailers=[("Kb-Meeting", id_)],
        when=ctx.now,
    )
    ctx.tell(where.path, saved)
    return Edited(_line_now(ctx, where, mine, made, edit), saved.commit)


# --- versions -----------------------------------------------------------------------------------


def _version(ctx: "Context", where: "Target", data: bytes, blob: str) -> _Version:
    document = read_document(ctx, data, where.path)
    own = frontmatter.scalar(data, "lang")
    lang = own if own in ("ja", "en") else ctx.settings.lang
    return _Version(document, where.find(document), account_of(data, where.path), lang, blob)


def _seen(ctx: "Context", where: "Target", blob: str) -> _Version:
    """Return the version that was read; `NotFound("edit-base-gone")`."""
    data = ctx.store.blob(blob) if parts.BLOB.fullmatch(blob) else None
    if data is None:
        raise NotFound("edit-base-gone")
    return _version(ctx, where, data, blob)


def _again(seen: _Version, now: _Version, line: int) -> int | None:
    """Return the line at which the same thing stands now; None when it has changed or is gone."""
    was = parts.thing(seen.root, line)
    there = [one for one in parts.things(now.root) if parts.same(was, one)]
    mine = parts.bytes_of(seen.document, was)
    same = [one.line for one in there if parts.bytes_of(now.document, one) == mine]
    return same[0] if len(same) == 1 else None


def _together(
    ctx: "Context",
    where: "Target",
    seen: _Version,
    mine: bytes,
    now: bytes,
    choice: Choice | None,
) -> bytes:
    """Return the text to be saved on top of what stands now; raises `TwoTexts`."""
    from kb.text.merge import merge

    base = seen.document.data
    if now in (base, mine):
        return mine
    merged = merge(base, now, mine, ctx.names)
    if not merged.conflicts:
        return merged.data
    turned = merge(base, mine, now, ctx.names)
    document = read_document(ctx, merged.data, where.path)
    places = sides(document, where.find(document), merged, turned)
    if choice is None or choice.digest != digest(places):
        raise TwoTexts(places)
    if len(choice.picks) != len(choices(places)):
        raise TwoTexts(places)
    return settle(document, places, choice.picks).data


def _line_now(ctx: "Context", where: "Target", mine: "Document", made: bytes, edit: Change) -> int:
    """Return where the edited thing stands in the saved text, 0 when it can't be told."""
    line = edit.place.line
    if line is None or edit.remove or edit.place.what == "text":
        return 0
    if made == mine.data:
        return line
    try:
        own = parts.thing(mine.section(meeting_index(mine, line)), line)
        document = read_document(ctx, made, where.path)
        root = document.section(where.find(document))
    except NotFound:
        return 0
    found = [one.line for one in parts.things(root) if parts.same(own, one)]
    return found[0] if len(found) == 1 else 0


# --- forms and changes --------------------------------------------------------------------------


def _open(version: _Version, place: Place) -> Opened:
    root, data = version.root, version.document.data
    if place.what == "head":
        fields = parts.head_fields(version.document, version.index)
        return Opened("head", place, version.blob, fields)
    if place.what == "text" or parts.is_heading(root, place.line):
        place = Place("text", place.line)
        section = root if place.line is None else parts.section(root, place.line)
        return Opened("text", place, version.blob, {"text": body_of(version.document, section)})
    found = parts.thing(root, place.line or 0)
    if isinstance(found, Section):
        below = len(data[found.head.stop : found.span.stop].split())
        fields = parts.topic_fields(found)
        return Opened("topic", place, version.blob, fields, below, removable=True)
    claim = parts.claim(root, found)
    below = sum(1 for _ in found.walk()) - 1
    if claim is not None:
        fields = parts.claim_fields(*claim)
        return Opened("claim", place, version.blob, fields, below, removable=True)
    fields = {"text": words_of(found)}
    if found.box is not None:
        fields |= {"owner": " ".join(found.owners), "due": found.due or ""}
    return Opened("line", place, version.blob, fields, below, removable=True)


def _kept(was: str, typed: str) -> str:
    """Return what was typed; lines with bytes that no form can show, left alone, keep them."""
    known = {readable(line): line for line in was.split("\n")}
    ends = ((line.rstrip("\r"), line) for line in typed.split("\n"))
    return "\n".join(known.get(bare, bare) + line[len(bare) :] for bare, line in ends)


def _changed(seen: _Version, edit: Change) -> "Document":
    """Return the version that was read with the change in it."""
    document, root, place = seen.document, seen.root, edit.place
    if place.what == "head":
        return parts.change_head(document, seen.index, edit.fields, seen.lang)
    if place.what == "text":
        section = root if place.line is None else parts.section(root, place.line)
        return rewrite_body(document, section, edit.fields.get("text", ""))
    found = parts.thing(root, place.line or 0)
    if edit.remove:
        return remove(document, found.span)
    if isinstance(found, Section):
        return parts.change_topic(document, found, edit.fields, seen.lang)
    if parts.claim(root, found) is not None:
        return parts.change_claim(document, found, edit.fields, seen.lang)
    return parts.change_item(document, root, found, edit.fields)
