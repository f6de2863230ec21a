"""bytes ↔ structure of a running document; pure: no I/O, no clock."""
