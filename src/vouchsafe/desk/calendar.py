"""Every date to keep, as calendar entries: an applicant's own, and a writer's over all applicants.

Nothing is stored for it. An entry's moment of change is read from what is kept anyway (plans drawn, lines of the
journal), which only ever grows, so its SEQUENCE never falls; what no longer holds stays in as called off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet

from vouchsafe.asks.models import Answer, Ask, Closing, Purpose, Reminder, Request, RequestQuerySet
from vouchsafe.core.timing import Entry
from vouchsafe.core.words import Sentence, say
from vouchsafe.ledger.models import Line
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account, Contact, Correspondent
from vouchsafe.plans.models import Choice, Opportunity, Outcome, Plan

REMEMBERED = timedelta(days=60)
"""How long what was called off stays in the feed: longer than any calendar waits before it looks again."""
PLANS = 20
"""How many drawings are looked back on. Fewer only make SEQUENCE rise, never fall."""
DAY_BEFORE = timedelta(hours=15)  # of a whole day, which begins at midnight: nine in the morning before
DUE_LASTS = timedelta(minutes=15)

Entries = dict[str, Entry]


def applicant_calendar(viewer: Account, now: datetime) -> tuple[Entry, ...]:
    """When to meet, mail and fall back by the plan; dates shown and promised, reminders, deadlines."""
    since = now - REMEMBERED
    contacts = dict(Contact.objects.filter(owner=viewer).values_list("key", "name"))
    opportunities = {row.key: row for row in Opportunity.objects.filter(owner=viewer).defer("text")}
    entries = _planned(viewer, contacts, opportunities, since)
    _heed_asks(entries, viewer, since)
    requests = _requests(Purpose.objects.all()).filter(contact__owner=viewer)
    found = [*entries.values()]
    changed = _changes([viewer.key], _keys(requests, opportunities.values()))
    for request in requests:
        found += _dates(request, changed, now, for_writer=False)
        found += _reminders(request, changed, since)
    ended = {
        row.opportunity_id: row.told_at
        for row in Outcome.objects.filter(opportunity__owner=viewer, undone_at__isnull=True)
    }
    for opportunity in opportunities.values():
        over = opportunity.removed_at or ended.get(opportunity.pk)
        found += _deadline(opportunity, changed, over, since)
    return tuple(found)


def writer_calendar(writer: Correspondent, now: datetime) -> tuple[Entry, ...]:
    """Every letter one mailbox is asked for: when it is needed, and when it was promised."""
    asked = Ask.objects.filter(
        contact=OuterRef("request__contact"),
        opportunity=OuterRef("opportunity"),
        channel=Ask.Channel.MAIL,
        undone_at__isnull=True,
        asked_on__lte=now.date(),
    )
    # What an applicant only prepares is nobody else's to see.
    mailed = Purpose.objects.filter(Exists(asked))
    requests = _requests(mailed).filter(correspondent=writer, contact__owner__is_active=True)
    changed = _changes({row.contact.owner.key for row in requests}, _keys(requests, ()))
    return tuple(entry for request in requests for entry in _dates(request, changed, now, for_writer=True))


def meeting(viewer: Account, contact_key: str, opportunity_key: str) -> Entry:
    """One meeting of the plan, as a file of its own; it carries the uid it has in the feed."""
    choice = (
        Choice.objects.select_related("slot__plan", "contact", "slot__opportunity")
        .filter(
            slot__plan__owner=viewer,
            slot__plan__replaced_at__isnull=True,
            slot__opportunity__key=opportunity_key,
            slot__opportunity__removed_at__isnull=True,
            contact__key=contact_key,
            contact__removed_at__isnull=True,
            meet_on__isnull=False,
        )
        .order_by("rank")
        .first()
    )
    if choice is None or choice.meet_on is None:
        raise NotHere("meeting")
    summary = _to_meet(choice.contact.name, choice.slot.opportunity.title)
    key = f"{opportunity_key}-{contact_key}-meet"
    return Entry(key, choice.meet_on, summary, choice.slot.plan.drawn_at, remind_before=DAY_BEFORE)


def _requests(purposes: QuerySet[Purpose]) -> RequestQuerySet:
    return Request.objects.select_related("contact__owner").prefetch_related(
        Prefetch("purposes", purposes.select_related("opportunity").order_by("id")),
        Prefetch("answers", Answer.objects.order_by("answered_at", "id")),
        Prefetch("closings", Closing.objects.filter(lifted_at__isnull=True), to_attr="in_force"),
        Prefetch("reminders", Reminder.objects.order_by("id")),
    )


def _keys(requests: Iterable[Request], opportunities: Iterable[Opportunity]) -> list[str]:
    return [
        *(row.key for row in opportunities),
        *(key for row in requests for key in (row.key, *(purpose.key for purpose in row.purposes.all()))),
    ]


def _changes(chains: Iterable[str], keys: list[str]) -> dict[str, datetime]:
    """When anything was last done about each of these rows."""
    lines = Line.objects.filter(chain__in=list(chains), about__in=keys).order_by()
    return dict(lines.values_list("about").annotate(Max("at")))


def _planned(
    viewer: Account, contacts: dict[str, str], opportunities: dict[str, Opportunity], since: datetime
) -> Entries:
    """The plan's own dates, through its newest drawings: each change at the drawing that brought it."""
    recent = Plan.objects.filter(owner=viewer).order_by("-drawn_at", "-id")[:PLANS]
    plans = [plan for plan in recent if plan.replaced_at is None or plan.drawn_at >= since][::-1]
    days: dict[int, list[tuple[str, str, str, date | None]]] = {plan.pk: [] for plan in plans}
    choices = Choice.objects.filter(slot__plan__in=plans, rank=0).values_list(
        "slot__plan_id", "slot__opportunity__key", "contact__key", "meet_on", "mail_on"
    )
    for plan_id, opportunity, contact, meet_on, mail_on in choices:
        days[plan_id] += [(opportunity, contact, "meet", meet_on), (opportunity, contact, "mail", mail_on)]
    entries: Entries = {}
    for plan in plans:
        days[plan.pk] += _falling_back(plan)
        wanted: dict[str, tuple[date, Sentence]] = {}
        for opportunity, contact, what, day in days[plan.pk]:
            if day is not None and opportunity in opportunities and contact in contacts:
                title, name = opportunities[opportunity].title, contacts[contact]
                wanted[f"{opportunity}-{contact}-{what}"] = (day, _SAYS[what](name, title))
        _redraw(entries, wanted, plan)
    return entries


