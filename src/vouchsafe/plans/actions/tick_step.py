from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.people.models import Account
from vouchsafe.plans.models import Opportunity, Step


@transaction.atomic
def tick_step(*, by: Account, opportunity: Opportunity, slug: str, done: bool, now: datetime) -> None:
    """Tick one of the application's basics, or untick it. Either twice is the same as once."""
    slug = Step.Slug(slug)
    if done:
        Step.objects.get_or_create(opportunity=opportunity, slug=slug, defaults={"done_at": now})
    else:
        Step.objects.filter(opportunity=opportunity, slug=slug).delete()
