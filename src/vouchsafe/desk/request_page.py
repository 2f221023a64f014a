"""One request as its applicant may know it: what was said, what was mailed, what is to come.

Of the letter itself only facts are here: asked, opened, answered, started, sealed, sent, read. No draft and no
text of a letter is loaded, so none can be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vouchsafe.asks.access import ask_mail, handed_link, stage, suggestion
from vouchsafe.asks.actions.remind_by_hand import BY_HAND
from vouchsafe.asks.mailbox import demand_mailable
from vouchsafe.asks.models import Answer, Ask, Opening, Purpose, Reminder, Request
from vouchsafe.asks.reach import is_reachable
from vouchsafe.asks.spacing import APART, left_lately
from vouchsafe.core.stages import REQUEST
from vouchsafe.core.words import Refusal, Sentence, say, say_n
from vouchsafe.desk.away import days_away
from vouchsafe.desk.request_odds import IfNo, if_no
from vouchsafe.desk.request_portals import PortalLine, portals_of
from vouchsafe.desk.request_story import Event, story
from vouchsafe.desk.timeline import Happening, timeline
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing

CHIPS = {
    "prepared": (say("Not asked"), ""),
    "asked": (say("Waiting for a yes"), "wait"),
    "agreed": (say("Said yes"), "blue"),
    "writing": (say("Writing"), "blue"),
    "declined": (say("Said no"), ""),
    "sealed": (say("Safe"), "seal"),
    "withdrawn": (say("Stopped"), ""),
}


@dataclass(frozen=True, slots=True)
class PurposeLine:
    key: str
    opportunity_key: str
    title: str
    organisation: str
    shown_on: date | None
    is_waived: bool
    is_mailed: bool
    is_ready: bool
    """Whether it goes by itself once somebody before them says no or stays silent."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A mail that did not arrive, or of which nobody knows. `purpose_key` is what could be sent again."""

    kind: str
    purpose_key: str
    address: str


@dataclass(frozen=True, slots=True)
class Suggested:
    key: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    key: str
    contact_key: str
    writer: str
    greeting: str
    stage: str
    chip: Sentence
    tone: str
    sentence: Sentence
    purposes: tuple[PurposeLine, ...]
    story: tuple[Event, ...]
    trouble: Trouble | None
    address: str
    can_remind: bool
    why_no_reminder: Sentence | None
    can_stop: bool
    can_add: bool
    can_change_address: bool
    has_slip: bool
    is_reachable: bool
    if_no: IfNo | None
    portals: tuple[PortalLine, ...]
    away: tuple[Sentence, ...]
    shared: tuple[Happening, ...]
    """The rows that its writer sees, too."""
    suggested: Suggested | None
    """Whom the writer, who said no, proposes in their place."""
    next_step: str
    """The key of the purpose to go on preparing; empty when nothing is left to send."""


def request_page(request: Request, today: date, now: datetime) -> RequestPage:
    """Everything on the page of one request, as of now."""
    contact = request.contact
    standing = stage(request)
    purposes = list(
        Purpose.objects.filter(request=request, withdrawn_at__isnull=True).select_related(
            "request__contact__owner", "request__correspondent", "opportunity"
        )
    )
    mails = list(Outgoing.objects.filter(about=request.key, kind__in=("ask", "reminder", "cancelled")))
    mailed = {row.key for row in purposes if ask_mail(row) is not None}
    answer = Answer.objects.filter(request=request).last()
    due = _due(purposes, answer, standing)
    chip, tone = _chip(request, purposes, standing, due, today)
    reminder = next(iter(Reminder.objects.filter(request=request, sent_at=None, dropped_at=None)), None)
    why = _why_no_reminder(request, standing, now)
    return RequestPage(
        key=request.key,
        contact_key=contact.key,
        writer=contact.name,
        greeting=contact.salutation.strip().removeprefix("Dear ").rstrip(",") or contact.name,
        stage=standing,
        chip=chip,
        tone=tone,
        sentence=_sentence(
            request, purposes, standing, reminder if reminder and reminder.due_at > now else None
        ),
        purposes=tuple(
            PurposeLine(
                row.key,
                row.opportunity.key,
                row.opportunity.title,
                row.opportunity.organisation,
                row.shown_on,
                row.confidentiality == Purpose.Choice.WAIVED,
                row.key in mailed,
                row.ready_at is not None and row.key not in mailed,
            )
            for row in purposes
        ),
        story=story(request, purposes, mails, standing, today, now),
        trouble=_trouble(request, mails),
        address=_address(request),
        can_remind=why is None,
        why_no_reminder=why,
        can_stop=REQUEST.allows("withdraw", standing),
        can_add=REQUEST.allows("add_purpose", standing),
        can_change_address=standing in {"prepared", "asked", "declined"},
        has_slip=handed_link(request) is not None,
        is_reachable=is_reachable(),
        if_no=if_no(contact.owner, contact, [row.opportunity for row in purposes], today)
        if standing in {"asked", "agreed", "writing"}
        else None,
        portals=portals_of(request, purposes),
        away=days_away(contact, today) if standing not in {"sealed", "withdrawn"} else (),
        shared=timeline(request),
        suggested=_suggested(request, standing),
        next_step=next((row.key for row in purposes if row.key not in mailed), "")
        if standing not in {"sealed", "withdrawn"}
        else "",
    )


