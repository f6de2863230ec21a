"""Sentences of `text`."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {}
