"""Doors that stand before a server and misbehave as they are told: silent, slammed, slow, cut short, or answering themselves."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

ANSWER = (
    b"HTTP/1.1 %s\r\nContent-Type: application/xml\r\nContent-Length: 83\r\nConnection: close\r\n\r\n"
    b'<?xml version="1.0"?><Error><Code>InternalError</Code><Message>No</Message></Error>'
)


class Door:
    """Hands bytes between whoever connects to `port` and another address, unless it is told otherwise.

    `fault` is one of: nothing; "silent" (takes what is sent, answers nothing); "reset"; "short" (an answer ends in its
    middle); "lost" (what was asked is done, and its answer never comes); "slow"; "500" and "503" (answers so itself).
    """

    def __init__(self, host: str, port: int) -> None:
        self._behind = (host, port)
        self.fault = ""
        self.came = 0
        """How many connections there were."""
        self._all: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._let_in, daemon=True).start()

    def slam(self) -> None:
        """Every connection there is ends."""
        while self._all:
            with suppress(OSError):
                self._all.pop().shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listening.close()
        self.fault = ""
        self.slam()

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                self.came += 1
                self._all.append(near)
                threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with near, suppress(OSError):
            if self.fault == "reset":
                near.recv(1)
                near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                return  # closed with a reset
            if self.fault in ("500", "503"):
                near.settimeout(0.3)
                with suppress(TimeoutError):
                    while near.recv(65536):
                        pass
                near.sendall(
                    ANSWER % (b"500 Internal Server Error" if self.fault == "500" else b"503 Slow Down")
                )
                return
            with socket.create_connection(self._behind) as far:
                self._all.append(far)
                back = threading.Thread(target=self._carry, args=(far, near), daemon=True)
                back.start()
                self._carry(near, far, asks=True)
                back.join(60)

    def _carry(self, one: socket.socket, other: socket.socket, *, asks: bool = False) -> None:
        with suppress(OSError):
            while said := one.recv(65536):
                while self.fault == "silent":
                    time.sleep(0.02)
                if self.fault == "slow":
                    time.sleep(0.2)
                if self.fault in ("short", "lost") and not asks:
                    other.sendall(said[: len(said) // 2] if self.fault == "short" else b"")
                    break
                other.sendall(said)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def door_to(url: str) -> Iterator[tuple[Door, str]]:
    """A door before the server that `url` names, and the address that leads through it."""
    parts = urlsplit(url)
    door = Door(parts.hostname or "127.0.0.1", parts.port or 5432)
    who = f"{parts.username}@" if parts.username else ""
    try:
        yield door, urlunsplit(parts._replace(netloc=f"{who}127.0.0.1:{door.port}"))
    finally:
        door.close()
