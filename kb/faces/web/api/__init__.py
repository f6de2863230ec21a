"""The HTTP API: the journeys of the command line for programs, with the same JSON."""