def _falling_back(plan: Plan) -> Iterator[tuple[str, str, str, date | None]]:
    """When each stand-by is asked at the latest, unless the one before has answered."""
    for opportunity, part in plan.odds.items():
        for chain in part["chains"]:
            for kept in chain[1:]:
                if not kept["known"] and kept["ask_by"]:
                    yield opportunity, kept["contact"], "stand-by", date.fromisoformat(kept["ask_by"])


def _redraw(entries: Entries, wanted: dict[str, tuple[date, Sentence]], plan: Plan) -> None:
    for key, (day, summary) in wanted.items():
        known = entries.get(key)
        entries[key] = (
            Entry(key, day, summary, plan.drawn_at, remind_before=DAY_BEFORE)
            if known is None
            else known.revised(plan.drawn_at, begins=day, summary=summary, cancelled=False)
        )
    for key, entry in entries.items():
        if key not in wanted and _day(entry) >= plan.drawn_on:  # what lies behind was kept, or wasn't
            entries[key] = entry.called_off(plan.drawn_at)


def _heed_asks(entries: Entries, viewer: Account, since: datetime) -> None:
    """Whoever was asked, at the latest on the day that was planned, need not be met, mailed or fallen back on then."""
    asks = Ask.objects.filter(contact__owner=viewer, recorded_at__gte=since).select_related(
        "contact", "opportunity"
    )
    for ask in asks.order_by("recorded_at", "id"):
        called = ["meet", "stand-by"] + (["mail"] if ask.channel == Ask.Channel.MAIL else [])
        for what in called:
            entry = entries.get(f"{ask.opportunity.key}-{ask.contact.key}-{what}")
            if entry is None or _day(entry) < ask.asked_on or ask.said == Ask.Said.NOT_MET:
                continue
            if ask.undone_at is None and ask.recorded_at > entry.changed_at:
                entries[entry.key] = entry.called_off(ask.recorded_at)
            elif ask.undone_at is not None and ask.undone_at > entry.changed_at:
                entries[entry.key] = replace(entry, changed_at=ask.undone_at)


