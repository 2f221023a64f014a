"""A database that has stopped answering is given up on after a while: whoever waits for a page is told, and no thread hangs.

PostgreSQL's own limits count on a server that still works; one that was suspended, or lies behind a cut network that still takes
what is sent, says nothing at all. So what waits for it too long has its connection shut from here, and meets the same
error as when the server goes away.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

WEB_SECONDS = 30.0
WORKER_SECONDS = 600.0
"""A worker's hourly look over a very large instance may take minutes, and nobody waits for it."""

LOOK_SECONDS = 0.5
NAME = "patience"
"""Of the watch's thread, and of what hears of new connections."""


class Watch:
    """Shuts the connections of those who have waited longer than `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._waiting: dict[int, tuple[int, float]] = {}  # by thread: whose socket, until when
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._process = 0

    def bounded(self, wait: Callable[..., Any], descriptor: int) -> Callable[..., Any]:
        """The same waiting, with an end to it."""

        def waited(*given: Any, **more: Any) -> Any:
            me = threading.get_ident()
            with self._lock:
                self._begin()
                self._waiting[me] = (descriptor, time.monotonic() + self._seconds)
            try:
                return wait(*given, **more)
            finally:
                with self._lock:
                    self._waiting.pop(me, None)

        return waited

    def _begin(self) -> None:
        """A thread does not live on in a process that was forked."""
        if self._thread is None or self._process != os.getpid():
            self._process = os.getpid()
            self._thread = threading.Thread(target=self._look, name=NAME, daemon=True)
            self._thread.start()

    def _look(self) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            now = time.monotonic()
            with self._lock:  # held while shutting, so that the socket is still the one that is waited on
                for thread, (descriptor, end) in list(self._waiting.items()):
                    if now > end:
                        del self._waiting[thread]
                        with suppress(OSError):
                            shut(descriptor)


def shut(descriptor: int) -> None:
    """End a connection under whoever reads from it; the descriptor stays theirs to close."""
    other = socket.socket(fileno=os.dup(descriptor))
    try:
        other.shutdown(socket.SHUT_RDWR)
    finally:
        other.close()


def give_up_after(seconds: float) -> None:
    """From now on no statement of this process on PostgreSQL waits longer."""
    watch = Watch(seconds)

    def hold(connection: BaseDatabaseWrapper, **_: Any) -> None:
        if connection.vendor == "postgresql":
            raw = connection.connection
            raw.wait = watch.bounded(raw.wait, raw.pgconn.socket)

    # Held fast: Django keeps a receiver weakly else, and nobody but the signal knows this one.
    connection_created.connect(hold, weak=False, dispatch_uid=NAME)
    for one in connections.all(initialized_only=True):
        if one.connection is not None:
            hold(one)
