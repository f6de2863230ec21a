"""Turns values into HTML: the one template environment, and Markdown that can do no harm.

`Markup` is made nowhere else: what it holds came out of a template, or out of Markdown whose HTML
was escaped, whose links have known schemes, and which was cleaned once more at the end.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache, cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, unquote

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from kb.faces.web.assets import address, script
from kb.faces.web.words import Words
from kb.formats.attached import LINK, PICTURES
from kb.text.emphasis import keep_times
from kb.text.lines import readable

try:
    from markupsafe._speedups import _escape_inner as _escape
except ImportError:  # where it was not compiled, or has another name: it is no promise of theirs

    def _escape(text: str, /) -> str:
        return str(escape(text))


HTML = Path(__file__).parent / "html"

SCHEMES = frozenset({"http", "https", "mailto"})
TAGS = frozenset(
    "a p br strong em del code pre blockquote ul ol li hr table thead tbody tr th td "
    "h1 h2 h3 h4 h5 h6 span".split()
)
# A text with none of these is the same as Markdown and as itself; most lines are such.
_PLAIN = re.compile(r"[^\\`*_\[\]<>&!~\n|^\"']*")
_SCHEME = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_ID = re.compile(r"(?<![^\s　])\^[mhadtiqre]-[0-9a-hjkmnp-tv-z]{6}(?![0-9a-z])")
_MACHINE = re.compile(r"[ \t]+(?:(?:item|pre|post|adopt)1|commit):[0-9a-f]{8,64}(?![0-9a-z])")
_PAGE = re.compile(r"p-[a-z0-9-]{1,62}")
_PICTURE = re.compile(r"/pictures/[^/?#]+/[0-9a-f]{12}\.\w+")
_WORDS = {"a": {"href"}, "*": set[str]()}
_SHOWN = {"a": {"href", "download"}, "img": {"src", "alt", "loading"}, "*": set[str]()}
_KANA = re.compile(r"[ぁ-ゖァ-ヺ一-龠々]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_LANG = {"ja": Markup(' lang="ja"'), "en": Markup(' lang="en"')}


def page(template: str, **values: object) -> str:
    """Return a page or a part of one; a name that a template lacks is an error.

    Bytes of a document that are no text are shown as U+FFFD.
    """
    words = values.get("words")
    lang = words.lang if isinstance(words, Words) else "ja"
    return readable(environment(lang).get_template(template).render(**values))


class Part(Markup):
    """A part of a page, to be put into another; `digest` tells it from all others, in 16 bytes.

    It is no key itself: whatever is remembered by it would hold its whole text.
    """

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def digest(self) -> bytes:
        """What the part can be remembered by, which does not hold its whole text."""
        return blake2b(self.encode(), digest_size=16).digest()


def part(template: str, **values: object) -> Part:
    """Return a part of a page, to be put into another."""
    return Part(page(template, **values))  # it escaped what it was given


def letters(text: str) -> Markup:
    """Return a text of letters, digits, _ and - alone, of which HTML escapes nothing."""
    if not re.fullmatch(r"[\w-]+", text, re.ASCII):
        raise ValueError(text)
    return Markup(text)  # noqa: S704 (there is nothing to escape)


@cache
def fixed(template: str, lang: str) -> Markup:
    """Return a part of every page that shows words only: it is made once for each language."""
    return part(template, words=Words(lang))


@cache
def environment(lang: str = "ja") -> Environment:
    """Return the one environment of all pages in a language."""
    made = _Speaking(
        lang,
        loader=FileSystemLoader(HTML),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"line": line, "prose": prose}
    made.globals |= {"foreign": foreign, "asset": address, "script": script, "fixed": fixed}
    return made


def escaped(value: object) -> str:
    """Return what a template shows of a value: markup as it is, all else with HTML escaped.

    It is what `escape` returns, as a plain text where nobody asks whether it is markup any more.
    """
    if type(value) is str:
        return _escape(value)
    if type(value) is Markup or type(value) is Part:
        return value
    return escape(value)


class _Putting(CodeGenerator):
    """Writes templates that put values into the page by `escaped`: a page has hundreds of them."""

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:  # noqa: ANN401
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Calling(Context):
    """Calls what templates call as it is: nothing that they call asks for more than is given."""

    def call(self, called: Callable[..., Any], /, *args: Any, **given: Any) -> Any:  # noqa: ANN401
        """Return what a call in a template returns."""
        given.pop("_loop_vars", None)
        given.pop("_block_vars", None)
        return called(*args, **given)


class _Speaking(Environment):
    """Templates in one language: sentences without values stand in them as if typed there."""

    code_generator_class = _Putting
    context_class = _Calling
    escaped = staticmethod(escaped)

    def __init__(self, lang: str, **options: Any) -> None:  # noqa: ANN401 (jinja's own)
        super().__init__(**options)
        self.lang = lang

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return cast("nodes.Template", _Said(Words(self.lang)).visit(
            super()._parse(source, name, filename)
        ))  # fmt: skip


class _Said(NodeTransformer):
    """Puts the sentence where a template asks for one by its code alone."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (jinja's own)
        """Return the sentence as a constant, or the call as it is."""
        self.generic_visit(node)
        asked = isinstance(node.node, nodes.Name) and node.node.name == "words"
        more = node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != 1
        if asked and not more and isinstance(node.args[0], nodes.Const):
            with suppress(KeyError):  # of a sentence with values, or one that there is not
                return nodes.Const(self.words(node.args[0].value), lineno=node.lineno)
        return node


