"""Other people's bytes to neutral records; pure."""
