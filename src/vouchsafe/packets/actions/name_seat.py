from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.reading.addresses import normalise, same_mailbox
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.packets.actions.add_reader import AddressNotReadable, ReaderIsApplicant
from vouchsafe.packets.actions.move_expiry import ExpiryPassed
from vouchsafe.packets.models import Reader, Seat
from vouchsafe.packets.whose_address import accounts_at
from vouchsafe.people.models import Account
from vouchsafe.plans.access_calls import locked_call
from vouchsafe.plans.actions.keep_call import demand_office
from vouchsafe.plans.models import Application, Call


class SeatNeedsNameAndAddress(Refusal):
    code = "seat-needs-name-and-address"
    msgid = msg("A reader on a committee needs a name and a mail address.")
    hint_msgid = msg(
        "The link goes to that address alone, and the page of the call tells applicants the name."
    )


class SeatRunsOffice(Refusal):
    code = "seat-runs-office"
    msgid = msg("{address} leads to somebody who runs the office.")
    hint_msgid = msg("Who runs the office reads no letters. Give the address of a reader who does not.")


@transaction.atomic
def name_seat(
    *,
    by: Account,
    call: Call,
    name: str,
    address: str,
    expires_at: datetime,
    may_shortlist: bool,
    now: datetime,
) -> Seat:
    """Name a reader on the committee of a call. Writes their seat; queues nothing: `mail_seat` does.

    The same mailbox named again keeps its seat, with the new name, last day and right. Refuses whoever does not run
    the office, an address that leads to somebody who does, or to somebody who takes part in the call, and a call that
    is over.
    """
    demand_office(by)
    row = locked_call(call, "name_reader")
    if expires_at <= now:
        raise ExpiryPassed
    name, address = name.strip(), address.strip()
    if not name or not address:
        raise SeatNeedsNameAndAddress
    mailbox = normalise(address)
    if not mailbox:
        raise AddressNotReadable(address=address)
    there = accounts_at(address)
    if same_mailbox(address, by.email) or any(account.runs_office for account in there):
        raise SeatRunsOffice(address=address)
    if Application.objects.filter(call=row, applicant__in=there, withdrawn_at__isnull=True).exists():
        raise ReaderIsApplicant(address=address)
    facts = {"name": name[:200], "address": address, "expires_at": expires_at, "may_shortlist": may_shortlist}
    seat, fresh = Seat.objects.get_or_create(
        call=row, mailbox=mailbox, revoked_at=None, defaults={**facts, "added_at": now}
    )
    if not fresh:
        Seat.objects.filter(pk=seat.pk).update(**facts)
        Reader.objects.filter(seat=seat).update(expires_at=expires_at)
        seat.refresh_from_db()
    journal.note(
        chain=journal.OFFICE, verb="committee_named", about=seat.key, by=by.key, now=now, detail=row.key
    )
    return seat
