"""What the requests closed on this instance teach, for the chances that plans reckon with.

Read as counts over everybody at once: how people of one tie answered, how often a promised letter was
written, how often it missed its date. No row, name or key leaves this module, and a group of one weighs a tenth of
the prior it meets, so a plan tells nothing about anybody else's writers.

Everything asked is counted at the same moment, once its deadline and two weeks more are over: quick answers
and early letters would otherwise be learned first, and the instance would think itself luckier than it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from vouchsafe.asks.models import Answer, Ask, Closing, Purpose, Reminder, Request
from vouchsafe.core import planning
from vouchsafe.core.odds.learning import ClosedRequest, Experience, experience_of
from vouchsafe.core.odds.tie import Tie
from vouchsafe.core.planning.asks import HORIZON_DAYS, odds_tie
from vouchsafe.plans.models import PhoneReference

LATE_DAYS = 14
"""A letter that misses its date is four days late on average; after two weeks hardly one is still to come."""

YES = (Answer.Said.YES, Answer.Said.YES_IF)
NO = (Answer.Said.NO, Answer.Said.TAKEN_BACK)
NO_REMINDERS = ("stopped", "paused", "no_address", "own_address")
"""Why a reminder was dropped where reminders were not to come at all."""

IN_FORCE_TO_THE_END = Q(lifted_at__isnull=True) | Q(lifted_why="purpose_added")

_kept: dict[tuple[date, int, str], Experience] = {}
"""The newest answer, under what it rests on: the day, how many asks are over, and a random key among them."""


def experience(today: date) -> Experience:
    """The tallies of everything asked here that is over by `today`.

    What is over hardly changes, so a process counts once for each day and number of asks; knowing
    that nothing new is over takes one small query.
    """
    over = _over(today).aggregate(n=Count("pk"), newest=Max("key"))
    rests_on = (today, over["n"], over["newest"] or "")
    if rests_on not in _kept:
        found = experience_of(closed_requests(today))
        _kept.clear()
        _kept[rests_on] = found
    return _kept[rests_on]


def closed_requests(today: date) -> Iterator[ClosedRequest]:
    """Each closed request without whose it was. One query."""
    for row in _ended(_over(today)).iterator():
        closed = _closed(row)
        if closed is not None:
            yield closed


def _over(today: date) -> QuerySet[Ask, Any]:
    cut = today - timedelta(days=LATE_DAYS)
    return Ask.objects.filter(
        Q(opportunity__deadline_on__lt=cut)
        | Q(opportunity__deadline_on__isnull=True, asked_on__lt=cut - timedelta(days=HORIZON_DAYS)),
        undone_at__isnull=True,
    ).exclude(said=Ask.Said.NOT_MET)


def _ended(over: QuerySet[Ask, Any]) -> QuerySet[Any, Any]:
    """The first ask of each pair of writer and opportunity, with what came of it.

    A request teaches once, by its first purpose: what a writer who has agreed is asked further is a smaller favour.
    """
    pair = {"contact": OuterRef("contact"), "opportunity": OuterRef("opportunity")}
    asked = Ask.objects.filter(undone_at__isnull=True, **pair).exclude(said=Ask.Said.NOT_MET)
    theirs = {"request__contact": OuterRef("contact")}
    purpose = Purpose.objects.filter(opportunity=OuterRef("opportunity"), **theirs).order_by("id")
    firsts = Purpose.objects.filter(**theirs).order_by().values("request").annotate(first=Min("pk"))
    since = OuterRef("purpose_added_at")
    answers = Answer.objects.filter(answered_at__gte=since, **theirs)
    closings = Closing.objects.filter(IN_FORCE_TO_THE_END, closed_at__gte=since, **theirs)
    sealed = closings.filter(why=Closing.Why.SEALED).order_by("closed_at")
    return (
        over.filter(~Exists(asked.filter(pk__lt=OuterRef("pk"))))
        .annotate(
            purpose=Subquery(purpose.values("pk")[:1]),
            purpose_added_at=Subquery(purpose.values("added_at")[:1]),
            first_purpose=Subquery(firsts.values("first")[:1]),
        )
        .filter(Q(purpose=F("first_purpose")) | Q(purpose__isnull=True))
        .order_by()
        .values("channel", "purpose")
        .annotate(
            tie=F("contact__tie"),
            knows_work=F("contact__knows_work"),
            warmth=F("contact__warmth"),
            takes_calls=F("contact__phone_reference"),
            takes_calls_here=Exists(PhoneReference.objects.filter(contact=OuterRef("contact"))),
            shown_on=Subquery(purpose.values("shown_on")[:1]),
            dropped=Exists(purpose.filter(withdrawn_at__isnull=False)),
            bounced=Exists(
                Request.objects.filter(contact=OuterRef("contact"), paused_why__startswith="bounce")
            ),
            spoke_yes=Exists(asked.filter(said=Ask.Said.YES)),
            spoke_no=Exists(asked.filter(said=Ask.Said.NO)),
            answered_yes=Exists(answers.filter(said__in=YES)),
            answered_no=Exists(answers.filter(said__in=NO)),
            not_theirs=Exists(answers.filter(said=Answer.Said.NOT_MINE)),
            sealed_on=Subquery(sealed.values(day=TruncDate("closed_at"))[:1]),
            withdrawn=Exists(closings.filter(why=Closing.Why.WITHDRAWN)),
            reminded=Exists(
                Reminder.objects.filter(kind="before", **theirs).exclude(dropped_why__in=NO_REMINDERS)
            ),
        )
    )


def _closed(row: dict[str, Any]) -> ClosedRequest | None:
    """What one ask teaches.

    Nothing where the writer was never heard: mail that did not reach them, a page that was not for them, and a
    request that its applicant withdrew before any answer.
    """
    said_yes = row["answered_yes"] or row["spoke_yes"] or row["sealed_on"] is not None
    said_no = row["answered_no"] or row["spoke_no"]
    gone = row["withdrawn"] or row["dropped"]
    if not said_yes and not said_no and (gone or row["bounced"] or row["not_theirs"]):
        return None
    written: bool | None = None
    if row["sealed_on"] is not None:
        written = True
    elif said_yes and row["purpose"] is not None and (row["answered_no"] or not gone):
        written = False
    return ClosedRequest(
        tie=_tie(row),
        asked_in_person=row["channel"] == Ask.Channel.IN_PERSON,
        said_yes=said_yes,
        reminded=row["reminded"],
        written=written,
        missed=row["sealed_on"] > row["shown_on"] if written and row["shown_on"] else None,
    )


def _tie(row: dict[str, Any]) -> Tie:
    return odds_tie(
        planning.Contact(
            key="",
            name="",
            tie=planning.Tie(row["tie"]) if row["tie"] else None,
            knows_work=row["knows_work"],
            warmth=row["warmth"],
            phone_reference=row["takes_calls"] or row["takes_calls_here"],
        )
    )
