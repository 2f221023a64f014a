"""A writer's queue: every open request of one mailbox by date, over all applicants, and the load of the weeks to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from vouchsafe.asks.access import Visit, asked_of
from vouchsafe.asks.models import Ask, Mute, Purpose, Reminder
from vouchsafe.core.stages import stage_of_request
from vouchsafe.core.words import Sentence, say
from vouchsafe.people.models import Contact, ContactAddress, Correspondent
from vouchsafe.plans.models import Destination

HOURS = 3
"""What a new letter takes its writer, by one professor's account."""
HEAVY = 4
"""Letters in a week from which it is called heavy: more than a working day and a half."""
MOST_WEEKS = 12

OPEN = ("asked", "agreed", "writing")
STATES = {
    "asked": (say("Not answered"), "wait"),
    "agreed": (say("Said yes"), "blue"),
    "writing": (say("Writing"), "blue"),
}


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """One destination, with the day the letter has to be there if the applicant gave one."""

    what: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Queued:
    """One open request. `by` is the day that was promised, else the earliest one shown."""

    key: str
    applicant: str
    titles: str
    by: date | None
    is_promised: bool
    days_late: int
    stage: str
    places: tuple[QueuePlace, ...]
    is_muted: bool
    reminder_key: str
    reminds_at: datetime | None

    @property
    def state(self) -> Sentence:
        return STATES[self.stage][0]

    @property
    def tone(self) -> str:
        return "stop" if self.days_late else STATES[self.stage][1]

    @property
    def waits_for_answer(self) -> bool:
        return self.stage == "asked"

    def holds(self, word: str) -> bool:
        """Whether a word is in what one sees of it."""
        seen = " ".join((self.applicant, self.titles, *(place.what for place in self.places)))
        return word.casefold() in seen.casefold()


@dataclass(frozen=True, slots=True)
class Week:
    """The letters due in the week that begins on this Monday."""

    begins: date
    count: int

    @property
    def hours(self) -> int:
        return self.count * HOURS

    @property
    def is_heavy(self) -> bool:
        return self.count >= HEAVY


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that belong together in time."""

    title: Sentence
    rows: tuple[Queued, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    request_key: str
    mailbox: str
    rows: tuple[Queued, ...]
    total: int
    weeks: tuple[Week, ...]
    is_stopped: bool
    this_week: date
    """Its Monday."""

    @property
    def fullest(self) -> Week | None:
        return max(self.weeks, key=lambda week: week.count, default=None)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The rows by when they are due: late, this week, next week, later, without a day."""
        nxt, after = (self.this_week + timedelta(weeks=n) for n in (1, 2))
        parts = (
            (say("Late"), [row for row in self.rows if row.days_late]),
            (say("This week"), [row for row in self._on_time if row.by < nxt]),
            (say("Next week"), [row for row in self._on_time if nxt <= row.by < after]),
            (say("Later"), [row for row in self._on_time if row.by >= after]),
            (say("Without a day"), [row for row in self.rows if row.by is None]),
        )
        return tuple(Stretch(title, tuple(rows)) for title, rows in parts if rows)

    @property
    def pressing(self) -> int:
        """How many are late or due this week."""
        end = self.this_week + timedelta(weeks=1)
        return sum(row.by is not None and row.by < end for row in self.rows)

    @property
    def _on_time(self) -> list[Any]:
        return [row for row in self.rows if row.by is not None and not row.days_late]


def writers_queue(visit: Visit, *, today: date, word: str = "") -> Queue:
    """In six queries, however many there are. Demands that a code was taken in this browser: it names other applicants."""
    visit.demand_desk()
    live = Destination.objects.filter(removed_at__isnull=True)
    asked = Ask.objects.filter(
        contact=OuterRef("request__contact"),
        opportunity=OuterRef("opportunity"),
        channel=Ask.Channel.MAIL,
        undone_at__isnull=True,
    )
    purposes = (
        Purpose.objects.filter(withdrawn_at__isnull=True)
        .annotate(was_mailed=Exists(asked))
        .select_related("opportunity")
        .prefetch_related(Prefetch("opportunity__destinations", live))
        .order_by("shown_on", "id")
    )
    waiting = Reminder.objects.filter(sent_at__isnull=True, dropped_at__isnull=True).order_by("due_at")
    found = (
        asked_of(visit.mailbox)
        .select_related("contact__owner", "correspondent")
        .annotate(
            is_muted=Exists(Mute.objects.filter(request=OuterRef("pk"), lifted_at__isnull=True)),
            first_mailbox=ContactAddress.objects.filter(contact=OuterRef("contact")).values("mailbox")[:1],
        )
        .prefetch_related(Prefetch("purposes", purposes), Prefetch("reminders", waiting))
    )
    rows = [row for request in found if (row := _queued(request, visit.mailbox, today)) is not None]
    rows.sort(key=lambda row: (row.by is None, row.by or date.max, row.applicant, row.key))
    kept = tuple(row for row in rows if not word or row.holds(word))
    writer = Correspondent.objects.filter(mailbox=visit.mailbox).first()
    return Queue(
        request_key=visit.request.key,
        mailbox=visit.mailbox,
        rows=kept,
        total=len(rows),
        weeks=_weeks((row.by for row in rows), today),
        is_stopped=writer is not None and writer.no_mail_at is not None,
        this_week=today - timedelta(days=today.weekday()),
    )


def _queued(request: Any, mailbox: str, today: date) -> Queued | None:
    now_written_to = request.correspondent.mailbox if request.correspondent else request.first_mailbox
    standing = stage_of_request(
        was_mailed=request.was_mailed,
        latest_answer=request.latest_answer,
        was_started=request.was_started,
        closed_why=request.closed_why,
    )
    purposes: list[Any] = list(request.purposes.all())
    purposes = [row for row in purposes if row.was_mailed] or purposes
    if now_written_to != mailbox or standing not in OPEN or not purposes:
        return None
    shown = min((row.shown_on for row in purposes if row.shown_on), default=None)
    by = request.latest_promise or shown
    contact: Contact = request.contact
    reminder = next(iter(request.reminders.all()), None)
    return Queued(
        key=request.key,
        applicant=contact.owner.name,
        titles=", ".join(row.opportunity.title for row in purposes),
        by=by,
        is_promised=request.latest_promise is not None,
        days_late=max(0, (today - by).days) if by else 0,
        stage=standing,
        places=tuple(place for row in purposes for place in _places(row)),
        is_muted=request.is_muted,
        reminder_key=reminder.key if reminder else "",
        reminds_at=reminder.due_at if reminder else None,
    )


def _places(purpose: Purpose) -> Iterable[QueuePlace]:
    opportunity = purpose.opportunity
    name = opportunity.organisation or opportunity.title
    destinations = list(opportunity.destinations.all())
    for place in destinations:
        yield QueuePlace(f"{name}: {place.label}", place.due_on or purpose.shown_on)
    if not destinations:
        yield QueuePlace(name, purpose.shown_on)


def _weeks(days: Iterable[date | None], today: date) -> tuple[Week, ...]:
    """From this week to the last one that holds a letter, empty ones too. What is late is due this week."""
    this = today - timedelta(days=today.weekday())
    counts = Counter(max(this, day - timedelta(days=day.weekday())) for day in days if day is not None)
    if not counts:
        return ()
    last = min(max(counts), this + timedelta(weeks=MOST_WEEKS - 1))
    weeks = [this + timedelta(weeks=n) for n in range((last - this).days // 7 + 1)]
    return tuple(Week(monday, counts.get(monday, 0)) for monday in weeks)
