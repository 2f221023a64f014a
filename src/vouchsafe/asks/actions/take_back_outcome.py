from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.actions.plan_reminders import plan_reminders
from vouchsafe.asks.actions.restore_request import restore_request
from vouchsafe.asks.actions.resume_request import resume_request
from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.models import Link, Parting, Purpose
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Outcome

UNHEARD = (Outgoing.State.WITHDRAWN, Outgoing.State.FAILED)


class OutcomeHeard(Refusal):
    code = "outcome-heard"
    msgid = msg("Somebody has been told already how “{title}” ended.")
    hint_msgid = msg("Write to them yourself if it has changed. You can still add the opportunity again.")


@transaction.atomic
def take_back_outcome(*, by: Account, outcome: Outcome, now: datetime) -> tuple[str, ...]:
    """Undo: everything goes on as if nothing had been said, while no mail of it has left.

    Takes the waiting mails back, opens what was closed, brings back what was trimmed, ends the pauses, and
    marks the outcomes undone. All or nothing: refuses once one mail has left, or may have. One that its writer
    stopped, or that could not be delivered, has told nobody. Returns who stopped all mails meanwhile. Twice is once.
    """
    row = Outcome.objects.select_for_update().select_related("opportunity").get(pk=outcome.pk)
    if row.undone_at is not None:
        return ()
    mails = [
        *Outgoing.objects.filter(once__startswith=f"outcome|{row.key}|"),
        *Outgoing.objects.filter(once__startswith=f"trimmed|{row.key}|"),
    ]
    for mail in mails:
        if mail.state not in UNHEARD and not outbox.withdraw(mail.key, now=now):
            raise OutcomeHeard(title=row.opportunity.title)
    stopped = {}
    for parting in Parting.objects.filter(outcome=row).order_by("id"):
        request = locked_request(parting.request_id)
        if request.correspondent is not None and request.correspondent.no_mail_at is not None:
            stopped[request.pk] = request.contact.name
        if parting.did == Parting.Did.CLOSED:
            restore_request(by=by, request=request, now=now)
        elif parting.did == Parting.Did.PAUSED:
            resume_request(by=by, request=request, now=now)
        elif parting.purpose_id is not None:
            Purpose.objects.filter(pk=parting.purpose_id).update(withdrawn_at=None)
            if Link.objects.filter(request=request, kind=Link.Kind.MAILED).exists():
                plan_reminders(request=request, now=now)
            journal.note(
                chain=by.key, verb="purpose_restored", about=request.key, by=by.key, now=now, detail=row.key
            )
    for undone in (row, *row.further.filter(undone_at__isnull=True).select_related("opportunity")):
        Outcome.objects.filter(pk=undone.pk).update(undone_at=now)
        journal.note(
            chain=by.key,
            verb="outcome_undone",
            about=undone.opportunity.key,
            by=by.key,
            now=now,
            detail=row.key,
        )
    return tuple(stopped.values())
