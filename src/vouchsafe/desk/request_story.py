"""The story of one request, newest first: what happened, whose move it is, what is to come. Facts are rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from vouchsafe.asks.models import Answer, Ask, Closing, Opening, Purpose, Reminder, Request, Start
from vouchsafe.core.words import Sentence, msg, say
from vouchsafe.desk.timeline import handed_over
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.models import Seal
from vouchsafe.packets.models import Delivery, PortalUpload, Viewing

SAID = {
    Answer.Said.YES: say("Said yes"),
    Answer.Said.YES_IF: say("Said yes, on a condition"),
    Answer.Said.NO: say("Said no"),
    Answer.Said.TAKEN_BACK: say("Took the yes back"),
    Answer.Said.NOT_MINE: say("Said it is not for them"),
}
SPOKEN = {
    Ask.Said.YES: say("You asked, and the answer was yes"),
    Ask.Said.MAYBE: say("You asked, and the answer was maybe"),
    Ask.Said.NO: say("You asked, and the answer was no"),
    Ask.Said.NOT_MET: say("You did not meet"),
    Ask.Said.WAITING: say("You asked"),
}
MAILED = {
    "waiting": say("The email goes out"),
    "begun": say("The email is leaving"),
    "sent": say("You sent the email"),
    "failed": say("The email could not be sent"),
    "unknown": say("Nobody knows whether the email arrived"),
}
REMINDED = {
    "waiting": say("A reminder goes out"),
    "begun": say("A reminder is leaving"),
    "sent": say("A reminder went"),
    "failed": say("A reminder could not be sent"),
    "unknown": say("Nobody knows whether the reminder arrived"),
}
REASONS = {
    "too_full": say("The month is too full."),
    "not_well_enough": say("They do not know the work well enough."),
    "too_close": say("They are too close to you."),
}
MOVES = {
    "prepared": say("Your move"),
    "asked": say("Their move"),
    "agreed": say("Their move"),
    "writing": say("Their move"),
    "declined": say("Your move"),
    "sealed": say("Nothing to do"),
    "withdrawn": say("Nothing to do"),
}
NOTHING: Sentence | str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line. `mail_key` can be read, `undo_key` taken back, `reminder_key` read, moved or dropped."""

    at: datetime
    text: Sentence
    more: Sentence | str = ""
    tone: str = "blue"
    is_ahead: bool = False
    is_now: bool = False
    mail_key: str = ""
    undo_key: str = ""
    reminder_key: str = ""
    date_key: str = ""
    """The purpose whose shown date this is."""


def story(
    request: Request,
    purposes: list[Purpose],
    mails: list[Outgoing],
    standing: str,
    today: date,
    now: datetime,
) -> tuple[Event, ...]:
    """Every event, newest at the top, with "today" between what was and what is to come."""
    many = len(purposes) > 1
    past = [
        *(_mail(row) for row in mails if row.state != "withdrawn" and row.kind in ("ask", "reminder")),
        *_rows(request, purposes, many),
        *_packets(request),
    ]
    ahead = [event for event in past if event.is_ahead]
    past = [event for event in past if not event.is_ahead]
    if standing in {"asked", "agreed", "writing", "prepared"}:
        ahead += _to_come(request, purposes, standing, today, many)
    middle = Event(now, MOVES[standing], tone="seal" if standing == "sealed" else "wait", is_now=True)
    newest = sorted(past, key=lambda event: event.at, reverse=True)
    return (*sorted(ahead, key=lambda event: event.at, reverse=True), middle, *newest)


def _mail(row: Outgoing) -> Event:
    words = MAILED if row.kind == "ask" else REMINDED
    waits = row.state == Outgoing.State.WAITING
    return Event(
        row.due_at if waits else row.ended_at or row.begun_at or row.due_at,
        words[row.state],
        tone="stop" if row.state in ("failed", "unknown") else "blue",
        is_ahead=waits,
        mail_key=row.key,
        undo_key=row.key if waits else "",
    )


