"""Fetching by IMAP, once a minute. On a personal host the mailbox is its owner's own, so only answers to us are taken."""

from __future__ import annotations

from django.conf import settings

from vouchsafe.adapters.post.mailbox import Mailbox, fetch
from vouchsafe.adapters.post.parse import parse
from vouchsafe.core.reading.mail.classify import classify
from vouchsafe.doors.mail_in.matching import match
from vouchsafe.doors.mail_in.taking import take
from vouchsafe.people.access import hosts_personally


def poll(passed_over: set[str]) -> int:
    """Take what is new in the mailbox; returns how many mails. Raises what the connection raises."""
    wants = _answers_us if hosts_personally() else None
    return fetch(_mailbox(), lambda raw: take(raw, "imap"), wants=wants, passed_over=passed_over)


def _answers_us(raw: bytes) -> bool:
    """Private mail is none of our business: it is neither kept nor marked."""
    mail = parse(raw)
    return match(mail, classify(mail).about) is not None


def _mailbox() -> Mailbox:
    return Mailbox(
        host=settings.IMAP_HOST,
        port=settings.IMAP_PORT,
        user=settings.IMAP_USER,
        password=settings.IMAP_PASSWORD,
        tls=settings.IMAP_TLS,
        folder=settings.IMAP_FOLDER,
        done_folder=settings.IMAP_DONE_FOLDER,
    )
