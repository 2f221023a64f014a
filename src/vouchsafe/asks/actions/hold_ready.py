from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.actions.edit_purpose import locked_purpose
from vouchsafe.asks.actions.heed_call import demand_call_rules
from vouchsafe.asks.mailbox import demand_mailable
from vouchsafe.asks.models import Purpose
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


@transaction.atomic
def hold_ready(*, by: Account, purpose: Purpose, ready: bool, now: datetime) -> None:
    """The applicant says in advance that a prepared ask goes by itself once it is needed, or that it does not.

    It is needed when somebody before them in the plan says no or stays silent: `ask_when_needed`. Writes when that was
    said and a line; queues nothing. Twice is once. Refuses a mail that waits or has left, an address no mail can
    go to, and what the rules of a call speak against.
    """
    row = locked_purpose(purpose)
    if ready:
        demand_mailable(row.request)
        demand_call_rules(by=by, purpose=row, now=now)
    if Purpose.objects.filter(pk=row.pk, ready_at__isnull=ready).update(ready_at=now if ready else None):
        verb = "ask_held_ready" if ready else "ask_not_held_ready"
        journal.note(chain=by.key, verb=verb, about=row.key, by=by.key, now=now)
