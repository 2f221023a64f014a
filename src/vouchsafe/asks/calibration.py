"""Whether the odds have come true on this instance, and so whether they may be shown.

Held against each other are what was kept when an ask was mailed (`Prediction`) and what came by its deadline. Only
asks whose deadline is over count, all of them at once: a letter that came early must not count before one that
never came. Requests that their applicant withdrew say nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from vouchsafe.asks.models import Ask, Closing, Prediction
from vouchsafe.core.odds.calibration import Calibration, Outcome, calibrate
from vouchsafe.core.words import Sentence, to_plain

NEWEST = 2_000
"""How many are looked at: enough for every figure, and an instance may outgrow a bad start."""

KNOWN = Q(lifted_at__isnull=True) | Q(lifted_why="purpose_added")


@dataclass(frozen=True, slots=True)
class Trust:
    """Whether the odds may be shown, and the sentence that says why."""

    shown: bool
    why: Sentence

    def to_plain(self) -> dict[str, object]:
        """As a plan keeps it."""
        return {"shown": self.shown, "why": to_plain(self.why)}


def verdict(today: date) -> Trust:
    """What may be said of the odds by `today`, for any page that shows them. One query."""
    found = calibration(today)
    return Trust(found.shown, found.why)


def calibration(today: date) -> Calibration:
    """The forecasts of the newest closed requests held against what happened, with every figure."""
    return calibrate(outcomes(today))


def outcomes(today: date) -> list[Outcome]:
    """What was forecast and what came, of every mailed ask whose deadline is over by `today`; newest first."""
    request = {"request": OuterRef("purpose__request")}
    since = OuterRef("purpose__added_at")
    sealed = Closing.objects.filter(KNOWN, why=Closing.Why.SEALED, closed_at__gte=since, **request).order_by(
        "closed_at"
    )
    withdrawn = Closing.objects.filter(KNOWN, why=Closing.Why.WITHDRAWN, closed_at__gte=since, **request)
    mailed = Ask.objects.filter(
        contact=OuterRef("purpose__request__contact"),
        opportunity=OuterRef("purpose__opportunity"),
        channel=Ask.Channel.MAIL,
        undone_at__isnull=True,
    )
    rows = (
        Prediction.objects.filter(Exists(mailed), ends_on__lt=today)
        .annotate(sealed_on=Subquery(sealed.annotate(day=TruncDate("closed_at")).values("day")[:1]))
        .exclude(Q(Exists(withdrawn) | Q(purpose__withdrawn_at__isnull=False)), sealed_on__isnull=True)
        .order_by("-ends_on", "-id")
        .values_list("by_day", "asked_on", "ends_on", "sealed_on")[:NEWEST]
    )
    return [
        Outcome(tuple(by_day), _day(asked_on, ends_on, sealed_on))
        for by_day, asked_on, ends_on, sealed_on in rows
    ]


def _day(asked_on: date, ends_on: date, sealed_on: date | None) -> int | None:
    """The day of the letter counted from the ask; none where it came too late or not at all."""
    if sealed_on is None or sealed_on > ends_on:
        return None
    return max(0, (sealed_on - asked_on).days)
