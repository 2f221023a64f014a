from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import handed_link
from vouchsafe.asks.actions.heed_call import demand_call_rules
from vouchsafe.asks.actions.make_link import make_link, token_of
from vouchsafe.asks.models import Link, Purpose, Request
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


@transaction.atomic
def hand_over_link(*, by: Account, request: Request, now: datetime) -> str:
    """A link for the slip, the QR code or the spoken word: it shows the request and can decline, no more.

    Writes a link row on first use and returns the same token afterwards, so a printed slip stays good.
    Refuses what the rules of a call speak against.
    """
    link = handed_link(request)
    if link is None:
        standing = Purpose.objects.filter(request=request, withdrawn_at__isnull=True)
        for purpose in standing.select_related("request__contact", "opportunity"):
            demand_call_rules(by=by, purpose=purpose, now=now)
        link = make_link(request=request, kind=Link.Kind.HANDED, now=now)
        journal.note(chain=by.key, verb="link_handed_over", about=request.key, by=by.key, now=now)
    return token_of(link)