def _rows(request: Request, purposes: list[Purpose], many: bool) -> list[Event]:
    contact = request.contact
    events = [
        Event(
            row.added_at,
            say("You prepared the ask for {what}", what=row.opportunity.title)
            if many
            else say("You prepared the ask"),
        )
        for row in purposes
    ]
    spoken = Ask.objects.filter(contact=contact, undone_at__isnull=True).exclude(channel=Ask.Channel.MAIL)
    events += [
        Event(
            # Kept as a day: noon of it, and never later than it was told.
            min(_at_noon(row.asked_on, contact.owner.time_zone), row.recorded_at), SPOKEN[Ask.Said(row.said)],
            f"“{row.note}”" if row.note else _until(row),
        )
        for row in spoken
    ]  # fmt: skip
    opening = Opening.objects.filter(request=request).first()
    if opening is not None:
        events.append(Event(opening.opened_at, say("{name} opened the request", name=contact.name)))
    events += [_answer(row) for row in Answer.objects.filter(request=request)]
    events += [
        Event(row.started_at, say("{name} began the letter", name=contact.name))
        for row in Start.objects.filter(request=request)
    ]
    for closing in Closing.objects.filter(request=request).exclude(lifted_why="undone"):
        if closing.why == Closing.Why.SEALED:
            events.append(Event(closing.closed_at, say("The letter was sealed"), tone="seal"))
            if closing.lifted_why == "reopened" and closing.lifted_at:
                events.append(Event(closing.lifted_at, say("The seal was opened again")))
        else:
            events.append(Event(closing.closed_at, say("You stopped asking")))
    return events


def _answer(row: Answer) -> Event:
    more: Sentence | str = f"“{row.words}”" if row.words else ""
    if not more and row.reason_shared and row.reason in REASONS:
        more = REASONS[row.reason]
    if not more and row.promised_on:
        more = say("Promised for {day}.", day=row.promised_on)
    no = row.said in (Answer.Said.NO, Answer.Said.TAKEN_BACK, Answer.Said.NOT_MINE)
    return Event(row.answered_at, SAID[Answer.Said(row.said)], more, tone="wait" if no else "blue")


def _until(row: Ask) -> Sentence | str:
    return say("Ask again on {day}.", day=row.maybe_until) if row.maybe_until else NOTHING


def _packets(request: Request) -> list[Event]:
    """Where the sealed letter went, and when a reader first pressed Read."""
    seals = Seal.objects.filter(letter__request=request).values("pk")
    events = [
        Event(row.delivered_at, say(_went(row), name=row.reader.name), tone="seal")
        for row in handed_over(request)
    ]
    events += [
        Event(
            row.ticked_at,
            say("{name} uploaded it at {place}", name=row.seal.writer_name, place=row.destination.label),
            tone="seal",
        )
        for row in PortalUpload.objects.filter(seal__in=seals).select_related("destination", "seal")
    ]
    first: dict[int, Viewing] = {}
    viewings = Viewing.objects.filter(seal__in=seals).exclude(what=Viewing.What.OPENED)
    for row in viewings.select_related("reader"):
        first.setdefault(row.reader_id, row)
    return events + [
        Event(row.viewed_at, say("{name} read the letter", name=row.reader.name), tone="seal")
        for row in first.values()
    ]


def _went(row: Delivery) -> str:
    if row.means == Delivery.Means.BY_HAND:
        return msg("You handed the letter to {name} yourself")
    return msg("The letter went to {name}")


def _to_come(
    request: Request, purposes: list[Purpose], standing: str, today: date, many: bool
) -> list[Event]:
    reminders = Reminder.objects.filter(request=request, sent_at__isnull=True, dropped_at__isnull=True)
    events = [
        Event(
            row.due_at,
            say("Reminder, if there is still no answer") if row.kind == "chase" else say("Reminder"),
            is_ahead=True,
            reminder_key=row.key,
        )
        for row in reminders
    ]
    zone = request.contact.owner.time_zone
    for row in purposes:
        title = row.opportunity.title
        if row.shown_on and row.shown_on >= today:
            text = (
                say("The date you ask for, for {what}", what=title) if many else say("The date you ask for")
            )
            events.append(Event(_at_noon(row.shown_on, zone), text, is_ahead=True, date_key=row.key))
        deadline = row.opportunity.deadline_on
        if deadline and deadline >= today:
            text = say("Letters are due for {what}", what=title)
            events.append(Event(_at_noon(deadline, zone, late=True), text, is_ahead=True))
    return events


def _at_noon(day: date, zone: str, *, late: bool = False) -> datetime:
    """A moment for a day without one, so that it sorts among the others."""
    return datetime.combine(day, time(23) if late else time(12), ZoneInfo(zone or "UTC")).astimezone(UTC)
