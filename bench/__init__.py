"""Measurements: each module prints a table with the baselines of the same run."""
