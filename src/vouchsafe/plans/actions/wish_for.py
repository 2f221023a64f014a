from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity, Wish


@transaction.atomic
def wish_for(
    *, by: Account, opportunity: Opportunity, contact: Contact, kind: str | None, now: datetime
) -> None:
    """Pin someone to an opportunity, keep them out of it, or (None) leave it to the plan again."""
    if kind is None:
        Wish.objects.filter(opportunity=opportunity, contact=contact).delete()
    else:
        Wish.objects.update_or_create(
            opportunity=opportunity, contact=contact, defaults={"kind": Wish.Kind(kind), "wished_at": now}
        )
    journal.note(
        chain=by.key,
        verb="wished",
        about=contact.key,
        by=by.key,
        now=now,
        detail=f"{kind or 'none'}:{opportunity.key}",
    )
