from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Opportunity, Step


@transaction.atomic
def tick_step(*, by: Account, opportunity: Opportunity, slug: str, done: bool, now: datetime) -> None:
    """Tick one of the application's basics, or untick it. Either twice is the same as once.

    Writes or removes the step, and one line if that changed anything; queues nothing.
    """
    slug = Step.Slug(slug)
    if done:
        _, changed = Step.objects.get_or_create(opportunity=opportunity, slug=slug, defaults={"done_at": now})
    else:
        changed = bool(Step.objects.filter(opportunity=opportunity, slug=slug).delete()[0])
    if changed:
        verb = "step_ticked" if done else "step_unticked"
        journal.note(chain=by.key, verb=verb, about=opportunity.key, by=by.key, now=now, detail=slug)
