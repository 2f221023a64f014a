"""Whatever bytes arrive, the reader answers or refuses; it never fails, hangs or forgets."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vouchsafe.core.reading.contacts import (
    ContactsEmpty,
    ContactsNotText,
    ContactsTooLarge,
    NoContactsFound,
    TooManyContacts,
    WorkbookNotReadable,
    read_contacts,
)
from vouchsafe.core.reading.contacts import facts as contact_facts
from vouchsafe.core.words import Refusal

PIECES = st.sampled_from(
    [
        *(
            "BEGIN:VCARD\r\n",
            "END:VCARD\n",
            "VERSION:2.1\n",
            "VERSION:4.0\r\n",
            "AGENT:\n",
            "AGENT:BEGIN:VCARD\n",
        ),
        *("FN:Ada\n", "N:A;B\\;C;;\n", 'item1.EMAIL;X="a:b":a@x.org\n', "EMAIL;QUOTED-PRINTABLE:a=40x=\n"),
        *(
            "FN;CHARSET=utf-16:x\n",
            "N;CHARSET=zip;ENCODING=QUOTED-PRINTABLE:=FF;=\n",
            " fold",
            "\t",
            "\n",
            "\r",
            "=",
            ":",
            ";",
        ),
        *(
            "Name,E-mail\n",
            "Vorname;Nachname\n",
            "First Name,Last Name,URL\n",
            "sep=|\n",
            '"',
            '""',
            ",",
            "|",
            "a@x.org",
            "@",
        ),
        *(
            "Ada <ada@x.org>",
            "[",
            "{",
            '{"references":[',
            '{"name":"Ada","email":1}',
            "]}",
            "]",
            "é",
            "\ud7ff",
            "\u202e",
            "\0",
        ),
    ]
)
MADE_UP = st.lists(PIECES, max_size=30).map("".join)


def check(data: bytes) -> None:
    try:
        read = read_contacts(data)
    except Refusal as refusal:
        _ = str(refusal.sentence), str(refusal.hint)  # raises if a place in the sentence has no fact
        return
    for contact in read.contacts:
        assert contact.name or contact.emails or contact.organisation or contact.profile
        for value in (contact.name, contact.given, contact.family, contact.title, *contact.emails):
            assert value is None or (value == " ".join(value.split()) != "")
    for problem in read.problems:
        assert str(problem.where)
        assert str(problem.why)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
@example(b"PK\x03\x04")
@example(b"\xff\xfe")
@example("BEGIN:VCARD".encode("utf-16-le"))
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    check(data)


@settings(max_examples=200, deadline=None)
@given(MADE_UP, st.sampled_from(["utf-8", "utf-16", "utf-16-be", "utf-32", "windows-1252"]))
def test_broken_cards_and_tables_are_read_or_refused(text: str, encoding: str) -> None:
    check(text.encode(encoding, "replace"))


@pytest.mark.soak
@settings(max_examples=20_000, deadline=None)
@given(st.one_of(st.binary(max_size=2000), MADE_UP.map(lambda text: text.encode("utf-8", "replace"))))
def test_very_many_broken_files_are_read_or_refused(data: bytes) -> None:
    check(data)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", ContactsEmpty),
        (b" \r\n\t", ContactsEmpty),
        (b"\xef\xbb\xbf\n", ContactsEmpty),
        (b"PK\x03\x04rest of a workbook", WorkbookNotReadable),
        (b"%PDF-1.7\n%\xe2\xe3", ContactsNotText),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e", ContactsNotText),
        (b"<!DOCTYPE html><p>Ada</p>", ContactsNotText),
        (b'{"basics": {"name": "Ada"}}', NoContactsFound),
        (b"12345\n67890\n", NoContactsFound),
    ],
)
def test_file_that_is_no_list_of_people_is_refused(data: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read_contacts(data)


def test_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vouchsafe.core.reading.contacts.decoding.MAX_BYTES", 1024)
    with pytest.raises(ContactsTooLarge):
        read_contacts(b"Ada Byron\n" * 200)


def test_more_people_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vouchsafe.core.reading.contacts.gathering.MAX_CONTACTS", 2)
    assert len(read_contacts(b"Ada\nBen\n").contacts) == 2
    with pytest.raises(TooManyContacts):
        read_contacts(b"Ada\nBen\nCleo\n")


def test_value_too_long_is_reported_and_the_person_kept() -> None:
    long = b"x" * (contact_facts.MAX_TEXT + 1)
    read = read_contacts(b"Name,Company,Email\nAda," + long + b",a@x.org\n")
    assert [(c.name, c.organisation) for c in read.contacts] == [("Ada", None)]
    assert [str(p.where) for p in read.problems] == ["line 2"]


@pytest.mark.parametrize(
    "data",
    [
        b"Name,Email\n" + b'"\n' * 30_000,
        b"BEGIN:VCARD\n" + b" x\n" * 100_000,
        b"BEGIN:VCARD\nAGENT:\n" * 20_000,
        b"BEGIN:VCARD\nFN" + b";" * 200_000 + b"\nEND:VCARD\n",
        b"BEGIN:VCARD\nN:" + b"\\" * 200_000 + b"\nEND:VCARD\n",
        b"BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:=\n" + b"=\n" * 100_000,
        b"a@" * 100_000,
        b"," * 300_000,
        b"Name,Email\n" + b'"",""\n' * 200_000,
        b"[" * 100_000,
        b"(" * 100_000 + b"\nAda\n",
    ],
    ids=[
        "quotes",
        "folds",
        "agents",
        "parameters",
        "backslashes",
        "soft",
        "at",
        "commas",
        "quoted",
        "brackets",
        "round",
    ],
)
def test_file_made_to_be_slow_is_answered_soon(data: bytes) -> None:
    begun = time.process_time()
    with suppress(Refusal):
        read_contacts(data)
    assert time.process_time() - begun < 5
