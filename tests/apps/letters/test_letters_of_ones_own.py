"""The Safe's rows, letters one brought, thanks, and asking for a confirmation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import factories
from tests.cast import Cast
from tests.sealing import CANARY, make_sealed, plain_pdf

from vouchsafe.adapters.vault import FileInConfidence, Role, Viewer
from vouchsafe.asks.access import Visit
from vouchsafe.asks.mailbox import NoAddress
from vouchsafe.asks.models import Document
from vouchsafe.ledger import custody, outbox
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters import access_open
from vouchsafe.letters.actions.ask_confirmation import ask_confirmation
from vouchsafe.letters.actions.bring_letter import WriterNotNamed, bring_letter
from vouchsafe.letters.actions.read_open import read_open
from vouchsafe.letters.actions.remove_brought import SealedLetterStays, remove_brought
from vouchsafe.letters.actions.restore_brought import restore_brought
from vouchsafe.letters.actions.send_thanks import NothingToThankFor, ThanksEmpty, send_thanks
from vouchsafe.letters.actions.sweep_uploads import sweep_uploads
from vouchsafe.letters.actions.take_back_thanks import ThanksHaveLeft, take_back_thanks
from vouchsafe.letters.actions.upload_letter import CheckedFile
from vouchsafe.letters.actions.withdraw_seal import withdraw_seal
from vouchsafe.letters.inspecting import inspect_file
from vouchsafe.letters.models import Letter, Seal
from vouchsafe.people.access import NotHere, viewer_keys
from vouchsafe.plans.models import Opportunity

UNDO = timedelta(seconds=30)


@pytest.fixture
def brought(cast: Cast) -> Letter:
    checked = inspect_file(plain_pdf(), "from-2023.pdf", about="Ada Marsh")
    assert isinstance(checked, CheckedFile)
    return bring_letter(by=cast.ada, writer_name="Dr Ines Falk", checked=checked, now=timezone.now())


def test_shelf_tells_of_every_safe_letter_and_of_none_that_waits(
    cast: Cast, opportunity: Opportunity
) -> None:
    waived = make_sealed(cast.ben, opportunity, confidentiality="waived")
    gus = factories.make_contact(cast.ada, "Gus Ferro")
    make_sealed(gus, opportunity, released=False, now=timezone.now())
    (row,) = access_open.shelf(cast.ada)
    assert (row.number, row.is_open, row.letter_for) == (waived.number, False, "Programme analyst")
    assert access_open.shelved(cast.ada, waived.letter.key) == row
    assert access_open.shelf(cast.eve) == []
    with pytest.raises(NotHere):
        access_open.shelved(cast.eve, waived.letter.key)


def test_confidential_letter_cannot_be_loaded_by_its_applicant(cast: Cast, opportunity: Opportunity) -> None:
    waived = make_sealed(cast.ben, opportunity, confidentiality="waived")
    for reach in (access_open.open_seal, access_open.open_file, access_open.brought_upload):
        with pytest.raises(NotHere):
            reach(cast.ada, waived.letter.key)
    with pytest.raises(NotHere):
        read_open(by=cast.ada, letter_key=waived.letter.key)
    for role in (Role.APPLICANT, Role.OFFICE, Role.READER):
        with pytest.raises(FileInConfidence):
            custody.vault().open(waived.file, Viewer(role, viewer_keys(cast.ada)))
    assert not access_open.open_letters(cast.ada).exists()


def test_open_letter_is_read_by_its_applicant_and_nobody_else(cast: Cast, opportunity: Opportunity) -> None:
    seal = make_sealed(cast.ben, opportunity)
    assert read_open(by=cast.ada, letter_key=seal.letter.key).startswith(b"%PDF")
    for other in (cast.eve, cast.dana):
        with pytest.raises(NotHere):
            read_open(by=other, letter_key=seal.letter.key)


def test_withdrawn_letter_stays_on_the_shelf_and_says_so(cast: Cast, opportunity: Opportunity) -> None:
    seal = make_sealed(cast.ben, opportunity)
    visit = Visit(seal.letter.request, "ben@writers.example", "mailed_link", has_code=True)  # type: ignore[arg-type]  # it has one
    withdraw_seal(visit=visit, seal=seal, now=timezone.now())
    assert access_open.shelf(cast.ada)[0].withdrawn_at is not None


def test_brought_letter_is_open_unsealed_and_readable(cast: Cast, brought: Letter) -> None:
    (row,) = access_open.shelf(cast.ada)
    assert row.is_brought
    assert row.is_open
    assert (row.number, row.digest, row.pages) == ("", b"", 1)
    assert not Seal.objects.exists()
    assert read_open(by=cast.ada, letter_key=brought.key).startswith(b"%PDF")
    with pytest.raises(NotHere):
        read_open(by=cast.eve, letter_key=brought.key)


def test_brought_letter_stays_however_old_it_is(cast: Cast, brought: Letter) -> None:
    years_later = timezone.now() + timedelta(days=2000)
    assert sweep_uploads(now=years_later) == 0
    assert read_open(by=cast.ada, letter_key=brought.key).startswith(b"%PDF")


def test_same_file_brought_twice_is_one_letter(cast: Cast, brought: Letter) -> None:
    checked = inspect_file(plain_pdf(), "again.pdf")
    assert isinstance(checked, CheckedFile)
    assert bring_letter(by=cast.ada, writer_name="Ines", checked=checked, now=timezone.now()) == brought
    assert bring_letter(by=cast.eve, writer_name="Ines", checked=checked, now=timezone.now()) != brought
    with pytest.raises(WriterNotNamed):
        bring_letter(by=cast.ada, writer_name=" ", checked=checked, now=timezone.now())


def test_brought_letter_is_taken_out_and_put_back_a_sealed_one_stays(
    cast: Cast, brought: Letter, opportunity: Opportunity
) -> None:
    now = timezone.now()
    with pytest.raises(NotHere):
        remove_brought(by=cast.eve, letter_key=brought.key, now=now)
    remove_brought(by=cast.ada, letter_key=brought.key, now=now)
    assert access_open.shelf(cast.ada) == []
    with pytest.raises(NotHere):
        restore_brought(by=cast.eve, letter_key=brought.key, now=now)
    restore_brought(by=cast.ada, letter_key=brought.key, now=now)
    assert len(access_open.shelf(cast.ada)) == 1
    seal = make_sealed(cast.ben, opportunity)
    with pytest.raises(SealedLetterStays):
        remove_brought(by=cast.ada, letter_key=seal.letter.key, now=now)


def test_confirmation_opens_a_request_with_the_letter_attached(
    cast: Cast, brought: Letter, opportunity: Opportunity
) -> None:
    now = timezone.now()
    purpose = ask_confirmation(
        by=cast.ada, letter_key=brought.key, contact=cast.ben, opportunity=opportunity,
        note="Dear Ben, is this still what you would say?", today=now.date(), now=now,
    )  # fmt: skip
    document = Document.objects.get()
    assert document.request == purpose.request
    assert document.name == "from-2023.pdf"
    assert purpose.confidentiality == "open"
    assert not Outgoing.objects.exists()
    assert Letter.objects.get().origin == "brought"
    with pytest.raises(NotHere):
        ask_confirmation(
            by=cast.eve, letter_key=brought.key, contact=cast.ben_to_eve,
            opportunity=factories.make_opportunity(cast.eve, deadline_on=None), note="", today=now.date(), now=now,
        )  # fmt: skip


def test_thanks_are_sent_once_and_quote_nothing(cast: Cast, opportunity: Opportunity) -> None:
    seal, now = make_sealed(cast.ben, opportunity, confidentiality="waived"), timezone.now()
    first = send_thanks(by=cast.ada, letter_key=seal.letter.key, words="Thank you, Ben.", now=now, undo=UNDO)
    again = send_thanks(by=cast.ada, letter_key=seal.letter.key, words="Again.", now=now, undo=UNDO)
    assert first == again
    parcel = outbox.read(first)
    assert (parcel.kind, parcel.to_address, parcel.facts["words"]) == (
        "thanks",
        "ben@writers.example",
        "Thank you, Ben.",
    )
    assert first.delivery == "at_most_once"
    assert CANARY not in str(parcel)


def test_thanks_taken_back_may_be_written_anew_until_they_have_left(
    cast: Cast, opportunity: Opportunity
) -> None:
    seal, now = make_sealed(cast.ben, opportunity), timezone.now()
    key = seal.letter.key
    send_thanks(by=cast.ada, letter_key=key, words="Thank you.", now=now, undo=UNDO)
    take_back_thanks(by=cast.ada, letter_key=key, now=now)
    take_back_thanks(by=cast.ada, letter_key=key, now=now)
    second = send_thanks(by=cast.ada, letter_key=key, words="Thank you, Ben.", now=now, undo=UNDO)
    assert outbox.read(second).facts["words"] == "Thank you, Ben."
    for claimed in outbox.claim("worker", now=now + UNDO):
        outbox.hand_over(claimed, now=now + UNDO)
    with pytest.raises(ThanksHaveLeft):
        take_back_thanks(by=cast.ada, letter_key=key, now=now + UNDO)


def test_thanks_need_words_a_safe_letter_and_a_writer_with_an_address(
    cast: Cast, opportunity: Opportunity, brought: Letter
) -> None:
    seal, now = make_sealed(cast.ben, opportunity), timezone.now()
    fresh = make_sealed(factories.make_contact(cast.ada, "Gus Ferro"), opportunity, released=False, now=now)
    with pytest.raises(ThanksEmpty):
        send_thanks(by=cast.ada, letter_key=seal.letter.key, words=" \n", now=now, undo=UNDO)
    for key in (fresh.letter.key, brought.key):
        with pytest.raises(NothingToThankFor):
            send_thanks(by=cast.ada, letter_key=key, words="Thanks", now=now, undo=UNDO)
    for act in (
        lambda: send_thanks(by=cast.eve, letter_key=seal.letter.key, words="Thanks", now=now, undo=UNDO),
        lambda: take_back_thanks(by=cast.eve, letter_key=seal.letter.key, now=now),
    ):
        with pytest.raises(NotHere):
            act()
    type(seal.letter.request).objects.update(correspondent=None)
    cast.ben.addresses.all().delete()
    with pytest.raises(NoAddress):
        send_thanks(by=cast.ada, letter_key=seal.letter.key, words="Thanks", now=now, undo=UNDO)
