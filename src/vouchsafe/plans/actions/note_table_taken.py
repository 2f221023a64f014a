from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.actions.keep_call import demand_office
from vouchsafe.plans.models import Call


@transaction.atomic
def note_table_taken(*, by: Account, call: Call, now: datetime) -> None:
    """The table of a call was taken out as a file. Writes a line; refuses whoever does not run the office."""
    demand_office(by)
    journal.note(chain=journal.OFFICE, verb="call_table_taken", about=call.key, by=by.key, now=now)
