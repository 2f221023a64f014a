from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.close_request import close_request
from vouchsafe.asks.models import Closing, Link, Request
from vouchsafe.core.stages import REQUEST
from vouchsafe.ledger import outbox
from vouchsafe.people.models import Account


@transaction.atomic
def withdraw_request(*, by: Account, request: Request, words: str = "", now: datetime) -> Closing:
    """The applicant stops asking. Writes a closing; tells the writer politely if they had been mailed."""
    locked = Request.objects.select_for_update(of=("self",)).select_related("contact").get(pk=request.pk)
    REQUEST.demand("withdraw", stage(locked))
    outbox.withdraw_about(locked.key, kinds=("ask", "reminder"), now=now)
    closing = close_request(request=locked, why=Closing.Why.WITHDRAWN, by=by.key, now=now)
    first = locked.contact.addresses.first()
    if first is not None and Link.objects.filter(request=locked, kind=Link.Kind.MAILED).exists():
        outbox.queue(
            outbox.Parcel(
                kind="cancelled",
                to_address=first.address,
                to_name=locked.contact.name,
                facts={"applicant": by.name, "purpose": _purposes(locked), "words": words.strip()},
                reply_key=locked.key,
                thread=locked.key,
                language=by.language,
            ),
            delivery=outbox.Delivery.AT_MOST_ONCE,
            chain=by.key,
            about=locked.key,
            once=f"cancelled|{locked.key}|{closing.pk}",
            now=now,
        )
    return closing


def _purposes(request: Request) -> str:
    rows = request.purposes.filter(withdrawn_at__isnull=True).select_related("opportunity")
    return ", ".join(str(purpose.opportunity) for purpose in rows)
