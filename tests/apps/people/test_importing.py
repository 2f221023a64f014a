from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Cast
from tests.factories import NOW

from vouchsafe.ledger.models import Line
from vouchsafe.people import access
from vouchsafe.people.actions.add_contact import add_contact
from vouchsafe.people.actions.keep_contacts import Kept, keep_contacts
from vouchsafe.people.actions.rate_contacts import Rating, rate_contacts
from vouchsafe.people.actions.read_again import read_again
from vouchsafe.people.actions.read_contact_file import read_contact_file
from vouchsafe.people.actions.undo_keeping import undo_keeping
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


def test_wrong_writing_is_read_again_as_said(cast: Cast) -> None:
    data = "Name,Firm\nŁukasz Żuraw,Łódź\n".encode("windows-1250")
    row = read_contact_file(by=cast.ada, data=data, name="people.csv", now=NOW)
    assert (row.encoding, row.rows[0]["name"]) == ("windows-1252", "£ukasz ¯uraw")
    again = read_again(contact_import=row, mapping={}, encoding="windows-1250")
    assert (again.encoding, again.rows[0]["name"]) == ("cp1250", "Łukasz Żuraw")


def test_keeping_step_by_step_leaves_the_review_open_until_finished(cast: Cast) -> None:
    row = read_contact_file(by=cast.ada, data=SHEET, name="people.csv", now=NOW)
    first, second = (one["where"] for one in row.rows)
    step = keep_contacts(by=cast.ada, contact_import=row, chosen={first}, finish=False, now=NOW)
    assert step == Kept(1, 0, 0)
    assert access.contact_import(cast.ada, row.key).rows
    assert keep_contacts(by=cast.ada, contact_import=row, chosen={first, second}, now=NOW) == Kept(1, 0, 1)
    with pytest.raises(access.NotHere):
        access.contact_import(cast.ada, row.key)


@pytest.mark.django_db(transaction=True)
def test_import_is_kept_outside_any_transaction_of_its_callers(cast: Cast) -> None:
    row = read_contact_file(by=cast.ada, data=SHEET, name="people.csv", now=NOW)
    assert keep_contacts(by=cast.ada, contact_import=row, now=NOW) == Kept(2, 0, 0)
    assert Line.objects.get(verb="contacts_kept").detail == "2/0/0"


def test_second_press_keeps_nobody_twice(cast: Cast) -> None:
    row = read_contact_file(by=cast.ada, data=SHEET, name="people.csv", now=NOW)
    assert keep_contacts(by=cast.ada, contact_import=row, now=NOW).new == 2
    assert keep_contacts(by=cast.ada, contact_import=row, now=NOW) == Kept(0, 0, 0)
    assert Contact.objects.of(cast.ada).count() == 3


def test_finished_import_forgets_its_file_and_its_rows(cast: Cast) -> None:
    row = read_contact_file(by=cast.ada, data=SHEET, name="people.csv", now=NOW)
    keep_contacts(by=cast.ada, contact_import=row, now=NOW)
    kept = ContactImport.objects.get(pk=row.pk)
    assert (bytes(kept.sealed_file), kept.rows, kept.problems) == (b"", [], [])


def test_applicant_in_their_own_address_book_is_never_kept(cast: Cast) -> None:
    data = SHEET + b"Ada Marsh,ADA@example.org,\n"
    row = read_contact_file(by=cast.ada, data=data, name="people.csv", now=NOW)
    assert keep_contacts(by=cast.ada, contact_import=row, now=NOW) == Kept(2, 0, 0)
    assert not Contact.objects.of(cast.ada).filter(name="Ada Marsh").exists()


def test_someone_else_of_the_same_name_is_added_as_new(cast: Cast) -> None:
    Contact.objects.filter(pk=cast.ben.pk).update(organisation="Holt & Co")
    data = b"Name,Firm,Job\nBen Okafor,Holt & Co,Porter\n"
    row = read_contact_file(by=cast.ada, data=data, name="people.csv", now=NOW)
    where = row.rows[0]["where"]
    kept = keep_contacts(by=cast.ada, contact_import=row, as_new={where}, now=NOW)
    assert kept == Kept(1, 0, 0)
    cast.ben.refresh_from_db()
    assert cast.ben.title == ""


def test_update_adds_addresses_and_keeps_what_the_applicant_said(cast: Cast) -> None:
    data = b"Name,Mail,Firm\nBen Okafor,ben@writers.example; ben@home.example,Holt & Co\n"
    row = read_contact_file(by=cast.ada, data=data, name="people.csv", now=NOW)
    assert keep_contacts(by=cast.ada, contact_import=row, now=NOW) == Kept(0, 1, 0)
    cast.ben.refresh_from_db()
    assert (cast.ben.tie, cast.ben.knows_work, cast.ben.organisation) == ("direct_manager", 4, "Holt & Co")
    addresses = [one.address for one in cast.ben.addresses.all()]
    assert addresses == ["ben@writers.example", "ben@home.example"]


def test_undoing_an_import_takes_off_its_new_people_and_no_others(cast: Cast) -> None:
    row = read_contact_file(by=cast.ada, data=SHEET, name="people.csv", now=NOW)
    later = NOW + timedelta(hours=1)
    keep_contacts(by=cast.ada, contact_import=row, now=later)
    rated = Contact.objects.get(name="Jo Vale")
    rate_contacts(by=cast.ada, ratings={rated.key: Rating(knows_work=3)}, now=later)
    assert undo_keeping(by=cast.eve, kept_at=later, now=later) == 0
    assert undo_keeping(by=cast.ada, kept_at=later, now=later) == 1
    assert set(Contact.objects.of(cast.ada).values_list("name", flat=True)) == {"Ben Okafor", "Jo Vale"}


@pytest.mark.parametrize("rows", [20, 2000])
def test_keeping_takes_few_queries_however_long_the_file(
    cast: Cast, rows: int, django_assert_max_num_queries: Any
) -> None:
    lines = "".join(f"Person {n},p{n}@many.example,Firm {n}\n" for n in range(rows))
    row = read_contact_file(by=cast.ada, data=f"Name,Mail,Firm\n{lines}".encode(), name="m.csv", now=NOW)
    # SQLite takes about a thousand values a statement, so inserts grow by one for every forty rows.
    with django_assert_max_num_queries(22 + rows // 20):
        assert keep_contacts(by=cast.ada, contact_import=row, now=NOW).new == rows


def test_eve_finds_no_import_of_ada(cast: Cast) -> None:
    row = read_contact_file(by=cast.ada, data=SHEET, name="people.csv", now=NOW)
    assert ContactImport.objects.filter(key=row.key).exists()
    with pytest.raises(access.NotHere):
        access.contact_import(cast.eve, row.key)


def test_unreadable_address_is_refused_with_the_address_named(cast: Cast) -> None:
    with pytest.raises(AddressUnreadable, match="not an address"):
        add_contact(by=cast.ada, facts=ContactFacts(name="X", addresses=("not an address",)), now=NOW)
    assert not Contact.objects.filter(name="X").exists()