def _suggested(request: Request, standing: str) -> Suggested | None:
    found = suggestion(request) if standing == "declined" else None
    return Suggested(found.key, found.name, found.address) if found is not None else None


def _due(purposes: list[Purpose], answer: Answer | None, standing: str) -> date | None:
    if standing not in {"asked", "agreed", "writing"}:
        return None
    if standing != "asked" and answer is not None and answer.promised_on:
        return answer.promised_on
    return min((row.shown_on for row in purposes if row.shown_on), default=None)


def _chip(
    request: Request, purposes: list[Purpose], standing: str, due: date | None, today: date
) -> tuple[Sentence, str]:
    if request.paused_at is not None and standing in {"asked", "agreed", "writing"}:
        return say("Email did not arrive"), "stop"
    if due is not None and due < today:
        return say_n("One day late", "{n} days late", (today - due).days), "stop"
    if standing == "asked" and _said_yes(request, purposes):
        return CHIPS["agreed"]
    return CHIPS[standing]


def _said_yes(request: Request, purposes: list[Purpose]) -> bool:
    """Whether the last word in person or by phone was a yes, which the mail only follows up on."""
    spoken = Ask.objects.filter(
        contact=request.contact,
        opportunity__in=[row.opportunity_id for row in purposes],
        undone_at__isnull=True,
    )
    last = spoken.exclude(channel=Ask.Channel.MAIL).exclude(said=Ask.Said.NOT_MET).last()
    return last is not None and last.said == Ask.Said.YES


def _sentence(
    request: Request, purposes: list[Purpose], standing: str, reminder: Reminder | None
) -> Sentence:
    """What it is for, and what happens next."""
    what = [row.opportunity.title for row in purposes]
    name = request.contact.name
    if standing == "prepared":
        return say("Prepared for {what}, and not sent yet.", what=what)
    if standing == "sealed":
        return say("The letter for {what} is sealed and safe.", what=what)
    if standing == "withdrawn":
        return say("You stopped asking {name}.", name=name)
    if standing == "declined":
        return say(
            "Asked for {what}. {name} said no, so you have time to ask someone else.", what=what, name=name
        )
    if reminder is not None:
        return say(
            "Asked for {what}. The next reminder goes on {day}.", what=what, day=reminder.due_at.date()
        )
    if Opening.objects.filter(request=request).exists():
        return say("Asked for {what}. {name} has opened your request.", what=what, name=name)
    return say("Asked for {what}.", what=what)


def _trouble(request: Request, mails: list[Outgoing]) -> Trouble | None:
    address = _address(request)
    if request.paused_at is not None:
        return Trouble("bounced", _latest_purpose(mails), address)
    newest = max(
        (row for row in mails if row.state != outbox.State.WITHDRAWN), key=lambda row: row.id, default=None
    )
    if newest is None or newest.state not in (outbox.State.UNKNOWN, outbox.State.FAILED):
        return None
    return Trouble(newest.state, _latest_purpose(mails) if newest.kind == "ask" else "", address)


def _latest_purpose(mails: list[Outgoing]) -> str:
    asks = [row for row in mails if row.kind == "ask" and row.state != outbox.State.WITHDRAWN]
    return max(asks, key=lambda row: row.id).once.split("|")[1] if asks else ""


def _address(request: Request) -> str:
    first = request.contact.addresses.first()
    return first.address if first else ""


def _why_no_reminder(request: Request, standing: str, now: datetime) -> Sentence | None:
    """Why none can be sent by hand now, or None when one can."""
    if not REQUEST.allows("remind", standing):
        return say("There is nothing to remind of.")
    try:
        demand_mailable(request)
    except Refusal as refusal:
        return refusal.sentence
    mine = Reminder.objects.filter(request=request, kind="by_hand", sent_at__isnull=False).count()
    if mine >= BY_HAND:
        return say("You have reminded {name} twice yourself. That is enough.", name=request.contact.name)
    lately = left_lately(request, now)
    if lately is not None:
        return say("You can remind from {day}, two days after the last mail.", day=_after(lately))
    return None


def _after(moment: datetime) -> date:
    return (moment + APART + timedelta(hours=23)).date()
