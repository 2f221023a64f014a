from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access_assistants import AssistantVisit
from vouchsafe.asks.models import Offering
from vouchsafe.ledger import custody, journal
from vouchsafe.letters.offering import CONTEXT, demand_open


@transaction.atomic
def offer_words(*, visit: AssistantVisit, text: str, now: datetime) -> Offering:
    """An assistant lays words before the writer, in the place of those they laid there before. Nothing else reads them.

    Writes the words, encrypted, and a line; begins no letter and answers nothing. Refuses a request that waits for no
    letter any more.
    """
    demand_open(visit)
    sealed = custody.encrypt(text.strip().encode(), context=CONTEXT)
    row = Offering.objects.filter(
        assistant=visit.assistant, request=visit.request, file="", taken_at__isnull=True
    ).first()
    if row is None:
        row = Offering.objects.create(
            assistant=visit.assistant, request=visit.request, sealed_words=sealed, offered_at=now
        )
    else:
        Offering.objects.filter(pk=row.pk).update(sealed_words=sealed, offered_at=now)
    chain = visit.request.contact.owner.key
    journal.note(chain=chain, verb="assistant_typed", about=visit.request.key, by=visit.by, now=now)
    return row
