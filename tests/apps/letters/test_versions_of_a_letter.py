"""A letter tailored for one place: sealed on its own, and chosen by the packet of its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import at_work, make_packet_of, make_sealed, seal_it

from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.desk.verifying import check_number
from vouchsafe.letters import access
from vouchsafe.letters.actions.begin_version import begin_version
from vouchsafe.letters.actions.drop_letter import drop_letter
from vouchsafe.letters.actions.save_draft import save_draft
from vouchsafe.letters.actions.take_up_letter import take_up_letter
from vouchsafe.letters.actions.withdraw_seal import withdraw_seal
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.packets.actions.make_packet import LetterNotReady
from vouchsafe.people.access import NotHere
from vouchsafe.plans.actions.add_destination import add_destination
from vouchsafe.plans.models import Opportunity

FIRST = DraftBody(dated="1 October 2027", addressee=("The new committee",))


def two_places(cast: Cast) -> tuple[Opportunity, Opportunity]:
    delft = factories.make_opportunity(cast.ada, "MSc Delft", deadline_on=None)
    return delft, factories.make_opportunity(cast.ada, "MSc Lund", deadline_on=None)


def test_version_is_sealed_on_its_own_and_chosen_by_the_packet_of_its_place(cast: Cast) -> None:
    delft, lund = two_places(cast)
    now = timezone.now() - timedelta(hours=3)
    open_request(
        by=cast.ada, contact=cast.ben, opportunity=lund, shown_on=None, confidentiality="open", subject="", note="",
        today=now.date(), now=now,
    )  # fmt: skip
    base = make_sealed(cast.ben, delft)
    visit = at_work(base)
    purpose = visit.request.purposes.get(opportunity=lund)
    version = begin_version(
        visit=visit, letter_key=base.letter.key, purpose_key=purpose.key, first=FIRST, now=timezone.now()
    )
    here = replace(visit, at=version.key)
    body, revision = access.draft_in_hand(here)
    assert body is not None
    save_draft(
        visit=here,
        body=replace(body, text=body.text + "\n\nFor Lund."),
        based_on=revision,
        now=timezone.now(),
    )
    assert make_packet_of(base, opportunity=lund).enclosures.get().seal == base, "a draft is no version yet"
    sealed = seal_it(here, version)
    assert sealed.number != base.number
    assert sealed.scopes.get().opportunities == [lund.key]
    assert make_packet_of(base, opportunity=lund, title="L").enclosures.get().seal == sealed
    assert make_packet_of(base, sealed, opportunity=lund, title="B").enclosures.get().seal == sealed
    assert make_packet_of(base, opportunity=delft).enclosures.get().seal == base
    assert check_number(base.number).verdict.outcome.value == "genuine"
    withdraw_seal(visit=visit, seal=sealed, now=timezone.now())
    with pytest.raises(LetterNotReady):
        make_packet_of(base, opportunity=lund, title="After")


def test_version_for_one_destination_goes_before_that_of_its_purpose(
    cast: Cast, opportunity: Opportunity
) -> None:
    from vouchsafe.packets.actions.make_packet import make_packet

    base = make_sealed(cast.ben, opportunity)
    now = timezone.now()
    place = add_destination(
        by=cast.ada, opportunity=opportunity, way="reader_link", label="Board", address="", now=now
    )
    visit = at_work(base)
    purpose = visit.request.purposes.get()
    seals = {}
    for key in ("", place.key):
        version = begin_version(
            visit=visit, letter_key=base.letter.key, purpose_key=purpose.key, destination_key=key, first=FIRST, now=now
        )  # fmt: skip
        seals[key] = seal_it(replace(visit, at=version.key), version)
    for destination, expected in ((None, seals[""]), (place, seals[place.key])):
        packet = make_packet(
            by=cast.ada, opportunity=opportunity, destination=destination, letter_keys=[base.letter.key],
            title=f"{destination}", today=now.date(), now=now,
        )  # fmt: skip
        assert packet.enclosures.get().seal == expected


def test_version_before_the_first_seal_leaves_the_letter_of_the_round_in_hand(
    cast: Cast, opportunity: Opportunity
) -> None:
    purpose = factories.make_purpose(cast.ben, opportunity)
    visit = factories.proven(purpose)
    record_answer(visit=visit, said="yes", today=factories.TODAY, now=factories.NOW)
    base = save_draft(visit=visit, body=DraftBody(text="Words."), based_on=0, now=factories.NOW).letter
    version = begin_version(
        visit=visit, letter_key=base.key, purpose_key=purpose.key, first=FIRST, now=factories.NOW
    )
    assert access.letter_in_hand(visit) == base
    assert access.letter_in_hand(replace(visit, at=version.key)) == version
    drop_letter(visit=visit, letter_key=version.key, now=factories.NOW)
    assert access.letter_in_hand(replace(visit, at=version.key)) is None
    take_up_letter(visit=visit, letter_key=version.key, now=factories.NOW)
    assert access.letter_in_hand(replace(visit, at=version.key)) == version
    with pytest.raises(NotHere):
        drop_letter(visit=visit, letter_key=base.key, now=factories.NOW)
