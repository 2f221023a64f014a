"""What an applicant sees while preparing an ask: the proposal, the words, the mail, the tact, the time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from vouchsafe.asks.access import ask_mail
from vouchsafe.asks.actions.ask_facts import ask_facts, composed_note, composed_subject, facts_of
from vouchsafe.asks.mailbox import WritersMailbox, demand_mailable
from vouchsafe.asks.models import Ask, Document, Purpose, Request
from vouchsafe.asks.reach import is_reachable
from vouchsafe.core.lint import Finding, Level, check_ask
from vouchsafe.core.odds.scenario import Channel
from vouchsafe.core.timing import LEADS, Pace, Schedule, decent_hour, schedule
from vouchsafe.core.words import Refusal, Sentence
from vouchsafe.desk import mailbox
from vouchsafe.desk.away import days_away
from vouchsafe.desk.mail_preview import MailPreview, preview
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.access import hosts_personally, working_days_with
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Opportunity

END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True)
class Proposal:
    """How an ask would begin, before anything is kept."""

    subject: str
    note: str
    shown_on: date | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An ask of the same person that exists already."""

    request_key: str
    purpose_key: str
    """Of the same opportunity, not mailed yet: to go on with. Empty when there is none."""
    same_sent_on: date | None
    """When the same opportunity was mailed."""
    any_sent_on: date | None
    """When anything was."""


@dataclass(frozen=True, slots=True)
class AttachedDocument:
    key: str
    kind: str
    name: str
    pages: int


@dataclass(frozen=True, slots=True)
class TactFinding:
    """One piece of advice, with the words it points at."""

    code: str
    needs_click: bool
    sentence: Sentence
    hint: Sentence
    quoted: str


@dataclass(frozen=True, slots=True)
class AskPage:
    """One ask as it stands; every step and the check show parts of it."""

    key: str
    request_key: str
    contact_key: str
    opportunity_key: str
    writer: str
    greeting: str
    title: str
    organisation: str
    subject: str
    note: str
    points: tuple[str, ...]
    documents: tuple[AttachedDocument, ...]
    is_waived: bool
    shown_on: date | None
    deadline_on: date | None
    is_mailed: bool
    is_personal: bool
    is_reachable: bool
    meets_regularly: bool
    has_spoken: bool


@dataclass(frozen=True, slots=True)
class Check:
    """The last look before sending."""

    mail: MailPreview
    findings: tuple[TactFinding, ...]
    warnings: tuple[Sentence, ...]
    needs_ask_anyway: bool
    days_left: int | None
    cannot: Refusal | None
    """Why no mail can go, if none can."""
    morning: datetime
    """The next decent morning by the writer's clock."""
    is_decent_now: bool
    writer_zone: str
    is_caught: bool
    """Nobody carries mail from here: it would be kept in the mailbox and reach no one."""

    @property
    def needs_click(self) -> bool:
        return any(finding.needs_click for finding in self.findings)


def proposal(owner: Account, contact: Contact, opportunity: Opportunity, now: datetime) -> Proposal:
    """The note we would propose, composed from what is known, and the date."""
    plan = schedule_of(owner, contact, opportunity, now)
    shown_on = plan.shown_on if plan else None
    facts = ask_facts(owner=owner, contact=contact, opportunity=opportunity, shown_on=shown_on)
    subject = composed_subject(facts)
    return Proposal(subject, composed_note(facts), shown_on)


def earlier(owner: Account, contact: Contact, opportunity: Opportunity) -> Earlier | None:
    """What was asked of this person before, or None."""
    request = Request.objects.filter(contact=contact, contact__owner=owner).first()
    if request is None:
        return None
    same = Purpose.objects.filter(request=request, opportunity=opportunity, withdrawn_at__isnull=True).first()
    mail = ask_mail(same) if same else None
    mails = Ask.objects.filter(contact=contact, channel=Ask.Channel.MAIL, undone_at__isnull=True)
    newest = mails.last()
    return Earlier(
        request_key=request.key,
        purpose_key=same.key if same and mail is None else "",
        same_sent_on=mail.due_at.date() if mail else None,
        any_sent_on=newest.asked_on if newest else None,
    )


def ask_page(purpose: Purpose) -> AskPage:
    """The ask of one purpose, as its applicant has it so far."""
    request, opportunity = purpose.request, purpose.opportunity
    contact = request.contact
    facts = facts_of(purpose)
    documents = Document.objects.filter(request=request, removed_at__isnull=True)
    return AskPage(
        key=purpose.key,
        request_key=request.key,
        contact_key=contact.key,
        opportunity_key=opportunity.key,
        writer=contact.name,
        greeting=facts.greeting_name,
        title=opportunity.title,
        organisation=opportunity.organisation,
        subject=purpose.subject or composed_subject(facts),
        note=purpose.note or composed_note(facts),
        points=tuple(purpose.points),
        documents=tuple(AttachedDocument(row.key, row.kind, row.name, row.pages) for row in documents),
        is_waived=purpose.confidentiality == Purpose.Choice.WAIVED,
        shown_on=purpose.shown_on,
        deadline_on=opportunity.deadline_on,
        is_mailed=ask_mail(purpose) is not None,
        is_personal=hosts_personally(),
        is_reachable=is_reachable(),
        meets_regularly=contact.meets_regularly,
        has_spoken=bool(facts.met),
    )


