"""Sentences of `work`."""

from kb.messages import Sentence

TABLE: dict[str, Sentence] = {}
