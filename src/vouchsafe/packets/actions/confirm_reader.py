from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.packets.access import readable
from vouchsafe.packets.actions.add_reader import ReaderIsApplicant
from vouchsafe.packets.actions.mail_packet import mail_packet
from vouchsafe.packets.models import Reader
from vouchsafe.packets.whose_address import REACHES_APPLICANT
from vouchsafe.people.models import Account


class OfficeAlone(Refusal):
    code = "office-alone"
    msgid = msg("Only the office can confirm a reader’s address.")
    hint_msgid = msg("Write to the people who run this site.")


@transaction.atomic
def confirm_reader(*, by: Account, reader: Reader, now: datetime) -> bool:
    """The office has made sure that a held address is the reader's own. Lifts the hold, once, and mails the link.

    Nothing is mailed, and False is returned, where the link would open nothing: its last day is over, or no
    letter can be read any more.
    Refuses anyone who does not run the office, the applicant of the packet whatever their role, and an address
    that leads to the applicant.
    """
    owner = reader.packet.owner
    if not by.runs_office or reader.packet.owner_id == by.pk:
        raise OfficeAlone
    if reader.held_why == REACHES_APPLICANT:
        raise ReaderIsApplicant(address=reader.address)
    held = Reader.objects.filter(pk=reader.pk).exclude(held_why="")
    is_first = held.update(held_why="", confirmed_at=now)
    reader.refresh_from_db()
    opens_something = reader.expires_at > now and bool(readable(reader, now))
    if is_first:
        journal.note(chain=owner.key, verb="reader_confirmed", about=reader.key, by=by.key, now=now)
        if opens_something:
            mail_packet(by=owner, reader=reader, now=now, undo=timedelta(0), caused_by=by.key)
    return opens_something
