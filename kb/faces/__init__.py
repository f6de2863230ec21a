"""The ways in: they parse input, call `work`, and format the answer."""
