"""What a child that reads a stranger's bytes may use, and what is taken from it before it reads the first.

Standard library only, and called before anything else is imported.
"""

from __future__ import annotations

import ctypes
import resource
import socket
import sys
from typing import NoReturn

MEBIBYTE = 1024 * 1024
ADDRESS_SPACE = 1024 * MEBIBYTE
CPU_SECONDS = 10
WALL_SECONDS = 10
OUTPUT_BYTES = 256 * MEBIBYTE
OPEN_FILES = 64
MAX_PAGES = 20

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_REFUSED_EVENTS = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "ctypes.dlopen",
)


def take_away() -> None:
    """Limit memory, time, files and output, and leave the network behind."""
    for what, soft, hard in (
        (resource.RLIMIT_AS, ADDRESS_SPACE, ADDRESS_SPACE),
        # A second more than the soft limit, so that the parent sees SIGXCPU and can say what happened.
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 1),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES, OUTPUT_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(what, (soft, hard))
    leave_network()


def leave_network() -> bool:
    """Enter a network of one's own with nothing in it. False where the kernel does not allow that to users;
    the refusal of sockets by `refuse_events` then stands alone."""
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def refuse_events() -> None:
    """From now on this interpreter opens no socket and starts no program. Call it once all is imported."""

    def refuse(event: str, details: tuple[object, ...]) -> None:
        if not event.startswith(_REFUSED_EVENTS):
            return
        # An event loop wakes itself through a pair of local sockets; those lead nowhere.
        if event == "socket.__new__" and details[1] == socket.AF_UNIX:
            return
        _stop(event)

    sys.addaudithook(refuse)


def _stop(event: str) -> NoReturn:
    raise PermissionError(f"a child that reads uploads may not do this: {event}")
