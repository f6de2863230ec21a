"""New plays and manuals: a page in its layer, tied to what it serves."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.errors import WrongUse
from kb.model.principle import read_page
from kb.store.ports import Change, Edit
from kb.text import frontmatter
from kb.text.arrange import quoted, quoted_list, set_front
from kb.text.escape import escape, escape_title, one_line
from kb.text.names import DEFAULT_NAMES, written
from kb.text.pagename import page_path
from kb.text.pageparts import PARTS
from kb.work.ladder_pages import Written, checked_title, free_name, owner_of, save
from kb.work.playbook import Shelf
from kb.work.typed import refuse_nul, visible

if TYPE_CHECKING:
    from kb.work.context import Context

_EMPTY = {"use-when": ["-"], "aim": [], "steps": ["1."], "measure": ["-"]}


def play(
    ctx: "Context",
    title: str,
    *,
    principle: str | None = None,
    use_when: Sequence[str] = (),
    id_: str | None = None,
) -> Written:
    """Make a play that serves a principle.

    Raises `WrongUse` ("bad-page-title", "bad-page-id", "page-exists", "other-layer", "text-nul",
    "text-empty"), `NotFound("no-page")`. Without a principle there is a hint.
    """
    refuse_nul(*use_when)
    if not all(map(visible, use_when)):
        raise WrongUse("text-empty")
    above = Shelf(ctx).one(principle, "principle").page.id if principle is not None else None
    lines = [f"- {escape(one_line(one), DEFAULT_NAMES)}" for one in use_when]
    lang = ctx.settings.lang
    body: list[str] = []
    for key, empty in _EMPTY.items():
        shown = lines if key == "use-when" and lines else empty
        body += [f"## {written(PARTS, key, lang)}", "", *shown, *([""] if shown else [])]
    return _new(ctx, "play", title, {"principle": above, "manuals": ()}, body, id_)


def manual(
    ctx: "Context", title: str, *, play: str | None = None, id_: str | None = None
) -> Written:
    """Make a manual of a play, which names it from then on; raises what `play` raises."""
    above = Shelf(ctx).one(play, "play") if play is not None else None
    body = [f"## {written(PARTS, 'steps', ctx.settings.lang)}", "", "1.", ""]
    front: dict[str, str | Sequence[str] | None] = {"play": above.page.id if above else None}
    return _new(ctx, "manual", title, front, body, id_, above=above.path if above else None)


def _new(
    ctx: "Context",
    kind: str,
    title: str,
    front: "dict[str, str | Sequence[str] | None]",
    body: Sequence[str],
    id_: str | None,
    *,
    above: str | None = None,
) -> Written:
    shown = checked_title(title)
    name = free_name(ctx, kind, shown, id_)
    path = page_path(kind, name)
    head: dict[str, str | Sequence[str] | None] = {kind: name, "title": shown, **front}
    head["owner"] = owner_of(ctx)
    lines = ["---", *(_front_line(k, v) for k, v in head.items() if v is not None), "---", ""]
    data = "\n".join([*lines, f"# {escape_title(shown)}", "", *body]).encode()
    if read_page(data, path).title != shown:
        raise WrongUse("bad-page-title", value=title)

    def fresh(current: bytes | None) -> bytes:
        if current is not None:
            raise WrongUse("page-exists", id=name)
        return data

    changes: list[Change] = [Edit(path, fresh)]
    if above is not None:
        changes.append(Edit(above, lambda current: current and _naming(current, above, name)))
    saved = save(ctx, changes, "did-page-new", name, shown)
    key = "principle" if kind == "play" else "play"
    if head.get(key) is None:
        word = {
            ("principle", "ja"): "行動原則",
            ("play", "ja"): "施策",
        }.get((key, ctx.lang), key)
        ctx.hints.append(("no-layer-above", {"id": name, "above": word, "key": key}))
    return Written(name, path, saved.commit)


def _front_line(key: str, value: "str | Sequence[str]") -> str:
    return f"{key}: {quoted(value) if isinstance(value, str) else quoted_list(value)}"


def _naming(data: bytes, path: str, manual: str) -> bytes:
    """Return the play with one manual more in its list."""
    known = read_page(data, path).manuals
    named = set_front(data, "manuals", list(dict.fromkeys((*known, manual))))
    line = frontmatter.problem(named)
    if line is not None:
        raise WrongUse("front-matter", path=path, line=line)
    return named
