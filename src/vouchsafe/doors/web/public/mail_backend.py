"""Whatever Django itself wants to mail goes the same way as all other mail: through the outbox."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class OutboxRefused(RuntimeError):
    """Some library tried to send a mail of its own. Every mail is a kind in adapters/post/kinds."""


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        subjects = ", ".join(str(message.subject) for message in email_messages)
        raise OutboxRefused(f"not a kind of mail this product sends: {subjects}")
