from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.people.access import NotHere
from vouchsafe.people.actions.invite_person import NotYours
from vouchsafe.people.actions.withdraw_invitation import withdraw_invitation
from vouchsafe.people.models import Account, Invitation


@transaction.atomic
def withdraw_batch(*, by: Account, batch: str, now: datetime) -> int:
    """Take back every invitation of one file that nobody has answered; returns how many. Writes a line for each.

    Mails that wait stay here; of those that left, the link no longer works.
    """
    if not by.runs_office:
        raise NotYours
    rows = Invitation.objects.filter(batch=batch) if batch else Invitation.objects.none()
    if not rows.exists():
        raise NotHere(batch)
    still = list(rows.filter(accepted_at__isnull=True, withdrawn_at__isnull=True))
    for row in still:
        withdraw_invitation(by=by, invitation=row, now=now)
    return len(still)
