from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from vouchsafe.asks.calibration import verdict
from vouchsafe.asks.experience import experience
from vouchsafe.asks.models import Answer, Ask, Closing, Purpose
from vouchsafe.core import planning
from vouchsafe.people.models import Account
from vouchsafe.plans.actions.draw_plan import SEARCH_SECONDS, draw_plan
from vouchsafe.plans.models import Plan
from vouchsafe.plans.planning import Committed, SoFar

SAID = {
    Answer.Said.YES: "yes",
    Answer.Said.YES_IF: "yes",
    Answer.Said.NO: "no",
    Answer.Said.NOT_MINE: "no",
    Answer.Said.TAKEN_BACK: "withdrawn",
}


def redraw_plan(
    *,
    by: Account,
    today: date,
    now: datetime,
    seconds: float = SEARCH_SECONDS,
    progress: Callable[[str, float], None] | None = None,
) -> Plan:
    """Draw the plan around what has already happened: asks made, answers given, letters sealed.

    Writes what `draw_plan` writes; tells it what only asks can know: what has happened, what closed requests have
    taught this instance, and whether its odds have come true.
    """
    return draw_plan(
        by=by,
        so_far=so_far(by, today),
        experience=experience(today),
        trust=verdict(today).to_plain(),
        today=today,
        now=now,
        seconds=seconds,
        progress=progress,
    )


def so_far(owner: Account, today: date) -> SoFar:
    """Per contact and opportunity: when asked, what was said, and when the letter came.

    Days are the owner's own. A mail that waits for the morning, or a clock a zone ahead, counts as today:
    nothing that is known lies after it.
    """
    zone = ZoneInfo(owner.time_zone)

    def day(moment: datetime) -> date:
        return min(moment.astimezone(zone).date(), today)

    happened: dict[tuple[str, str], planning.Happened] = {}
    asks = Ask.objects.filter(
        contact__owner=owner, undone_at__isnull=True, opportunity__removed_at__isnull=True
    )
    for ask in asks.exclude(said=Ask.Said.NOT_MET).select_related("contact", "opportunity"):
        answer = {Ask.Said.YES: "yes", Ask.Said.NO: "no"}.get(Ask.Said(ask.said))
        asked_on = min(ask.asked_on, today)
        _note(happened, ask.contact.key, ask.opportunity.key, asked_on, ask.channel, answer, asked_on)
    purposes = Purpose.objects.filter(
        request__contact__owner=owner, withdrawn_at__isnull=True, opportunity__removed_at__isnull=True
    ).select_related("request__contact", "opportunity")
    answers: dict[int, Answer] = {}
    for row in Answer.objects.filter(request__contact__owner=owner):  # ordered by time: the newest stays
        answers[row.request_id] = row
    sealed = {
        row.request_id: day(row.closed_at)
        for row in Closing.objects.filter(
            request__contact__owner=owner, why=Closing.Why.SEALED, lifted_at__isnull=True
        )
    }
    open_asks: dict[str, int] = defaultdict(int)
    kinds: dict[str, set[planning.Kind]] = defaultdict(set)
    for purpose in purposes:
        contact = purpose.request.contact.key
        newest = answers.get(purpose.request_id)
        letter_on = sealed.get(purpose.request_id)
        if (newest is not None and newest.answered_at >= purpose.added_at) or letter_on:
            _note(
                happened,
                contact,
                purpose.opportunity.key,
                day(purpose.added_at),
                Ask.Channel.MAIL,
                SAID[Answer.Said(newest.said)] if newest else "yes",
                day(newest.answered_at) if newest else day(purpose.added_at),
                letter_on,
            )
        if letter_on:
            kinds[contact].add(planning.Kind(purpose.opportunity.kind))
        else:
            open_asks[contact] += 1
    committed = {
        key: Committed(open_asks=open_asks[key], written_kinds=frozenset(kinds[key]))
        for key in {*open_asks, *kinds}
    }
    return SoFar(tuple(happened.values()), committed)


def _note(
    happened: dict[tuple[str, str], planning.Happened],
    contact: str,
    opportunity: str,
    asked_on: date,
    channel: str,
    answer: str | None,
    answered_on: date,
    letter_on: date | None = None,
) -> None:
    earlier = happened.get((contact, opportunity))
    happened[contact, opportunity] = planning.Happened(
        contact=contact,
        opportunity=opportunity,
        asked_on=min(asked_on, earlier.asked_on) if earlier else asked_on,
        means=earlier.means if earlier else planning.Means(channel),
        answer=answer or (earlier.answer if earlier else None),
        answered_on=answered_on if answer else (earlier.answered_on if earlier else None),
        letter_on=letter_on,
    )
