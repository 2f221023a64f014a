"""Where every mail comes in, whichever way it came: kept first, acknowledged then, handled later by the worker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from vouchsafe.ledger import inbox, outbox

# r-<secret part>: whose reply it is. The house's own addresses are read too: bounces come there.
REPLY_ADDRESS = re.compile(r"r-([0-9a-f]{32})", re.IGNORECASE)
# b-<the mail's own name>: the envelope sender of one mail, where servers and absence notes answer it.
BOUNCE_ADDRESS = re.compile(r"b-([0-9a-f]{40})", re.IGNORECASE)
BY_STANDARD = ("postmaster", "abuse")


def take(raw: bytes, source: str, *, sender: str | None = None, recipients: Sequence[str] = ()) -> None:
    """Keep one mail for good; returns only then. Whoever hands it over may forget it from here on."""
    inbox.keep(raw, source=source, sender=sender, recipients=recipients, now=timezone.now())


def accepts(address: str) -> bool:
    """Whether anybody reads mail at an address, for a listener that may refuse what is for nobody."""
    local, _, domain = address.strip().strip("<>").lower().rpartition("@")
    if f"{local}@{domain}" in {settings.MAIL_FROM.lower(), settings.BOUNCES_TO.lower()}:
        return True
    if domain != settings.MAIL_IN_DOMAIN or not domain:
        return False
    bounce = BOUNCE_ADDRESS.fullmatch(local)
    if bounce is not None:
        return inbox.sent_as([outbox.named(bounce[1])]) is not None
    secret = REPLY_ADDRESS.fullmatch(local)
    return local in BY_STANDARD or (secret is not None and inbox.answered_key(secret[1]) is not None)
