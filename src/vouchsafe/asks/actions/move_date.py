from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from vouchsafe.asks.access import ask_mail, stage
from vouchsafe.asks.actions.ask_facts import composed_subject, facts_of, note_after
from vouchsafe.asks.actions.open_request import check_shown_on
from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.models import Purpose
from vouchsafe.core.stages import REQUEST
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account


@transaction.atomic
def move_date(
    *,
    by: Account,
    purpose: Purpose,
    shown_on: date | None,
    shown_time: time | None = None,
    today: date,
    now: datetime,
) -> Purpose:
    """Move the date the writer is shown.

    Before the ask is mailed the note follows, and a subject of our own; afterwards the reminders are planned anew and carry the new
    date, so that no extra mail is sent for it. Writes the purpose and a line. Refuses a day in the past, one
    after the deadline, and a request that is over.
    """
    row = (
        Purpose.objects.select_for_update(of=("self",))
        .select_related("request__contact__owner", "request__correspondent", "opportunity")
        .get(pk=purpose.pk)
    )
    check_shown_on(row.request.contact, row.opportunity, shown_on, today)
    REQUEST.demand("mail", stage(row.request))
    if (row.shown_on, row.shown_time) == (shown_on, shown_time):
        return row
    before = facts_of(row)
    row.shown_on, row.shown_time = shown_on, shown_time
    mailed = ask_mail(row) is not None
    if not mailed:
        row.note = note_after(row, before)
        if row.subject == composed_subject(before):
            row.subject = composed_subject(facts_of(row))
    row.save(update_fields=["shown_on", "shown_time", "note", "subject"])
    if mailed:
        plan_reminders(request=row.request, now=now)
    journal.note(chain=by.key, verb="date_moved", about=row.key, by=by.key, now=now)
    return row
