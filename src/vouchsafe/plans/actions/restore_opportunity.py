from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.actions.of_call import refuse_part_in_call
from vouchsafe.plans.models import Opportunity


@transaction.atomic
def restore_opportunity(*, by: Account, opportunity: Opportunity, now: datetime) -> None:
    """Undo a removal. Refuses a part in a call: that is taken up again on the call's page."""
    refuse_part_in_call(opportunity)
    if Opportunity.objects.filter(pk=opportunity.pk, removed_at__isnull=False).update(removed_at=None):
        journal.note(chain=by.key, verb="opportunity_restored", about=opportunity.key, by=by.key, now=now)
