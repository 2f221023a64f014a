from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity, OwnChance

LEAST, MOST = 1, 99


class ChanceNotOpen(Refusal):
    code = "chance-not-open"
    msgid = msg("A chance is a whole number from 1 to 99, in 100.")
    hint_msgid = msg("What is certain is recorded as a yes or a no instead.")


@transaction.atomic
def say_chance(
    *, by: Account, opportunity: Opportunity, contact: Contact, yes: int | None, now: datetime
) -> int | None:
    """Put the applicant's own chance of a yes in place of ours, in 100; or (None) go back to ours.

    Answers what stood there before. Writes the chance and one line; queues nothing. Refuses 0 and 100: whoever is
    that sure has an answer to record.
    """
    if yes is not None and not LEAST <= yes <= MOST:
        raise ChanceNotOpen
    rows = OwnChance.objects.filter(opportunity=opportunity, contact=contact)
    before = rows.values_list("yes", flat=True).first()
    if yes is None:
        rows.delete()
    else:
        OwnChance.objects.update_or_create(
            opportunity=opportunity, contact=contact, defaults={"yes": yes, "said_at": now}
        )
    journal.note(
        chain=by.key, verb="chance_said", about=contact.key, by=by.key, now=now, detail=opportunity.key
    )
    return before
