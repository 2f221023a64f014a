"""A prepared query gives what its queryset gives, whoever asks, and refuses to be built on what it may not see."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from functools import reduce
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast
from tests.factories import make_contact, make_opportunity, make_purpose

from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.desk import front_rows
from vouchsafe.ledger.prepared import Prepared, PreparedFacts
from vouchsafe.people.models import Account, Contact

OWNED: Prepared[Contact] = Prepared(
    lambda owner: Contact.objects.filter(owner=owner).select_related("owner"),
    lambda owner: (owner.pk,),
    Account(pk=-99),
)


def plain(row: Any, deep: int = 3) -> Any:
    """A row with all that was annotated and loaded beside it."""
    own = {name: value for name, value in vars(row).items() if name != "_state"}
    own = {name: bytes(value) if isinstance(value, memoryview) else value for name, value in own.items()}
    loaded = row._state.fields_cache if deep else {}
    return own | {name: one and plain(one, deep - 1) for name, one in loaded.items()}


def walked(row: Any, paths: dict[str, str]) -> dict[str, Any]:
    """The same facts, found on a model and those beside it."""
    return {
        name: reduce(lambda found, step: getattr(found, step, None), path.split("__"), row)
        for name, path in paths.items()
    }


@pytest.mark.parametrize("day", [date(2026, 10, 5), date(2027, 3, 1)])
def test_desk_asks_prepared_what_it_would_ask_unprepared(cast: Cast, day: date) -> None:
    for n, owner in enumerate((cast.ada, cast.ada, cast.eve)):
        place = make_opportunity(owner, f"Place {n}", need=1, deadline_on=day + timedelta(days=40))
        make_purpose(make_contact(owner, f"Mina {n}", tie="mentor", knows_work=4, warmth=4), place)
    now = cast.instance.set_up_at
    record_ask(
        by=cast.ada, contact=cast.ben, opportunity=make_opportunity(cast.ada, "Asked for"), channel="phone",
        said="maybe", asked_on=day - timedelta(days=4), maybe_until=day, today=day, now=now,
    )  # fmt: skip
    redraw_plan(by=cast.ada, today=day - timedelta(days=3), now=now)
    for viewer in (cast.ada, cast.eve, cast.dana):
        facts: list[tuple[PreparedFacts[Any], tuple[Any, ...], Any]] = [
            (front_rows.OPPORTUNITIES, (viewer, day), front_rows.opportunities_of(viewer, day)),
            (front_rows.LETTERS, (viewer,), front_rows.purposes_of(viewer)),
            (front_rows.ASKS, (viewer,), front_rows.asks_of(viewer)),
            (front_rows.CHOICES, (viewer,), front_rows.choices_of(viewer)),
        ]
        for picked, given, asked in facts:
            assert [row._asdict() for row in picked(*given)] == [walked(row, picked.paths) for row in asked]
    assert front_rows.OPPORTUNITIES(cast.ada, day)
    assert front_rows.LETTERS(cast.ada)
    assert front_rows.ASKS(cast.ada)
    assert front_rows.CHOICES(cast.ada)


def test_it_is_one_query_and_what_it_loaded_beside_needs_none(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    OWNED(cast.ada)
    with django_assert_num_queries(1):
        found = OWNED(cast.eve)
        assert [(row.name, row.owner.name) for row in found] == [("Ben Okafor", "Eve Tarn")]
    as_asked = Contact.objects.filter(owner=cast.eve).select_related("owner")
    assert [plain(row) for row in found] == [plain(row) for row in as_asked]


@pytest.mark.django_db(transaction=True)
def test_threads_ask_by_connections_of_their_own(cast: Cast) -> None:
    found: list[str] = []

    def ask(owner: Account) -> None:
        try:
            found.extend(row.owner.name for row in OWNED(owner))
        finally:
            connection.close()

    OWNED(cast.dana)
    threads = [threading.Thread(target=ask, args=(owner,)) for owner in (cast.ada, cast.eve)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["Ada Marsh", "Eve Tarn"]


def test_question_that_looks_at_who_asks_is_not_prepared(db: None) -> None:
    looking: Prepared[Contact] = Prepared(
        lambda owner: Contact.objects.filter(name="Ada" if owner.pk == 1 else "Eve"), lambda owner: (owner.pk,), Account(pk=-99)
    )  # fmt: skip
    with pytest.raises(AssertionError, match="nowhere in the query"):
        looking(Account(pk=1))
