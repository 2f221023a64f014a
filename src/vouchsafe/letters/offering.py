"""What an assistant laid before a writer: for the writer, and for whoever typed it."""

from __future__ import annotations

from django.db.models import QuerySet

from vouchsafe.asks.access import Visit, stage
from vouchsafe.asks.access_assistants import AssistantVisit
from vouchsafe.asks.models import Offering
from vouchsafe.core.stages import REQUEST
from vouchsafe.ledger import custody
from vouchsafe.people.access import NotHere

CONTEXT = "offering"  # what the encrypted column holds


def demand_open(visit: AssistantVisit) -> None:
    """Refuse what would be laid where no letter is being written."""
    REQUEST.demand("help", stage(visit.request))


def words_of(row: Offering) -> str:
    """The words of an offering; none of a file."""
    if not row.sealed_words:
        return ""
    return custody.decrypt(row.sealed_words, context=CONTEXT).decode()


def own_words(visit: AssistantVisit) -> str:
    """What this assistant typed for this request and the writer has not taken up yet. Never anybody else's."""
    row = Offering.objects.filter(
        assistant=visit.assistant, request=visit.request, file="", taken_at__isnull=True
    ).first()
    return words_of(row) if row is not None else ""


def offerings_of(visit: Visit) -> list[Offering]:
    """What lies before the writer, the newest first."""
    return list(_laid(visit).select_related("assistant").order_by("-offered_at", "-id"))


def locked_offering(visit: Visit, key: str) -> Offering:
    """One of them, locked, so that nobody takes up or destroys it meanwhile. In the caller's transaction."""
    found = _laid(visit).select_for_update(of=("self",)).filter(key=key).first()
    if found is None:
        raise NotHere(key)
    return found


def _laid(visit: Visit) -> QuerySet[Offering]:
    """Of a request that waits for no letter nothing is shown any more: a link alone may have been forwarded."""
    visit.demand_proof()
    if not REQUEST.allows("help", stage(visit.request)):
        return Offering.objects.none()
    return Offering.objects.filter(
        request=visit.request, taken_at__isnull=True, assistant__correspondent__mailbox=visit.mailbox
    )
