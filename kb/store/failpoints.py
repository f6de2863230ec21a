"""Named steps of a save at which a test can end the process or let the disk fail.

`KB_FAILPOINT=<step>[:n]` ends the process at the n-th time the step is reached;
`KB_FAILPOINT=<step>:ENOSPC` (or another errno's name) lets it fail there. Both are honoured only
when `KB_TESTING=1` is set too.
"""

import os

STEPS = (
    "locked",
    "recovered",
    "checked",
    "adopted",
    "merged",
    "object",
    "objects",
    "stage",
    "staged",
    "journalled",
    "committed",
    "exchanged",
    "index-locked",
    "index-written",
    "index-renamed",
    "indexed",
    "closed",
)

_reached: dict[str, int] = {}


def hit(step: str) -> None:
    """Pass the named step; end here if a test asked for it."""
    wanted = os.environ.get("KB_FAILPOINT")
    if not wanted or os.environ.get("KB_TESTING") != "1":
        return
    name, _, how = wanted.partition(":")
    if name != step:
        return
    if how.isalpha():
        import errno

        number = getattr(errno, how)
        raise OSError(number, os.strerror(number))
    _reached[step] = _reached.get(step, 0) + 1
    if _reached[step] >= int(how or 1):
        import signal

        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
