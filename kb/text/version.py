"""Which reading of documents this is, for those who remember what was read."""

PARSER = 7
"""Version of what `kb.text` reads; a catalogue keyed by it never mixes two readings."""
