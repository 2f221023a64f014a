"""A worker's look where nothing is due costs one read: on SQLite a lock taken twice a second would stop every writer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from vouchsafe.ledger import inbox, outbox

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("claim", [outbox.claim, inbox.claim], ids=["outbox", "inbox"])
def test_idle_look_opens_no_transaction(
    claim: Callable[..., list[Any]], django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(1):
        assert claim("w", now=NOW) == []
