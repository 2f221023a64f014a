from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import ContactImport

KEPT_FOR = timedelta(days=7)
_AT_ONCE = 200


@transaction.atomic
def sweep_imports(*, now: datetime) -> int:
    """Delete files of contacts a week after they were read, reviewed to the end or not. Returns how many.

    A file holds people who never chose to be here; those the applicant keeps are contacts by then. Writes one
    line each. Queues and refuses nothing.
    """
    old = ContactImport.objects.filter(read_at__lt=now - KEPT_FOR).order_by("pk")
    rows = list(old.values_list("pk", "key", "owner__key")[:_AT_ONCE])
    for _, key, owner in rows:
        journal.note(chain=owner, verb="contact_file_swept", about=key, by="worker", now=now)
    ContactImport.objects.filter(pk__in=[pk for pk, _, _ in rows]).delete()
    return len(rows)
