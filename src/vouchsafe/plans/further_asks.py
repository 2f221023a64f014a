"""The people one more ask could go to, kept with a plan so that its page can say what each further ask buys."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from vouchsafe.core import planning
from vouchsafe.core.odds import Channel, Known, Link, Scenario, Slot
from vouchsafe.core.odds.learning import NOTHING_SEEN, Experience
from vouchsafe.core.odds.priors import SHORT_LEAD_DAYS, chance_of_yes
from vouchsafe.core.planning.asks import means_for, odds_tie
from vouchsafe.core.planning.board import Board, lay_out
from vouchsafe.core.planning.facts import Tie
from vouchsafe.core.planning.fit import rank

MOST = 3
"""The table of gains needs two at most; the third stands by for the one who is chosen by hand."""

Json = dict[str, Any]


def further_asks(
    drawn: planning.Plan,
    contacts: Collection[planning.Contact],
    opportunities: Collection[planning.Opportunity],
    wishes: Iterable[planning.Wish],
    experience: Experience = NOTHING_SEEN,
) -> dict[str, list[Json]]:
    """For each opportunity the best people who write for none of its slots yet, best fit first.

    A stand-by counts, for asking one now rather than later is one more ask. Whoever is barred, or has no
    hours left for it, does not. Each comes with the chance of a yes at leisure and at short notice.
    """
    board = lay_out(contacts, opportunities, list(wishes), drawn.today)
    roles: dict[str, set[str]] = {}
    for load in drawn.loads:
        roles[load.contact] = {*load.writes_for, *load.stands_by_for}
    found: dict[str, list[Json]] = {}
    for part in drawn.opportunities:
        if part.outlook is None or part.opportunity in board.closed or not part.slots:
            continue
        key = part.opportunity
        writing = {slot.writer.contact for slot in part.slots if slot.writer is not None}
        free = [c for c in board.contacts if c not in writing and _may_write(board, c, key, roles)]
        free.sort(key=lambda c: rank(board.contacts[c], board.fits[c, key].points))
        found[key] = [_offer(board, c, key, roles, experience) for c in free[:MOST]]
    return found


def _may_write(board: Board, contact: str, key: str, roles: dict[str, set[str]]) -> bool:
    if (contact, key) in board.barred or board.contacts[contact].tie is Tie.FAMILY:
        return False
    theirs = {*roles.get(contact, ()), key}
    return board.load(contact, sorted(theirs)) <= board.budgets[contact]


def _offer(
    board: Board, key: str, opportunity: str, roles: dict[str, set[str]], experience: Experience
) -> Json:
    contact = board.contacts[key]
    means = means_for(contact)
    others = len(roles.get(key, set()) - {opportunity})

    own = contact.own_chance(opportunity)

    def chance(lead_days: int) -> float:
        if own is not None:
            return own
        return chance_of_yes(
            odds_tie(contact),
            asked_in_person=means is planning.Means.IN_PERSON,
            open_asks=contact.open_asks + others,
            lead_days=lead_days,
            experience=experience,
        ).mean

    return {
        "contact": key,
        "means": means.value,
        "p": chance(SHORT_LEAD_DAYS),
        "p_short": chance(SHORT_LEAD_DAYS - 1),
    }


def chains_to_keep(part: planning.OpportunityPlan) -> list[list[Json]]:
    """The chains the odds were reckoned with, as JSON: the page reckons with the very same."""
    return [
        [
            {
                "contact": person.contact,
                **_link_to_keep(person.link),
                "meet_on": _iso(person.approach.meet_on),
                "ask_by": _iso(person.approach.ask_by),
            }
            for person in ([slot.writer] if slot.writer else []) + list(slot.stand_bys)
        ]
        for slot in part.slots
    ]


def _link_to_keep(link: Link) -> Json:
    known = link.known
    return {
        "p": link.p,
        "r": link.r,
        "l": link.l,
        "channel": link.channel.value,
        "ask_on": _iso(link.ask_on),
        "known": known
        and {
            "asked_on": _iso(known.asked_on),
            "answer": known.answer,
            "answered_on": _iso(known.answered_on),
            "letter_on": _iso(known.letter_on),
        },
    }


def link_of(kept: Json) -> Link:
    """What `chains_to_keep` kept of one person."""
    known = kept["known"]
    return Link(
        p=kept["p"],
        r=kept["r"],
        l=kept["l"],
        channel=Channel(kept["channel"]),
        ask_on=_day(kept["ask_on"]),
        known=known
        and Known(
            asked_on=date.fromisoformat(known["asked_on"]),
            answer=known["answer"],
            answered_on=_day(known["answered_on"]),
            letter_on=_day(known["letter_on"]),
        ),
    )


def scenario_of(kept: Json, drawn_on: date) -> Scenario | None:
    """The scenario a plan's part was reckoned with; None where there are no odds."""
    if kept["odds"] is None:
        return None
    last = drawn_on + timedelta(days=len(kept["by_day"]) - 1)
    slots = tuple(Slot(tuple(link_of(person) for person in chain)) for chain in kept["chains"])
    return Scenario(drawn_on, last, kept["need"], slots, _day(kept["shown"]))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
