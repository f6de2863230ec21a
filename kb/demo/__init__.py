"""The sample team: its own files, and the order in which they were written."""
