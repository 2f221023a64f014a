from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Advising


class AdvisingOver(Refusal):
    code = "advising-over"
    msgid = msg("This adviser does not look along any more.")
    hint_msgid = msg("Load the page again to see how things stand.")


@transaction.atomic
def agree_to_adviser(*, by: Account, advising: Advising, now: datetime) -> None:
    """The applicant lets an adviser look along from now on. Writes the time and a line. Refuses one that was ended."""
    mine = Advising.objects.in_force().filter(pk=advising.pk, applicant=by)
    if not Advising.objects.filter(pk__in=mine.values("pk"), agreed_at__isnull=True).update(agreed_at=now):
        if mine.exists():
            return
        raise AdvisingOver
    journal.note(chain=by.key, verb="adviser_agreed", about=advising.key, by=by.key, now=now)
