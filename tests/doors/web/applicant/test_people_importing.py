from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast
from tests.factories import NOW, make_contact
from tests.pages import words_of

from vouchsafe.people.actions.read_contact_file import read_contact_file
from vouchsafe.people.models import Contact, ContactImport

SHEET = b"Name,Mail,Firm\nMina Holt,mina@holt.example,Holt & Co\nJo Vale,,Vale Ltd\nBad Row,not an address,Holt & Co\n"


@pytest.fixture
def ada(client: Client, cast: Cast) -> Client:
    client.force_login(cast.ada)
    return client


def give(client: Client, data: bytes, name: str = "people.csv") -> str:
    answer = client.post("/people/import/", {"file": SimpleUploadedFile(name, data), "text": ""})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def fields_of(page: str) -> dict[str, Any]:
    """What a browser would post of the review: ticked boxes and hidden fields."""
    keep = re.findall(r'name="keep" value="(\d+)" checked', page)
    shown = re.search(r'name="shown" value="([^"]*)"', page)
    assert shown
    return {"keep": keep, "shown": shown[1], "q": ""}


def test_file_is_reviewed_before_anybody_is_kept(ada: Client, cast: Cast) -> None:
    review = give(ada, SHEET)
    assert Contact.objects.of(cast.ada).count() == 1
    page = ada.get(review)
    said = words_of(page)
    assert "3 people here are new to your list." in said
    assert "Mina Holt Holt & Co mina@holt.example".replace("&", "&amp;") in said
    assert "“not an address” is no address" in said
    assert "written in utf-8" in page.content.decode()


def test_keeping_leads_to_sorting_with_counts_and_undo(ada: Client, cast: Cast) -> None:
    review = give(ada, SHEET)
    answer = ada.post(f"{review}keep/", fields_of(ada.get(review).content.decode()))
    assert answer["Location"] == "/people/sort/"
    page = ada.get(answer["Location"]).content.decode()
    assert "3 people added." in page
    assert Contact.objects.of(cast.ada).count() == 4
    kept_at = re.search(r'name="kept_at" value="([^"]+)"', page)
    assert kept_at
    ada.post("/people/import/undo/", {"kept_at": kept_at[1]})
    assert Contact.objects.of(cast.ada).get() == cast.ben


def test_unticked_people_are_left_out(ada: Client, cast: Cast) -> None:
    review = give(ada, SHEET)
    fields = fields_of(ada.get(review).content.decode())
    fields["keep"] = fields["keep"][:1]
    ada.post(f"{review}keep/", fields)
    assert set(Contact.objects.of(cast.ada).values_list("name", flat=True)) == {"Ben Okafor", "Mina Holt"}


def test_second_import_says_what_changes_and_doubles_nobody(ada: Client, cast: Cast) -> None:
    make_contact(cast.ada, "Mina Holt", email="mina@holt.example", organisation="Holt & Co", title="Porter")
    make_contact(cast.ada, "Jo Vale", email="", organisation="Vale Ltd")
    data = SHEET.replace(
        b"Mina Holt,mina@holt.example,Holt & Co", b"Mina Holt,mina@holt.example,Holt Partners"
    )
    review = give(ada, data)
    page = ada.get(review)
    said = words_of(page)
    assert "where they work: Holt Partners, before Holt &amp; Co" in said
    assert "Recognised by name and place of work alone" in said
    ada.post(f"{review}keep/", fields_of(page.content.decode()))
    assert Contact.objects.of(cast.ada).filter(name="Mina Holt").get().organisation == "Holt Partners"
    assert Contact.objects.of(cast.ada).filter(name="Jo Vale").count() == 1


def test_applicant_themselves_is_shown_and_cannot_be_ticked(ada: Client, cast: Cast) -> None:
    review = give(ada, b"Name,Mail\nAda Marsh,ada@example.org\nMo Lund,mo@lund.example\n")
    page = ada.get(review).content.decode()
    assert "This is you" in page
    assert page.count('name="keep"') == 1


