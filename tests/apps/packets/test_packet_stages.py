"""The packet's stage said in SQL and in Python is the same stage."""

from __future__ import annotations

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories

from vouchsafe.core.stages import PACKET
from vouchsafe.packets import access
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
