from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.close_request import has_letter
from vouchsafe.asks.actions.in_order import in_order
from vouchsafe.asks.actions.make_link import stop_link
from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.asks.mailbox import BY_APPLICANT, demand_mailable
from vouchsafe.asks.models import Link, Parting, Purpose, Request
from vouchsafe.core.stages import REQUEST
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.people.mail_language import language_of
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Opportunity, Outcome

GREETING = msg("Dear {name},")


class OutcomeTold(Refusal):
    code = "outcome-told"
    msgid = msg("You have said already how “{title}” ended.")
    hint_msgid = msg("Take that back first, while nobody has been told.")


class MessageEmpty(Refusal):
    code = "message-empty"
    msgid = msg("There are no words yet for those who wrote.")
    hint_msgid = msg("Two lines are enough.")


@dataclass(frozen=True, slots=True)
class _Act:
    """What every step of one telling needs."""

    by: Account
    outcome: Outcome
    told_words: str
    stop_words: str
    undo: timedelta
    now: datetime


@transaction.atomic
def tell_outcome(
    *,
    by: Account,
    opportunity: Opportunity,
    came: str,
    told_words: str,
    stop_words: str = "",
    close: Collection[Opportunity] = (),
    pause: Collection[Opportunity] = (),
    undo: timedelta,
    now: datetime,
) -> Outcome:
    """Say how an opportunity ended, and let everybody know in one act. `close` and `pause` name others.

    Writes an outcome for each that is over, closes or trims the requests still open for them, pauses those for
    `pause`, and keeps what was done to each so that it can be taken back. Queues at most one mail of
    each kind for a writer: the outcome for whoever wrote, a polite cancellation for whoever was still asked; they wait `undo`. Whoever
    said no, or wants no mail, is left in peace. The same again returns the first; refuses another end for what
    has ended, and a message without words where somebody wrote.
    """
    opportunity = Opportunity.objects.select_for_update().get(pk=opportunity.pk, owner=by)
    earlier = Outcome.objects.filter(opportunity=opportunity, undone_at__isnull=True).first()
    if earlier is not None:
        if earlier.came == came:
            return earlier
        raise OutcomeTold(title=opportunity.title)
    outcome = Outcome.objects.create(opportunity=opportunity, came=came, told_at=now)
    journal.note(
        chain=by.key, verb="outcome_told", about=opportunity.key, by=by.key, now=now, detail=outcome.key
    )
    ended = [opportunity]
    for other in close:
        if other.pk == opportunity.pk or other.outcomes.filter(undone_at__isnull=True).exists():
            continue
        Outcome.objects.create(opportunity=other, because=outcome, came=Outcome.Came.STOPPED, told_at=now)
        journal.note(
            chain=by.key, verb="outcome_told", about=other.key, by=by.key, now=now, detail=outcome.key
        )
        ended.append(other)
    act = _Act(by, outcome, told_words.strip(), stop_words.strip(), undo, now)
    for key in _requests_for(by, ended):
        _part(act, locked_request(key), ended)
    for key in _requests_for(by, pause):
        _pause(act, locked_request(key))
    return outcome


def _requests_for(by: Account, opportunities: Collection[Opportunity]) -> list[int]:
    purposes = Purpose.objects.filter(
        request__contact__owner=by, opportunity__in=list(opportunities), withdrawn_at__isnull=True
    )
    return sorted(set(purposes.values_list("request", flat=True)))


def _part(act: _Act, request: Request, ended: list[Opportunity]) -> None:
    """Do to one request what the outcome asks for: tell, trim or close."""
    purposes = list(Purpose.objects.filter(request=request, withdrawn_at__isnull=True))
    over = [purpose for purpose in purposes if purpose.opportunity in ended]
    if any(has_letter(purpose) for purpose in over if purpose.opportunity == act.outcome.opportunity):
        _tell(act, request)
    standing = stage(request)
    still_open = [purpose for purpose in over if not has_letter(purpose)]
    if not still_open or not REQUEST.allows("withdraw", standing) or standing == "declined":
        return
    if len(still_open) == len([purpose for purpose in purposes if not has_letter(purpose)]):
        withdraw_request(
            by=act.by, request=request, words=signed(act.stop_words, request), undo=act.undo, now=act.now
        )
        Parting.objects.create(outcome=act.outcome, request=request, did=Parting.Did.CLOSED)
    else:
        _trim(act, request, still_open)


