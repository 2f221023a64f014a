from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Opportunity


@transaction.atomic
def ask_anyway(*, by: Account, opportunity: Opportunity, anyway: bool, now: datetime) -> None:
    """Plan asks for an opportunity although under a week is left, or no longer.

    Writes when that was said, and one line if it changed anything; queues nothing.
    """
    rows = Opportunity.objects.filter(pk=opportunity.pk, ask_anyway_at__isnull=anyway)
    if rows.update(ask_anyway_at=now if anyway else None):
        verb = "asking_anyway" if anyway else "not_asking_anyway"
        journal.note(chain=by.key, verb=verb, about=opportunity.key, by=by.key, now=now)
