from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from vouchsafe.adapters.wake.engine import What, engine
from vouchsafe.core.reading.addresses import normalise
from vouchsafe.ledger import custody
from vouchsafe.people.models import LinkWish

APART = timedelta(minutes=15)
CONTEXT = "link-wish"


@transaction.atomic
def wish_for_link(*, typed: str, now: datetime) -> None:
    """Somebody wants a fresh link mailed to the address they typed.

    Writes the same row whether anybody knows the address or not, and looks nothing up: that is the worker's, so that
    neither the answer nor its time tells who is known here. One address is looked up once in a quarter of an hour.
    Notes nothing in the journal and refuses nothing; what holds no address is as unknown as a stranger's.
    """
    mailbox = normalise(typed) or ""
    digest = custody.digest(CONTEXT, mailbox)
    sealed = custody.encrypt(mailbox.encode(), context=CONTEXT)
    fresh = {"sealed_mailbox": sealed, "wished_at": now, "handled_at": None}
    row, new = LinkWish.objects.get_or_create(digest=digest, defaults=fresh)
    if not new:
        LinkWish.objects.filter(pk=row.pk, wished_at__lte=now - APART).update(**fresh)
    engine(settings.ENGINE).wake(What.EVERYTHING, now)
