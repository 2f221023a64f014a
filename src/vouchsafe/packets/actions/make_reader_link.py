from __future__ import annotations

from datetime import datetime

from vouchsafe.core.words import Refusal, msg
from vouchsafe.ledger import custody
from vouchsafe.ledger.keys import token_hash
from vouchsafe.packets.models import Reader, ReaderLink

PURPOSE = "reader"


class ReaderHeld(Refusal):
    code = "reader-held"
    msgid = msg("The link for {reader} waits until the address is confirmed.")
    hint_msgid = msg("See why on the packet’s page.")


class ReaderRevoked(Refusal):
    code = "reader-revoked"
    msgid = msg("{reader} no longer has access.")
    hint_msgid = msg("Name them again to send a new link.")


def make_reader_link(*, reader: Reader, now: datetime) -> ReaderLink:
    """Make a reader's next way in and keep its hash, in the caller's transaction.

    Refuses a reader whose access is over or whose address still waits to be confirmed.
    """
    if hasattr(reader, "revocation"):
        raise ReaderRevoked(reader=reader.name)
    if reader.held_why:
        raise ReaderHeld(reader=reader.name)
    n = Reader.objects.select_for_update(of=("self",)).get(pk=reader.pk).links_made + 1
    Reader.objects.filter(pk=reader.pk).update(links_made=n)
    generation = custody.secret_generation()
    return ReaderLink.objects.create(
        reader=reader,
        n=n,
        generation=generation,
        token_hash=token_hash(custody.token(PURPOSE, reader.key, n, generation)),
        made_at=now,
    )
