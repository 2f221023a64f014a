"""A worker's look where nothing is due costs one read: on SQLite a lock taken twice a second would stop every writer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vouchsafe.ledger import inbox, outbox
from vouchsafe.ledger.models import Outgoing

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("claim", [outbox.claim, inbox.claim], ids=["outbox", "inbox"])
def test_idle_look_opens_no_transaction(
    claim: Callable[..., list[Any]], django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(1):
        assert claim("w", now=NOW) == []


def queued(once: str = "a", **facts: Any) -> Outgoing:
    parcel = outbox.Parcel(kind="thanks", to_address="ben@writers.example", to_name="Ben")
    return outbox.queue(
        parcel, delivery=outbox.Delivery.AT_MOST_ONCE, chain="ada", about="row", once=once, now=NOW, **facts
    )


@pytest.mark.django_db
@pytest.mark.parametrize("about", [True, False])
def test_mail_claimed_by_a_worker_that_died_can_be_taken_back_and_is_handed_to_nobody(about: bool) -> None:
    queued()
    (claimed,) = outbox.claim("w", now=NOW)
    if about:
        assert outbox.withdraw_about("row", kinds=("thanks",), now=NOW) == 1
    else:
        assert outbox.withdraw(claimed.key, now=NOW)
    assert not outbox.hand_over(claimed, now=NOW)  # had it not died, it would ask first
    assert outbox.recover(now=NOW + 2 * outbox.LEASE) == 0
    assert Outgoing.objects.get().state == "withdrawn"


@pytest.mark.django_db
def test_mail_that_a_carrier_was_given_is_not_taken_back() -> None:
    queued()
    (claimed,) = outbox.claim("w", now=NOW)
    assert outbox.hand_over(claimed, now=NOW)
    assert not outbox.withdraw(claimed.key, now=NOW)
    assert outbox.withdraw_about("row", kinds=("thanks",), now=NOW) == 0


@pytest.mark.django_db
def test_mail_that_leaves_late_is_due_when_it_leaves() -> None:
    queued("late")
    queued("in time", wait=timedelta(hours=9))
    later = NOW + timedelta(hours=9, minutes=1)
    assert [row.due_at for row in outbox.claim("w", now=later)] == [later, NOW + timedelta(hours=9)]
    assert [row.due_at for row in Outgoing.objects.order_by("id")] == [later, NOW + timedelta(hours=9)]