def check(purpose: Purpose, page: AskPage, now: datetime) -> Check:
    """The mail as it will look, what could be said better, and when it may go."""
    request, contact = purpose.request, purpose.request.contact
    owner = contact.owner
    to, cannot = _mailbox(request)
    plan = schedule_of(owner, contact, purpose.opportunity, now)
    zone = ZoneInfo(contact.time_zone or owner.time_zone or "UTC")
    days = working_days_with(contact, now.date())
    facts = {
        "applicant": owner.name,
        "words": page.note,
        "by": purpose.shown_on,
        "subject": page.subject,
    }
    return Check(
        mail=preview("ask", facts, request=request, to=to, now=now),
        findings=findings(purpose, page.note, now),
        warnings=(*days_away(contact, now.date()), *(plan.warnings if plan else ())),
        needs_ask_anyway=purpose.opportunity.ask_anyway_at is None
        and _days_left(purpose, now) < LEADS[Pace.FORMAL].refuse_under,
        days_left=_days_left(purpose, now) if purpose.opportunity.deadline_on else None,
        cannot=cannot,
        morning=_next_morning(now, zone, contact),
        is_decent_now=decent_hour(now, zone, days) <= now,
        writer_zone=contact.time_zone,
        is_caught=mailbox.is_open(),
    )


def findings(purpose: Purpose, note: str, now: datetime) -> tuple[TactFinding, ...]:
    """Tact: what the note could do better. Advice; only a wrong name or a blank asks for a second click."""
    last = (
        Outgoing.objects.filter(about=purpose.request.key, kind__in=("ask", "reminder"))
        .exclude(state__in=(outbox.State.WITHDRAWN, outbox.State.FAILED))
        .order_by("-due_at")
        .first()
    )
    facts = replace(facts_of(purpose), now=now, last_asked_at=last.due_at if last else None)
    return tuple(_finding(found, note) for found in check_ask(note, facts))


def schedule_of(owner: Account, contact: Contact, opportunity: Opportunity, now: datetime) -> Schedule | None:
    """When to meet, mail and remind; None for the pocket, and where the deadline has passed."""
    if opportunity.deadline_on is None:
        return None
    zone = ZoneInfo(opportunity.zone or "UTC")
    deadline = datetime.combine(opportunity.deadline_on, opportunity.deadline_time or END_OF_DAY, zone)
    today = now.astimezone(ZoneInfo(owner.time_zone or "UTC")).date()
    writer_zone = ZoneInfo(contact.time_zone) if contact.time_zone else None
    there = deadline.astimezone(writer_zone).date() if writer_zone else deadline.date()
    if min(deadline.date(), there) < today:
        return None
    return schedule(
        today=today,
        deadline=deadline,
        working_days=working_days_with(contact, today),
        writer_zone=writer_zone,
        meets_regularly=contact.meets_regularly,
        channel=Channel.MAIL,
        pace=Pace.INFORMAL if opportunity.kind == Opportunity.Kind.JOB else Pace.FORMAL,
    )


def _days_left(purpose: Purpose, now: datetime) -> int:
    deadline = purpose.opportunity.deadline_on
    if deadline is None:
        return LEADS[Pace.FORMAL].comfortable
    today = now.astimezone(ZoneInfo(purpose.request.contact.owner.time_zone or "UTC")).date()
    return max((deadline - today).days, 0)


def _mailbox(request: Request) -> tuple[WritersMailbox | None, Refusal | None]:
    try:
        return demand_mailable(request), None
    except Refusal as refusal:
        return None, refusal


def _next_morning(now: datetime, zone: ZoneInfo, contact: Contact) -> datetime:
    """The next opening after this day's, or this day's own where it is still to come."""
    days = working_days_with(contact, now.date())
    soonest = decent_hour(now, zone, days)
    if soonest > now:
        return soonest
    midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
    return decent_hour(midnight, zone, days)


def _finding(found: Finding, note: str) -> TactFinding:
    quoted = " ".join(note[found.start : found.end].split())
    return TactFinding(
        found.code,
        found.level is Level.CONFIRM,
        found.sentence,
        found.hint,
        quoted if len(quoted) < 140 else "",
    )
