from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.addresses import advisers_path
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.people.actions.invite_person import NotYours
from vouchsafe.people.models import Account, Advising


class NotAnAdviser(Refusal):
    code = "not-an-adviser"
    msgid = msg("{name} does not advise applicants here.")
    hint_msgid = msg("Give them that role first, on the page of people.")


class AdvisesThemselves(Refusal):
    code = "advises-themselves"
    msgid = msg("{name} can’t be their own adviser.")
    hint_msgid = msg("Choose somebody else.")


@transaction.atomic
def name_adviser(*, by: Account, adviser: Account, applicant: Account, now: datetime) -> Advising:
    """The office names an adviser for an applicant, who is asked by mail whether they agree.

    Writes the row and a line, queues the mail. Named twice, the first row stands. Refuses whoever is no adviser.
    """
    if not by.runs_office:
        raise NotYours
    if not adviser.advises:
        raise NotAnAdviser(name=str(adviser))
    if adviser.pk == applicant.pk:
        raise AdvisesThemselves(name=str(adviser))
    row, is_new = Advising.objects.get_or_create(
        adviser=adviser, applicant=applicant, ended_at=None, defaults={"named_at": now}
    )
    if not is_new:
        return row
    outbox.queue(
        outbox.Parcel(
            kind="adviser_named",
            to_address=applicant.email,
            to_name=applicant.name,
            facts={"adviser": str(adviser)},
            links={"page_url": outbox.PlainLink(advisers_path())},
            language=applicant.language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=applicant.key,
        about=row.key,
        once=f"adviser_named|{row.key}",
        now=now,
    )
    journal.note(
        chain=journal.OFFICE, verb="adviser_named", about=row.key, by=by.key, now=now, detail=applicant.key
    )
    return row
