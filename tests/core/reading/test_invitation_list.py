from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.reading.contacts.facts import ContactsEmpty, ContactsNotText, WorkbookNotReadable
from vouchsafe.core.reading.invitation_list import (
    MOST,
    InvitationList,
    NoAddressColumn,
    ToInvite,
    TooManyInvitations,
    read_invitations,
)
from vouchsafe.core.words import Refusal

TABLE = """name,address,role,adviser
Olu Vane,Olu@Example.org,,finn@example.org
"Lund, Pia",pia@example.org,student,
,dr@example.org,Adviser,
"""


def test_table_with_all_columns_is_read_by_line() -> None:
    found = read_invitations(TABLE.encode())
    assert found.problems == ()
    assert found.rows == (
        ToInvite(2, "Olu Vane", "olu@example.org", "applicant", "finn@example.org"),
        ToInvite(3, "Lund, Pia", "pia@example.org", "applicant", ""),
        ToInvite(4, "", "dr@example.org", "adviser", ""),
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("writing", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_writings_and_separators_of_spreadsheets_are_read(separator: str, writing: str) -> None:
    text = f"E-Mail{separator}Name\r\nzoe@example.org{separator}Zoë\r\n"
    found = read_invitations(text.encode(writing))
    assert [(row.name, row.address) for row in found.rows] == [("Zoë", "zoe@example.org")]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Olu,,,", "The address is missing."),
        ("Olu,nobody,,", "This is no mail address."),
        ("Olu,a@x,,", "This is no mail address."),
        ("Olu,a@x.org b@x.org,,", "This is no mail address."),
        ("Olu,olu@x.org,king,", "“king” is no role here: applicant, adviser or office."),
        ("Olu,olu@x.org,,Finn", "The adviser is named by a mail address, and this is none."),
        ("Olu,olu@x.org,office,finn@x.org", "Only an applicant has an adviser."),
    ],
)
def test_row_that_cannot_be_sent_says_why_by_its_line(row: str, why: str) -> None:
    found = read_invitations(f"name,address,role,adviser\nPia,pia@x.org,,\n{row}\n".encode())
    assert len(found.rows) == 1
    (problem,) = found.problems
    assert (problem.line, problem.why.msgid.format_map(dict(problem.why.facts))) == (3, why)


def test_address_twice_is_sent_once_and_the_second_names_the_first_line() -> None:
    found = read_invitations(b"address\nolu@gmail.com\n\nO.lu@googlemail.com\n")
    assert [row.line for row in found.rows] == [2]
    assert [(one.line, one.why.facts["n"]) for one in found.problems] == [(4, 2)]


def test_what_is_no_such_table_is_refused() -> None:
    for data, kind in (
        (b"", ContactsEmpty),
        (b"Olu,olu@x.org\n", NoAddressColumn),
        (b"PK\x03\x04rest", WorkbookNotReadable),
        (b"%PDF-1.7 \x00\x01", ContactsNotText),
    ):
        with pytest.raises(kind):
            read_invitations(data)
    many = "address\n" + "".join(f"a{n}@x.org\n" for n in range(MOST + 1))
    with pytest.raises(TooManyInvitations):
        read_invitations(many.encode())


CELLS = st.text(st.characters(codec="utf-8", exclude_characters='\r\n\t"\x00'), max_size=12)


@settings(max_examples=150)
@given(st.lists(st.tuples(CELLS, CELLS | st.just("ada@example.org"), CELLS), max_size=8))
def test_every_line_is_either_taken_or_said_why_not(rows: list[tuple[str, str, str]]) -> None:
    text = "name\taddress\trole\n" + "".join("\t".join(row) + "\n" for row in rows)
    try:
        found: InvitationList = read_invitations(text.encode())
    except Refusal:
        return
    told = [row.line for row in found.rows] + [one.line for one in found.problems]
    filled = [number for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)]
    assert sorted(told) == filled
    assert len({row.address for row in found.rows}) == len(found.rows)
    assert all("@" in row.address and row.role in ("applicant", "adviser", "office") for row in found.rows)


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    try:
        found = read_invitations(b"address\n" + data)
    except Refusal:
        return
    assert all(one.line > 1 for one in (*found.rows, *found.problems))
