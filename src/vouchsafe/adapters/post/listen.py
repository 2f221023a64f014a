"""A small mail server for what comes in: SMTP, or LMTP behind a real one.

It says "250" only after `take` has returned, so until then the sending server keeps the mail and tries again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST = 25 * 1024 * 1024
LONGEST_LINE = 100_000  # the standard says 998; careless programs write a whole letter as one line
_log = logging.getLogger(__name__)

Take = Callable[[bytes, tuple[str, ...], str], None]
"""Gets the raw mail, whom it was for and the envelope sender; returns once it is kept for good."""


class Listener:
    """`with Listener(take, accepts): …`; mail for addresses that `accepts` does not know is refused at once."""

    def __init__(
        self,
        take: Take,
        accepts: Callable[[str], bool],
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        lmtp: bool = False,
    ) -> None:
        self._controller = _Controller(_Handler(take, accepts), host, port, lmtp)
        self.host = host

    @property
    def port(self) -> int:
        """Where it really listens, once it does."""
        return int(self._controller.port)

    def start(self) -> Self:
        self._controller.start()
        return self

    def stop(self) -> None:
        self._controller.stop(no_assert=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Smtp(SMTP):
    line_length_limit = LONGEST_LINE


class _Lmtp(LMTP):
    line_length_limit = LONGEST_LINE


class _Controller(Controller):
    def __init__(self, handler: _Handler, host: str, port: int, lmtp: bool) -> None:
        self.lmtp = lmtp
        super().__init__(handler, hostname=host, port=port, ready_timeout=10)

    def factory(self) -> SMTP:
        kind = _Lmtp if self.lmtp else _Smtp
        return kind(
            self.handler, data_size_limit=LARGEST, ident="Vouchsafe", enable_SMTPUTF8=True, timeout=120
        )

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd has no types


class _Handler:
    def __init__(self, take: Take, accepts: Callable[[str], bool]) -> None:
        self.take, self.accepts = take, accepts

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        loop = asyncio.get_running_loop()
        if not await loop.run_in_executor(None, self.accepts, address):
            return "550 5.1.1 Nobody reads mail at this address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd calls it so
        raw = envelope.original_content or b""
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(
                None, self.take, raw, tuple(envelope.rcpt_tos), envelope.mail_from or ""
            )
        except Exception:  # whatever it is, the sender must hear of it and try again
            _log.exception("a mail could not be kept; its sender will try again")
            return "451 4.3.0 Could not be kept, try again later"
        return "250 2.0.0 Kept"
