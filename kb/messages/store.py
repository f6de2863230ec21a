"""Sentences of `store`."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {}
