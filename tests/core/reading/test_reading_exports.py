from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vouchsafe.core.reading import export
from vouchsafe.core.reading.export import ExportNotReadable, ExportTooLarge, read_export

ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)
NAMES = ("contact", "contactaddress", "opportunity", "destination", "letter", "seal")


def packed(tables: Any, **letters: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("everything.json", json.dumps(tables))
        for name, pdf in letters.items():
            bundle.writestr(f"letters/{name}.pdf", pdf)
    return out.getvalue()


def test_row_that_is_not_as_ours_is_left_out_and_counted() -> None:
    found = read_export(
        packed(
            {
                "contact": [
                    {"key": "a", "name": "Ben", "profile": "javascript:alert(1)", "warmth": 3},
                    {"key": "b", "name": "Mina", "warmth": 9},
                    {"key": "c", "name": "Gone", "removed_at": "2026-01-01"},
                    "nobody",
                ],
                "contactaddress": [{"contact": "a", "address": "ben@x.example"}],
            }
        )
    )
    assert found.left_out == 2
    assert [(one["name"], one["addresses"], one["profile"]) for one in found.people] == [
        ("Ben", ("ben@x.example",), "")
    ]


def test_letter_counts_only_if_the_tables_say_that_it_is_open() -> None:
    tables = {
        "contact": [],
        "letter": [
            {"key": "o", "confidentiality": "open", "writer_name": "Ben"},
            {"key": "w", "confidentiality": "waived", "writer_name": "Ben"},
        ],
        "seal": [{"number": "N1", "letter": "o"}, {"number": "N2", "letter": "w"}],
    }
    found = read_export(packed(tables, N1=b"one", N2=b"two", stray=b"three", **{"brought-o": b"four"}))
    assert [(one.number, one.pdf) for one in found.letters] == [("N1", b"one"), ("", b"four")]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"%PDF-1.7", packed([]), packed({"contact": 3}), packed("x")]
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ExportNotReadable):
        read_export(data)


def test_archive_that_grows_is_refused_before_it_has_grown() -> None:
    with pytest.raises(ExportTooLarge):
        read_export(packed({"contact": [], "x": "a" * 31_000_000}))


def test_more_rows_than_others_can_wait_for_are_refused() -> None:
    people = [{"key": str(n), "name": f"Ben {n}"} for n in range(2_000)]
    places = [{"key": "o", "opportunity": "o", "way": "mail"}]
    assert len(read_export(packed({"contact": people})).people) == 2_000
    with pytest.raises(ExportTooLarge):
        read_export(packed({"contact": people, "destination": places}))


def test_letters_that_grow_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MAX_UNPACKED", 1000)
    read_export(packed({"contact": []}, N1=bytes(600), N2=bytes(400)))
    with pytest.raises(ExportTooLarge):
        read_export(packed({"contact": []}, N1=bytes(600), N2=bytes(401)))


def test_time_zones_are_looked_up_once_for_all_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def available() -> set[str]:
        asked.append("zones")
        return {"Europe/London"}

    monkeypatch.setattr(export, "available_timezones", available)
    export._zones.cache_clear()
    people = [{"key": "k", "name": "Ben", "time_zone": "Europe/London"} for _ in range(9)]
    found = read_export(packed({"contact": people}))
    export._zones.cache_clear()
    assert [one["time_zone"] for one in found.people] == ["Europe/London"] * 9
    assert asked == ["zones"]


@given(st.fixed_dictionaries({"contact": st.lists(ODD, max_size=3)}, optional=dict.fromkeys(NAMES[1:], ODD)))
def test_no_table_makes_it_fall_over(tables: dict[str, Any]) -> None:
    try:
        found = read_export(packed(tables))
    except (ExportNotReadable, ExportTooLarge):
        return
    assert all(one["name"].strip() for one in found.people)


WHOLE = packed(
    {"contact": [{"key": str(n), "name": f"Ben {n}"} for n in range(40)]}, stray=bytes(range(256)) * 4
)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=4))
@example([(45, 255)])  # amid what is packed
def test_no_damage_makes_it_fall_over(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(WHOLE)
    for place, byte in changes:
        damaged[place] = byte
    with suppress(ExportNotReadable, ExportTooLarge):
        read_export(bytes(damaged))


def test_archive_packed_in_another_way_than_ours_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as bundle:
        bundle.writestr("everything.json", '{"contact": []}')
    with pytest.raises(ExportNotReadable):
        read_export(out.getvalue())
