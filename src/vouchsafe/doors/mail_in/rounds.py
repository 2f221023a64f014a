"""What the worker does for mail that comes in: keep the listeners open, fetch each minute, handle what was kept."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import Error as DatabaseError

from vouchsafe.adapters.post.listen import Listener
from vouchsafe.doors.mail_in.handling import handle_due
from vouchsafe.doors.mail_in.listening import listener
from vouchsafe.doors.mail_in.polling import poll

log = logging.getLogger("vouchsafe.mail_in")
EVERY = timedelta(minutes=1)


class MailIn:
    """`with MailIn() as round: round(worker, now)`. A server or a port that fails is tried again each minute."""

    def __init__(self, *, listens: bool = True) -> None:
        ports = ((settings.MAIL_IN_SMTP_PORT, False), (settings.MAIL_IN_LMTP_PORT, True))
        self._wanted = {port: lmtp for port, lmtp in ports if port} if listens else {}
        self._open: dict[int, Listener] = {}
        self._passed_over: set[str] = set()
        self._next: datetime | None = None

    def __call__(self, worker: str, now: datetime) -> int:
        if self._next is None or now >= self._next:
            self._next = now + EVERY
            self._listen()
            self._fetch()
        return handle_due(worker=worker, now=now)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in self._open.values():
            each.stop()

    def _listen(self) -> None:
        for port, lmtp in self._wanted.items():
            if port in self._open:
                continue
            try:
                self._open[port] = listener(settings.MAIL_IN_ADDRESS, port, lmtp=lmtp).start()
            except OSError as trouble:
                log.warning("port %s for mail that comes in can't be listened on: %s", port, trouble.strerror)

    def _fetch(self) -> None:
        if not settings.IMAP_HOST:
            return
        try:
            poll(self._passed_over)
        except DatabaseError:
            raise  # what was fetched is not kept, and its server keeps it
        except Exception:  # any library below may raise its own
            # Whatever a mail server or the network does, the mails stay there and the rest of the work goes on.
            log.exception(
                "the mailbox at %s could not be fetched from; trying again in a minute", settings.IMAP_HOST
            )
