from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_opportunity
from tests.sealing import make_packet_of, make_sealed

from vouchsafe.ledger.models import Outgoing
from vouchsafe.packets.actions.add_reader import add_reader
from vouchsafe.packets.models import Reader


def held(cast: Cast) -> Reader:
    opportunity = make_opportunity(cast.ada)
    seal = make_sealed(cast.ben, opportunity, confidentiality="waived")
    packet = make_packet_of(seal, opportunity=opportunity)
    now = timezone.now()
    return add_reader(
        by=cast.ada,
        packet=packet,
        name="Cleo",
        address=cast.eve.email,
        expires_at=now + timedelta(days=9),
        now=now,
    )


def test_office_sees_a_held_reader_and_confirms_it(cast: Cast) -> None:
    reader = held(cast)
    assert reader.held_why
    dana = Client()
    dana.force_login(cast.dana)
    assert cast.eve.email in dana.get("/office/readers/").content.decode()
    assert dana.post(f"/office/readers/{reader.key}/confirmation").status_code == 302
    reader.refresh_from_db()
    assert reader.held_why == ""
    assert "No reader waits" in dana.get("/office/readers/").content.decode()


def test_reader_confirmed_too_late_is_mailed_nothing_and_the_office_is_told_so(cast: Cast) -> None:
    reader = held(cast)
    Reader.objects.filter(pk=reader.pk).update(expires_at=timezone.now())
    dana = Client()
    dana.force_login(cast.dana)
    dana.post(f"/office/readers/{reader.key}/confirmation")
    assert "No link was mailed" in dana.get("/office/readers/").content.decode()
    assert not Outgoing.objects.filter(kind="packet").exists()


def test_nobody_else_sees_or_confirms_a_held_reader(cast: Cast) -> None:
    reader = held(cast)
    for account in (cast.ada, cast.eve):
        client = Client()
        client.force_login(account)
        assert client.get("/office/readers/").status_code == 404
        assert client.post(f"/office/readers/{reader.key}/confirmation").status_code == 404
    reader.refresh_from_db()
    assert reader.held_why
