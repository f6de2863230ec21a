"""Sentences of `catalogue`."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {}
