"""Counts of what only grows: fresh while few, within the hour where many, and what may change never from memory."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast

from vouchsafe.ledger import outbox, tallies
from vouchsafe.ledger.models import Outgoing

STATE = Outgoing.State


def queue(n: int, state: str) -> None:
    parcel = outbox.Parcel(kind="thanks", to_address="ben@firm.example", to_name="Ben Okafor")
    row = outbox.queue(
        parcel, delivery=outbox.Delivery.AT_MOST_ONCE, chain="c", about="a", once=str(n), now=timezone.now()
    )
    Outgoing.objects.filter(pk=row.pk).update(
        state=state, begun_at=timezone.now(), ended_at=timezone.now() if state != STATE.WAITING else None
    )


def counts() -> dict[str, int]:
    return tallies.by_state(Outgoing.objects.all(), changing=Outgoing.CHANGING, settled=Outgoing.SETTLED)


def test_every_state_is_either_settled_or_may_change() -> None:
    assert sorted((*Outgoing.CHANGING, *Outgoing.SETTLED)) == sorted(STATE.values)


def test_few_are_counted_afresh_and_many_once_an_hour(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cache.clear()
    monkeypatch.setattr(tallies, "MANY", 2)
    for n, state in enumerate((STATE.SENT, STATE.SENT, STATE.FAILED, STATE.WAITING)):
        queue(n, state)
    assert counts() == {"sent": 2, "failed": 1, "waiting": 1}
    assert tallies.of_all(Outgoing.objects.filter(state=STATE.SENT)) == 2
    queue(4, STATE.WITHDRAWN)
    assert counts() == {"sent": 2, "withdrawn": 1, "failed": 1, "waiting": 1}
    queue(5, STATE.SENT)
    queue(6, STATE.FAILED)
    assert counts() == {
        "sent": 2,
        "withdrawn": 1,
        "failed": 2,
        "waiting": 1,
    }  # the failed one is told at once
    cache.clear()
    assert counts() == {"sent": 3, "withdrawn": 1, "failed": 2, "waiting": 1}
    assert tallies.of_all(Outgoing.objects.all()) == 7
    cache.clear()
