from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from vouchsafe.core import planning
from vouchsafe.core.words import to_plain
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.models import Choice, Opportunity, Plan, Slot, Wish
from vouchsafe.plans.planning import (
    Committed,
    SoFar,
    contact_facts,
    odds_to_keep,
    opportunity_facts,
    reference_keys,
    wish_facts,
)

NOTHING_OWED = Committed()
Progress = Callable[[str, float], None]


def draw_plan(
    *, by: Account, so_far: SoFar, today: date, now: datetime, progress: Progress | None = None
) -> Plan:
    """Draw the applicant's plan anew, over all their opportunities together.

    The search runs before the transaction. Writes the plan with its slots and choices, and marks the one
    before it replaced; queues nothing. An applicant without opportunities gets an empty plan.
    """
    opportunities = list(Opportunity.objects.of(by))
    contacts = {row.key: row for row in Contact.objects.of(by).prefetch_related("addresses")}
    references = reference_keys(opportunities)
    wishes = Wish.objects.filter(opportunity__in=opportunities, contact__removed_at__isnull=True)
    drawn = planning.draw(
        [
            contact_facts(row, references, so_far.committed.get(row.key, NOTHING_OWED))
            for row in contacts.values()
        ],
        [opportunity_facts(row) for row in opportunities],
        [*wish_facts(wishes.select_related("contact", "opportunity")), *so_far.happened],
        today=today,
        progress=progress,
    )
    return _keep(by, drawn, {row.key: row for row in opportunities}, contacts, today, now)


@transaction.atomic
def _keep(
    by: Account,
    drawn: planning.Plan,
    opportunities: dict[str, Opportunity],
    contacts: dict[str, Contact],
    today: date,
    now: datetime,
) -> Plan:
    Plan.objects.filter(owner=by, replaced_at__isnull=True).update(replaced_at=now)
    plan = Plan.objects.create(
        owner=by,
        drawn_at=now,
        drawn_on=today,
        odds={part.opportunity: odds_to_keep(part) for part in drawn.opportunities},
        load={load.contact: [load.hours, load.at_most, load.budget] for load in drawn.loads},
        completions=[
            [row.contact, row.opportunity, row.what, to_plain(row.sentence)] for row in drawn.completions
        ],
        wishes=[to_plain(outcome.sentence) for outcome in drawn.wishes],
    )
    choices = []
    for part in drawn.opportunities:
        for planned in part.slots:
            slot = Slot.objects.create(
                plan=plan,
                opportunity=opportunities[part.opportunity],
                position=planned.number,
                is_spare=planned.is_spare,
            )
            people = ([planned.writer] if planned.writer else []) + list(planned.stand_bys)
            first_rank = 0 if planned.writer else 1
            choices += [
                _choice(slot, contacts[person.contact], rank, person)
                for rank, person in enumerate(people, start=first_rank)
            ]
    Choice.objects.bulk_create(choices)
    journal.note(chain=by.key, verb="plan_drawn", about=plan.key, by=by.key, now=now)
    return plan


def _choice(slot: Slot, contact: Contact, rank: int, person: planning.Person) -> Choice:
    approach = person.approach
    return Choice(
        slot=slot,
        contact=contact,
        rank=rank,
        fit=person.fit,
        channel=approach.means.value,
        reasons=[[reason.code, reason.speaks, to_plain(reason.sentence)] for reason in person.reasons],
        meet_on=approach.meet_on,
        mail_on=approach.mail_on or approach.ask_on,
        chance=person.chance,
    )
