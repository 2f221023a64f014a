from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal
from vouchsafe.people.models import Account
from vouchsafe.plans.models import Destination, Opportunity


class DestinationAddressUnreadable(Refusal):
    code = "destination-address-unreadable"
    msgid = msg("“{address}” can’t be where the letter goes.")
    hint_msgid = msg(
        "Give a mail address like name@example.org, or a portal’s address that begins with https://."
    )


@transaction.atomic
def add_destination(
    *,
    by: Account,
    opportunity: Opportunity,
    way: str,
    label: str,
    address: str = "",
    due_on: date | None = None,
    due_time: time | None = None,
    zone: str = "",
    now: datetime,
) -> Destination:
    """Say how a letter must arrive: reader link, mail, their own portal, or by hand.

    Writes the destination. Refuses an address that fits none of the ways.
    """
    address = address.strip()
    if address and way in {Destination.Way.MAIL, Destination.Way.READER_LINK} and normalise(address) is None:
        raise DestinationAddressUnreadable(address=address)
    if address and way == Destination.Way.PORTAL and not address.startswith(("https://", "http://")):
        raise DestinationAddressUnreadable(address=address)
    row = Destination.objects.create(
        opportunity=opportunity,
        way=way,
        label=label.strip() or opportunity.organisation or opportunity.title,
        address=address,
        due_on=due_on or opportunity.deadline_on,
        due_time=due_time,
        zone=zone or opportunity.zone,
    )
    journal.note(chain=by.key, verb="destination_added", about=row.key, by=by.key, now=now, detail=way)
    return row
