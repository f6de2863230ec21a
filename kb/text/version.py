"""Which reading of documents this is, for those who remember what was read."""

PARSER = 6
"""Version of what `kb.text` reads; a catalogue keyed by it never mixes two readings."""
