from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import Visit
from vouchsafe.ledger import journal
from vouchsafe.letters.access_written import closed, opened, template_row
from vouchsafe.letters.actions.keep_template import demand_kept
from vouchsafe.letters.models import Template


@transaction.atomic
def edit_template(*, visit: Visit, template_key: str, name: str, text: str, now: datetime) -> Template:
    """Change a template's name and words. Letters that were started from it stay as they are.

    Writes the template, encrypted. Refuses a browser in which no code was taken, and an empty name or text.
    """
    row = template_row(visit, template_key)
    body = replace(opened(row).body, text=text.replace("\r\n", "\n"))
    demand_kept(name, body)
    row.sealed_body, row.kept_at = closed(name.strip(), body), now
    row.save(update_fields=["sealed_body", "kept_at"])
    journal.note(chain=journal.OFFICE, verb="template_edited", about=row.key, by=visit.by, now=now)
    return row
