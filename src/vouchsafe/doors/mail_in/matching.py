"""Which request a mail belongs to: by the address it came to, else by the mail of ours that it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from vouchsafe.core.reading.mail.incoming import Incoming
from vouchsafe.doors.mail_in.taking import BOUNCE_ADDRESS, REPLY_ADDRESS
from vouchsafe.ledger import inbox, outbox

if TYPE_CHECKING:
    from vouchsafe.ledger.models import Outgoing


@dataclass(frozen=True, slots=True)
class Match:
    """`key` is the request's, "" for a mail of ours that belongs to none; `mail` is ours that it answers or reports."""

    key: str
    mail: Outgoing | None


def match(mail: Incoming, about: str) -> Match | None:
    """`about` is the Message-ID that a report encloses, "" for other mails."""
    ours = inbox.sent_as([*mail.references, *mail.in_reply_to, *([about] if about else [])])
    if about and ours is not None:  # a report is about one mail, whatever address it was sent to
        return Match(outbox.read(ours).reply_key, ours)
    for address in (*mail.delivered_to, *(box.email for box in (*mail.to, *mail.cc))):
        local, _, domain = address.lower().rpartition("@")
        if domain != settings.MAIL_IN_DOMAIN:
            continue
        bounce = BOUNCE_ADDRESS.fullmatch(local)
        returned = inbox.sent_as([outbox.named(bounce[1])]) if bounce is not None else None
        if returned is not None:
            return Match(outbox.read(returned).reply_key, returned)
        secret = REPLY_ADDRESS.fullmatch(local)
        if secret is not None:
            key = inbox.answered_key(secret[1])
            if key is not None:
                return Match(key, ours)
    return Match(outbox.read(ours).reply_key, ours) if ours is not None else None


def is_own(mail: Incoming) -> bool:
    """Our own mail come back to us: nobody's answer, and the beginning of a loop."""
    sent = mail.message_id and inbox.sent_as([mail.message_id]) is not None
    own = {settings.MAIL_FROM.lower(), settings.BOUNCES_TO.lower()}
    return bool(sent) or any(box.email.lower() in own for box in mail.from_)
