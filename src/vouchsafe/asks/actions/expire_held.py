from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.asks.models import Request
from vouchsafe.core.addresses import ask_path
from vouchsafe.ledger import inbox, journal, outbox

KEPT = timedelta(days=14)


def expire_held(*, by: str, now: datetime) -> int:
    """Mails held for one click by their writer are thrown away after two weeks without it.

    For each forgets the text, writes one line, and queues one mail that tells the applicant, without a word of it.
    Returns how many there were.
    """
    rows = inbox.held_before(now - KEPT)
    for key, about in rows:
        _expire(key, about, by, now)
    return len(rows)


@transaction.atomic
def _expire(key: str, about: str, by: str, now: datetime) -> None:
    if not inbox.drop(key, about=about, now=now):
        return  # its writer has just said whose it is
    request = Request.objects.select_related("contact__owner").filter(key=about).first()
    if request is None:
        return
    owner = request.contact.owner
    outbox.queue(
        outbox.Parcel(
            kind="held_expired",
            to_address=owner.email,
            to_name=owner.name,
            facts={"writer": request.contact.name, "days": KEPT.days},
            links={"page_url": outbox.PlainLink(ask_path(request.key))},
            language=owner.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=owner.key,
        about=request.key,
        once=f"held_expired|{key}",
        now=now,
    )
    journal.note(chain=owner.key, verb="held_mail_expired", about=request.key, by=by, now=now, detail=key)
