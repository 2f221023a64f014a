"""What may go into a packet, in which order, and that it is made once."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import at_work, make_packet_of, make_sealed

from vouchsafe.letters.actions.bring_letter import bring_letter
from vouchsafe.letters.actions.upload_letter import CheckedFile
from vouchsafe.letters.actions.withdraw_seal import withdraw_seal
from vouchsafe.letters.models import Seal
from vouchsafe.packets import access
from vouchsafe.packets.actions.make_packet import (
    LetterNotInScope,
    LetterNotReady,
    LetterNotSealed,
    PacketEmpty,
    make_packet,
)
from vouchsafe.packets.models import Packet
from vouchsafe.people.access import NotHere
from vouchsafe.plans.models import Opportunity


def made_of(cast: Cast, opportunity: Opportunity, *keys: str) -> Packet:
    now = timezone.now()
    return make_packet(
        by=cast.ada, opportunity=opportunity, destination=None, letter_keys=keys, title="", today=now.date(), now=now
    )  # fmt: skip


def test_packet_keeps_the_order_that_was_chosen(
    cast: Cast, opportunity: Opportunity, seal: Seal, waived: Seal
) -> None:
    packet = made_of(cast, opportunity, waived.letter.key, seal.letter.key, waived.letter.key)
    assert [one.seal.number for one in access.enclosed(packet, timezone.now())] == [
        waived.number,
        seal.number,
    ]
    assert packet.title == opportunity.title


@pytest.mark.parametrize(
    ("title", "purpose"),
    [
        ("For Harbour & Vale", "Harbour & Vale"),
        ("Für die Jury", "die Jury"),
        ("Forestry", "Forestry"),
        ("For ", "For "),
    ],
)
def test_packet_called_for_somebody_is_not_for_for_somebody(title: str, purpose: str) -> None:
    assert Packet(title=title).purpose == purpose


def test_packet_made_twice_within_a_minute_is_one_and_another_order_is_another(
    cast: Cast, opportunity: Opportunity, seal: Seal, waived: Seal
) -> None:
    keys = (seal.letter.key, waived.letter.key)
    first = made_of(cast, opportunity, *keys)
    assert made_of(cast, opportunity, *keys) == first
    assert made_of(cast, opportunity, *keys[::-1]) != first


def test_packet_refuses_what_cannot_be_vouched_for(cast: Cast, opportunity: Opportunity, seal: Seal) -> None:
    other = factories.make_opportunity(cast.ada, "Another post", deadline_on=None)
    fresh = make_sealed(
        factories.make_contact(cast.ada, "Gus Ferro"), opportunity, released=False, now=timezone.now()
    )
    brought = bring_letter(
        by=cast.ada, writer_name="An old teacher",
        checked=CheckedFile("old.pdf", "pdf", 1, b"%PDF-", "d" * 64, "e" * 64), now=timezone.now(),
    )  # fmt: skip
    with pytest.raises(PacketEmpty):
        made_of(cast, opportunity)
    with pytest.raises(LetterNotInScope):
        made_of(cast, other, seal.letter.key)
    with pytest.raises(LetterNotReady):
        made_of(cast, opportunity, fresh.letter.key)
    with pytest.raises(LetterNotSealed):
        made_of(cast, opportunity, brought.key)
    withdraw_seal(visit=at_work(seal), seal=seal, now=timezone.now())
    with pytest.raises(LetterNotReady):
        made_of(cast, opportunity, seal.letter.key)
    assert not Packet.objects.exists()


def test_packet_of_another_applicants_letter_or_opportunity_is_not_here(
    cast: Cast, opportunity: Opportunity, seal: Seal
) -> None:
    theirs = factories.make_opportunity(cast.eve, deadline_on=None)
    for by, where in ((cast.eve, theirs), (cast.eve, opportunity)):
        with pytest.raises(NotHere):
            make_packet(
                by=by, opportunity=where, destination=None, letter_keys=[seal.letter.key], title="",
                today=timezone.localdate(), now=timezone.now(),
            )  # fmt: skip
    with pytest.raises(NotHere):
        access.packet(cast.eve, make_packet_of(seal, opportunity=opportunity).key)
