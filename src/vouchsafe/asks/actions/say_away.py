from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from vouchsafe.asks.access import Visit, asked_of
from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.models import Reminder
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.actions.prove_correspondent import prove_correspondent
from vouchsafe.people.models import Away

LONGEST = timedelta(days=366)


class AwayNotPossible(Refusal):
    code = "away-not-possible"
    msgid = msg("From {first} to {last} can’t be days away.")
    hint_msgid = msg("Choose a first day, and a last one from today on that is not before it, within a year.")


@transaction.atomic
def say_away(*, visit: Visit, first: date, last: date, for_all: bool, today: date, now: datetime) -> Away:
    """A writer says from when to when they are away: days alone, and never why.

    Writes the days, a line, and moves every planned reminder of theirs that would come in between, over all who ask.
    The same days said twice are one. `for_all`: whoever knows the address may see them, not only those who asked.
    Refuses a link alone, and days that are past, upside down or more than a year.
    """
    visit.demand_desk()
    if last < first or last < today or last - first >= LONGEST or first > today + LONGEST:
        raise AwayNotPossible(first=first, last=last)
    writer = prove_correspondent(mailbox=visit.mailbox, contact=visit.request.contact, now=now)
    row, _ = Away.objects.update_or_create(
        correspondent=writer,
        from_on=first,
        until_on=last,
        taken_back_at=None,
        defaults={"for_all": for_all},
        create_defaults={"for_all": for_all, "said_at": now},
    )
    between = Reminder.objects.filter(
        due_at__date__gte=first - timedelta(days=1), due_at__date__lte=last + timedelta(days=1)
    )
    replan(visit.mailbox, between, now)
    journal.note(chain=writer.key, verb="away_said", about=writer.key, by=writer.key, now=now, detail=row.key)
    return row


def replan(mailbox: str, reminders: QuerySet[Reminder], now: datetime) -> None:
    """Plan anew, around the days one mailbox is away, what waits among these reminders."""
    waiting = reminders.filter(sent_at__isnull=True, dropped_at__isnull=True).values("request")
    theirs = asked_of(mailbox).filter(pk__in=waiting, correspondent__mailbox=mailbox).order_by("pk")
    for pk in theirs.values_list("pk", flat=True):
        plan_reminders(request=locked_request(pk), now=now)
