from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.factories import NOW
from vouchsafe.people import access
from vouchsafe.people.actions.add_contact import add_contact
from vouchsafe.people.actions.keep_contacts import Kept, keep_contacts
from vouchsafe.people.actions.read_again import read_again
from vouchsafe.people.actions.read_contact_file import read_contact_file
from vouchsafe.people.contact_facts import AddressUnreadable, ContactFacts
from vouchsafe.people.models import Contact, ContactImport

SHEET = b"Name,Mail,Firm\nMina Holt,mina@holt.example,Holt & Co\nJo Vale,,Vale Ltd\n"


def test_reading_a_file_keeps_nobody_before_the_review(cast: Cast) -> None:
    before = Contact.objects.count()
    row = read_contact_file(by=cast.ada, data=SHEET, name="people.csv", now=NOW)
    assert Contact.objects.count() == before
    assert len(row.rows) == 2
    assert SHEET not in bytes(row.sealed_file)


def test_importing_twice_updates_and_doubles_nobody(cast: Cast) -> None:
    first = read_contact_file(by=cast.ada, data=SHEET, name="people.csv", now=NOW)
    assert keep_contacts(by=cast.ada, contact_import=first, now=NOW) == Kept(2, 0, 0)
    changed = SHEET.replace(b"Holt & Co", b"Holt Partners")
    second = read_contact_file(by=cast.ada, data=changed, name="people.csv", now=NOW)
    assert keep_contacts(by=cast.ada, contact_import=second, now=NOW + timedelta(days=1)) == Kept(0, 1, 1)
    assert Contact.objects.get(owner=cast.ada, name="Mina Holt").organisation == "Holt Partners"


def test_contact_without_an_address_is_kept(cast: Cast) -> None:
    row = read_contact_file(by=cast.ada, data=SHEET, name="people.csv", now=NOW)
    keep_contacts(by=cast.ada, contact_import=row, now=NOW)
    assert Contact.objects.get(name="Jo Vale").addresses.count() == 0


def test_only_chosen_rows_are_kept(cast: Cast) -> None:
    row = read_contact_file(by=cast.ada, data=SHEET, name="people.csv", now=NOW)
    keep_contacts(by=cast.ada, contact_import=row, chosen={row.rows[1]["where"]}, now=NOW)
    assert set(Contact.objects.of(cast.ada).values_list("name", flat=True)) == {"Ben Okafor", "Jo Vale"}


def test_corrected_mapping_reads_the_same_file_again(cast: Cast) -> None:
    row = read_contact_file(by=cast.ada, data=SHEET, name="people.csv", now=NOW)
    again = read_again(contact_import=row, mapping={"Firm": "title"})
    assert {one["title"] for one in again.rows} == {"Holt & Co", "Vale Ltd"}


def test_eve_finds_no_import_of_ada(cast: Cast) -> None:
    row = read_contact_file(by=cast.ada, data=SHEET, name="people.csv", now=NOW)
    assert ContactImport.objects.filter(key=row.key).exists()
    with pytest.raises(access.NotHere):
        access.contact_import(cast.eve, row.key)


def test_unreadable_address_is_refused_with_the_address_named(cast: Cast) -> None:
    with pytest.raises(AddressUnreadable, match="not an address"):
        add_contact(by=cast.ada, facts=ContactFacts(name="X", addresses=("not an address",)), now=NOW)
    assert not Contact.objects.filter(name="X").exists()
