"""Whom an adviser helps, the one who needs a word first. Four queries, however many they are.

What is told of a request is how far it is. No note, no words of an answer and no letter is loaded here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate

from vouchsafe.asks.models import Ask, Purpose
from vouchsafe.core.words import Sentence, say, say_n
from vouchsafe.desk.front import newest
from vouchsafe.desk.front_rows import asks_of, purposes_of, raw_stage
from vouchsafe.ledger.models import Line
from vouchsafe.people.access import advised_by
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Opportunity, Plan

NEAR = timedelta(days=14)
QUIET = timedelta(days=14)
COMING = frozenset({"agreed", "writing", "sealed"})
LEFT = frozenset({"declined", "withdrawn"})


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One applicant: the nearest place that still lacks letters, and whether a word would help."""

    key: str
    name: str
    title: str
    need: int
    safe: int
    coming: int
    deadline: date | None
    odds: float | None
    next_on: date | None
    last_on: date | None
    why: Sentence | None
    """Why a word would help; None where all goes well."""

    urgency: int


def cohort(adviser: Account, today: date) -> tuple[CohortRow, ...]:
    """Everybody who agreed that this adviser looks along: who needs a word, then by the day, then by name."""
    rows = list(_with_plans(adviser))
    people = [row.applicant for row in rows]
    places = _by_owner(
        Opportunity.objects.filter(owner__in=people, removed_at__isnull=True).going_on().defer("text"),
        "owner_id",
    )
    purposes: Mapping[int, list[Purpose]] = defaultdict(list)
    for purpose in purposes_of(*people):
        purposes[purpose.request.contact.owner_id].append(purpose)
    asks: Mapping[int, list[Ask]] = defaultdict(list)
    for ask in asks_of(*people):
        asks[ask.contact.owner_id].append(ask)
    found = [
        _row(row, places[row.applicant_id], purposes[row.applicant_id], asks[row.applicant_id], today)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.urgency, one.deadline or date.max, one.name.casefold())))


def _with_plans(adviser: Account) -> Iterable[Any]:
    plans = Plan.objects.filter(owner=OuterRef("applicant"), replaced_at__isnull=True)
    touched = Line.objects.filter(chain=OuterRef("applicant__key"), by=OuterRef("applicant__key"))
    return advised_by(adviser).annotate(
        plan_odds=Subquery(plans.values("odds")[:1]),
        trust=Subquery(plans.values("trust")[:1]),
        last_at=Subquery(touched.order_by("-position").values("at")[:1]),
    )


def _by_owner(rows: Iterable[Any], owner: str) -> Mapping[int, list[Any]]:
    found: Mapping[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, owner)].append(row)
    return found


def stages_of(purposes: Iterable[Purpose], asks: Iterable[Ask]) -> dict[tuple[str, str], str]:
    """How far each letter is, by contact and opportunity: what was mailed, and what was said in person before."""
    found: dict[tuple[str, str], str] = {}
    for row in purposes:
        pair = (row.request.contact.key, row.opportunity.key)
        if raw_stage(row) != "prepared":
            found[pair] = raw_stage(row)
    spoken = {"yes": "agreed", "maybe": "thinking", "waiting": "asked", "no": "declined"}
    for pair, ask in newest(((ask.contact.key, ask.opportunity.key), ask) for ask in asks).items():
        if ask.said in spoken and found.get(pair) in (None, "asked"):
            said = spoken[ask.said]
            found[pair] = said if pair not in found or said == "agreed" else found[pair]
    return found


def _row(
    row: Any, places: list[Opportunity], purposes: list[Purpose], asks: list[Ask], today: date
) -> CohortRow:
    stages = stages_of(purposes, asks)
    chosen = _pressing(places, stages, today)
    mine = [stage for pair, stage in stages.items() if chosen is not None and pair[1] == chosen.key]
    safe, coming = mine.count("sealed"), sum(stage in COMING for stage in mine)
    last_on = localdate(row.last_at) if row.last_at else None
    hidden = bool(row.trust) and not row.trust["shown"]
    part = (row.plan_odds or {}).get(chosen.key) if chosen is not None and not hidden else None
    odds = part["odds"] if part and part["need"] and any(part["chains"]) else None
    urgency, why = _word(row, chosen, coming, safe, odds, purposes, last_on, today)
    return CohortRow(
        key=row.key,
        name=str(row.applicant),
        title=chosen.title if chosen is not None else "",
        need=chosen.need if chosen is not None else 0,
        safe=safe,
        coming=coming,
        deadline=chosen.deadline_on if chosen is not None else None,
        odds=odds,
        next_on=_next(purposes, today),
        last_on=last_on,
        why=why,
        urgency=urgency,
    )


def _pressing(
    places: list[Opportunity], stages: Mapping[tuple[str, str], str], today: date
) -> Opportunity | None:
    """The nearest place ahead that still lacks a safe letter; else the nearest ahead; else the latest."""

    def lacks(place: Opportunity) -> bool:
        safe = sum(stage == "sealed" for pair, stage in stages.items() if pair[1] == place.key)
        return safe < place.need

    ahead = [place for place in places if place.deadline_on is None or place.deadline_on >= today]
    return min(
        ahead or places,
        key=lambda place: (not lacks(place), place.deadline_on or date.max, place.pk),
        default=None,
    )


def _next(purposes: list[Purpose], today: date) -> date | None:
    """The next day on which a letter is promised or was asked for, of those that are not safe yet."""
    days = [
        row.promised_on or row.shown_on  # type: ignore[attr-defined]  # annotated
        for row in purposes
        if raw_stage(row) not in {"sealed", *LEFT}
    ]
    return min((day for day in days if day is not None and day >= today), default=None)


def _word(
    row: Any,
    chosen: Opportunity | None,
    coming: int,
    safe: int,
    odds: float | None,
    purposes: list[Purpose],
    last_on: date | None,
    today: date,
) -> tuple[int, Sentence | None]:
    """Whether a word would help, the most pressing reason first."""
    if chosen is None:
        return 2, say("Nothing is planned yet.")
    missing = max(0, chosen.need - coming)
    if missing and chosen.deadline_on is not None and today <= chosen.deadline_on <= today + NEAR:
        return 0, say_n(
            "One letter is promised by nobody, and the day is near.",
            "{n} letters are promised by nobody, and the day is near.",
            missing,
        )
    if any(_in_trouble(one) for one in purposes):
        return 1, say("A mail to a writer did not arrive.")
    if row.plan_odds is None:
        return 2, say("No plan is drawn yet.")
    if safe < chosen.need and odds is not None and odds < 0.5:
        return 2, say("As it is planned, a letter is more likely to be missing than not.")
    if safe < chosen.need and (last_on is None or last_on < today - QUIET):
        return 3, say("Nothing was done for two weeks.")
    return 4, None


def _in_trouble(purpose: Purpose) -> bool:
    is_open = purpose.closed_why is None and raw_stage(purpose) != "sealed"  # type: ignore[attr-defined]  # annotated
    bounced = purpose.request.paused_why.startswith("bounce")
    return is_open and (bounced or purpose.mail_state in ("failed", "unknown"))  # type: ignore[attr-defined]  # annotated
