from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity, PhoneReference


@transaction.atomic
def name_phone_reference(
    *, by: Account, opportunity: Opportunity, contact: Contact, named: bool, now: datetime
) -> None:
    """Keep a contact for the calls of one opportunity, or no longer; such a contact is not asked to write for it."""
    if named:
        PhoneReference.objects.get_or_create(
            opportunity=opportunity, contact=contact, defaults={"named_at": now}
        )
    else:
        PhoneReference.objects.filter(opportunity=opportunity, contact=contact).delete()
    journal.note(
        chain=by.key,
        verb="phone_reference",
        about=contact.key,
        by=by.key,
        now=now,
        detail=f"{named}:{opportunity.key}",
    )
