"""What all servers of the command line share: the usual port, and words beside the answer."""

import ipaddress
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from kb.errors import WrongUse

if TYPE_CHECKING:
    from socket import socket

PORT = 8710


def bound_to(bind: "Callable[[int], socket]", port: int | None) -> "socket":
    """Return a socket on the port that was asked for, else on the usual one, else on a free one."""
    try:
        return bind(PORT if port is None else port)
    except WrongUse as error:
        if port is not None or error.code != "web-port-taken":
            raise
        return bind(0)


def note(line: str) -> None:
    """Tell who started the server, beside the answer."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def here(host: str) -> bool:
    """Tell whether an address is the one at which this machine alone is reached."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host) == ipaddress.ip_address("127.0.0.1")
    except ValueError:
        return False
