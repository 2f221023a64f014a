"""Readers who were given a letter are told once that a newer one took its place; nobody else is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import CANARY, at_work, make_packet_of, make_reader, make_sealed

from vouchsafe.desk.packet_page import packet_page
from vouchsafe.desk.reader_page import reader_page
from vouchsafe.doors.worker.tasks import tell_of_successors
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.actions.begin_successor import begin_successor
from vouchsafe.letters.actions.begin_version import begin_version
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.actions.seal_letter import seal_letter
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.models import Letter, Seal
from vouchsafe.letters.preparing import prepare_seal
from vouchsafe.packets.access import reader_by_key
from vouchsafe.packets.actions.mail_packet import mail_packet
from vouchsafe.packets.actions.revoke_reader import revoke_reader
from vouchsafe.packets.models import Notice, Reader


@pytest.fixture
def old(cast: Cast) -> Seal:
    return make_sealed(
        cast.ben, factories.make_opportunity(cast.ada, deadline_on=None), confidentiality="waived"
    )


def given(seal: Seal, *, name: str = "Cleo Brandt", address: str = "cleo@readers.example") -> Reader:
    """A reader whose link to this letter was mailed."""
    scope = seal.scopes.get()
    opportunity = next(
        purpose.opportunity
        for purpose in at_work(seal).request.purposes.select_related("opportunity")
        if purpose.opportunity.key in scope.opportunities
    )
    reader = make_reader(make_packet_of(seal, opportunity=opportunity, title=f"For {name}"), name, address)
    mail_packet(by=seal.letter.applicant, reader=reader, now=timezone.now(), undo=timedelta(0))
    return reader


def seal_it(seal: Seal, letter: Letter) -> Seal:
    now, visit = timezone.now(), at_work(seal)
    prepared = prepare_seal(visit=visit, letter=letter, writer_name="Ben Okafor", now=now)
    new = seal_letter(visit=visit, prepared=prepared, now=now)
    release_seal(seal=new, by="hour", now=now + timedelta(hours=1))
    return new


def replace_letter(seal: Seal) -> Seal:
    letter = begin_successor(
        visit=at_work(seal), letter_key=seal.letter.key, openly=False, first=DraftBody(), now=timezone.now()
    )
    return seal_it(seal, letter)


def told() -> list[str]:
    return [outbox.read(row).to_address for row in Outgoing.objects.filter(kind="letter_replaced")]


def test_reader_is_told_once_by_mail_and_on_the_page_and_so_is_the_packet(cast: Cast, old: Seal) -> None:
    reader = given(old)
    left = given(old, name="Gone", address="gone@readers.example")
    revoke_reader(by=cast.ada, reader=left, now=timezone.now())
    assert tell_of_successors(now=timezone.now()) == 0
    new = replace_letter(old)
    now = timezone.now()
    assert tell_of_successors(now=now) == 1
    assert tell_of_successors(now=now) == 0
    assert told() == ["cleo@readers.example"]
    parcel = outbox.read(Outgoing.objects.get(kind="letter_replaced"))
    assert (parcel.facts["number"], parcel.facts["replaces"]) == (new.number, old.number)
    assert CANARY not in str(parcel)
    page = reader_page(reader_by_key(reader.key, now), now)
    assert [letter.replaced_by for letter in page.letters] == [new.number]
    assert [letter.replaced_by for letter in packet_page(reader.packet, now).letters] == [new.number]


def test_successor_of_the_general_letter_retires_its_versions_and_tells_their_readers(old: Seal) -> None:
    visit = at_work(old)
    purpose = visit.request.purposes.get()
    letter = begin_version(
        visit=visit, letter_key=old.letter.key, purpose_key=purpose.key, first=DraftBody(), now=timezone.now()
    )
    version = seal_it(old, letter)
    reader = given(old)
    assert reader.packet.enclosures.get().seal == version
    new = replace_letter(old)
    assert tell_of_successors(now=timezone.now()) == 1
    parcel = outbox.read(Outgoing.objects.get(kind="letter_replaced"))
    assert (parcel.facts["number"], parcel.facts["replaces"]) == (new.number, version.number)


def test_newer_version_is_told_to_the_readers_of_the_version_alone(old: Seal) -> None:
    reader = given(old)
    visit = at_work(old)
    purpose = visit.request.purposes.get()
    letter = begin_version(
        visit=visit, letter_key=old.letter.key, purpose_key=purpose.key, first=DraftBody(), now=timezone.now()
    )
    version = seal_it(old, letter)
    of_version = given(old, name="Vera", address="vera@readers.example")
    assert of_version.packet.enclosures.get().seal == version
    newer = replace_letter(version)
    assert newer.letter.version.base == old.letter
    tell_of_successors(now=timezone.now())
    assert told() == ["vera@readers.example"]
    assert not Notice.objects.filter(reader=reader).exists()
    replace_letter(old)
    tell_of_successors(now=timezone.now())
    assert sorted(told()) == ["cleo@readers.example", *["vera@readers.example"] * 2], (
        "the general one retired hers too"
    )
    assert tell_of_successors(now=timezone.now()) == 0
