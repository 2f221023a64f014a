"""The others in the story's careers centre: so that the office, an adviser and a much-asked writer have something to look at.

Everything is done by the same actions and the same visitors' presses as Ada's walk; nothing is written past them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.core.composing import AskFacts, Purpose, Tie, Waiver, compose_ask
from vouchsafe.core.composing.facts import Due
from vouchsafe.doors.cli.story_browser import Visitor
from vouchsafe.doors.cli.story_world import ADVISER, CaughtMail
from vouchsafe.people import access as people
from vouchsafe.people.actions.add_contact import add_contact
from vouchsafe.people.actions.agree_to_adviser import agree_to_adviser
from vouchsafe.people.actions.create_account import create_account
from vouchsafe.people.actions.name_adviser import name_adviser
from vouchsafe.people.contact_facts import ContactFacts
from vouchsafe.plans.actions.add_destination import add_destination
from vouchsafe.plans.actions.add_opportunity import add_opportunity
from vouchsafe.plans.opportunity_facts import OpportunityFacts

YES, NO, NOT_YET = "Yes, I will write it", "Not this time", ""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody an applicant knows, as the applicant says it."""

    name: str
    address: str
    tie: str
    knows_work: int
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One letter asked for by mail, why of this person, and what they press."""

    who: Known
    appreciation: str
    confidentiality: str
    presses: str = NOT_YET


@dataclass(frozen=True, slots=True)
class Neighbour:
    name: str
    address: str
    kind: str
    title: str
    organisation: str
    need: int
    days: int
    knows: tuple[Known, ...]
    asked: tuple[Asked, ...] = ()
    in_person: tuple[Known, str] | None = None


NWOSU = Known(
    "Dr Amara Nwosu", "a.nwosu@aldermouth.example", "professor_small", 3, "University of Aldermouth"
)
SOLHEIM = Known(
    "Prof. Ingrid Solheim",
    "ingrid.solheim@aldermouth.example",
    "professor_large",
    2,
    "University of Aldermouth",
)
CASTELLAN = Known("Ruth Castellan", "ruth.castellan@harbour-lab.example", "direct_manager", 4, "Harbour Lab")
OKORO = Known("Emeka Okoro", "e.okoro@northgate-school.example", "mentor", 3, "Northgate School")
LINDE = Known("Birgit Linde", "birgit.linde@tideway.example", "direct_manager", 4, "Tideway Ferries")
HALE = Known("Marcus Hale", "marcus.hale@tideway.example", "colleague", 3, "Tideway Ferries")

NEIGHBOURS = (
    Neighbour(
        "Jonas Lindqvist", "jonas@kestrel.example", "academic", "MSc Transport systems", "North Strand University", 2, 26,
        knows=(NWOSU, LINDE, HALE),
        asked=(
            Asked(NWOSU, "You let me redo the timetable study until it held.", "waived", YES),
            Asked(LINDE, "You gave me the winter timetable to plan by myself.", "waived", NO),
        ),
    ),
    Neighbour(
        "Priya Venkatesan", "priya@kestrel.example", "academic", "PhD place in soil science", "Institute of Soils", 3, 33,
        knows=(NWOSU, SOLHEIM, CASTELLAN),
        asked=(
            Asked(CASTELLAN, "Two summers at your bench taught me to write down what failed.", "waived", YES),
            Asked(NWOSU, "Your remarks on my thesis are still pinned above my desk.", "waived"),
        ),
    ),
    Neighbour(
        "Mateus Oliveira", "mateus@kestrel.example", "scholarship", "Coastal fellowship", "Estuary Trust", 1, 15,
        knows=(NWOSU,),
        asked=(Asked(NWOSU, "Your field week was where I learned to read a shoreline.", "open"),),
    ),
    Neighbour(
        "Hanna Rosen", "hanna@kestrel.example", "programme", "Teacher training, primary", "Northgate School", 2, 54,
        knows=(OKORO, SOLHEIM), in_person=(OKORO, "maybe"),
    ),
    Neighbour(
        "Yusuf Demir", "yusuf@kestrel.example", "job", "Deck officer", "Tideway Ferries", 1, 19,
        knows=(LINDE, HALE),
        asked=(Asked(HALE, "You stood every night watch of my first month with me.", "open", YES),),
    ),
)  # fmt: skip


def bring_neighbours(mail_to: Callable[[str, str, str], CaughtMail]) -> str:
    """Everyone above, through the actions; `mail_to` waits for the mail to an address, with a link of that kind, about somebody."""
    instance = people.instance()
    if instance is None or people.account_by_email(ADVISER[1]) is not None:
        return ""
    adviser = create_account(
        email=ADVISER[1], name=ADVISER[0], role="adviser", by="story", now=timezone.now()
    )
    for neighbour in NEIGHBOURS:
        owner = create_account(email=neighbour.address, name=neighbour.name, by="story", now=timezone.now())
        contacts = {known: _meet(owner, known) for known in neighbour.knows}
        opportunity = _opportunity(owner, neighbour)
        redraw_plan(by=owner, today=timezone.localdate(), now=timezone.now())
        for asked in neighbour.asked:
            _ask(owner, opportunity, contacts[asked.who], asked)
            if asked.presses:
                link = mail_to(asked.who.address, "/r/", owner.name).link
                Visitor(settings.BASE_URL).open(link).press(asked.presses)
        if neighbour.in_person is not None:
            _meet_and_ask(owner, opportunity, contacts[neighbour.in_person[0]], neighbour.in_person[1])
        if neighbour.kind != "job":
            row = name_adviser(by=instance.owner, adviser=adviser, applicant=owner, now=timezone.now())
            agree_to_adviser(by=owner, advising=row, now=timezone.now())
    asks = sum(len(neighbour.asked) for neighbour in NEIGHBOURS)
    return f"And the others at {instance.name}: {len(NEIGHBOURS)} people, {asks} requests, and {adviser.name}, who advises four"


def _meet(owner: Any, known: Known) -> Any:
    today = timezone.localdate()
    facts = ContactFacts(
        name=known.name,
        organisation=known.organisation,
        addresses=(known.address,),
        tie=known.tie,
        knows_work=known.knows_work,
        warmth=3,
        last_worked_on=today - timedelta(days=300),
    )
    return add_contact(by=owner, facts=facts, now=timezone.now())


def _opportunity(owner: Any, neighbour: Neighbour) -> Any:
    found = add_opportunity(
        by=owner,
        facts=OpportunityFacts(
            kind=neighbour.kind,
            title=neighbour.title,
            organisation=neighbour.organisation,
            letters="required",
            need=neighbour.need,
            deadline_on=timezone.localdate() + timedelta(days=neighbour.days),
        ),
        now=timezone.now(),
    )
    add_destination(
        by=owner, opportunity=found, way="reader_link", label=neighbour.organisation, address="", now=timezone.now()
    )  # fmt: skip
    return found


def _ask(owner: Any, opportunity: Any, contact: Any, asked: Asked) -> None:
    shown = opportunity.deadline_on - timedelta(days=5)
    composed = compose_ask(
        AskFacts(
            applicant=owner.name,
            writer=contact.name,
            salutation=contact.name,
            tie=Tie.of(asked.who.tie),
            appreciation=asked.appreciation,
            purpose=Purpose.JOB if opportunity.kind == "job" else Purpose.PROGRAMME,
            opportunity=opportunity.title,
            institution=opportunity.organisation,
            due=Due(shown, zone="UTC"),
            waiver=Waiver(asked.confidentiality),
        )
    )
    purpose = open_request(
        by=owner, contact=contact, opportunity=opportunity, shown_on=shown, confidentiality=asked.confidentiality,
        subject=str(composed.subject), note=composed.text(), points=[], today=timezone.localdate(), now=timezone.now(),
    )  # fmt: skip
    send_ask(by=owner, purpose=purpose, now=timezone.now(), undo=timedelta(0), ask_anyway=True)


def _meet_and_ask(owner: Any, opportunity: Any, contact: Any, said: str) -> None:
    today = timezone.localdate()
    record_ask(
        by=owner, contact=contact, opportunity=opportunity, channel="in_person", said=said, asked_on=today,
        maybe_until=today + timedelta(days=6), today=today, now=timezone.now(),
    )  # fmt: skip
