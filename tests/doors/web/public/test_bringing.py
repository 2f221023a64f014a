"""What one account took along comes into another, empty one."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cast import Cast
from tests.factories import make_account, make_opportunity

from vouchsafe.desk.export import export
from vouchsafe.ledger.models import Line
from vouchsafe.letters.actions.bring_letter import bring_letter
from vouchsafe.letters.actions.read_open import read_open
from vouchsafe.letters.inspecting import WordsTaken, inspect_file
from vouchsafe.letters.models import Letter
from vouchsafe.people.access import contacts
from vouchsafe.people.models import Account, Contact
from vouchsafe.plans.access import opportunities
from vouchsafe.plans.actions.add_destination import add_destination

PAGE = "/account/bringing"


def page() -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page(page_size=(595, 842))
    made.save(out)
    return out.getvalue()


def come(client: Client, account: Account) -> Client:
    client.force_login(account)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": timezone.now().timestamp()}]
    session.save()
    return client


@pytest.fixture
def taken(cast: Cast) -> bytes:
    """Ada's people, an opportunity with a place, and a letter that she had."""
    Contact.objects.filter(pk=cast.ben.pk).update(notes="=HYPERLINK(0)", qualities=["patience"])
    place = make_opportunity(cast.ada, deadline_on=timezone.localdate() + timedelta(days=30))
    add_destination(by=cast.ada, opportunity=place, way="by_hand", label="Harbour", now=timezone.now())
    checked = inspect_file(page(), "old.pdf")
    assert not isinstance(checked, WordsTaken)
    bring_letter(
        by=cast.ada, writer_name="Ben Okafor", title="For later", checked=checked, now=timezone.now()
    )
    return export(cast.ada)


def test_what_was_taken_along_comes_into_an_empty_account(cast: Cast, client: Client, taken: bytes) -> None:
    bea = make_account("Bea Moor")
    answer = come(client, bea).post(PAGE, {"file": SimpleUploadedFile("a.zip", taken)})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    ben = contacts(bea).get()
    assert (ben.name, ben.tie, ben.knows_work, ben.notes) == (
        "Ben Okafor",
        "direct_manager",
        4,
        "=HYPERLINK(0)",
    )
    assert [one.address for one in ben.addresses.all()] == ["ben@writers.example"]
    place = opportunities(bea).get()
    assert (place.title, place.destinations.get().label) == ("Programme analyst", "Harbour")
    letter = Letter.objects.get(applicant=bea)
    hers = Letter.objects.get(applicant=cast.ada)
    assert (letter.writer_name, letter.title, letter.origin) == ("Ben Okafor", "For later", "brought")
    for owner, key in ((bea, letter.key), (cast.ada, hers.key)):  # cleaned anew, so not byte for byte
        with pikepdf.open(io.BytesIO(read_open(by=owner, letter_key=key))) as pdf:
            assert len(pdf.pages) == 1
    assert Line.objects.get(verb="export_brought").chain == bea.key
    with zipfile.ZipFile(io.BytesIO(export(bea))) as again, zipfile.ZipFile(io.BytesIO(taken)) as first:
        kept = [json.loads(one.read("everything.json"))["contact"][0] for one in (first, again)]
    assert {name: kept[0][name] for name in ("name", "notes", "qualities", "warmth")} == {
        name: kept[1][name] for name in ("name", "notes", "qualities", "warmth")
    }


def test_account_with_something_in_it_stays_as_it_is(cast: Cast, client: Client, taken: bytes) -> None:
    answer = come(client, cast.eve).post(PAGE, {"file": SimpleUploadedFile("a.zip", taken)})
    assert answer.status_code == 422
    assert "There is something in this account already" in answer.content.decode()
    assert contacts(cast.eve).get() == cast.ben_to_eve


def test_other_files_are_refused_beside_the_field(cast: Cast, client: Client) -> None:
    bea = come(client, make_account("Bea Moor"))
    answer = bea.post(PAGE, {"file": SimpleUploadedFile("a.zip", b"PK no archive")})
    assert answer.status_code == 422
    assert "not a file that Vouchsafe gave" in answer.content.decode()
