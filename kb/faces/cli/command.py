"""What every command shares: the global options, bilingual help with examples, a `Run`.

A command's module looks like this::

    @kb_command(help=t("Tick a TODO off.", "TODOを完了にします。"), examples=["kb done t-8f3kq0"])
    @click.argument("item")
    def done(run: Run, item: str) -> None:
        saved = capture.done(run.context, item)
        run.emit({"id": saved.id, …}, t("Done.", "完了にしました。"))
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import click

from kb.faces.cli.language import current, t
from kb.faces.cli.run import Run
from kb.faces.cli.table import COMMANDS, GLOBAL_OPTIONS, Entry, front

__all__ = ["KbCommand", "KbGroup", "LazyGroup", "Run", "kb_command", "kb_group"]

_HELP_WORDS = (
    ("Usage: ", "使い方: "),
    ("Options:", "オプション:"),
    ("Commands:", "コマンド:"),
    ("Show this message and exit.", "この説明を表示します。"),
    ("[required]", "[必須]"),
)


def _global_options() -> list[click.Parameter]:
    def keep(field: str) -> Callable[[click.Context, click.Parameter, Any], None]:
        def set_on_run(ctx: click.Context, _param: click.Parameter, value: object) -> None:
            if value:
                setattr(ctx.find_root().obj, field, value)

        return set_on_run

    fields = {"--store": "store", "--as": "member", "--json": "json"}
    return [
        click.Option(
            [option.name],
            metavar=t(*option.value) or None,
            is_flag=not option.value[0],
            expose_value=False,
            callback=keep(fields[option.name]),
            help=t(option.en, option.ja),
        )
        for option in GLOBAL_OPTIONS
    ]


class KbCommand(click.Command):
    """A command with the global options, and help in the chosen language."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:  # noqa: ANN401 -- click's own
        """Take click's arguments and `examples`, command lines shown under the help."""
        super().__init__(*args, **kwargs)
        self.examples = examples
        self.params.extend(_global_options())
        self.allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command line; those too many are named in kb's own sentence."""
        rest = super().parse_args(ctx, args)
        if rest and not isinstance(self, click.Group):
            from kb.faces.cli.usage import WordsTooMany

            raise WordsTooMany(rest, ctx)
        return rest

    def get_help(self, ctx: click.Context) -> str:
        """Return the help text in the chosen language."""
        return _translated(super().get_help(ctx))

    def get_usage(self, ctx: click.Context) -> str:
        """Return the usage line in the chosen language."""
        return _translated(super().get_usage(ctx))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the examples as they are to be typed."""
        super().format_epilog(ctx, formatter)
        if self.examples:
            formatter.write_paragraph()
            formatter.write(t("Examples:", "例:") + "\n")
            for line in self.examples:
                formatter.write(f"  {line}\n")


class KbGroup(KbCommand, click.Group):
    """A noun with its verbs."""

    command_class = KbCommand


class LazyGroup(KbGroup):
    """The top: knows every command's name and line of help, imports only the one that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table, which is the order of a day."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command, or return None for an unknown name."""
        del ctx
        entry = COMMANDS.get(cmd_name)
        return None if entry is None else _imported(cmd_name, entry)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help from the table alone."""
        del ctx
        return front()


def _imported(name: str, entry: Entry) -> click.Command:
    module, attribute = entry.target.split(":")
    found = getattr(import_module(f"kb.faces.cli.{module}"), attribute)
    assert isinstance(found, click.Command)
    found.name = name
    return found


def _translated(text: str) -> str:
    if current() == "ja":
        for english, japanese in _HELP_WORDS:
            text = text.replace(english, japanese)
    return text


def kb_command(
    name: str | None = None,
    *,
    help: str,  # noqa: A002 -- click's word
    examples: Sequence[str] = (),
    group: KbGroup | None = None,
) -> Callable[[Callable[..., None]], KbCommand]:
    """Turn a function whose first parameter is the `Run` into a command, a verb of `group`."""

    def wrap(function: Callable[..., None]) -> KbCommand:
        decorate = click.command(name, cls=KbCommand, help=help, examples=examples)
        made = decorate(click.pass_obj(function))
        if group is not None:
            group.add_command(made)
        return made

    return wrap


def kb_group(
    name: str | None = None,
    *,
    help: str,  # noqa: A002 -- click's word
    examples: Sequence[str] = (),
    alone: bool = False,
) -> Callable[[Callable[..., None]], KbGroup]:
    """Turn a function whose first parameter is the `Run` into a noun.

    With `alone` its body runs when the noun stands without a verb (`kb kept`).
    """

    def wrap(function: Callable[..., None]) -> KbGroup:
        def body(**options: Any) -> None:  # noqa: ANN401 -- as `function` declares them
            ctx = click.get_current_context()
            if ctx.invoked_subcommand is None:
                function(ctx.find_root().obj, **options)

        body.__name__ = function.__name__
        body.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
        decorate = click.group(
            name, cls=KbGroup, help=help, examples=examples, invoke_without_command=alone
        )
        return decorate(body)

    return wrap
