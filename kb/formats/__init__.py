"""Other people's bytes to neutral records, pure: no I/O, no clock, no store."""
