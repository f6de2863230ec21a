"""What the team talks about, as frozen data; pure: no I/O, no clock."""
