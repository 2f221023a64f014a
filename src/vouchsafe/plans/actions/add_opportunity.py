from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Opportunity
from vouchsafe.plans.opportunity_facts import OpportunityFacts, write_facts


@transaction.atomic
def add_opportunity(*, by: Account, facts: OpportunityFacts, now: datetime) -> Opportunity:
    """Keep what letters are for. Writes the opportunity; queues nothing."""
    opportunity = Opportunity(owner=by, added_at=now)
    write_facts(opportunity, facts)
    journal.note(chain=by.key, verb="opportunity_added", about=opportunity.key, by=by.key, now=now)
    return opportunity
