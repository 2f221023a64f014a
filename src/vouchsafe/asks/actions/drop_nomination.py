from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.access import stage
from vouchsafe.asks.actions.close_request import has_letter
from vouchsafe.asks.models import Purpose, Request
from vouchsafe.core.words import Refusal, msg
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.access_calls import locked_call
from vouchsafe.plans.actions.nominate_writer import drop
from vouchsafe.plans.models import Application

REACHED = frozenset(("asked", "agreed", "writing"))


class WriterStays(Refusal):
    code = "writer-stays"
    msgid = msg("“{call}” does not let a writer who was asked be replaced.")
    hint_msgid = msg("Only one who says no can be. Write to the office if there is another reason.")


class WriterStillAsked(Refusal):
    code = "writer-still-asked"
    msgid = msg("{writer} has been asked, and may be writing.")
    hint_msgid = msg("Stop asking them on the request’s page first, so that they hear of it.")


class WriterHasWritten(Refusal):
    code = "writer-has-written"
    msgid = msg("{writer} has sealed the letter, so it stays with the call.")
    hint_msgid = msg("If you no longer take part, leave the call.")


@transaction.atomic
def drop_nomination(*, by: Account, application: Application, contact: Contact, now: datetime) -> bool:
    """Take a writer off a call, before anything has reached them or after they said no.

    Writes when; an ask that was only prepared stays prepared. Refuses one who was asked, whose letter is sealed, and
    where the call lets nobody be replaced.
    """
    locked_call(application.call, "nominate")
    purpose = (
        Purpose.objects.select_related("request")
        .filter(request__contact=contact, opportunity=application.opportunity_id, withdrawn_at__isnull=True)
        .first()
    )
    if purpose is not None:
        Request.objects.select_for_update(of=("self",)).get(pk=purpose.request_id)  # as sending the ask does
        if has_letter(purpose):
            raise WriterHasWritten(writer=contact.name)
        if stage(purpose.request) in REACHED:
            if not application.call.may_replace:
                raise WriterStays(call=application.call.title)
            raise WriterStillAsked(writer=contact.name)
    return drop(by=by, application=application, contact=contact, now=now)
