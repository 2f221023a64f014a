from __future__ import annotations

from datetime import datetime

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody
from vouchsafe.ledger.keys import token_hash
from vouchsafe.packets.access import readable
from vouchsafe.packets.actions.download_packet import NothingLeft
from vouchsafe.packets.models import Reader, ReaderLink, Revocation

PURPOSE = "reader"


class ReaderHeld(Refusal):
    code = "reader-held"
    msgid = msg("The link for {reader} waits until the office has confirmed the address.")
    hint_msgid = msg("See why on the packet’s page.")


class ReaderRevoked(Refusal):
    code = "reader-revoked"
    msgid = msg("{reader} no longer has access.")
    hint_msgid = msg("Name them again to send a new link.")


class ReaderOnCommittee(Refusal):
    code = "reader-on-committee"
    msgid = msg("{reader} reads on the committee of a call.")
    hint_msgid = msg("Their way in is the call’s own link, which its office mails.")


class ReaderExpired(Refusal):
    code = "reader-expired"
    msgid = msg("The access of {reader} has ended.")
    hint_msgid = msg("Choose a later last day first.")


def make_reader_link(*, reader: Reader, now: datetime) -> ReaderLink:
    """Make a reader's next way in and keep its hash, in the caller's transaction.

    Refuses a reader whose access is over or whose address still waits to be confirmed, and a packet of which
    nothing can be read any more: withdrawn, or used for what its writers did not agree to. Refuses a reader on a committee.
    """
    locked = Reader.objects.select_for_update(of=("self",)).get(pk=reader.pk)
    if locked.seat_id is not None:
        raise ReaderOnCommittee(reader=locked.name)
    if Revocation.objects.filter(reader=locked).exists():
        raise ReaderRevoked(reader=locked.name)
    if locked.held_why:
        raise ReaderHeld(reader=locked.name)
    if locked.expires_at <= now:
        raise ReaderExpired(reader=locked.name)
    if not readable(locked, now):
        raise NothingLeft
    n = locked.links_made + 1
    Reader.objects.filter(pk=locked.pk).update(links_made=n)
    generation = custody.secret_generation()
    return ReaderLink.objects.create(
        reader=locked,
        n=n,
        generation=generation,
        token_hash=token_hash(custody.token(PURPOSE, locked.key, n, generation)),
        made_at=now,
    )
