"""How long what is over is kept here: the rule, what it would erase, who was told, and what was erased. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Sum

from vouchsafe.core.retention import OFFERED, TOLD_BEFORE, Rule
from vouchsafe.core.words import Sentence, say, say_n
from vouchsafe.packets.access_aged import (
    aged_mails,
    aged_readers,
    aged_received,
    aged_requests,
    aged_seats,
    current_rule,
    open_farewells,
    unused_accounts,
)
from vouchsafe.people.models import Farewell, Sweep

FAR = timedelta(days=3660)
SHOWN = 50
KEYS = 3


@dataclass(frozen=True, slots=True)
class Expected:
    """What a rule would erase of one kind the first time, and when; none: nothing within ten years."""

    kind: str
    count: int
    first_on: date | None
    oldest_on: date | None = None  # where nothing is old enough yet: when the first will be


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told of the same day."""

    kind: str
    erase_on: date
    accounts: int


@dataclass(frozen=True, slots=True)
class Swept:
    kind: str
    count: int
    at: datetime
    keys: tuple[str, ...]
    further: int


@dataclass(frozen=True, slots=True)
class Keeping:
    rule: Rule
    told: tuple[Told, ...]
    swept: tuple[Swept, ...]
    totals: dict[str, int]


def keeping() -> Keeping:
    """The page of the office, in four queries."""
    days = open_farewells().values("erase_on", "kind").annotate(n=Count("pk")).order_by("erase_on", "kind")
    rows = Sweep.objects.all()[:SHOWN]
    totals = Sweep.objects.order_by().values_list("kind").annotate(n=Sum("count"))
    return Keeping(
        rule=current_rule(),
        told=tuple(Told(row["kind"], row["erase_on"], row["n"]) for row in days),
        swept=tuple(
            Swept(row.kind, row.count, row.swept_at, tuple(row.keys[:KEYS]), max(0, len(row.keys) - KEYS))
            for row in rows
        ),
        totals=dict(totals),
    )


def expected(rule: Rule, *, today: date, now: datetime) -> tuple[Expected, ...]:
    """What a rule would erase, had it been set now. Kinds that are kept for good are left out."""
    found = []
    for kind in OFFERED:
        months = rule.months(kind)
        if months is None:
            continue
        if kind in ("requests", "accounts"):
            found.append(_announced(kind, months, today, now))
        elif kind == "mails":
            count = aged_mails(months=months, now=now).count() + aged_received(months=months, now=now).count()
            found.append(Expected(kind, count, today if count else None))
        else:
            count = aged_readers(months=months, now=now).count() + aged_seats(months=months, now=now).count()
            found.append(Expected(kind, count, today if count else None))
    return tuple(found)


def done_since(moment: datetime) -> tuple[dict[str, int], int]:
    """How many of each kind were erased since, and how many people were told."""
    rows = Sweep.objects.filter(swept_at__gte=moment).order_by()
    swept = dict(rows.values_list("kind").annotate(n=Sum("count")))
    told = Farewell.objects.filter(told_at__gte=moment).count()
    return {kind: swept.get(kind, 0) for kind in OFFERED}, told


def next_sweep() -> Sentence:
    """For the page of health and the doctor: whether anything is erased for its age, and when next."""
    if current_rule().is_off:
        return say("Nothing is erased because it grew old.")
    told = open_farewells().aggregate(first=Min("erase_on"), n=Count("pk"))
    if not told["n"]:
        return say("What is over goes as the office decided; nobody is told of a day yet.")
    return say_n(
        "One person was told; the next erasing is on {on}.",
        "{n} people were told; the next erasing is on {on}.",
        told["n"],
        on=told["first"],
    )


def _announced(kind: str, months: int, today: date, now: datetime) -> Expected:
    find = aged_requests if kind == "requests" else unused_accounts
    count = sum(1 for _ in find(months=months, now=now, ahead=TOLD_BEFORE))
    if count:
        return Expected(kind, count, today + TOLD_BEFORE)
    later = min((one.due_on for one in find(months=months, now=now, ahead=FAR)), default=None)
    return Expected(kind, 0, None, later)