def _dates(
    request: Request, changed: dict[str, datetime], now: datetime, *, for_writer: bool
) -> Iterator[Entry]:
    """The dates shown to the writer, and the one the writer promised."""
    answers = list(request.answers.all())
    newest = answers[-1] if answers else None
    closing = request.in_force[0] if request.in_force else None  # type: ignore[attr-defined]  # prefetched
    refused = newest is not None and newest.said in ("no", "taken_back", "not_mine")
    over = closing.closed_at if closing else newest.answered_at if newest and refused else None
    who = request.contact.owner.name if for_writer else request.contact.name
    for purpose in request.purposes.all():
        ended = purpose.withdrawn_at or over
        if purpose.shown_on is None or (ended is not None and ended < now - REMEMBERED):
            continue
        yield Entry(
            f"{purpose.key}-{'needed' if for_writer else 'shown'}",
            _begins(purpose),
            _wanted(purpose, who, for_writer=for_writer),
            max(purpose.added_at, *_lines(changed, request.key, purpose.key), ended or purpose.added_at),
            lasts=DUE_LASTS,
            remind_before=timedelta(days=2) if for_writer else None,
            cancelled=ended is not None and _day_of(_begins(purpose)) >= ended.date(),
        )
    promise = next((row for row in reversed(answers) if row.promised_on is not None), None)
    if promise is not None and promise.promised_on is not None:
        yield Entry(
            f"{request.key}-promised-{'by-you' if for_writer else 'to-you'}",
            promise.promised_on,
            say("You promised the letter for {name} by today", name=who)
            if for_writer
            else say("{name} promised the letter by today", name=who),
            max(promise.answered_at, *_lines(changed, request.key), over or promise.answered_at),
            remind_before=DAY_BEFORE if for_writer else None,
            cancelled=over is not None and promise.promised_on >= over.date(),
        )


def _wanted(purpose: Purpose, who: str, *, for_writer: bool) -> Sentence:
    what = purpose.opportunity.title
    if for_writer:
        return (
            say("Letter for {name}: {what}, wanted by now", name=who, what=what)
            if purpose.shown_time
            else say("Letter for {name}: {what}, wanted by today", name=who, what=what)
        )
    if purpose.shown_time:
        return say("{name}: the letter for {what} is wanted by now", name=who, what=what)
    return say("{name}: the letter for {what} is wanted by today", name=who, what=what)


def _reminders(request: Request, changed: dict[str, datetime], since: datetime) -> Iterator[Entry]:
    for row in request.reminders.all():
        if (row.dropped_at or row.due_at) < since:
            continue
        yield Entry(
            f"{row.key}-reminder",
            row.due_at,
            say("A reminder goes to {name}", name=request.contact.name),
            max(
                request.opened_by_applicant_at,
                *_lines(changed, request.key),
                *(moment for moment in (row.dropped_at, row.sent_at) if moment),
            ),
            lasts=DUE_LASTS,
            cancelled=row.dropped_at is not None,
        )


def _deadline(
    opportunity: Opportunity, changed: dict[str, datetime], over: datetime | None, since: datetime
) -> Iterator[Entry]:
    day = opportunity.deadline_on
    if day is None or (over is not None and over < since):
        return
    begins: date | datetime = day
    if opportunity.deadline_time is not None:
        begins = datetime.combine(day, opportunity.deadline_time, ZoneInfo(opportunity.zone or "UTC"))
    yield Entry(
        f"{opportunity.key}-deadline",
        begins,
        say("Deadline for {what}", what=opportunity.title),
        max(opportunity.added_at, *_lines(changed, opportunity.key), over or opportunity.added_at),
        lasts=DUE_LASTS,
        remind_before=timedelta(days=2),
        cancelled=over is not None and day >= over.date(),
    )


def _lines(changed: dict[str, datetime], *keys: str) -> list[datetime]:
    return [changed[key] for key in keys if key in changed]


def _begins(purpose: Purpose) -> date | datetime:
    assert purpose.shown_on is not None, "only shown dates are entries"
    if purpose.shown_time is None:
        return purpose.shown_on
    return datetime.combine(purpose.shown_on, purpose.shown_time, ZoneInfo(purpose.zone or "UTC"))


def _day(entry: Entry) -> date:
    return _day_of(entry.begins)


def _day_of(begins: date | datetime) -> date:
    return begins.date() if isinstance(begins, datetime) else begins


def _to_meet(name: str, title: str) -> Sentence:
    return say("Ask {name} in person about a letter for {what}", name=name, what=title)


def _to_mail(name: str, title: str) -> Sentence:
    return say("Send {name} the mail with everything for {what}", name=name, what=title)


def _to_fall_back(name: str, title: str) -> Sentence:
    return say("Ask {name} about {what}, if nobody has said yes by now", name=name, what=title)


_SAYS: dict[str, Callable[[str, str], Sentence]] = {
    "meet": _to_meet,
    "mail": _to_mail,
    "stand-by": _to_fall_back,
}
