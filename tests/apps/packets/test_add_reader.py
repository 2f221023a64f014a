"""Who may be named as a reader: never the applicant in any disguise where a letter is confidential."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import make_packet_of, make_reader

from vouchsafe.letters.models import Seal
from vouchsafe.packets import access
from vouchsafe.packets.actions.add_reader import (
    AddressNotReadable,
    ReaderIsApplicant,
    add_reader,
)
from vouchsafe.packets.actions.confirm_reader import OfficeAlone, confirm_reader
from vouchsafe.packets.actions.mail_packet import mail_packet
from vouchsafe.packets.actions.make_reader_link import (
    ReaderHeld,
)
from vouchsafe.packets.actions.revoke_reader import revoke_reader
from vouchsafe.packets.models import Packet, Reader
from vouchsafe.plans.models import Opportunity

UNDO = timedelta(seconds=30)
# The applicant's own mailbox under fifty names, for ada@example.org and for her Gmail, Proton and Yahoo ones.
OWN = ("ada@example.org", "ada.marsh@gmail.com", "ada.marsh@proton.me", "ada@yahoo.com", "ada@fastmail.com")
DISGUISES = (
    "ada@example.org", "ADA@EXAMPLE.ORG", "Ada@Example.Org", "ada+reader@example.org", "ada+1@example.org",
    "ada+committee.chair@example.org", "Ada Marsh <ada@example.org>", '"Cleo Brandt" <ada@example.org>',
    "<ada@example.org>", "mailto:ada@example.org", '"ada"@example.org', "a(comment)da@example.org",
    "ada(the reader)@example.org", "ada@example.org.", "ada@EXAMPLE.org", "ada @example.org", "ada@ example.org",
    "\u200bada@example.org", "ada\u200d@example.org", "ada\u00ad@example.org", "\uff41da@example.org",
    "ada\uff20example.org", "ada@example\u3002org", "\u0430da@example.org", "ad\u0430@example.org",
    "\u0251da@example.org", "ada@ex\u0430mple.org", "\u202eada@example.org",
    "ada%example.org@relay.example", "example.org!ada@relay.example", "prvs=1234abcd=ada@example.org",
    "srs0=ab=cd=example.org=ada@forward.example", "bounce+ada=example.org@lists.example",
    "adamarsh@gmail.com", "a.d.a.m.a.r.s.h@gmail.com", "ADA.MARSH@gmail.com", "ada.marsh@googlemail.com",
    "adamarsh+x@googlemail.com", "ada.marsh+reader@gmail.com", "a.damarsh@googlemail.com",
    "adamarsh@proton.me", "ada-marsh@protonmail.com", "ada_marsh@pm.me", "ada.marsh+x@protonmail.ch",
    "ada-reader@yahoo.com", "ada-x@yahoo.com", "ADA@yahoo.com", "reader@ada.fastmail.com", "ada+x@fastmail.com",
    "x.y@ada.fastmail.com",
)  # fmt: skip


@pytest.mark.parametrize("address", DISGUISES)
def test_confidential_letter_is_never_sent_to_its_applicant_in_disguise(
    cast: Cast, opportunity: Opportunity, address: str
) -> None:
    for own in OWN:
        EmailAddress.objects.create(user=cast.ada, email=own, verified=own != "ada@yahoo.com")
    packet = _confidential_packet(cast, opportunity)
    with pytest.raises((ReaderIsApplicant, AddressNotReadable)):
        make_reader(packet, address=address)
    assert not Reader.objects.exists()


def test_fifty_disguises_are_tried() -> None:
    assert len(set(DISGUISES)) == 50


def test_second_account_of_the_applicant_is_refused_and_another_applicants_is_held(
    cast: Cast, opportunity: Opportunity
) -> None:
    factories.make_account("ada  MARSH", email="a.m@other.example")
    packet = _confidential_packet(cast, opportunity)
    with pytest.raises(ReaderIsApplicant):
        make_reader(packet, address="a.m+x@other.example")
    held = make_reader(packet, address="eve@example.org")
    assert held.held_why
    with pytest.raises(ReaderHeld):
        mail_packet(by=cast.ada, reader=held, now=timezone.now(), undo=UNDO)
    for nobody in (cast.ada, cast.eve):
        with pytest.raises(OfficeAlone):
            confirm_reader(by=nobody, reader=held, now=timezone.now())
    confirm_reader(by=cast.dana, reader=held, now=timezone.now())
    assert mail_packet(
        by=cast.ada, reader=access.reader_of(cast.ada, held.key), now=timezone.now(), undo=UNDO
    )


def test_open_letters_may_go_to_their_applicant(cast: Cast, opportunity: Opportunity, seal: Seal) -> None:
    assert (
        make_reader(make_packet_of(seal, opportunity=opportunity), address="ada@example.org").held_why == ""
    )


def test_reader_named_twice_is_one_reader_with_the_new_last_day(
    cast: Cast, opportunity: Opportunity, seal: Seal
) -> None:
    packet = make_packet_of(seal, opportunity=opportunity)
    first, now = make_reader(packet), timezone.now()
    again = add_reader(
        by=cast.ada, packet=packet, name="C. Brandt", address="CLEO@readers.example",
        expires_at=now + timedelta(days=90), now=now,
    )  # fmt: skip
    assert again == first
    assert again.expires_at == now + timedelta(days=90)
    revoke_reader(by=cast.ada, reader=first, now=now)
    assert make_reader(packet) != first


def _confidential_packet(cast: Cast, opportunity: Opportunity) -> Packet:
    """A packet with a waived letter, made without sealing one: fifty addresses would take fifty seals."""
    from vouchsafe.letters.models import Letter
    from vouchsafe.packets.models import Enclosure
    from vouchsafe.people.models import Correspondent

    now = timezone.now()
    request = make_request(cast, opportunity)
    letter = Letter.objects.create(
        applicant=cast.ada, request=request, writer_name="Ben", origin="written", confidentiality="waived", begun_at=now
    )  # fmt: skip
    seal = Seal.objects.create(
        letter=letter, number="K7QM-42TX", record=b"", digest="0" * 64, pdf_digest="0" * 64, manifest=b"", signature=b"",
        key_id="", file="0" * 32, pages=1, writer_name="Ben", proven_by="mailed_link", proven_mailbox_digest="",
        proven_domain="", sealed_at=now,
        correspondent=Correspondent.objects.create(mailbox="ben@writers.example", proven_at=now),
    )  # fmt: skip
    seal.scopes.create(set_at=now, set_by="test")
    packet = Packet.objects.create(owner=cast.ada, opportunity=opportunity, title="P", made_at=now)
    Enclosure.objects.create(packet=packet, seal=seal, position=0)
    return packet


def make_request(cast: Cast, opportunity: Opportunity) -> object:
    from vouchsafe.asks.actions.open_request import open_request

    return open_request(
        by=cast.ada, contact=cast.ben, opportunity=opportunity, shown_on=None, confidentiality="waived", subject="",
        note="", today=timezone.localdate(), now=timezone.now(),
    ).request  # fmt: skip
