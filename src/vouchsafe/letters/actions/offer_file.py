from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access_assistants import AssistantVisit
from vouchsafe.asks.models import Offering
from vouchsafe.ledger import custody, journal
from vouchsafe.letters.actions.upload_letter import CheckedFile
from vouchsafe.letters.offering import demand_open
from vouchsafe.people.access import viewer_keys


def offer_file(*, visit: AssistantVisit, checked: CheckedFile, now: datetime) -> Offering:
    """An assistant lays a file before the writer, in the place of the one they laid there before.

    The file, inspected already, is synced to the vault before its row is written; the one before is destroyed. Begins
    no letter and answers nothing. Refuses a request that waits for no letter any more.
    """
    demand_open(visit)
    stored = custody.vault().put(checked.clean, sealed_from=viewer_keys(visit.request.contact.owner))
    with transaction.atomic():
        demand_open(visit)
        before = Offering.objects.filter(
            assistant=visit.assistant, request=visit.request, taken_at__isnull=True
        ).exclude(file="")
        rows = list(before.select_for_update(of=("self",)))  # one the writer takes up just now stays
        gone = [row.file for row in rows]
        Offering.objects.filter(pk__in=[row.pk for row in rows]).delete()
        row = Offering.objects.create(
            assistant=visit.assistant,
            request=visit.request,
            file=stored.file_id,
            name=checked.name[:200],
            kind=checked.kind,
            pages=checked.pages,
            digest=checked.digest,
            given_digest=checked.given_digest,
            hints=list(checked.hints),
            offered_at=now,
        )
        chain = visit.request.contact.owner.key
        journal.note(chain=chain, verb="assistant_uploaded", about=visit.request.key, by=visit.by, now=now)
        transaction.on_commit(lambda: [custody.vault().erase(file) for file in gone])
    return row
