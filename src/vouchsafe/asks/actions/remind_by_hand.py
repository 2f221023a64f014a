from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.actions.send_reminder import locked_request, queue_reminder
from vouchsafe.asks.mailbox import demand_mailable
from vouchsafe.asks.models import Mute, Reminder, Request
from vouchsafe.asks.spacing import APART, left_lately
from vouchsafe.core.stages import REQUEST
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import Account

BY_HAND = 2  # asking.md section 1: at most two by hand


class RemindedEnough(Refusal):
    code = "reminded-enough"
    msgid = msg("You have reminded {writer} {count} times yourself.")
    hint_msgid = msg("Speak in person, or ask someone else. The planned reminders still go.")


class RemindedJustNow(Refusal):
    code = "reminded-just-now"
    msgid = msg("A mail about this went, or goes, to {writer} on {when}.")
    hint_msgid = msg("Two mails within two days feel like three. The next one may go from {next}.")


class RemindersMuted(Refusal):
    code = "reminders-muted"
    msgid = msg("{writer} has asked for no reminders about this.")
    hint_msgid = msg("Speak in person, or wait for the letter. They know the date.")


@transaction.atomic
def remind_by_hand(
    *, by: Account, request: Request, words: str = "", undo: timedelta, now: datetime
) -> Outgoing:
    """Remind the writer now, with the applicant's own words before ours.

    Writes a reminder row that counts as sent, a mailed link, and plans the others around it; queues the mail,
    which waits `undo`. Refuses a third one by hand, any within 48 hours of another mail of this thread, a
    request that waits for nobody, and a writer who cannot be mailed or wants no reminders.
    """
    locked = locked_request(request.pk)
    REQUEST.demand("remind", stage(locked))
    if Mute.objects.filter(request=locked, lifted_at__isnull=True).exists():
        raise RemindersMuted(writer=locked.contact.name)
    to = demand_mailable(locked)
    mine = Reminder.objects.filter(request=locked, kind="by_hand", sent_at__isnull=False).count()
    if mine >= BY_HAND:
        raise RemindedEnough(writer=locked.contact.name, count=mine)
    lately = left_lately(locked, now)
    if lately is not None:
        raise RemindedJustNow(writer=locked.contact.name, when=lately.date(), next=(lately + APART).date())
    row = Reminder.objects.create(request=locked, kind="by_hand", due_at=now)
    mail = queue_reminder(request=locked, row=row, to=to, by=by.key, words=words.strip(), wait=undo, now=now)
    plan_reminders(request=locked, now=now)
    return mail
