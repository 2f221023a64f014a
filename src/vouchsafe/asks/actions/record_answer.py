from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from vouchsafe.asks.access import Visit, demand_writers, stage
from vouchsafe.asks.actions.ask_when_needed import ask_when_needed
from vouchsafe.asks.actions.in_order import in_order
from vouchsafe.asks.actions.mail_promise import call_off_promise, mail_promise
from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.actions.plan_weekly_list import plan_weekly_list
from vouchsafe.asks.actions.propose_stand_by import next_stand_by
from vouchsafe.asks.actions.record_opening import record_opening
from vouchsafe.asks.models import Answer, Reminder, Request, Suggestion
from vouchsafe.core.addresses import ask_path
from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.stages import REQUEST
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.people.actions.prove_correspondent import prove_correspondent

MOVES = {
    Answer.Said.YES: "say_yes",
    Answer.Said.YES_IF: "say_yes",
    Answer.Said.NO: "say_no",
    Answer.Said.TAKEN_BACK: "take_back",
    Answer.Said.NOT_MINE: "not_mine",
}
UNPROVEN_MAY = {Answer.Said.NO, Answer.Said.NOT_MINE}
NOES = {Answer.Said.NO, Answer.Said.TAKEN_BACK, Answer.Said.NOT_MINE}
REASONS = ("", "too_full", "not_well_enough", "too_close", "other")


class PromiseNotPossible(Refusal):
    code = "promise-not-possible"
    msgid = msg("{date} has passed.")
    hint_msgid = msg("Choose a day from today on.")


@transaction.atomic
def record_answer(
    *,
    visit: Visit,
    said: str,
    words: str = "",
    reason: str = "",
    reason_shared: bool = False,
    promised_on: date | None = None,
    instead: tuple[str, str] | None = None,
    today: date,
    now: datetime,
) -> Answer:
    """Record the writer's yes, yes-if, no, "I cannot after all" or "not for me".

    Writes an answer row (and that the page was opened), plans the reminders anew or drops them, and
    queues one mail that tells the applicant of a no and who stands by, or who was asked by their word given before, and one that gives the writer the promised
    day for their calendar or takes it out. `instead` is the name and address of a colleague whom a no proposes: kept for
    the applicant to accept, and nobody is written to. The same answer twice writes nothing new. Refuses a yes from a browser that has not proved the writer's mailbox, and a promise in the past.
    """
    if said not in UNPROVEN_MAY:
        visit.demand_proof()
    if promised_on is not None and promised_on < today:
        raise PromiseNotPossible(date=promised_on)
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("contact__owner", "correspondent")
        .get(pk=visit.request.pk)
    )
    demand_writers(visit, request)
    # An answer of an earlier round is about the letter that is safe already: the same words now are a new answer.
    since: Any = Request.objects.with_facts().get(pk=request.pk)
    latest = (
        Answer.objects.filter(request=request, answered_at__gte=since.round_from)
        .order_by("-answered_at", "-id")
        .first()
    )
    if (
        latest is not None
        and latest.said == said
        and (promised_on is None or latest.promised_on == promised_on)
        and (said in NOES or request.correspondent is not None)
    ):
        return latest
    REQUEST.demand(MOVES[Answer.Said(said)], stage(request))
    by = "handed_link"
    if visit.is_proven:
        correspondent = prove_correspondent(mailbox=visit.mailbox, contact=request.contact, now=now)
        Request.objects.filter(pk=request.pk).update(correspondent=correspondent)
        request.correspondent = correspondent
        by = correspondent.key
    record_opening(request=request, now=now)
    answer = Answer.objects.create(
        request=request,
        said=said,
        words=words.strip(),
        reason=reason if reason in REASONS else "other",
        reason_shared=reason_shared,
        promised_on=promised_on,
        proven_by=visit.proven_by or "handed_link",
        answered_by=by,
        answered_at=in_order(request, now),
    )
    applicant = request.contact.owner
    if said in NOES:
        Reminder.objects.filter(request=request, sent_at__isnull=True, dropped_at__isnull=True).update(
            dropped_at=now, dropped_why="answered_no"
        )
        outbox.withdraw_about(request.key, kinds=("reminder",), now=now)
        asked = ask_when_needed(request=request, by=by, now=now)
        stand_by = next_stand_by(request) if asked is None else None
        suggested = _suggest(request, instead, now)
        outbox.queue(
            outbox.Parcel(
                kind="said_no",
                to_address=applicant.email,
                to_name=applicant.name,
                facts={
                    "writer": request.contact.name,
                    "words": words.strip(),
                    "took_back": said == Answer.Said.TAKEN_BACK,
                    "stand_by": stand_by.name if stand_by else "",
                    "suggested": suggested,
                    "asked": asked.name if asked else "",
                    "asked_at": asked.goes_at if asked else None,
                    "zone": applicant.time_zone,
                },
                links={"page_url": outbox.PlainLink(ask_path(asked.request_key if asked else request.key))},
                language=applicant.language,
            ),
            delivery=outbox.Delivery.AT_LEAST_ONCE,
            chain=applicant.key,
            about=request.key,
            once=f"said_no|{request.key}|{answer.pk}",
            now=now,
        )
        call_off_promise(request=request, now=now)
    else:
        mail_promise(request=request, now=now)
        plan_reminders(request=request, now=now)  # apart from the mail just queued
        if request.correspondent is not None:
            plan_weekly_list(writer=request.correspondent, request=request, now=now)
    journal.note(
        chain=applicant.key, verb=f"said_{said}", about=request.key, by=by, now=now, detail=answer.proven_by
    )
    return answer


def _suggest(request: Request, instead: tuple[str, str] | None, now: datetime) -> str:
    """Keep whom the writer proposes, where there is an address to ask at; gives the name."""
    if instead is None or normalise(instead[1]) is None:
        return ""
    name = (" ".join(instead[0].split()) or instead[1])[:200]
    Suggestion.objects.create(request=request, name=name, address=instead[1].strip(), suggested_at=now)
    return name