@lru_cache(maxsize=4_000)
def line(text: str, *, attached: bool = False) -> Markup:
    """Return an item's own words as HTML without blocks.

    What is `attached` is shown on pages for members alone; elsewhere its words are.
    """
    if _PLAIN.fullmatch(text):
        return escape(text)
    html = _markdown().renderInline(text, {"attached": attached})
    return _clean(html, attached=attached)


@lru_cache(maxsize=2_000)
def prose(text: str, *, attached: bool = False) -> Markup:
    """Return a stretch of a document as HTML; ids and digests are for machines and don't show.

    What is `attached` is shown on pages for members alone; elsewhere its words are.
    """
    html = _markdown().render(_MACHINE.sub("", _ID.sub("", text)), {"attached": attached})
    return _clean(html, attached=attached)


def foreign(text: str, lang: str) -> Markup:
    """Return the attribute that says in which language a text is, where it is another one."""
    own = "ja" if _KANA.search(text) else "en" if _LATIN.search(text) else lang
    if own == lang:
        return Markup()
    return _LANG[own]


def marked(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """Return a text with its `spans` (in characters) marked; nothing in it is Markdown."""
    shown, at = [], 0
    for start, stop in sorted(spans):
        if start >= at:
            shown += [_escape(text[at:start]), "<mark>", _escape(text[start:stop]), "</mark>"]
            at = stop
    shown.append(_escape(text[at:]))
    return Markup("".join(shown))  # noqa: S704 (each piece of the text was escaped)


def _clean(html: str, *, attached: bool = False) -> Markup:
    """Clean HTML that was rendered from Markdown, as if the rendering could not be trusted."""
    cleaned = nh3.clean(
        readable(html),
        tags=set(TAGS) | ({"img", "small"} if attached else set()),
        attributes=_SHOWN if attached else _WORDS,
        attribute_filter=_own_pictures if attached else None,
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer",
    )
    return Markup(cleaned)  # noqa: S704 (it was cleaned just now)


def _own_pictures(tag: str, attribute: str, value: str) -> str | None:
    """Leave a picture only what leads to our own route."""
    if (tag, attribute) == ("img", "src") and not _PICTURE.fullmatch(value):
        return None
    return value


def _attachment(url: str) -> re.Match[str] | None:
    """Return the parts of a link to an attachment, None for any other link."""
    return LINK.fullmatch(unquote(url))


class _Renderer(RendererHTML):
    """Renders what a person wrote: their HTML is text, their pictures are words."""

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Show a link without the words that come up over it; one to a file leads to our route."""
        attrs = tokens[idx].attrs
        attrs.pop("title", None)
        found = _attachment(str(attrs.get("href", "")))
        if found:
            attrs.pop("href")
            if env.get("attached"):
                attrs["href"] = f"/files/{quote(found['folder'])}/{found['name']}"
                attrs["download"] = "".join(
                    token.content for token in tokens[idx + 1 : idx + 3] if token.type == "text"
                )
        return self.renderToken(tokens, idx, options, env)

    def html_inline(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Show the tag as it was typed."""
        del options, env
        return str(escape(tokens[idx].content))

    def html_block(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Show the block as it was typed."""
        del options, env
        return f"<p>{escape(tokens[idx].content.strip())}</p>"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Show what the picture is called: nothing is loaded from elsewhere."""
        del options
        words = escape(tokens[idx].content)
        found = _attachment(str(tokens[idx].attrs.get("src", "")))
        if not (found and env.get("attached") and found["kind"] in PICTURES):
            return str(words)
        path = f"/pictures/{quote(found['folder'])}/{found['name']}"
        alone = "" if words else found["name"]  # a link has to have a name
        shown = f'<img src="{path}" alt="{alone}" loading="lazy">'
        return f'<a href="{path}">{shown}<small>{words}</small></a>'

    def wikilink(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Show a link into the store: one to a line leads there, one to a page is its name."""
        del options, env
        target, _, shown = tokens[idx].content.partition("|")
        name, mark, id_ = target.strip().partition("#^")
        label = escape(shown.strip() or name)
        if mark and re.fullmatch(r"[\w-]{1,64}", name) and _ID.fullmatch(f"^{id_}"):
            return f'<a href="/go/{escape(name)}/{escape(id_)}">{label}</a>'
        if not mark and _PAGE.fullmatch(name):
            return f'<a href="/playbook/{escape(name)}">{label}</a>'
        return str(label)


@cache
def _markdown() -> MarkdownIt:
    """Return the parser of pages: the rules by which documents are read, and links of the store."""
    made = MarkdownIt(
        "commonmark", {"maxNesting": 20, "html": True, "breaks": True}, renderer_cls=_Renderer
    )
    made.enable(["table", "strikethrough"])
    made.validateLink = lambda url: bool(  # type: ignore[method-assign]
        _SCHEME.match(url) or _attachment(url)
    )
    made.inline.ruler.before("link", "wikilink", _wikilink)
    keep_times(made)
    return made


def _wikilink(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's own)
    """Read `[[target]]` or `[[target|words]]`."""
    if not state.src.startswith("[[", state.pos):
        return False
    end = state.src.find("]]", state.pos + 2, state.posMax)
    inside = state.src[state.pos + 2 : end] if end > 0 else ""
    if not inside.strip() or "\n" in inside or "[" in inside:
        return False
    if not silent:
        token = state.push("wikilink", "", 0)
        token.content = inside
    state.pos = end + 2
    return True
