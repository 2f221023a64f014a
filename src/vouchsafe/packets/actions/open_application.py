from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.letters.models import Seal
from vouchsafe.packets.access import AccessOver
from vouchsafe.packets.access_committee import application_at, arrived, purposes_for, seat_by_key
from vouchsafe.packets.actions.add_reader import ReaderIsApplicant
from vouchsafe.packets.actions.download_packet import NothingLeft
from vouchsafe.packets.actions.name_seat import SeatRunsOffice
from vouchsafe.packets.actions.open_packet import open_packet
from vouchsafe.packets.models import Enclosure, Packet, Reader, Seat
from vouchsafe.packets.whose_address import REACHES_APPLICANT, accounts_at, doubt_about
from vouchsafe.plans.models import Application, Nomination


class LettersHeld(Refusal):
    code = "letters-held"
    msgid = msg("The letters for {applicant} wait until {applicant} is shortlisted.")
    hint_msgid = msg("The table of the call tells when they can be read.")


@transaction.atomic
def open_application(*, seat: Seat, key: str, now: datetime) -> Reader:
    """A committee reader pressed Read beside an applicant: from now on they are an ordinary reader of an ordinary packet.

    Writes the packet of the letters that can be read now, unless those very letters were opened in this call before,
    the reader, and what `open_packet` writes. Refuses a seat that is over, letters that are held or whose applicant
    has left, none at all, and a reader whose address leads to the applicant, or by now to somebody who runs the office.
    """
    row = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if seat_by_key(row.key, now).is_over:
        raise AccessOver
    application = application_at(row, key)
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    applicant = application.applicant
    if any(account.runs_office for account in accounts_at(row.address)):
        raise SeatRunsOffice(address=row.address)
    if doubt_about(applicant, row.address) == REACHES_APPLICANT:
        raise ReaderIsApplicant(address=row.address)
    if not Application.objects.shown().filter(pk=application.pk).exists():
        raise LettersHeld(applicant=applicant.name)
    seals = _readable(application, now)
    if not seals:
        raise NothingLeft
    packet = _packet(application, seals, row, now)
    reader = Reader.objects.select_related("packet__owner", "packet__opportunity", "seat").filter(
        packet=packet, seat=row
    )
    found = reader.first() or _reader(packet, row, now)
    open_packet(reader=found, now=now)
    return found


def _readable(application: Application, now: datetime) -> list[Seal]:
    """In the order in which their writers were nominated; of who was taken off the call, nothing."""
    letters = arrived([application], purposes_for([application]), now)
    named = Nomination.objects.filter(application=application, withdrawn_at__isnull=True)
    came = [letters.get((application.pk, contact)) for contact in named.values_list("contact", flat=True)]
    return [one.seal for one in came if one is not None and not one.gone]


def _packet(application: Application, seals: Sequence[Seal], seat: Seat, now: datetime) -> Packet:
    wanted = {seal.pk for seal in seals}
    for packet in Packet.objects.filter(application=application).prefetch_related("enclosures"):
        if {row.seal_id for row in packet.enclosures.all()} == wanted:
            return packet
    packet = Packet.objects.create(
        owner=application.applicant,
        opportunity=application.opportunity,
        destination=application.destination,
        application=application,
        title=application.call.title,
        made_at=now,
    )
    Enclosure.objects.bulk_create(
        Enclosure(packet=packet, seal=seal, position=position) for position, seal in enumerate(seals)
    )
    chain = application.applicant.key
    journal.note(chain=chain, verb="packet_for_committee", about=packet.key, by=seat.key, now=now)
    return packet


def _reader(packet: Packet, seat: Seat, now: datetime) -> Reader:
    made = Reader.objects.create(
        packet=packet,
        seat=seat,
        name=seat.name,
        address=seat.address,
        mailbox=seat.mailbox,
        expires_at=seat.expires_at,
        added_at=now,
    )
    journal.note(
        chain=packet.owner.key,
        verb="reader_of_committee",
        about=made.key,
        by=seat.key,
        now=now,
        detail=packet.key,
    )
    return made
