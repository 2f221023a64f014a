"""Whose mail it is. A From line proves nothing by itself, so it is weighed before anything is done with a mail."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from vouchsafe.asks.access import known_mailboxes
from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.reading.mail.incoming import Incoming

if TYPE_CHECKING:
    from vouchsafe.asks.models import Request


class Trust(Enum):
    """How far a mail is believed to be its writer's."""

    PROVEN = "proven"  # the known address, and our own server checked that it sent it; or the writer clicked
    KNOWN = "known"  # the known address, unchecked: it says yes or no, a file waits for a click
    DOUBTFUL = "doubtful"  # any other address, or a check that failed: nothing happens without a click


def trust(mail: Incoming, request: Request, *, vouched: bool) -> Trust:
    """The secret reply address or Message-ID has brought the mail here already; this is about its sender.

    A pass of DMARC proves a domain, not a person: from another address it is no more than doubtful.
    """
    if vouched:
        return Trust.PROVEN
    sender = normalise(mail.from_[0].email) if len(mail.from_) == 1 else None
    if sender is None or sender not in known_mailboxes(request) or mail.dmarc_pass is False:
        return Trust.DOUBTFUL
    return Trust.PROVEN if mail.dmarc_pass else Trust.KNOWN
