"""Sending by SMTP, step by step, so that the moment of a failure tells whether the mail may have arrived.

The server owns a mail only once it has the line with the single dot. Whatever fails before that line is
sent, the mail is surely not there; whatever fails after it without an answer, nobody can know.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from typing import Literal

from vouchsafe.adapters.post.transport import Closing, Outcome, Parcel, Sent

Tls = Literal["none", "starttls", "ssl"]
_GO_ON = {"mail": (250,), "rcpt": (250, 251), "data": (354,)}


class Smtp(Closing):
    """One server, one connection, opened when first needed and again when it was lost between mails."""

    def __init__(
        self,
        host: str,
        port: int = 587,
        *,
        user: str = "",
        password: str = "",
        tls: Tls = "starttls",
        timeout: float = 60.0,
        helo: str | None = None,
    ) -> None:
        self.host, self.port, self.user, self.password = host, port, user, password
        self.tls, self.timeout, self.helo = tls, timeout, helo
        self._server: smtplib.SMTP | None = None

    def send(self, parcel: Parcel) -> Sent:
        """Hand one parcel over. Raises nothing that a server or a network can cause."""
        reused = self._server is not None
        sent = self._attempt(parcel)
        if reused and sent.outcome is Outcome.LATER and sent.code is None and sent.step == "mail":
            sent = self._attempt(parcel)  # the kept connection had been closed meanwhile
        return sent

    def close(self) -> None:
        """Say goodbye, and forget the connection whatever the answer."""
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()

    def _attempt(self, parcel: Parcel) -> Sent:
        step, handed_over = "connect", False
        try:
            server = self._connected()
            for step, command in (
                ("mail", f"MAIL FROM:<{parcel.mail_from}>"),
                ("rcpt", f"RCPT TO:<{parcel.rcpt_to}>"),
                ("data", "DATA"),
            ):
                code, reply = server.docmd(command)
                if code not in _GO_ON[step]:
                    return self._refused(code, reply, step)
            step = "body"
            server.send(_dotted(parcel.raw))
            step, handed_over = "dot", True
            server.send(b".\r\n")
            code, reply = server.getreply()
        except smtplib.SMTPResponseException as refusal:  # greeting, STARTTLS or login
            self._drop()
            return Sent(Outcome.LATER, refusal.smtp_code, _said(refusal.smtp_error), step)
        except (OSError, smtplib.SMTPException) as fault:
            self._drop()
            return Sent(
                Outcome.UNKNOWN if handed_over else Outcome.LATER,
                None,
                str(fault) or type(fault).__name__,
                step,
            )
        if code == 250:
            return Sent(Outcome.SENT, code, _said(reply), step)
        return self._refused(code, reply, step)

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            context = ssl.create_default_context()
            if self.tls == "ssl":
                server: smtplib.SMTP = smtplib.SMTP_SSL(
                    self.host, self.port, self.helo, timeout=self.timeout, context=context
                )
            else:
                server = smtplib.SMTP(self.host, self.port, self.helo, timeout=self.timeout)
            self._server = server
            # The dot goes out by itself, so it must not wait for the body to be acknowledged.
            if server.sock is not None:
                server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            server.ehlo_or_helo_if_needed()
            if self.tls == "starttls":
                server.starttls(context=context)
                server.ehlo_or_helo_if_needed()
            if self.user:
                server.login(self.user, self.password)
        return self._server

    def _refused(self, code: int, reply: bytes, step: str) -> Sent:
        """The server said no, so it does not have the mail. 421 and the like also end the connection."""
        if code in (421, -1) or not self._reset():
            self._drop()
        lasting = 500 <= code <= 599
        return Sent(Outcome.REFUSED if lasting else Outcome.LATER, code, _said(reply), step)

    def _reset(self) -> bool:
        try:
            return self._server is not None and self._server.rset()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()


def _dotted(raw: bytes) -> bytes:
    """Network line ends, an end to the last line, and a second dot where a line begins with one."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines)


def _said(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:500]
