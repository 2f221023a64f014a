from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from vouchsafe.core import planning
from vouchsafe.core.odds.learning import NOTHING_SEEN, Experience
from vouchsafe.core.words import to_plain
from vouchsafe.ledger import journal
from vouchsafe.people.access import away_of
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.candidates import candidates
from vouchsafe.plans.further_asks import further_asks
from vouchsafe.plans.models import Choice, Opportunity, Plan, Slot, Wish
from vouchsafe.plans.planning import (
    Committed,
    SoFar,
    contact_facts,
    odds_to_keep,
    opportunity_facts,
    own_chances,
    reference_keys,
    share_left,
    wish_facts,
)

NOTHING_OWED = Committed()
Progress = Callable[[str, float], None]


SEARCH_SECONDS = 12.0
UNTRIED: Mapping[str, Any] = {}


def draw_plan(
    *,
    by: Account,
    so_far: SoFar,
    today: date,
    now: datetime,
    experience: Experience = NOTHING_SEEN,
    trust: Mapping[str, Any] = UNTRIED,
    seconds: float = SEARCH_SECONDS,
    progress: Progress | None = None,
) -> Plan:
    """Draw the applicant's plan anew, over all their opportunities together that are not over.

    `experience` is what the instance has learned, for the chances; `trust` is whether its odds have come true so
    far and may be shown, kept with the plan. Both are known downstream.
    The search runs before the transaction, for at most about `seconds`; what it leaves unproved is kept as
    the plan's gap. Where there are very many people, those of whom nothing is known are left out and counted. Writes the plan with its slots and choices, and marks the one
    before it replaced; queues nothing. An applicant without opportunities gets an empty plan.
    """
    opportunities = list(Opportunity.objects.of(by).going_on())
    happened_to = {fact.contact for fact in so_far.happened}
    found, left_out = candidates(by, happened_to)
    contacts = {row.key: row for row in found.prefetch_related("addresses")}
    references, own = reference_keys(opportunities), own_chances(opportunities)
    wishes = Wish.objects.filter(opportunity__in=opportunities, contact__removed_at__isnull=True).filter(
        Q(out__isnull=True) | Q(out__removed_at__isnull=True)
    )
    away = away_of(contacts.values(), today)
    people = [
        contact_facts(
            row,
            references,
            so_far.committed.get(row.key, NOTHING_OWED),
            away[row.pk],
            own.get(row.pk, ()),
        )
        for row in contacts.values()
    ]
    openings = [opportunity_facts(row) for row in opportunities]
    wished = wish_facts(wishes.select_related("contact", "opportunity", "out"))
    # What has happened to people since taken off the list binds nobody any more.
    happened = [fact for fact in so_far.happened if fact.contact in contacts]
    told = [*wished, *happened]
    drawn = planning.draw(
        people, openings, told, today=today, experience=experience, seconds=seconds, progress=progress
    )
    offers = further_asks(drawn, people, openings, told, experience)
    return _keep(by, drawn, offers, {row.key: row for row in opportunities}, contacts, left_out, trust, now)


@transaction.atomic
def _keep(
    by: Account,
    drawn: planning.Plan,
    offers: dict[str, list[dict[str, Any]]],
    opportunities: dict[str, Opportunity],
    contacts: dict[str, Contact],
    left_out: int,
    trust: Mapping[str, Any],
    now: datetime,
) -> Plan:
    Plan.objects.filter(owner=by, replaced_at__isnull=True).update(replaced_at=now)
    plan = Plan.objects.create(
        owner=by,
        drawn_at=now,
        drawn_on=drawn.today,
        left_out=left_out,
        trust=dict(trust),
        odds={
            part.opportunity: odds_to_keep(part, offers.get(part.opportunity, []))
            for part in drawn.opportunities
        },
        gap=share_left(drawn),
        load={load.contact: [load.hours, load.at_most, load.budget] for load in drawn.loads},
        completions=[
            [row.contact, row.opportunity, row.what, to_plain(row.sentence)] for row in drawn.completions
        ],
        # What has happened is no wish: only what was asked of the plan has a price worth telling.
        wishes=[
            to_plain(outcome.sentence)
            for outcome in drawn.wishes
            if not isinstance(outcome.wish, planning.Happened)
        ],
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
