from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vouchsafe.core.spreadsheet import safe_cell, to_csv

WILD = st.text(alphabet=st.sampled_from("=+-@\t\r\n\x00'\" ,;|aZ0９＝＋－＠é"), max_size=12)


@given(WILD)
@example("=1+1")
@example("\x00=1+1")
@example(" \t@SUM(A1)")
@example('"=HYPERLINK("https://x")')
def test_cell_never_begins_as_a_formula(value: str) -> None:
    check(value)


@pytest.mark.soak
@settings(max_examples=10_000)
@given(WILD)
def test_cell_never_begins_as_a_formula_long(value: str) -> None:
    check(value)


def check(value: str) -> None:
    cell = safe_cell(value)
    assert "\x00" not in cell
    bare = cell.lstrip(" \u00a0\ufeff")
    assert not bare.startswith(("=", "+", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    if bare.startswith("-"):
        assert all(each in "0123456789.,-" for each in bare)


@given(st.lists(st.tuples(WILD, WILD), max_size=5))
def test_table_reads_back_whole(rows: list[tuple[str, str]]) -> None:
    data = to_csv(("one", "two"), rows)
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read[0] == ["one", "two"]
    assert read[1:] == [[safe_cell(cell) for cell in row] for row in rows]


def test_numbers_and_plain_words_stay_as_they_are() -> None:
    assert [safe_cell(value) for value in ("-3.5", "Ada", "", None, 12)] == ["-3.5", "Ada", "", "", "12"]
