from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.people.models import Account, ContactImport


@transaction.atomic
def drop_contact_import(*, by: Account, contact_import: ContactImport, now: datetime) -> None:
    """Keep nobody of an import, and forget its file."""
    ContactImport.objects.filter(pk=contact_import.pk, owner=by, kept_at__isnull=True).update(
        dropped_at=now, rows=[], sealed_file=b""
    )
