from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.ledger import journal
from vouchsafe.letters.access_written import template_row
from vouchsafe.letters.models import Template

DAY = timedelta(days=1)


@transaction.atomic
def remove_template(*, visit: Visit, template_key: str, now: datetime) -> Template:
    """Take a template out. It can be brought back for a day; what was taken out before that is deleted here.

    Refuses a browser in which no code was taken.
    """
    row = template_row(visit, template_key)
    Template.objects.filter(correspondent=row.correspondent_id, removed_at__lt=now - DAY).delete()
    row.removed_at = now
    row.save(update_fields=["removed_at"])
    journal.note(chain=journal.OFFICE, verb="template_removed", about=row.key, by=visit.by, now=now)
    return row
