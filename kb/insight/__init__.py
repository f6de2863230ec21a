"""Noticing that a lesson recurs: similar wordings, in Japanese and English, without a network."""
