from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.stages import PACKET
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.packets.access import holds_confidential, stage
from vouchsafe.packets.actions.move_expiry import ExpiryPassed, move_expiry
from vouchsafe.packets.models import Packet, Reader
from vouchsafe.packets.whose_address import REACHES_APPLICANT, doubt_about
from vouchsafe.people.models import Account


class ReaderIsApplicant(Refusal):
    code = "reader-is-applicant"
    msgid = msg("{address} leads to the person the letter is about.")
    hint_msgid = msg("A confidential letter goes to its reader alone. Give the reader’s own address.")


class ReaderNeedsAddress(Refusal):
    code = "reader-needs-address"
    msgid = msg("A confidential letter needs the mail address of its reader.")
    hint_msgid = msg("We mail the link to the reader directly; you never hold it.")


class ReaderNeedsName(Refusal):
    code = "reader-needs-name"
    msgid = msg("The reader has no name yet.")
    hint_msgid = msg("Enter the name of the person or the committee that will read the letters.")


class AddressNotReadable(Refusal):
    code = "address-not-readable"
    msgid = msg("“{address}” is not a mail address we can write to.")
    hint_msgid = msg("Enter it like name@example.org.")


@transaction.atomic
def add_reader(
    *, by: Account, packet: Packet, name: str, address: str, expires_at: datetime, now: datetime
) -> Reader:
    """Name who may read a packet. Writes the reader; queues nothing.

    Where the packet holds a confidential letter the reader needs an address, and it must not be the
    applicant's in any disguise, nor that of another account of the same person. The address of an account of
    another applicant here, a free mailbox that anybody can open, and the first one at a domain are held until the
    office has confirmed them.
    The same reader named twice is returned with the new last day, not doubled.
    """
    if expires_at <= now:
        raise ExpiryPassed
    address = address.strip()
    mailbox = normalise(address) or "" if address else ""
    if address and not mailbox:
        raise AddressNotReadable(address=address)
    if not (name.strip() or address):
        raise ReaderNeedsName
    Packet.objects.select_for_update(of=("self",)).get(pk=packet.pk)
    PACKET.demand("add_reader", stage(packet))
    held_why = ""
    if holds_confidential(packet):
        if not mailbox:
            raise ReaderNeedsAddress
        held_why = doubt_about(by, address)
        if held_why == REACHES_APPLICANT:
            raise ReaderIsApplicant(address=address)
    same = {"mailbox": mailbox} if mailbox else {"mailbox": "", "name": name.strip()}
    already = Reader.objects.filter(packet=packet, revocation__isnull=True, **same).first()
    if already is not None:
        move_expiry(by=by, reader=already, expires_at=expires_at, now=now)
        already.refresh_from_db()
        return already
    reader = Reader.objects.create(
        packet=packet,
        name=(name.strip() or address)[:200],
        address=address,
        mailbox=mailbox,
        expires_at=expires_at,
        held_why=held_why,
        added_at=now,
    )
    journal.note(chain=by.key, verb="reader_added", about=reader.key, by=by.key, now=now, detail=packet.key)
    return reader