def test_columns_are_corrected_by_selects(ada: Client, cast: Cast) -> None:
    review = give(ada, b"Who,Reach,Where\nMina Holt,mina@holt.example,Holt & Co\n")
    page = ada.get(review).content.decode()
    assert 'name="column-#3"' in page
    corrected = {"column-#1": "name", "column-#2": "email", "column-#3": "organisation", "encoding": "utf-8"}
    assert ada.post(f"{review}columns/", corrected)["Location"] == review
    said = words_of(ada.get(review))
    assert "Mina Holt Holt &amp; Co mina@holt.example" in said


def test_writing_is_corrected(ada: Client, cast: Cast) -> None:
    review = give(ada, "Name,Firm\nŁukasz Żuraw,Łódź\n".encode("windows-1250"))
    assert "written in windows-1252" in ada.get(review).content.decode()
    ada.post(f"{review}columns/", {"encoding": "windows-1250"})
    again = ada.get(review)
    assert "Łukasz Żuraw" in words_of(again)
    assert '<option value="windows-1250" selected>' in again.content.decode()
    # Correcting a column later leaves the writing as it was chosen.
    ada.post(f"{review}columns/", {"encoding": "windows-1250", "column-#2": "title"})
    assert "Łukasz Żuraw Łódź" in words_of(ada.get(review))


def test_rows_that_cannot_be_read_are_listed_with_line_and_reason(ada: Client, cast: Cast) -> None:
    review = give(ada, SHEET + b"One,two@x.example,three,four,five\n")
    said = words_of(ada.get(review))
    assert "Line 5: This row has 2 values more than there are columns." in said


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.csv", b"", "There is nothing in this file."),
        ("book.xlsx", b"PK\x03\x04rest", "This is a spreadsheet or another packed file"),
        ("noise.bin", bytes(range(256)) * 9, "This is not a list of contacts that can be read."),
    ],
)
def test_what_is_no_list_is_refused_in_words(ada: Client, name: str, data: bytes, said: str) -> None:
    answer = ada.post("/people/import/", {"file": SimpleUploadedFile(name, data), "text": ""})
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert not ContactImport.objects.exists()


def test_nothing_given_is_said_at_the_field(ada: Client) -> None:
    answer = ada.post("/people/import/", {"text": " "})
    assert answer.status_code == 422
    assert "Choose a file, or paste at least one name." in words_of(answer)


