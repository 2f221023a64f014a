from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.reading.addresses import normalise, same_mailbox
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.letters.models import Letter
from vouchsafe.packets.models import Packet, Reader
from vouchsafe.people.access import own_addresses
from vouchsafe.people.models import Account


class ReaderIsApplicant(Refusal):
    code = "reader-is-applicant"
    msgid = msg("{address} leads to the person the letter is about.")
    hint_msgid = msg("A confidential letter goes to its reader alone. Give the reader’s own address.")


class ReaderNeedsAddress(Refusal):
    code = "reader-needs-address"
    msgid = msg("A confidential letter needs the mail address of its reader.")
    hint_msgid = msg("We mail the link to the reader directly; you never hold it.")


class AddressNotReadable(Refusal):
    code = "address-not-readable"
    msgid = msg("“{address}” is not a mail address we can write to.")
    hint_msgid = msg("Enter it like name@example.org.")


class ExpiryPassed(Refusal):
    code = "expiry-passed"
    msgid = msg("The link would be over before it begins.")
    hint_msgid = msg("Choose a day in the future.")


@transaction.atomic
def add_reader(
    *, by: Account, packet: Packet, name: str, address: str, expires_at: datetime, now: datetime
) -> Reader:
    """Name who may read a packet. Writes the reader; queues nothing.

    Where the packet holds a confidential letter the reader needs an address, and it must not be the
    applicant's in any disguise, nor that of another account of the same person. The same reader
    named twice is returned, not doubled.
    """
    if expires_at <= now:
        raise ExpiryPassed
    address = address.strip()
    mailbox = normalise(address) or "" if address else ""
    if address and not mailbox:
        raise AddressNotReadable(address=address)
    if holds_confidential(packet):
        if not mailbox:
            raise ReaderNeedsAddress
        if any(same_mailbox(address, own) for own in own_addresses(by)):
            raise ReaderIsApplicant(address=address)
    if mailbox:
        already = Reader.objects.filter(packet=packet, mailbox=mailbox, revocation__isnull=True).first()
        if already is not None:
            return already
    reader = Reader.objects.create(
        packet=packet,
        name=name.strip() or address,
        address=address,
        mailbox=mailbox,
        expires_at=expires_at,
        added_at=now,
    )
    journal.note(chain=by.key, verb="reader_added", about=reader.key, by=by.key, now=now, detail=packet.key)
    return reader


def holds_confidential(packet: Packet) -> bool:
    """Does it hold a letter that its applicant may not read?"""
    return packet.enclosures.exclude(seal__letter__confidentiality=Letter.Confidentiality.OPEN).exists()
