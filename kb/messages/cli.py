"""Sentences of `cli`."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {}
