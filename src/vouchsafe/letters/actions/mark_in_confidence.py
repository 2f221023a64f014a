from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.open_request import NoWaiverHere
from vouchsafe.ledger import journal
from vouchsafe.letters.models import Letter
from vouchsafe.people.access import hosts_personally


@transaction.atomic
def mark_in_confidence(*, visit: Visit, letter: Letter, now: datetime) -> None:
    """The writer gives the letter in confidence: from now on its applicant can't read it, ever.

    Writes the letter's confidentiality, which the database keeps from being loosened. Refuses on a personal
    host, where nothing could keep the promise.
    """
    visit.demand_proof()
    if hosts_personally():
        raise NoWaiverHere(writer=visit.request.contact.name)
    changed = Letter.objects.draft().filter(pk=letter.pk, confidentiality=Letter.Confidentiality.OPEN)
    if Letter.objects.filter(pk__in=changed.values("pk")).update(
        confidentiality=Letter.Confidentiality.IN_CONFIDENCE
    ):
        journal.note(
            chain=visit.request.contact.owner.key,
            verb="in_confidence",
            about=letter.key,
            by=visit.by,
            now=now,
        )