def _tell(act: _Act, request: Request) -> None:
    if not act.told_words:
        raise MessageEmpty
    Parting.objects.create(outcome=act.outcome, request=request, did=Parting.Did.TOLD)
    try:
        to = demand_mailable(request)
    except Refusal:
        return  # the page says beforehand whom we can't reach
    outbox.queue(
        outbox.Parcel(
            kind="outcome",
            to_address=to.address,
            to_name=request.contact.name,
            facts={
                "applicant": act.by.name,
                "words": signed(act.told_words, request),
                "purpose": act.outcome.opportunity.title,
            },
            links=stop_link(request=request, mailbox=to.mailbox),
            reply_key=request.key,
            thread=request.key,
            language=language_of(request.contact),
        ),
        delivery=outbox.Delivery.AT_MOST_ONCE,
        chain=act.by.key,
        about=request.key,
        once=f"outcome|{act.outcome.key}|{request.key}",
        now=act.now,
        wait=act.undo,
    )


def _trim(act: _Act, request: Request, over: list[Purpose]) -> None:
    """The request goes on for other purposes; these are not needed any more."""
    for purpose in over:
        Purpose.objects.filter(pk=purpose.pk).update(withdrawn_at=in_order(request, act.now))
        Parting.objects.create(
            outcome=act.outcome, request=request, purpose=purpose, did=Parting.Did.CANCELLED
        )
    plan_reminders(request=request, now=act.now)
    journal.note(
        chain=act.by.key, verb="purpose_cancelled", about=request.key, by=act.by.key, now=act.now,
        detail=act.outcome.key,
    )  # fmt: skip
    if not Link.objects.filter(request=request, kind=Link.Kind.MAILED).exists():
        return
    try:
        to = demand_mailable(request)
    except Refusal:
        return
    outbox.queue(
        outbox.Parcel(
            kind="cancelled",
            to_address=to.address,
            to_name=request.contact.name,
            facts={
                "applicant": act.by.name,
                "purpose": ", ".join(purpose.opportunity.title for purpose in over),
                "words": signed(act.stop_words, request),
            },
            links=stop_link(request=request, mailbox=to.mailbox),
            reply_key=request.key,
            thread=request.key,
            language=language_of(request.contact),
        ),
        delivery=outbox.Delivery.AT_MOST_ONCE,
        chain=act.by.key,
        about=request.key,
        once=f"trimmed|{act.outcome.key}|{request.key}",
        now=act.now,
        wait=act.undo,
    )


def _pause(act: _Act, request: Request) -> None:
    if request.paused_at is not None or not REQUEST.allows("remind", stage(request)):
        return
    Request.objects.filter(pk=request.pk).update(paused_at=act.now, paused_why=BY_APPLICANT)
    outbox.withdraw_about(request.key, kinds=("reminder",), now=act.now)
    Parting.objects.create(outcome=act.outcome, request=request, did=Parting.Did.PAUSED)
    journal.note(chain=act.by.key, verb="request_paused", about=request.key, by=act.by.key, now=act.now)


def signed(words: str, request: Request) -> str:
    """One message for several people, as each of them gets it: greeted by name and signed."""
    if not words:
        return ""
    contact = request.contact
    greeting = contact.salutation.strip().removeprefix("Dear ").rstrip(",") or contact.name
    with translation.override(contact.owner.language):
        dear = translation.gettext(GREETING).format(name=greeting)
    return f"{dear}\n\n{words}\n\n{contact.owner.name}"
