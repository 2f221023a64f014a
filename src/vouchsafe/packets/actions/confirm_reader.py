from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.packets.models import Reader
from vouchsafe.people.models import Account


class OfficeAlone(Refusal):
    code = "office-alone"
    msgid = msg("Only the office can confirm a reader’s address.")
    hint_msgid = msg("Write to the people who run this site.")


@transaction.atomic
def confirm_reader(*, by: Account, reader: Reader, now: datetime) -> None:
    """The office has made sure that a held address is the reader's own. Lifts the hold, once; queues nothing.

    Refuses anyone who does not run the office, and the applicant of the packet whatever their role.
    """
    if not by.runs_office or reader.packet.owner_id == by.pk:
        raise OfficeAlone
    if Reader.objects.filter(pk=reader.pk).exclude(held_why="").update(held_why=""):
        journal.note(
            chain=reader.packet.owner.key, verb="reader_confirmed", about=reader.key, by=by.key, now=now
        )
