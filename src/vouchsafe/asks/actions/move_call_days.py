from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.move_date import move_date
from vouchsafe.asks.models import Purpose, Request
from vouchsafe.core.stages import REQUEST
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.access_calls import locked_call
from vouchsafe.plans.actions.keep_call import check_days, demand_office
from vouchsafe.plans.actions.tell_applicants import tell_applicants
from vouchsafe.plans.models import Application, Call, Destination, Opportunity


@transaction.atomic
def move_call_days(
    *, by: Account, call: Call, closes_on: date, due_on: date, undo: timedelta, today: date, now: datetime
) -> Call:
    """Move the last day for applicants, and that for letters, of a call that people may take part in already.

    Writes the days on the call and on the opportunity and the place of everybody in it. A day shown to a writer that
    would lie behind the new last day is moved to it, and reminders follow; others stay. Everybody who takes part is
    mailed once `undo` is over, not for days that are the same. Moving back undoes it, but for days shown to writers:
    these stay. Refuses whoever does not run the office, days that do not fit or have passed, and a call that is over.
    """
    demand_office(by)
    row = locked_call(call, "move_days")
    check_days(closes_on, due_on, row.zone, now)
    if (row.closes_on, row.due_on) == (closes_on, due_on):
        return row
    Call.objects.filter(pk=row.pk).update(closes_on=closes_on, due_on=due_on)
    row.refresh_from_db(fields=["closes_on", "due_on"])
    Opportunity.objects.filter(application__call=row).update(deadline_on=due_on)
    own_places = Application.objects.filter(call=row).values("destination")
    Destination.objects.filter(pk__in=own_places).update(due_on=due_on)
    _hold_to(row, due_on, today, now)
    tell_applicants(call=row, what="days", undo=undo, now=now)
    journal.note(chain=journal.OFFICE, verb="call_days_moved", about=row.key, by=by.key, now=now)
    return row


def _hold_to(call: Call, due_on: date, today: date, now: datetime) -> None:
    later = Purpose.objects.filter(
        opportunity__application__call=call, withdrawn_at__isnull=True, shown_on__gt=due_on
    )
    # Each before the first line in a chain: a writer who answers meanwhile holds their request, and waits for that chain.
    list(Request.objects.select_for_update().filter(pk__in=later.values("request")).order_by("pk"))
    locked = later.select_for_update(of=("self",)).order_by("pk")
    for purpose in list(locked.select_related("request__contact__owner")):
        if REQUEST.allows("mail", stage(purpose.request)):
            owner = purpose.request.contact.owner
            move_date(by=owner, purpose=purpose, shown_on=due_on, shown_time=None, today=today, now=now)
