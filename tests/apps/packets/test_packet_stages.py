"""The packet's stage said in SQL and in Python is the same stage."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories
from tests.cast import Cast

from vouchsafe.core.stages import PACKET
from vouchsafe.packets import access
from vouchsafe.packets.actions.add_reader import add_reader
from vouchsafe.packets.actions.make_reader_link import ReaderRevoked, make_reader_link
from vouchsafe.packets.actions.record_viewing import record_viewing
from vouchsafe.packets.actions.revoke_reader import revoke_reader
from vouchsafe.packets.models import Delivery, Packet, Reader, Revocation, Viewing

one_reader = st.tuples(st.booleans(), st.integers(0, 2), st.integers(0, 2))


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readers=st.lists(one_reader, max_size=3))
def test_stage_filters_and_stage_of_packet_agree(readers: list[tuple[bool, int, int]]) -> None:
    now = timezone.now()
    Packet.objects.all().delete()
    ada = factories.Account.objects.filter(email="ada@example.org").first() or factories.make_account("Ada")
    opportunity = factories.make_opportunity(ada, deadline_on=None)
    packet = Packet.objects.create(owner=ada, opportunity=opportunity, title="P", made_at=now)
    for revoked, deliveries, viewings in readers:
        reader = Reader.objects.create(packet=packet, name="Cleo", expires_at=now, added_at=now)
        for _ in range(deliveries):
            Delivery.objects.create(reader=reader, means="link", delivered_at=now)
        for _ in range(viewings):
            Viewing.objects.create(reader=reader, what="opened", viewed_at=now)
        if revoked:
            Revocation.objects.create(reader=reader, revoked_at=now, revoked_by="x")
    stage = access.stage(packet)
    found = [name for name in PACKET.stages if getattr(Packet.objects.all(), name)().exists()]
    assert found == [stage]


def test_graph_and_actions_are_one_truth_about_a_packet_whose_readers_are_all_revoked(cast: Cast) -> None:
    """Somebody can be named anew; nothing is delivered to, or read by, or revoked again from those who were."""
    opportunity = factories.make_opportunity(cast.ada, deadline_on=None)
    now = timezone.now()
    packet = Packet.objects.create(owner=cast.ada, opportunity=opportunity, title="P", made_at=now)
    first = name_reader(packet, "Cleo")
    revoke_reader(by=cast.ada, reader=first, now=now)
    stage = access.stage(packet)
    assert stage == "revoked"
    assert not PACKET.allows("deliver", stage)
    with pytest.raises(ReaderRevoked):
        make_reader_link(reader=first, now=now)
    assert not PACKET.allows("read", stage)
    with pytest.raises(access.AccessOver):
        record_viewing(reader=first, seal=None, what="opened", now=now)
    assert not PACKET.allows("revoke", stage)
    revoke_reader(by=cast.ada, reader=first, now=now)
    assert Revocation.objects.count() == 1
    assert PACKET.allows("add_reader", stage)
    assert name_reader(packet, "Cleo").pk != first.pk
    assert access.stage(packet) == "made"


def name_reader(packet: Packet, name: str) -> Reader:
    now = timezone.now()
    return add_reader(
        by=packet.owner, packet=packet, name=name, address="cleo@readers.example",
        expires_at=now + timedelta(days=9), now=now,
    )  # fmt: skip
