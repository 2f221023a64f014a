"""The one-page brief for asking in person, and the slip to leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from vouchsafe.asks.access import handed_link, request_with
from vouchsafe.asks.actions.ask_facts import ask_facts, composed_note
from vouchsafe.asks.actions.make_link import token_of
from vouchsafe.asks.models import Ask, Purpose
from vouchsafe.asks.reach import is_reachable
from vouchsafe.core.composing import Brief, Due, Meeting, compose_brief
from vouchsafe.desk.ask_page import schedule_of
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.access import choice_for
from vouchsafe.plans.models import Opportunity

LONGEST_OPENING = 240
"""Characters: more can't be said in one breath."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said so far."""

    key: str
    said: str
    asked_on: date
    maybe_until: date | None


@dataclass(frozen=True, slots=True)
class BriefPage:
    brief: Brief
    contact_key: str
    opportunity_key: str
    request_key: str
    writer: str
    greeting: str
    applicant: str
    title: str
    organisation: str
    shown_on: date | None
    token: str
    """Of the link that was handed over; empty until the slip is made."""
    can_hand_over: bool
    """Not on a laptop that nobody can reach."""
    next_best: str
    """Who stands by, should the answer be no."""
    spoken: Spoken | None

    @property
    def has_blanks(self) -> bool:
        """Whether a place still waits for the applicant's own words."""
        return any(str(line).startswith("[") for line in (*self.brief.to_say, *self.brief.saw))


def brief_page(owner: Account, contact: Contact, opportunity: Opportunity, now: datetime) -> BriefPage:
    """The sheet from what is known now. Writes nothing: a link is shown only once it was made."""
    request = request_with(owner, contact.key)
    purpose = (
        Purpose.objects.filter(request=request, opportunity=opportunity, withdrawn_at__isnull=True).first()
        if request
        else None
    )
    plan = schedule_of(owner, contact, opportunity, now)
    shown_on = purpose.shown_on if purpose else plan.shown_on if plan else None
    facts = ask_facts(
        owner=owner, contact=contact, opportunity=opportunity, purpose=purpose, shown_on=shown_on
    )
    choice = choice_for(owner, opportunity.key, contact.key)
    if choice and choice.meet_on and choice.meet_on >= now.date():
        facts = replace(facts, meeting=Meeting(on=Due(choice.meet_on)))
    link = handed_link(request) if request and purpose else None
    ask = (
        Ask.objects.filter(contact=contact, opportunity=opportunity, undone_at__isnull=True)
        .exclude(channel=Ask.Channel.MAIL)
        .last()
    )
    brief = compose_brief(facts)
    if purpose is not None and (opening := _own_opening(purpose.note, composed_note(facts))):
        brief = replace(brief, to_say=(opening, *brief.to_say[1:]))
    return BriefPage(
        brief=brief,
        contact_key=contact.key,
        opportunity_key=opportunity.key,
        request_key=request.key if request and purpose else "",
        writer=contact.name,
        greeting=facts.greeting_name,
        applicant=owner.name,
        title=opportunity.title,
        organisation=opportunity.organisation,
        shown_on=shown_on,
        token=token_of(link) if link else "",
        can_hand_over=is_reachable(),
        next_best=_next_best(owner, contact, opportunity),
        spoken=Spoken(ask.key, ask.said, ask.asked_on, ask.maybe_until) if ask else None,
    )


def _own_opening(note: str, composed: str) -> str:
    """What the applicant wrote where the proposal left a place for it: the paragraph after the greeting."""
    proposed = {part.strip() for part in composed.split("\n\n")}
    after_greeting = [part.strip() for part in note.split("\n\n")][1:2]
    own = [part for part in after_greeting if part and part not in proposed and not part.startswith("[")]
    return " ".join(own[0].split()) if own and len(own[0]) <= LONGEST_OPENING else ""


def _next_best(owner: Account, contact: Contact, opportunity: Opportunity) -> str:
    choice = choice_for(owner, opportunity.key, contact.key)
    if choice is None:
        return ""
    later = choice.slot.choices.filter(rank__gt=choice.rank).select_related("contact").first()
    return later.contact.name if later else ""
