"""Our own small mail server, as the settings want it."""

from __future__ import annotations

from django.db import close_old_connections

from vouchsafe.adapters.post.listen import Listener
from vouchsafe.doors.mail_in.taking import accepts, take


def listener(host: str, port: int, *, lmtp: bool) -> Listener:
    """Listens for mail to our addresses; says "250" only once a mail is kept for good."""
    source = "lmtp" if lmtp else "smtp"

    def keep(raw: bytes, recipients: tuple[str, ...], sender: str) -> None:
        close_old_connections()  # these threads live long, and a database drops who is silent
        take(raw, source, sender=sender, recipients=recipients)

    def knows(address: str) -> bool:
        close_old_connections()
        return accepts(address)

    return Listener(keep, knows, host=host, port=port, lmtp=lmtp)
