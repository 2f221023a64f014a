"""The mails that were caught because no server carries them. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from django.conf import settings

from vouchsafe.adapters.post.caught import caught_mail, caught_names
from vouchsafe.ledger import custody

NEWEST = 100


@dataclass(frozen=True, slots=True)
class Caught:
    """One mail as its receiver would see it."""

    name: str
    at: datetime | None
    from_line: str
    to_line: str
    subject: str
    text: str
    html: str
    attachments: tuple[str, ...]
    is_readable: bool = True


def is_open() -> bool:
    """Only while nobody carries mail: with a server, mails are their receivers' alone."""
    return not (settings.SMTP_HOST or settings.MAIL_PROVIDER)


def caught_list() -> tuple[Caught, ...]:
    """The newest ones."""
    names = caught_names(settings.DATA_FOLDER / "mail")[:NEWEST]
    return tuple(mail for mail in map(caught, names) if mail is not None)


def caught(name: str) -> Caught | None:
    """One of them by its name; None where there is none."""
    try:
        raw = caught_mail(settings.DATA_FOLDER / "mail", name, _open)
    except (ValueError, KeyError):  # changed, or kept under keys that are gone: shown as such
        return Caught(name, None, "", "", "", "", "", (), is_readable=False)
    if raw is None:
        return None
    message = message_from_bytes(raw, policy=policy.default)
    return Caught(
        name=name,
        at=parsedate_to_datetime(message["Date"]) if message["Date"] else None,
        from_line=str(message["From"] or ""),
        to_line=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=tuple(
            part.get_filename() or part.get_content_type() for part in message.iter_attachments()
        ),
    )


def _open(sealed: bytes) -> bytes:
    return custody.decrypt(sealed, context="caught-mail")


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""
