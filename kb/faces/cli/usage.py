"""Wrong words on the command line, said in kb's own sentences."""

from collections.abc import Sequence

import click

from kb.errors import WrongUse
from kb.faces.cli.language import t


class WordsTooMany(click.UsageError):
    """More words than the command takes; `words` are those that are left."""

    def __init__(self, words: Sequence[str], ctx: click.Context) -> None:
        """Keep the words, for a sentence in the chosen language."""
        super().__init__(" ".join(words), ctx)
        self.words = tuple(words)


def as_wrong_use(error: click.ClickException) -> WrongUse:
    """Turn click's complaint into an error with a code of ours."""
    if isinstance(error, click.NoSuchOption):
        near = error.possibilities or []
        return _near("usage-no-option", near, option=error.option_name)
    if isinstance(error, click.exceptions.NoSuchCommand):
        near = _commands_like(error)
        program = error.ctx.command_path if error.ctx else "kb"
        return _near("usage-no-command", near, command=error.command_name, program=program)
    if isinstance(error, click.MissingParameter):
        return WrongUse("usage-missing", name=_name(error))
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    if isinstance(error, WordsTooMany):
        return WrongUse("usage-extra", words=" ".join(error.words))
    if isinstance(error, click.BadOptionUsage):
        flag = "does not take" in error.message
        return WrongUse(
            "usage-option-flag" if flag else "usage-option-empty", option=error.option_name
        )
    return WrongUse("usage-other", detail=error.format_message())


def command_line(error: click.ClickException) -> str:
    """Return the usage line of the command that was meant, or nothing."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    return "" if ctx is None else ctx.get_usage()


def _commands_like(error: click.exceptions.NoSuchCommand) -> list[str]:
    from difflib import get_close_matches

    group = error.ctx.command if error.ctx else None
    if error.ctx is None or not isinstance(group, click.Group):
        return []
    return get_close_matches(error.command_name, group.list_commands(error.ctx))


def _near(code: str, near: "list[str] | tuple[str, ...]", **params: object) -> WrongUse:
    if near:
        return WrongUse(f"{code}-near", near=", ".join(sorted(near)), **params)
    return WrongUse(code, **params)


def _bad_value(error: click.BadParameter) -> WrongUse:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        choices = " ".join(str(getattr(word, "value", word)) for word in kind.choices)
        return WrongUse("usage-choice", name=_name(error), choices=choices)
    if isinstance(kind, click.IntRange):
        least = "" if kind.min is None else kind.min
        most = "" if kind.max is None else kind.max
        return WrongUse("usage-number", name=_name(error), least=least, most=most)
    return WrongUse("usage-value", name=_name(error), detail=error.message)


_PLACES = {
    "REF": "ミーティングの指定 (REF)",
    "SLUG|REF": "顧客かミーティングの指定 (SLUG, REF)",
    "KIND": "種類 (KIND)",
    "TEXT": "文 (TEXT)",
    "VERDICT": "判定 (VERDICT)",
    "SLUG": "顧客の短い名前 (SLUG)",
    "NEW": "新しい短い名前 (NEW)",
    "DATE": "日付 (DATE)",
    "ID": "id (ID)",
    "DIR": "フォルダー (DIR)",
    "PATH…": "ファイルかフォルダー (PATH)",
    "QUERY": "探す言葉 (QUERY)",
}
"""What stands in a usage line, explained."""


def _name(error: click.BadParameter) -> str:
    name = _written_name(error)
    return t(name, _PLACES.get(name.strip("[]").removesuffix("..."), name))


def _written_name(error: click.BadParameter) -> str:
    if error.param is None:
        return error.param_hint if isinstance(error.param_hint, str) else "?"
    if isinstance(error.param, click.Option):
        return error.param.opts[-1] if len(error.param.opts) == 1 else "/".join(error.param.opts)
    return error.param.make_metavar(error.ctx) if error.ctx else error.param.human_readable_name
