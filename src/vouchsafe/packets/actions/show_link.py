from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody, journal
from vouchsafe.packets.access import holds_confidential
from vouchsafe.packets.actions.make_reader_link import PURPOSE, make_reader_link
from vouchsafe.packets.models import Delivery, Reader
from vouchsafe.people.models import Account


class LinkNotForYou(Refusal):
    code = "link-not-for-you"
    msgid = msg("This packet holds a confidential letter, so its link is mailed to the reader alone.")
    hint_msgid = msg("Press Send; we mail it.")


@transaction.atomic
def show_link(*, by: Account, reader: Reader, now: datetime) -> str:
    """The token of a new link for a reader, for an applicant who hands it on themselves.

    Writes the link and a delivery each time; older links keep working until access ends. Refuses where the
    packet holds a letter its applicant may not read, and a reader whose access is over.
    """
    if holds_confidential(reader.packet):
        raise LinkNotForYou
    link = make_reader_link(reader=reader, now=now)
    Delivery.objects.create(reader=reader, means=Delivery.Means.LINK, delivered_at=now)
    journal.note(chain=by.key, verb="packet_link_shown", about=reader.key, by=by.key, now=now)
    return custody.token(PURPOSE, reader.key, link.n, link.generation)
