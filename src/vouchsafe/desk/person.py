"""One person of an applicant's: what is known, where they stand in the plan, and what has happened. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from vouchsafe.asks.access import stage
from vouchsafe.asks.models import Answer, Ask, Purpose, Request, Start
from vouchsafe.core.words import Sentence, msg, say
from vouchsafe.desk.away import days_away
from vouchsafe.desk.people import advice
from vouchsafe.letters.models import Seal
from vouchsafe.people import access
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Choice, Opportunity, PhoneReference, Wish
from vouchsafe.plans.planning import Committed, contact_facts, opportunity_facts


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, newest first on the page."""

    at: datetime
    text: Sentence
    more: str = ""
    tone: str = "blue"


@dataclass(frozen=True, slots=True)
class Part:
    """What this person is to one opportunity."""

    key: str
    title: str
    organisation: str
    role: str
    """writes, stands_by, calls, kept_out or none."""
    pinned: bool


@dataclass(frozen=True, slots=True)
class SealedLetter:
    """A letter of theirs as far as its applicant may know: never its content."""

    key: str
    number: str
    title: str
    sealed_at: datetime
    in_confidence: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    contact: Contact
    addresses: tuple[str, ...]
    stage: str
    request_key: str
    advice: Sentence | None
    away: tuple[Sentence, ...]
    parts: tuple[Part, ...]
    letters: tuple[SealedLetter, ...]
    events: tuple[Event, ...]


ANSWERS = {
    Answer.Said.YES: (msg("{name} said yes."), "seal"),
    Answer.Said.YES_IF: (msg("{name} said yes, on a condition."), "seal"),
    Answer.Said.NO: (msg("{name} said no."), "stop"),
    Answer.Said.TAKEN_BACK: (msg("{name} cannot write after all."), "stop"),
    Answer.Said.NOT_MINE: (msg("Somebody said that this page is not meant for them."), "stop"),
}
ASKED = {
    Ask.Channel.IN_PERSON: msg("You asked {name} in person for {title}."),
    Ask.Channel.PHONE: msg("You asked {name} by phone for {title}."),
    Ask.Channel.MAIL: msg("You asked {name} by mail for {title}."),
}
SAID = {
    Ask.Said.YES: say("They said yes."),
    Ask.Said.MAYBE: say("They said maybe."),
    Ask.Said.NO: say("They said no."),
    Ask.Said.NOT_MET: say("You did not meet."),
}


def person(viewer: Account, key: str, *, today: date) -> PersonPage:
    """One person's page in twelve queries, however long the history. Raises NotHere for anyone else's."""
    contact = access.contact(viewer, key)
    request = Request.objects.filter(contact=contact).with_facts().select_related("opening").first()
    opportunities = [
        row
        for row in Opportunity.objects.of(viewer)
        if row.need > 0 and (row.deadline_on is None or row.deadline_on >= today)
    ]
    calls = set(PhoneReference.objects.filter(contact=contact).values_list("opportunity__key", flat=True))
    letters = tuple(_letters(viewer, request))
    added = Event(contact.added_at, say("You added {name}.", name=contact.name))
    # In the order in which things happen within one second: a seal carries whole seconds only.
    events = [added, *_asked(contact), *_on_the_page(contact, request), *_sealed(contact, letters)]
    return PersonPage(
        contact=contact,
        addresses=tuple(row.address for row in contact.addresses.all()),
        stage=stage(request) if request else "",
        request_key=request.key if request else "",
        advice=_advice(contact, opportunities, calls, today),
        away=days_away(contact, today),
        parts=tuple(_parts(viewer, contact, opportunities, calls)),
        letters=letters,
        events=tuple(sorted(events, key=lambda event: event.at.replace(microsecond=0))[::-1]),
    )


def _advice(
    contact: Contact, opportunities: list[Opportunity], calls: set[str], today: date
) -> Sentence | None:
    if not opportunities:
        return None
    facts = contact_facts(contact, {contact.pk: calls}, Committed())
    return advice(facts, opportunity_facts(opportunities[0]), today)


def _parts(
    viewer: Account, contact: Contact, opportunities: list[Opportunity], calls: set[str]
) -> Iterator[Part]:
    chosen: dict[int, int] = {}
    choices = Choice.objects.filter(
        contact=contact, slot__plan__owner=viewer, slot__plan__replaced_at__isnull=True
    )
    for opportunity_id, place in choices.values_list("slot__opportunity_id", "rank"):
        chosen[opportunity_id] = min(place, chosen.get(opportunity_id, place))
    wishes = dict(Wish.objects.filter(contact=contact).values_list("opportunity_id", "kind"))
    for row in opportunities:
        role = "none"
        if row.key in calls:
            role = "calls"
        elif row.pk in chosen:
            role = "stands_by" if chosen[row.pk] else "writes"
        elif wishes.get(row.pk) == Wish.Kind.FORBID:
            role = "kept_out"
        yield Part(row.key, row.title, row.organisation, role, wishes.get(row.pk) == Wish.Kind.PIN)


def _asked(contact: Contact) -> Iterator[Event]:
    asks = Ask.objects.filter(contact=contact, undone_at__isnull=True).select_related("opportunity")
    for ask in asks:
        asked = say(ASKED[Ask.Channel(ask.channel)], name=contact.name, title=ask.opportunity.title)
        answer = SAID.get(Ask.Said(ask.said))
        text = say("{asked} {answer}", asked=asked, answer=answer) if answer else asked
        yield Event(ask.recorded_at, text, ask.note, "stop" if ask.said == Ask.Said.NO else "blue")


def _on_the_page(contact: Contact, request: Request | None) -> Iterator[Event]:
    if request is None:
        return
    name = contact.name
    for purpose in Purpose.objects.filter(request=request).select_related("opportunity"):
        title = purpose.opportunity.title
        yield Event(purpose.added_at, say("You prepared the request for {title}.", title=title))
        if purpose.withdrawn_at:
            yield Event(purpose.withdrawn_at, say("You took back the request for {title}.", title=title))
    if hasattr(request, "opening"):
        yield Event(request.opening.opened_at, say("{name} opened the request.", name=name))
    for answer in Answer.objects.filter(request=request):
        sentence, tone = ANSWERS[Answer.Said(answer.said)]
        yield Event(answer.answered_at, say(sentence, name=name), answer.words, tone)
    for start in Start.objects.filter(request=request):
        yield Event(start.started_at, say("{name} began to write.", name=name))


def _letters(viewer: Account, request: Request | None) -> Iterator[SealedLetter]:
    if request is None:
        return
    seals = Seal.objects.filter(
        letter__request=request,
        letter__applicant=viewer,
        letter__removed_at__isnull=True,
        reopening__isnull=True,
        release__isnull=False,
    ).select_related("letter")
    for seal in seals:
        yield SealedLetter(
            seal.letter.key, seal.number, seal.letter.title, seal.sealed_at, not seal.letter.is_open
        )


def _sealed(contact: Contact, letters: tuple[SealedLetter, ...]) -> Iterator[Event]:
    for letter in letters:
        text = say("{name} sealed letter {number}.", name=contact.name, number=letter.number)
        yield Event(letter.sealed_at, text, letter.title, "seal")
