"""From a computer without a public address a reader gets the letters themselves, for a link would lead nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import make_packet_of, make_reader, make_sealed

from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.doors.worker.carrying import build, sending_house
from vouchsafe.ledger import custody
from vouchsafe.ledger.models import Outgoing
from vouchsafe.packets.actions.download_packet import PacketInConfidence
from vouchsafe.packets.actions.mail_packet import mail_packet

NOW = timedelta(0)


def move_to_a_laptop(cast: Cast) -> None:
    type(cast.instance).objects.update(host="personal")
    assert settings.PUBLIC_URL is None


def test_mail_to_a_reader_carries_each_sealed_letter_and_no_link(cast: Cast) -> None:
    opportunity = factories.make_opportunity(cast.ada, deadline_on=None)
    seal = make_sealed(cast.ben, opportunity)
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    move_to_a_laptop(cast)
    mail_packet(by=cast.ada, reader=reader, now=timezone.now(), undo=NOW)
    mail = build(Outgoing.objects.get(kind="packet"), sending_house())
    (letter,) = mail.attachments
    assert letter.content == custody.vault().open(seal.file, Viewer(Role.HOUSE, purpose="test"))
    assert letter.name == f"letter-{seal.number}.pdf"
    assert mail.button is None


def test_letter_in_confidence_is_never_attached(cast: Cast) -> None:
    opportunity = factories.make_opportunity(cast.ada, deadline_on=None)
    seal = make_sealed(cast.ben, opportunity, confidentiality="waived")
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    move_to_a_laptop(cast)
    with pytest.raises(PacketInConfidence):
        mail_packet(by=cast.ada, reader=reader, now=timezone.now(), undo=NOW)
    assert not Outgoing.objects.filter(kind="packet").exists()
