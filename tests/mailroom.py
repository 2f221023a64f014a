"""A mailroom for tests: Ada has asked Ben by mail, and mails come in about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO

import pikepdf
from django.utils import timezone

from vouchsafe.asks.models import Purpose, Request
from vouchsafe.doors.mail_in.handling import handle_due
from vouchsafe.doors.mail_in.taking import take
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing, Received

DOMAIN = "in.vouchsafe.test"
SERVER = "mx.vouchsafe.test"
CANARY = "tinderbox-quillwort-sextant"


@dataclass
class Mailroom:
    """Ada has asked Ben by mail, and it has left."""

    purpose: Purpose
    ask: Outgoing

    @property
    def request(self) -> Request:
        return Request.objects.get(pk=self.purpose.request_id)

    @property
    def address(self) -> str:
        return f"r-{outbox.reply_token(self.request.key)}@{DOMAIN}"

    def reply(self, text: str, *, sender: str = "ben@writers.example", to: str = "", dmarc: str = "pass",
              headers: dict[str, str] | None = None, files: tuple[tuple[str, bytes, str], ...] = ()) -> bytes:  # fmt: skip
        """A mail as Ben's program would send it and our server would hand it on."""
        mail = EmailMessage()
        if dmarc:
            mail["Authentication-Results"] = f"{SERVER}; spf=pass; dmarc={dmarc} header.from=writers.example"
        mail["From"] = f"Ben Okafor <{sender}>"
        mail["To"] = to or self.address
        mail["Subject"] = "Re: A letter for Ada"
        mail["Date"] = format_datetime(timezone.now())
        mail["Message-ID"] = f"<{abs(hash((text, sender, len(files))))}@writers.example>"
        mail["In-Reply-To"] = f"<{self.ask.message_id}>"
        for name, value in (headers or {}).items():
            del mail[name]
            mail[name] = value
        mail.set_content(text)
        for name, content, kind in files:
            main, _, sub = kind.partition("/")
            mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
        return mail.as_bytes()

    def report(
        self,
        *,
        action: str,
        status: str,
        about: str = "",
        recipient: str = "ben@writers.example",
        body: str = "",
    ) -> bytes:
        """A delivery report (RFC 3464) about the ask, as a mail server writes it."""
        return (
            "Return-Path: <>\r\nFrom: Mail Delivery System <MAILER-DAEMON@mx.writers.example>\r\n"
            "To: letters@localhost\r\nSubject: Delivery report\r\nAuto-Submitted: auto-replied\r\n"
            f"Message-ID: <{abs(hash((action, status, about, body)))}@mx.writers.example>\r\n"
            "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
            f"--b\r\nContent-Type: text/plain\r\n\r\nThis is the mail system. {body}\r\n"
            "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.writers.example\r\n\r\n"
            f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
            "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
            f"Message-ID: <{about or self.ask.message_id}>\r\nSubject: A letter for Ada\r\n{body}\r\n--b--\r\n"
        ).encode()

    def arrive(self, raw: bytes, *, now: datetime | None = None) -> Received:
        """It comes in and is handled."""
        take(raw, "smtp")
        handle_due(worker="test", now=now or timezone.now())
        newest = Received.objects.order_by("-id").first()
        assert newest is not None
        return newest


def letter_pdf(text: str = f"Ada Marsh worked with me. {CANARY}") -> bytes:
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    font = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = made.make_stream(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode())
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def mails_of(kind: str) -> list[outbox.Parcel]:
    return [outbox.read(row) for row in Outgoing.objects.filter(kind=kind).order_by("id")]
