from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.ledger import journal
from vouchsafe.letters.access_written import template_row
from vouchsafe.letters.models import Template


@transaction.atomic
def restore_template(*, visit: Visit, template_key: str, now: datetime) -> Template:
    """Undo of `remove_template`. Refuses a browser in which no code was taken."""
    row = template_row(visit, template_key, removed=True)
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    journal.note(chain=journal.OFFICE, verb="template_restored", about=row.key, by=visit.by, now=now)
    return row
