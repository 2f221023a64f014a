from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from vouchsafe.core.stages import PACKET
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.packets.access import holds_confidential, stage
from vouchsafe.packets.actions.make_reader_link import ReaderRevoked
from vouchsafe.packets.models import Delivery, Packet, Reader, Revocation
from vouchsafe.people.models import Account


class NotByHand(Refusal):
    code = "not-by-hand"
    msgid = msg("This packet holds a confidential letter, so it does not pass through your hands.")
    hint_msgid = msg("Mail the reader their link; we send it to them alone.")


class HandedTooEarly(Refusal):
    code = "handed-too-early"
    msgid = msg("The packet was made on {made}.")
    hint_msgid = msg("Enter a day from then to today.")


class HandedTooLate(Refusal):
    code = "handed-too-late"
    msgid = msg("That day is still to come.")
    hint_msgid = msg("Record it on the day you hand the letters over, or later.")


@transaction.atomic
def hand_over_letters(*, by: Account, reader: Reader, on: date, now: datetime) -> Delivery:
    """The applicant handed open letters to a reader themselves, on paper or as a file. The same day twice is once.

    Writes a delivery at noon of that day; queues nothing. Refuses a packet with a confidential letter, a day before
    the packet was made or after today, and a reader whose access was ended.
    """
    zone = ZoneInfo(by.time_zone)
    Packet.objects.select_for_update(of=("self",)).get(pk=reader.packet_id)
    if holds_confidential(reader.packet):
        raise NotByHand
    if Revocation.objects.filter(reader=reader).exists():
        raise ReaderRevoked(reader=reader.name)
    PACKET.demand("deliver", stage(reader.packet))
    made = reader.packet.made_at.astimezone(zone).date()
    if on < made:
        raise HandedTooEarly(made=made)
    if on > now.astimezone(zone).date():
        raise HandedTooLate
    at = datetime.combine(on, time(12), zone)
    already = Delivery.objects.filter(reader=reader, means=Delivery.Means.BY_HAND, delivered_at=at).first()
    if already is not None:
        return already
    handed = Delivery.objects.create(reader=reader, means=Delivery.Means.BY_HAND, delivered_at=at)
    journal.note(
        chain=by.key, verb="packet_handed_over", about=reader.key, by=by.key, now=now, detail=on.isoformat()
    )
    return handed


@transaction.atomic
def undo_hand_over(*, by: Account, reader: Reader, on: date, now: datetime) -> None:
    """It was not handed over on that day after all: the record goes. A second undo changes nothing."""
    at = datetime.combine(on, time(12), ZoneInfo(by.time_zone))
    recorded = Delivery.objects.filter(reader=reader, means=Delivery.Means.BY_HAND, delivered_at=at)
    if recorded.delete()[0]:
        journal.note(
            chain=by.key,
            verb="packet_hand_over_undone",
            about=reader.key,
            by=by.key,
            now=now,
            detail=on.isoformat(),
        )
