from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.core.addresses import call_path
from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.reading.call_list import ToCall
from vouchsafe.ledger import journal, outbox
from vouchsafe.people.actions.invite_person import invite_person
from vouchsafe.people.models import Account, Invitation
from vouchsafe.plans.access_calls import day_there, locked_call
from vouchsafe.plans.actions.keep_call import CallDayPassed, demand_office
from vouchsafe.plans.models import Call, CallInvitation

KIND = "call_invited"


@transaction.atomic
def invite_applicants(
    *, by: Account, call: Call, rows: Sequence[ToCall], instance_name: str, wait: timedelta, now: datetime
) -> int:
    """Invite everybody of a file to a call, with the writers it names for them. Returns how many are mailed.

    Writes an invitation to the call for each mailbox, and to the instance for whoever has no account; queues a mail for
    each. Whoever was invited to this call before is not mailed again, but their writers follow the newest file. Refuses
    whoever does not run the office, a call that is not open, and one whose last day for applicants is over.
    """
    demand_office(by)
    row = locked_call(call, "invite")
    if day_there(row, now) > row.closes_on:
        raise CallDayPassed(day=row.closes_on)
    here = {
        normalise(address): language for address, language in Account.objects.values_list("email", "language")
    }
    open_now = Invitation.objects.filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    )
    asked = {normalise(address) for address in open_now.values_list("email", flat=True)}
    known = {one.mailbox: one for one in CallInvitation.objects.filter(call=row)}
    mailed = 0
    for person in rows:
        mailbox = normalise(person.address) or person.address
        writers = [list(writer) for writer in person.writers]
        if mailbox in known:
            CallInvitation.objects.filter(pk=known[mailbox].pk).update(writers=writers)
            continue
        made = CallInvitation.objects.create(
            call=row,
            name=person.name,
            address=person.address,
            mailbox=mailbox,
            writers=writers,
            invited_at=now,
        )
        if mailbox not in here and mailbox not in asked:
            invite_person(
                by=by,
                email=person.address,
                name=person.name,
                role=Account.Role.APPLICANT,
                instance_name=instance_name,
                now=now,
                wait=wait,
            )
        _mail(made, by, mailbox in here, here.get(mailbox, by.language), wait, now)
        mailed += 1
    journal.note(
        chain=journal.OFFICE, verb="call_invited", about=row.key, by=by.key, now=now, detail=str(mailed)
    )
    return mailed


def _mail(
    made: CallInvitation, by: Account, has_account: bool, language: str, wait: timedelta, now: datetime
) -> None:
    call = made.call
    outbox.queue(
        outbox.Parcel(
            kind=KIND,
            to_address=made.address,
            to_name=made.name,
            facts={
                "inviter": by.name,
                "call": call.title,
                "closes_on": call.closes_on,
                "has_account": has_account,
            },
            links={"page_url": outbox.PlainLink(call_path(call.key))},
            language=language,
        ),
        delivery=outbox.Delivery.AT_LEAST_ONCE,
        chain=journal.OFFICE,
        about=made.key,
        once=f"{KIND}|{made.key}",
        now=now,
        wait=wait,
    )
