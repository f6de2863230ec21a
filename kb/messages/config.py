"""Sentences of `config`."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {}
