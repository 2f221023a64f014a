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

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncDate

from vouchsafe.asks.models import Answer, Ask, Closing, Purpose, Reminder, Request
from vouchsafe.core import planning
from vouchsafe.core.odds.learning import ClosedRequest, Experience, experience_of
from vouchsafe.core.planning.asks import HORIZON_DAYS, odds_tie
from vouchsafe.plans.models import PhoneReference

LATE_DAYS = 14
"""A letter that misses its date is four days late on average; after two weeks hardly one is still to come."""

YES = (Answer.Said.YES, Answer.Said.YES_IF)
NO_REMINDERS = ("stopped", "paused", "no_address", "own_address")
"""Why a reminder was dropped where reminders were not to come at all."""

TIE = (
    "contact__tie",
    "contact__knows_work",
    "contact__warmth",
    "contact__phone_reference",
    "takes_calls_here",
)
ENDED = ("in_person", "said_yes", "reminded", "written", "missed")


def experience(today: date) -> Experience:
    """The tallies of everything asked here that is over by `today`: one grouped query."""
    return experience_of(closed_requests(today))


def closed_requests(today: date) -> Iterator[ClosedRequest]:
    """Each closed request without whose it was."""
    for group in _over(today).values(*TIE, *ENDED).annotate(n=Count("pk")).order_by():
        closed = _closed(group)
        for _ in range(group["n"]):
            yield closed


def _over(today: date) -> QuerySet[Ask, Any]:
    """The first ask of each pair of writer and purpose that is over, with how it ended.

    A request teaches once, by its first purpose: what a writer who has agreed is asked further is a smaller
    favour. Left out is what says nothing about the writer: mail that never reached them, a page that was
    not for them, and a request that its applicant withdrew before any answer.
    """
    cut = today - timedelta(days=LATE_DAYS)
    pair = {"contact": OuterRef("contact"), "opportunity": OuterRef("opportunity")}
    asked = Ask.objects.filter(undone_at__isnull=True).exclude(said=Ask.Said.NOT_MET)
    request = Request.objects.filter(contact=OuterRef("contact"))
    purpose = Purpose.objects.filter(
        request__contact=OuterRef("contact"), opportunity=OuterRef("opportunity")
    ).order_by("id")
    first_of_request = (
        Purpose.objects.filter(request__contact=OuterRef("contact"))
        .order_by()
        .values("request")
        .annotate(first=Min("pk"))
    )
    since = OuterRef("purpose_added_at")
    answers = Answer.objects.filter(request__contact=OuterRef("contact"), answered_at__gte=since)
    sealed = Closing.objects.filter(
        Q(lifted_at__isnull=True) | Q(lifted_why="purpose_added"),
        request__contact=OuterRef("contact"),
        why=Closing.Why.SEALED,
        closed_at__gte=since,
    ).order_by("closed_at")
    withdrawn = Closing.objects.filter(
        Q(lifted_at__isnull=True) | Q(lifted_why="purpose_added"),
        request__contact=OuterRef("contact"),
        why=Closing.Why.WITHDRAWN,
        closed_at__gte=since,
    )
    reminders = Reminder.objects.filter(request__contact=OuterRef("contact"), kind="before").exclude(
        dropped_why__in=NO_REMINDERS
    )
    return (
        asked.filter(
            Q(opportunity__deadline_on__lt=cut)
            | Q(
                opportunity__deadline_on__isnull=True,
                asked_on__lt=cut - timedelta(days=HORIZON_DAYS),
            )
        )
        .filter(~Exists(asked.filter(pk__lt=OuterRef("pk"), **pair)))
        .annotate(
            purpose=Subquery(purpose.values("pk")[:1]),
            purpose_added_at=Subquery(purpose.values("added_at")[:1]),
            shown_on=Subquery(purpose.values("shown_on")[:1]),
            dropped=Exists(purpose.filter(withdrawn_at__isnull=False)),
            first_purpose=Subquery(first_of_request.values("first")[:1]),
            bounced=Exists(request.filter(paused_why__startswith="bounce")),
            takes_calls_here=Exists(PhoneReference.objects.filter(contact=OuterRef("contact"))),
        )
        .filter(Q(purpose=F("first_purpose")) | Q(purpose__isnull=True))
        .annotate(
            in_person=Case(When(channel=Ask.Channel.IN_PERSON, then=Value(True)), default=Value(False)),
            spoke_yes=Exists(asked.filter(said=Ask.Said.YES, **pair)),
            spoke_no=Exists(asked.filter(said=Ask.Said.NO, **pair)),
            answered_yes=Exists(answers.filter(said__in=YES)),
            answered_no=Exists(answers.filter(said__in=(Answer.Said.NO, Answer.Said.TAKEN_BACK))),
            not_theirs=Exists(answers.filter(said=Answer.Said.NOT_MINE)),
            sealed_on=Subquery(sealed.annotate(day=TruncDate("closed_at")).values("day")[:1]),
            withdrawn=Exists(withdrawn),
            reminded=Exists(reminders),
        )
        .annotate(
            said_yes=Case(
                When(Q(answered_yes=True) | Q(spoke_yes=True) | Q(sealed_on__isnull=False), then=Value(True)),
                default=Value(False),
            ),
            gone=Case(When(Q(withdrawn=True) | Q(dropped=True), then=Value(True)), default=Value(False)),
        )
        .exclude(said_yes=False, answered_no=False, spoke_no=False, gone=True)
        .exclude(said_yes=False, answered_no=False, spoke_no=False, bounced=True)
        .exclude(said_yes=False, answered_no=False, not_theirs=True)
        .annotate(
            written=Case(
                When(sealed_on__isnull=False, then=Value(True)),
                When(Q(said_yes=False) | Q(purpose__isnull=True), then=Value(None)),
                When(gone=True, answered_no=False, then=Value(None)),
                default=Value(False),
            ),
            missed=Case(
                When(Q(sealed_on__isnull=True) | Q(shown_on__isnull=True), then=Value(None)),
                When(sealed_on__gt=F("shown_on"), then=Value(True)),
                default=Value(False),
            ),
        )
    )


def _closed(group: dict[str, Any]) -> ClosedRequest:
    known = planning.Contact(
        key="",
        name="",
        tie=planning.Tie(group["contact__tie"]) if group["contact__tie"] else None,
        knows_work=group["contact__knows_work"],
        warmth=group["contact__warmth"],
        phone_reference=group["contact__phone_reference"] or group["takes_calls_here"],
    )
    return ClosedRequest(
        tie=odds_tie(known),
        asked_in_person=group["in_person"],
        said_yes=group["said_yes"],
        reminded=group["reminded"],
        written=group["written"],
        missed=group["missed"],
    )
