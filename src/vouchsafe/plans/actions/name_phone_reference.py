from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity, PhoneReference


class ReferenceOutOfReach(Refusal):
    code = "reference-out-of-reach"
    msgid = msg("{name} can’t be reached any more, so can’t take calls.")
    hint_msgid = msg("Name someone else who saw the same work.")


@transaction.atomic
def name_phone_reference(
    *, by: Account, opportunity: Opportunity, contact: Contact, named: bool, now: datetime
) -> None:
    """Keep a contact for the calls of one opportunity, or no longer; such a contact is not asked to write for it.

    Refuses whoever can't be reached.
    """
    if named and contact.unreachable:
        raise ReferenceOutOfReach(name=contact.name)
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
