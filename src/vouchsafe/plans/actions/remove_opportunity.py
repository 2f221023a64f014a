from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.actions.of_call import refuse_part_in_call
from vouchsafe.plans.models import Opportunity


@transaction.atomic
def remove_opportunity(*, by: Account, opportunity: Opportunity, now: datetime) -> None:
    """Take an opportunity off the list; requests and letters stay. `restore_opportunity` undoes it. Refuses a part in a call, which is left on the call's page."""
    refuse_part_in_call(opportunity)
    if Opportunity.objects.filter(pk=opportunity.pk, removed_at__isnull=True).update(removed_at=now):
        journal.note(chain=by.key, verb="opportunity_removed", about=opportunity.key, by=by.key, now=now)
