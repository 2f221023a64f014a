from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vouchsafe.asks.actions.send_reminder import locked_request
from vouchsafe.asks.mailbox import refuse_own
from vouchsafe.asks.models import Link, Request, Start
from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import journal, outbox
from vouchsafe.people.actions.put_address_first import put_address_first
from vouchsafe.people.models import Account


class AddressIsTheWriters(Refusal):
    code = "address-is-the-writers"
    msgid = msg("{writer} has begun the letter from an address of their own, so only they can change it.")
    hint_msgid = msg("Ask {writer} to open any link we mailed and enter the new address there.")


@transaction.atomic
def change_address(
    *, by: Account, request: Request, address: str, was_wrong: bool = False, now: datetime
) -> None:
    """Write to another address of the writer from now on, and go on after a bounce.

    Writes the contact's addresses, ends the pause, takes back what still waits for the old address; where the
    old one `was_wrong`, links mailed to it stop working. Queues nothing: the ask is sent again by `send_ask`.
    Refuses the applicant's own address, and any change once the letter is begun: a link with the writer's
    powers, sent where the applicant says, would show them a draft.
    """
    locked = locked_request(request.pk)
    refuse_own(by, address, locked.contact.name)
    if Start.objects.filter(request=locked).exists():
        raise AddressIsTheWriters(writer=locked.contact.name)
    first = put_address_first(contact=locked.contact, address=address)
    Request.objects.filter(pk=locked.pk).update(correspondent=None, paused_at=None, paused_why="")
    outbox.withdraw_about(locked.key, kinds=("ask", "reminder"), now=now)
    if was_wrong:
        Link.objects.filter(request=locked, kind=Link.Kind.MAILED, revoked_at__isnull=True).exclude(
            mailbox=first.mailbox
        ).update(revoked_at=now)
    journal.note(chain=by.key, verb="address_changed", about=locked.key, by=by.key, now=now)
