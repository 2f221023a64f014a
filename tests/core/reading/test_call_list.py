"""A table of people for a call: who is invited, with the writers named for them, and who is passed over, and why."""

from __future__ import annotations

import pytest

from vouchsafe.core.reading.call_list import read_call_list
from vouchsafe.core.reading.invitation_list import NoAddressColumn


def test_writers_are_read_from_columns_that_come_again_with_or_without_a_number_or_a_name() -> None:
    found = read_call_list(
        b"Name;E-mail;Writer 1;Writer 1 address;Referee;Referee e-mail;Writer address\n"
        b"Ada;ada@x.example;Ben;BEN@y.example;Cal;cal@y.example;dan@y.example\n"
        b"Eve;eve@x.example;;;Fay;fay@y.example\n"
    )
    assert not found.problems
    assert [(row.name, row.address, row.writers) for row in found.rows] == [
        ("Ada", "ada@x.example", (("Ben", "ben@y.example"), ("Cal", "cal@y.example"), ("", "dan@y.example"))),
        ("Eve", "eve@x.example", (("Fay", "fay@y.example"),)),
    ]


def test_row_that_cannot_be_invited_is_passed_over_by_its_line_and_the_others_are_taken() -> None:
    found = read_call_list(
        b"address,writer address\n"
        b"ada@x.example,ben@y.example\n"
        b"not an address,\n"
        b",ben@y.example\n"
        b"eve@x.example,nobody\n"
        b"fay@x.example,FAY@x.example\n"
        b"ADA@x.example,cal@y.example\n"
        b"gus@x.example,\n"
    )
    assert [row.address for row in found.rows] == ["ada@x.example", "gus@x.example"]
    assert [(one.line, one.why.msgid) for one in found.problems] == [
        (3, "This is no mail address."),
        (4, "The address is missing."),
        (5, "“{address}” is no mail address of a writer."),
        (6, "Nobody writes a letter about themselves."),
        (7, "The same address stands in line {n}."),
    ]


def test_table_without_a_column_of_addresses_is_refused() -> None:
    with pytest.raises(NoAddressColumn):
        read_call_list(b"name,writer,writer address\nAda,Ben,ben@y.example\n")
