from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.actions.agree_to_adviser import AdvisingOver
from vouchsafe.people.models import Account, Advising


@transaction.atomic
def restore_advising(*, by: Account, advising: Advising, now: datetime) -> None:
    """Undo for an applicant who ended it: the adviser looks along again, as far as was agreed before.

    Writes a line. Refuses where the adviser has been named anew, or is none any more.
    """
    again = Advising.objects.in_force().filter(applicant=by, adviser=advising.adviser)
    role_kept = advising.adviser.is_active and advising.adviser.advises
    if again.exists() or not role_kept:
        raise AdvisingOver
    if not Advising.objects.filter(pk=advising.pk, applicant=by, ended_at__isnull=False).update(
        ended_at=None
    ):
        raise AdvisingOver
    journal.note(chain=by.key, verb="advising_restored", about=advising.key, by=by.key, now=now)
