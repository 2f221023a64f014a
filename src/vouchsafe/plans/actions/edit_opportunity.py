from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.actions.of_call import refuse_part_in_call
from vouchsafe.plans.models import Opportunity
from vouchsafe.plans.opportunity_facts import OpportunityFacts, write_facts


@transaction.atomic
def edit_opportunity(
    *, by: Account, opportunity: Opportunity, facts: OpportunityFacts, now: datetime
) -> Opportunity:
    """Change what is kept of an opportunity. Dates already shown to writers stay as they were shown. Refuses what a call sets."""
    refuse_part_in_call(opportunity)
    locked = Opportunity.objects.select_for_update(of=("self",)).get(pk=opportunity.pk)
    write_facts(locked, facts)
    journal.note(chain=by.key, verb="opportunity_edited", about=locked.key, by=by.key, now=now)
    return locked
