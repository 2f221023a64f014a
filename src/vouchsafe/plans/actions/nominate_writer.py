from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.stages import CALL
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.access import NotHere
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.access_calls import day_there, stage
from vouchsafe.plans.models import Application, Nomination


class CallWritersEnough(Refusal):
    code = "call-writers-enough"
    msgid = msg("“{call}” takes {most} writers, and you have named as many.")
    hint_msgid = msg("Take one of them off on the page of the call first.")


class CallLettersLate(Refusal):
    code = "call-letters-late"
    msgid = msg("The last day for letters to “{call}” was {day}.")
    hint_msgid = msg("Ask the office whether it still takes one.")


@transaction.atomic
def nominate_writer(*, by: Account, application: Application, contact: Contact, now: datetime) -> Nomination:
    """Name a writer for a call. Writes the nomination; asks nobody, and twice is once.

    Refuses more writers than the call takes, once it is closed or its last day for letters is over, and whoever has
    left it.
    """
    if application.applicant_id != by.pk or contact.owner_id != by.pk:
        raise NotHere(application.key)
    row = Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=application.pk)
    if row.withdrawn_at is not None:
        raise NotHere(application.key)
    standing = Nomination.objects.filter(application=row, withdrawn_at__isnull=True)
    already = standing.filter(contact=contact).first()
    CALL.demand("ask" if already is not None else "nominate", stage(row.call))
    if day_there(row.call, now) > row.call.due_on:
        raise CallLettersLate(call=row.call.title, day=row.call.due_on)
    if already is not None:
        return already
    if standing.count() >= row.call.most:
        raise CallWritersEnough(call=row.call.title, most=row.call.most)
    made = Nomination.objects.create(application=row, contact=contact, nominated_at=now)
    journal.note(chain=by.key, verb="writer_nominated", about=row.key, by=by.key, now=now, detail=contact.key)
    return made


def drop(*, by: Account, application: Application, contact: Contact, now: datetime) -> bool:
    """Take a nomination back, in the caller's transaction, which has asked whether that may be."""
    standing = Nomination.objects.filter(
        application=application, contact=contact, withdrawn_at__isnull=True
    ).update(withdrawn_at=now)
    if standing:
        journal.note(
            chain=by.key,
            verb="nomination_withdrawn",
            about=application.key,
            by=by.key,
            now=now,
            detail=contact.key,
        )
    return bool(standing)
