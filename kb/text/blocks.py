"""The Markdown block parser, asked less: rules see only lines whose first character fits them.

The rules are markdown-it's own and run in their own order; what they would refuse at the first
character is not called. The tokens are the same, for two thirds of the time.
"""

from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

Rule = Callable[[StateBlock, int, int, bool], bool]

FIRST = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""Characters with one of which a line must begin for the rule; rules not named take any line."""
UNDERLINE = "|-:"
"""Characters with one of which the second line of a table begins."""


def block_parser() -> MarkdownIt:
    """Return a parser of blocks: CommonMark with tables and HTML blocks, no inline pass."""
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.block.ruler = _Chains(parser.block.ruler)
    return parser


class _Chains(Ruler[Any]):
    """Markdown-it's rules for blocks, each chain of them as one function."""

    def __init__(self, rules: Ruler[Any]) -> None:
        super().__init__()
        active = set(rules.get_active_rules())
        self.__rules__ = rules.__rules__
        by_function = {rule.fn: rule.name for rule in rules.__rules__ if rule.name in active}
        self._chains: dict[str, list[Rule]] = {}
        for chain in ("", "paragraph", "reference", "blockquote", "list"):
            named = [(by_function[rule], rule) for rule in rules.getRules(chain)]
            self._chains[chain] = [_one(named)]

    def getRules(self, chainName: str = "") -> list[Rule]:  # noqa: N802, N803 (markdown-it's name)
        """Return the chain, which is one function."""
        return self._chains[chainName]


def _one(named: list[tuple[str, Rule]]) -> Rule:
    """Return one rule that does what the rules in `named`, tried one after the other, do."""
    table = next((rule for name, rule in named if name == "table"), None)
    code = next((rule for name, rule in named if name == "code"), None)
    others = [(name, rule) for name, rule in named if name not in ("table", "code")]
    any_line = tuple(rule for name, rule in others if name not in FIRST)
    by_first = {
        character: tuple(
            rule for name, rule in others if name not in FIRST or character in FIRST[name]
        )
        for character in "".join(FIRST.values())
    }

    def rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        starts, shifts, source = state.bMarks, state.tShift, state.src
        if table is not None and line + 2 <= end:
            below = starts[line + 1] + shifts[line + 1]
            if (
                below < state.eMarks[line + 1]
                and source[below] in UNDERLINE
                and table(state, line, end, silent)
            ):
                return True
        if (
            code is not None
            and state.sCount[line] - state.blkIndent >= 4
            and code(state, line, end, silent)
        ):
            return True
        at = starts[line] + shifts[line]
        first = source[at] if at < len(source) else ""
        for fits in by_first.get(first, any_line):  # noqa: SIM110 (a generator costs a third more)
            if fits(state, line, end, silent):
                return True
        return False

    return rule
