"""What the writer agrees to holds at every place that asks: packet, link, reading, saving."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import make_packet_of, make_reader, make_sealed

from vouchsafe.asks.access import FreshCodeNeeded, Visit
from vouchsafe.core.uses import Uses
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Line, Outgoing
from vouchsafe.letters.access_open import shelved
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.actions.set_scope import UseNotKnown, set_scope
from vouchsafe.letters.actions.withdraw_seal import withdraw_seal
from vouchsafe.letters.models import Scope, Seal
from vouchsafe.packets.access import AccessOver, OnScreenOnly, demand_access
from vouchsafe.packets.actions.download_packet import NothingLeft
from vouchsafe.packets.actions.look_at_letter import look_at_letter
from vouchsafe.packets.actions.make_packet import LetterNotInScope
from vouchsafe.packets.actions.make_reader_link import make_reader_link
from vouchsafe.packets.actions.make_reading_copy import make_reading_copy
from vouchsafe.packets.actions.read_letter import read_letter
from vouchsafe.packets.actions.take_packet import take_packet
from vouchsafe.packets.models import Viewing
from vouchsafe.people.access import NotHere
from vouchsafe.plans.models import Opportunity


@pytest.fixture
def seal(cast: Cast, opportunity: Opportunity) -> Seal:
    return make_sealed(cast.ben, opportunity)


def writer(seal: Seal) -> Visit:
    request = seal.letter.request
    assert request is not None
    return Visit(request, seal.correspondent.mailbox, "mailed_link", has_code=True)


def agree(seal: Seal, uses: Uses) -> Scope:
    return set_scope(visit=writer(seal), seal=seal, uses=uses, now=timezone.now())


def told() -> list[Outgoing]:
    return list(Outgoing.objects.filter(kind="uses_changed"))


def test_forwarded_link_alone_cannot_widen_what_the_writer_narrowed(seal: Seal) -> None:
    agree(seal, Uses(seal.scopes.get().uses.opportunities, last_on=timezone.localdate()))
    with pytest.raises(FreshCodeNeeded):
        set_scope(visit=replace(writer(seal), has_code=False), seal=seal, uses=Uses(), now=timezone.now())
    assert seal.scopes.first().uses.last_on == timezone.localdate()  # type: ignore[union-attr]  # one was written


def test_purpose_no_request_named_and_a_kind_we_do_not_know_are_refused(cast: Cast, seal: Seal) -> None:
    other = factories.make_opportunity(cast.ada, "Elsewhere", deadline_on=None)
    for uses in (Uses((other.key,)), Uses(kinds=("pocket",)), Uses(kinds=("weapon",))):
        with pytest.raises(UseNotKnown):
            agree(seal, uses)
    assert seal.scopes.count() == 1


def test_writer_of_another_request_cannot_say_what_this_letter_is_for(cast: Cast, seal: Seal) -> None:
    mina = factories.make_contact(cast.ada, "Mina Holt")
    hers = make_sealed(mina, factories.make_opportunity(cast.ada, "Course", deadline_on=None))
    with pytest.raises(NotHere):
        set_scope(visit=writer(hers), seal=seal, uses=Uses(), now=timezone.now())


def test_applicant_is_told_once_of_each_change_and_sees_it_in_the_safe(cast: Cast, seal: Seal) -> None:
    uses = Uses(kinds=("job",), last_on=timezone.localdate() + timedelta(days=9))
    agree(seal, uses)
    agree(seal, uses)
    assert seal.scopes.count() == 2
    (row,) = told()
    mail = outbox.read(row)
    assert (mail.to_address, mail.facts["kinds"], mail.facts["last_on"]) == (
        cast.ada.email,
        ("job",),
        uses.last_on,
    )
    assert shelved(cast.ada, seal.letter.key).uses == uses
    assert Line.objects.filter(verb="scope_set", about=seal.letter.key).count() == 1


def test_applicant_is_not_told_before_they_know_of_the_letter_nor_after_it_is_withdrawn(
    cast: Cast, opportunity: Opportunity
) -> None:
    seal = make_sealed(cast.ben, opportunity, released=False)
    agree(seal, Uses(on_screen_only=True))
    release_seal(seal=seal, by="hour", now=timezone.now())
    withdraw_seal(visit=writer(seal), seal=seal, now=timezone.now())
    agree(seal, Uses())
    assert not told()


def test_new_packet_for_another_use_is_refused(cast: Cast, opportunity: Opportunity, seal: Seal) -> None:
    elsewhere = factories.make_opportunity(cast.ada, "Elsewhere", kind="scholarship", deadline_on=None)
    agree(seal, Uses(kinds=("job",)))
    assert make_packet_of(seal, opportunity=opportunity)
    with pytest.raises(LetterNotInScope):
        make_packet_of(seal, opportunity=elsewhere)
    agree(seal, Uses(kinds=("scholarship",)))
    assert make_packet_of(seal, opportunity=elsewhere)


def test_new_link_to_a_packet_with_nothing_left_to_read_is_refused(
    opportunity: Opportunity, seal: Seal
) -> None:
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    assert make_reader_link(reader=reader, now=timezone.now())
    agree(seal, Uses(kinds=("scholarship",)))
    with pytest.raises(NothingLeft):
        make_reader_link(reader=reader, now=timezone.now())


def test_reading_ends_with_the_last_day_in_the_applicants_calendar(
    opportunity: Opportunity, seal: Seal
) -> None:
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    now = timezone.now()
    agree(seal, Uses(last_on=timezone.localdate()))
    demand_access(reader=reader, seal=seal, now=now)
    with pytest.raises(AccessOver):
        demand_access(reader=reader, seal=seal, now=now + timedelta(days=2))


def test_letter_for_the_screen_alone_can_be_read_and_not_saved_by_any_way(
    cast: Cast, opportunity: Opportunity, seal: Seal
) -> None:
    reader = make_reader(make_packet_of(seal, opportunity=opportunity))
    agree(seal, Uses(on_screen_only=True))
    now = timezone.now()
    assert look_at_letter(reader=reader, seal=seal, now=now)
    with pytest.raises(OnScreenOnly):
        read_letter(reader=reader, seal=seal, what=Viewing.What.DOWNLOADED, now=now)
    with pytest.raises(OnScreenOnly):
        take_packet(reader=reader, now=now)
    with pytest.raises(OnScreenOnly):
        make_reading_copy(reader=reader, now=now)
    assert not Viewing.objects.filter(what=Viewing.What.DOWNLOADED).exists()


def test_file_of_a_mixed_packet_holds_the_letters_that_may_be_saved(
    cast: Cast, opportunity: Opportunity, seal: Seal
) -> None:
    mina = make_sealed(factories.make_contact(cast.ada, "Mina Holt"), opportunity)
    reader = make_reader(make_packet_of(seal, mina, opportunity=opportunity))
    agree(seal, Uses(on_screen_only=True))
    made = take_packet(reader=reader, now=timezone.now())
    assert mina.number.encode() in made
    assert seal.number.encode() not in made
    assert [view.seal for view in Viewing.objects.filter(what="downloaded")] == [mina]
