from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.move_date import move_date
from vouchsafe.asks.models import Purpose, Request
from vouchsafe.core.stages import REQUEST
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.people.models import Account
from vouchsafe.plans.access_calls import locked_call
from vouchsafe.plans.actions.keep_call import check_days, demand_office
from vouchsafe.plans.actions.tell_applicants import moment_of, tell_applicants
from vouchsafe.plans.models import Application, Call, Destination, Opportunity

LATELY = timedelta(days=1)


@transaction.atomic
def move_call_days(
    *, by: Account, call: Call, closes_on: date, due_on: date, undo: timedelta, today: date, now: datetime
) -> bool:
    """Move the last day for applicants, and that for letters, of a call that people may take part in already.

    Writes the days on the call and on the opportunity and the place of everybody in it. A day shown to a writer that
    would lie behind the new last day is moved to it, and reminders follow; others stay. Everybody who takes part is
    mailed once `undo` is over, not for days that are the same; tells whether they are. Moving back undoes it, mails that
    still waited too, but for days shown to writers: these stay. Refuses whoever does not run the office, days that do not fit or have passed, and a call that is over.
    """
    demand_office(by)
    row = locked_call(call, "move_days")
    check_days(closes_on, due_on, row.zone, now)
    before = (row.closes_on, row.due_on)
    if before == (closes_on, due_on):
        return outbox.waits_about(row.key, kinds=("call_changed",))
    outbox.withdraw_about(row.key, kinds=("call_changed",), now=now)  # first, so that none leaves unseen
    told, since = _as_told(row, now)
    Call.objects.filter(pk=row.pk).update(closes_on=closes_on, due_on=due_on)
    row.refresh_from_db(fields=["closes_on", "due_on"])
    Opportunity.objects.filter(application__call=row).update(deadline_on=due_on)
    own_places = Application.objects.filter(call=row).values("destination")
    Destination.objects.filter(pk__in=own_places).update(due_on=due_on)
    _hold_to(row, due_on, today, now)
    is_undone = told == (closes_on, due_on)
    mailed = tell_applicants(
        call=row, what="days", undo=undo, now=now, joined_since=since if is_undone else None
    )
    detail = " ".join(day.isoformat() for day in before)
    journal.note(
        chain=journal.OFFICE, verb="call_days_moved", about=row.key, by=by.key, now=now, detail=detail
    )
    return mailed > 0 or not is_undone


def _as_told(call: Call, now: datetime) -> tuple[tuple[date, date], datetime]:
    """The days that whoever takes part knows, and since when the call's page shows others: those before each move of
    which nobody has been mailed. Mails wait for hours at most, so moves of longer ago are not looked at.
    """
    told, since = (call.closes_on, call.due_on), now
    moves = Line.objects.filter(chain=journal.OFFICE, verb="call_days_moved", about=call.key)
    for move in moves.filter(at__gt=now - LATELY).order_by("-position"):
        gone = Outgoing.objects.filter(
            about=call.key, kind="call_changed", once__endswith=f"|{moment_of(move.at)}"
        )
        if (
            not move.detail
            or gone.exclude(outbox.STILL_HERE).exclude(state=Outgoing.State.WITHDRAWN).exists()
        ):
            break
        closes_on, due_on = map(date.fromisoformat, move.detail.split())
        told, since = (closes_on, due_on), move.at
    return told, since


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
