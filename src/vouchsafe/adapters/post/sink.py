"""A mail server that keeps what it gets in a folder, and breaks in whichever way it is told.

For the story, which shows its mails, and for the tests that prove no mail is sent twice or lost.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Behaviour(StrEnum):
    """What the server does with one mail."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    """550 to the recipient."""
    LATER = "later"
    """451 to the recipient."""
    DROP_BEFORE_DATA = "drop-before-data"
    DROP_AFTER_DOT = "drop-after-dot"
    """Has all of it, keeps it, and is gone before it answers."""
    LOSE_AFTER_DOT = "lose-after-dot"
    """The same, but keeps nothing."""
    DROP_AFTER_250 = "drop-after-250"
    STALL = "stall"
    """Has all of it, keeps it, and never answers."""
    STALL_BEFORE_DATA = "stall-before-data"


@dataclass(frozen=True, slots=True)
class Kept:
    """One mail the sink has got."""

    mail_from: str
    rcpt_to: tuple[str, ...]
    raw: bytes


class Sink:
    """`with Sink(folder) as sink:` listens on `sink.host`, `sink.port`; `behaviour` gets each recipient."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        behaviour: Callable[[str], Behaviour] = lambda rcpt: Behaviour.ACCEPT,
        latency: float = 0.0,
        silence: float = 3600.0,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self.folder, self.behaviour, self.latency, self.silence = folder, behaviour, latency, silence
        self.kept: list[Kept] = []
        self.connections = 0
        self._lock = threading.Lock()
        self._controller = _Controller(self, host, port)
        self.host = host
        self.port = port

    def start(self) -> Self:
        """Listen, in a thread of its own."""
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
        self._controller.start()
        self.port = self._controller.port
        return self

    def stop(self) -> None:
        """Stop listening."""
        self._controller.stop(no_assert=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def begin(self, recipient: str) -> None:
        """A delivery begins; for who decides by then how it goes."""

    def keep(self, envelope: Envelope) -> None:
        """Write the mail down before anything is answered."""
        raw = envelope.original_content or b""
        with self._lock:
            self.kept.append(Kept(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw))
            number = len(self.kept)
        if self.folder is not None:
            (self.folder / f"{number:06}.eml").write_bytes(raw)


class _Controller(Controller):
    def __init__(self, sink: Sink, host: str, port: int) -> None:
        self.sink = sink
        super().__init__(_Handler(sink), hostname=host, port=port, ready_timeout=10)

    def factory(self) -> SMTP:
        return _Server(
            self.handler,
            sink=self.sink,
            hostname="sink.invalid",
            ident="Vouchsafe sink",
            enable_SMTPUTF8=False,
        )

    def _trigger_server(self) -> None:
        """The port may be any free one, so the check connection goes where the server really listens."""
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd has no types


class _Server(SMTP):
    def __init__(self, *args: Any, sink: Sink, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sink = sink

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.sink.connections += 1
        super().connection_made(transport)

    async def push(self, status: Any) -> None:
        if self.sink.latency:
            await asyncio.sleep(self.sink.latency)
        await super().push(status)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd calls it so
        envelope = self.envelope
        wanted = (
            self.sink.behaviour(envelope.rcpt_tos[0]) if envelope and envelope.rcpt_tos else Behaviour.ACCEPT
        )
        if wanted is Behaviour.DROP_BEFORE_DATA:
            _line(self).abort()
            return
        if wanted is Behaviour.STALL_BEFORE_DATA:
            await asyncio.sleep(self.sink.silence)
            _line(self).abort()
            return
        await super().smtp_DATA(arg)


def _line(server: SMTP) -> asyncio.WriteTransport:
    assert isinstance(server.transport, asyncio.WriteTransport)  # a server that answers is connected
    return server.transport


class _Handler:
    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.sink.begin(address)
        wanted = self.sink.behaviour(address)
        if wanted is Behaviour.REFUSE:
            return "550 5.1.1 No such person here"
        if wanted is Behaviour.LATER:
            return "451 4.3.0 Not now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd calls it so
        wanted = self.sink.behaviour(envelope.rcpt_tos[0])
        if wanted is not Behaviour.LOSE_AFTER_DOT:
            self.sink.keep(envelope)
        if wanted in (Behaviour.DROP_AFTER_DOT, Behaviour.LOSE_AFTER_DOT):
            _line(server).abort()
        if wanted is Behaviour.STALL:
            await asyncio.sleep(self.sink.silence)
            _line(server).abort()
        if wanted is Behaviour.DROP_AFTER_250:
            await server.push("250 OK kept")
            _line(server).close()
        return "250 OK kept"