def test_file_too_large_is_refused_before_it_is_read(ada: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 50
    answer = ada.post("/people/import/", {"file": SimpleUploadedFile("a.csv", SHEET), "text": ""})
    assert answer.status_code == 422
    assert not ContactImport.objects.exists()


def test_keeping_nobody_forgets_the_file(ada: Client, cast: Cast) -> None:
    review = give(ada, SHEET)
    ada.post(f"{review}drop/")
    assert ada.get(review).status_code == 404
    row = ContactImport.objects.get()
    assert (bytes(row.sealed_file), row.rows) == (b"", [])
    assert Contact.objects.of(cast.ada).count() == 1


def test_eve_and_visitors_have_no_way_to_adas_import(client: Client, cast: Cast) -> None:
    row = read_contact_file(by=cast.ada, data=SHEET, name="people.csv", now=NOW)
    base = f"/people/import/{row.key}/"
    client.force_login(cast.ada)
    assert "Mina Holt" in client.get(base).content.decode()
    client.force_login(cast.eve)
    for method, address in (
        ("get", base), ("post", f"{base}columns/"), ("post", f"{base}keep/"), ("post", f"{base}drop/"),
    ):  # fmt: skip
        answer = getattr(client, method)(address, {"keep": "2", "shown": "2,3", "rest": "all"})
        assert answer.status_code == 404, address
        assert "Mina Holt" not in answer.content.decode()
    client.logout()
    for address in (base, "/people/import/"):
        assert client.get(address).status_code == 302
    assert ContactImport.objects.get().dropped_at is None
    assert not Contact.objects.filter(name="Mina Holt").exists()


@pytest.mark.parametrize("rows", [1, 450])
def test_review_takes_the_same_few_queries_at_one_and_at_many(
    ada: Client, cast: Cast, rows: int, django_assert_num_queries: Any
) -> None:
    lines = "".join(f"Person {n},p{n}@many.example\n" for n in range(rows))
    review = give(ada, f"Name,Mail\n{lines}".encode())
    ada.get(review)
    # session, account, the import, contacts and their addresses, the applicant's own addresses
    with django_assert_num_queries(6):
        page = ada.get(review).content.decode()
    assert page.count('name="keep"') == min(rows, 200)


def long_file(rows: int) -> bytes:
    lines = (
        f"Given{n},Family{n},https://www.linkedin.com/in/p{n},{f'p{n}@many.example' if n % 10 == 0 else ''},"
        f"Firm {n % 900},Engineer,01 Jan 2020\n"
        for n in range(rows)
    )
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    return (head + "".join(lines)).encode()


def test_long_file_is_shown_in_part_and_narrowed_by_a_word(ada: Client, cast: Cast) -> None:
    review = give(ada, long_file(1000), "Connections.csv")
    page = ada.get(review)
    said = words_of(page)
    assert "1,000 people found, 200 of them on this page." in said
    assert "And the 800 people who are not shown here?" in said
    narrow = ada.get(f"{review}?q=Firm+777").content.decode()
    assert narrow.count('name="keep"') == 1
    fields = {**fields_of(narrow), "q": "Firm 777", "go_on": "yes"}
    answer = ada.post(f"{review}keep/", fields)
    assert answer["Location"] == f"{review}?q=Firm+777"
    assert Contact.objects.of(cast.ada).count() == 2
    assert "You have them" in ada.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(("rest", "kept"), [("none", 199), ("with_address", 199 + 80), ("all", 199 + 800)])
def test_those_not_shown_are_kept_as_said(ada: Client, cast: Cast, rest: str, kept: int) -> None:
    review = give(ada, long_file(1000), "Connections.csv")
    fields = fields_of(ada.get(review).content.decode())
    fields["keep"] = fields["keep"][
        1:
    ]  # one of the page was unticked: no answer about the others brings it back
    ada.post(f"{review}keep/", {**fields, "rest": rest})
    assert Contact.objects.of(cast.ada).count() == 1 + kept
    assert not Contact.objects.of(cast.ada).filter(name="Given0 Family0").exists()


def test_everyone_can_be_unticked_at_once(ada: Client, cast: Cast) -> None:
    review = give(ada, long_file(1000), "Connections.csv")
    link = re.search(r'href="(\?[^"]*tick=none[^"]*)"', ada.get(f"{review}?q=Firm&page=2").content.decode())
    assert link
    page = ada.get(review + link[1].replace("&amp;", "&")).content.decode()
    assert page.count('name="keep"') == 200
    assert fields_of(page)["keep"] == []
    assert 'value="Firm"' in page
    assert "2 of 5" in page


@pytest.mark.soak
def test_thirty_thousand_connections_are_read_reviewed_and_kept_in_time(ada: Client, cast: Cast) -> None:
    def timed(what: Any) -> tuple[Any, float]:
        begun = time.monotonic()
        return what(), time.monotonic() - begun

    review, reading = timed(lambda: give(ada, long_file(30_000), "Connections.csv"))
    page, showing = timed(lambda: ada.get(review).content.decode())
    fields = {**fields_of(page), "rest": "all"}
    _, keeping = timed(lambda: ada.post(f"{review}keep/", fields))
    _, listing = timed(lambda: ada.get("/people/"))
    print(f"read {reading:.1f} s, review {showing:.1f} s, keep {keeping:.1f} s, list {listing:.1f} s")
    assert Contact.objects.of(cast.ada).count() == 30_001
    assert max(reading, showing, keeping, listing) < 25


FILES = ("csv", "vcard")


def test_every_shared_file_of_contacts_is_reviewed_or_refused_in_words(
    ada: Client, cast: Cast, shared_data: Path
) -> None:
    files = [path for kind in FILES for path in sorted((shared_data / "contacts" / kind).iterdir())]
    assert files
    for path in files:
        file = SimpleUploadedFile(path.name, path.read_bytes())
        answer = ada.post("/people/import/", {"file": file, "text": ""})
        if answer.status_code == 422:
            assert "There is a problem" in words_of(answer), path.name
            continue
        page = ada.get(answer["Location"])
        assert page.status_code == 200, path.name
        kept = ada.post(
            f"{answer['Location']}keep/",
            fields_of(page.content.decode()) if 'name="shown"' in page.content.decode() else {},
        )
        assert kept.status_code == 302, path.name
