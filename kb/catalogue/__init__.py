"""Derived lists, keyed by blob; may be deleted at any time."""
