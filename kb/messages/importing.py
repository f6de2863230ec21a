"""Sentences of `importing`."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {}
