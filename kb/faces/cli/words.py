"""An argument that is one of a few words, in English or in Japanese."""

from collections.abc import Mapping

import click


class Word(click.Choice[str]):
    """One of the words of a table; the command gets what the word stands for."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        """Take the words, and what each stands for."""
        super().__init__(tuple(meanings))
        self.meanings = meanings

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return what the word stands for; any other word is wrong use."""
        return self.meanings[super().convert(value, param, ctx)]
