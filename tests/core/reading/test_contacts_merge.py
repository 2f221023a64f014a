"""Importing again updates instead of doubling: two laws on random people, and the cases people meet."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vouchsafe.core.reading.contacts import ContactRead
from vouchsafe.core.reading.contacts.merge import By, Change, Known, Match, Outcome, match, merged


def row(name: str | None = None, *emails: str, where: int = 1, **said: Any) -> ContactRead:
    empty = ContactRead(name, None, None, emails, None, None, None, where)
    return replace(empty, **said)


def known(key: str, name: str | None = None, *emails: str, **said: Any) -> Known:
    return replace(Known(key, name, emails=emails), **said)


def keep(existing: Sequence[Known], matches: Sequence[Match]) -> list[Known]:
    """What a caller does with matches: take over every change, keep everyone new."""
    kept = {each.key: each for each in existing}
    for number, found in enumerate(matches):
        if found.known is not None:
            kept[found.known.key] = merged(found.known, found.changes)
        else:
            person, key = found.contact, f"new{number:03}-{len(existing)}"
            kept[key] = Known(
                key, person.name, person.given, person.family, person.emails,
                person.organisation, person.title, person.profile,
            )  # fmt: skip
    return list(kept.values())


# Few values, so that people collide in every way.
NAMES = st.sampled_from([None, "Ben Ito", "ben ito", "Cleo", "Dr. Dana"])
EMAILS = st.lists(
    st.sampled_from(
        ["a@x.org", "A@X.ORG", "b@x.org", "office@x.org", "b.i@gmail.com", "bi@googlemail.com", "?"]
    ),
    max_size=2,
    unique=True,
).map(tuple)
PLACES = st.sampled_from([None, "Acme", "Initech"])
PAGES = st.sampled_from([None, None, "https://linkedin.com/in/ben", "www.linkedin.com/in/ben/?x=1"])
ROWS = st.builds(
    ContactRead, NAMES, st.sampled_from([None, "Ben"]), st.none(), EMAILS, PLACES,
    st.sampled_from([None, "Clerk", "Head"]), PAGES, st.integers(1, 99),
).filter(lambda each: each.name or each.emails or each.organisation or each.profile)  # fmt: skip
KNOWN = st.lists(
    st.builds(Known, st.uuids().map(str), NAMES, st.none(), st.none(), EMAILS, PLACES, st.none(), PAGES),
    max_size=6,
    unique_by=lambda each: each.key,
)


@settings(max_examples=200, deadline=None)
@given(KNOWN, st.lists(ROWS, max_size=7))
def test_import_twice_gives_no_one_new_and_nothing_to_change(
    existing: list[Known], rows: list[ContactRead]
) -> None:
    once = keep(existing, match(existing, rows))
    assert [found.outcome for found in match(once, rows) if found.outcome is not Outcome.SAME] == []


@settings(max_examples=200, deadline=None)
@given(
    KNOWN, st.lists(ROWS, max_size=7, unique_by=lambda each: each.where), st.randoms(use_true_random=False)
)
def test_match_in_any_order_finds_the_same(
    existing: list[Known], rows: list[ContactRead], chance: Random
) -> None:
    def found(existing: Sequence[Known], rows: Sequence[ContactRead]) -> set[object]:
        return {
            (each.outcome, frozenset(each.rows), each.contact, each.known, each.changes)
            for each in match(existing, rows)
        }

    mixed_rows, mixed_known = list(rows), list(existing)
    chance.shuffle(mixed_rows)
    chance.shuffle(mixed_known)
    assert found(mixed_known, mixed_rows) == found(existing, rows)


@settings(max_examples=200, deadline=None)
@given(KNOWN, st.lists(ROWS, max_size=7))
def test_match_loses_no_row_and_no_known_fact(existing: list[Known], rows: list[ContactRead]) -> None:
    matches = match(existing, rows)
    assert sorted((each for found in matches for each in found.rows), key=repr) == sorted(rows, key=repr)
    taken = [found.known.key for found in matches if found.known]
    assert len(taken) == len(set(taken))
    for found in matches:
        if found.known is not None:
            after = merged(found.known, found.changes)
            assert set(found.known.emails) <= set(after.emails)
            assert all(getattr(after, field) for field in ("name", "title") if getattr(found.known, field))


def test_address_written_differently_is_the_same_person() -> None:
    (found,) = match([known("k", "Ben Ito", "ben.ito@gmail.com")], [row("Ben Ito", "BenIto@googlemail.com")])
    assert (found.outcome, found.by) == (Outcome.SAME, By.ADDRESS)


def test_new_title_for_a_known_address_is_an_update() -> None:
    (found,) = match([known("k", "Ben", "b@x.org", title="Clerk")], [row("Ben", "b@x.org", title="Head")])
    assert found.outcome is Outcome.UPDATE
    assert found.changes == (Change("title", "Clerk", "Head"),)


def test_new_address_for_a_known_name_and_place_is_added() -> None:
    (found,) = match(
        [known("k", "Ben", "b@x.org", organisation="Acme")], [row("Ben", "b@y.org", organisation="ACME")]
    )
    assert found.by is By.NAME
    assert Change("emails", ("b@x.org",), ("b@x.org", "b@y.org")) in found.changes


def test_two_known_of_one_name_and_place_are_not_confused() -> None:
    existing = [
        known("1", "Ben", "b@x.org", organisation="Acme"),
        known("2", "Ben", "b2@x.org", organisation="Acme"),
    ]
    (found,) = match(existing, [row("Ben", "b3@x.org", organisation="Acme")])
    assert found.outcome is Outcome.NEW


def test_two_people_of_one_office_mailbox_stay_two() -> None:
    rows = [row("Ben", "office@x.org", where=1), row("Cleo", "office@x.org", where=2)]
    first = match([], rows)
    assert [found.outcome for found in first] == [Outcome.NEW, Outcome.NEW]
    assert [found.outcome for found in match(keep([], first), rows)] == [Outcome.SAME, Outcome.SAME]


def test_person_twice_in_one_file_is_one_with_both_rows() -> None:
    rows = [row("Ben", "b@x.org", where=2), row("Ben", "b@x.org", "b@y.org", where=9, title="Head")]
    (found,) = match([], rows)
    assert found.rows == tuple(rows)
    assert (found.contact.emails, found.contact.title, found.contact.where) == (
        ("b@x.org", "b@y.org"),
        "Head",
        2,
    )


def test_profile_recognises_who_gave_no_address() -> None:
    page = "https://www.linkedin.com/in/ben"
    (found,) = match(
        [known("k", "Ben Ito", profile=page)], [row("Ben K. Ito", profile="linkedin.com/in/ben/")]
    )
    assert (found.by, found.outcome) == (By.PROFILE, Outcome.UPDATE)


def test_crowd_in_one_mailbox_is_matched_soon() -> None:
    rows = [row(f"Person {n}", "all@x.org", where=n) for n in range(1, 5001)]
    begun = time.process_time()
    again = match(keep([], match([], rows)), rows)
    assert {found.outcome for found in again} == {Outcome.SAME}
    assert time.process_time() - begun < 20
