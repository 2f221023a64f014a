"""Reading against revoking: whichever commits first, nothing is read after the revocation."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.utils import timezone
from tests import factories
from tests.sealing import make_packet_of, make_reader, make_sealed

from vouchsafe.ledger.models import Line
from vouchsafe.packets.access import AccessOver
from vouchsafe.packets.actions.read_letter import read_letter
from vouchsafe.packets.actions.revoke_reader import revoke_reader
from vouchsafe.packets.models import Viewing

ROUNDS = 25
READERS = 3


def race(rounds: int) -> tuple[int, int]:
    """How many readings came before the revocation, and how many were refused by it."""
    ada = factories.make_account("Ada Marsh")
    factories.make_instance(ada)
    ben = factories.make_contact(ada)
    opportunity = factories.make_opportunity(ada, deadline_on=None)
    seal = make_sealed(ben, opportunity)
    packet = make_packet_of(seal, opportunity=opportunity)
    read, refused = [], []
    for turn in range(rounds):
        reader = make_reader(packet, address=f"reader{turn}@readers.example")
        start = threading.Barrier(READERS + 1)

        def reading(reader: object = reader, start: threading.Barrier = start) -> None:
            try:
                start.wait()
                read_letter(reader=reader, seal=seal, what="read", now=timezone.now())  # type: ignore[arg-type]  # a row
                read.append(reader)
            except AccessOver:
                refused.append(reader)
            finally:
                connection.close()

        def revoking(reader: object = reader, start: threading.Barrier = start) -> None:
            try:
                start.wait()
                revoke_reader(by=ada, reader=reader, now=timezone.now())  # type: ignore[arg-type]  # a row
            finally:
                connection.close()

        threads = [threading.Thread(target=reading) for _ in range(READERS)]
        threads.append(threading.Thread(target=revoking))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with pytest.raises(AccessOver):
            read_letter(reader=reader, seal=seal, what="read", now=timezone.now())
        revoked_at = Line.objects.get(verb="reader_revoked", about=reader.key).position
        late = Line.objects.filter(verb="reader_read", about=reader.key, position__gt=revoked_at)
        assert not late.exists()
    assert Viewing.objects.count() == len(read)
    return len(read), len(refused)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_read_after_a_revocation_has_committed() -> None:
    read, refused = race(ROUNDS)
    assert read + refused == ROUNDS * READERS


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_nothing_is_read_after_a_revocation_has_committed_long() -> None:
    read, refused = race(1000)
    assert read
    assert refused
