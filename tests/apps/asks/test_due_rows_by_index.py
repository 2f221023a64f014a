"""What the worker asks twice a second is answered from an index of what is still to come, however much has been."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import QuerySet
from tests.factories import NOW

from vouchsafe.asks.models import Reminder, Silence
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import WeeklyList

DUE: dict[str, QuerySet[object]] = {
    "reminder_due": Reminder.objects.due(NOW),  # type: ignore[dict-item]  # rows of any model
    "outgoing_due": Outgoing.objects.due(NOW),  # type: ignore[dict-item]  # likewise
    "silence_due": Silence.objects.filter(due_at__lte=NOW, ended_at__isnull=True),  # type: ignore[dict-item]  # likewise
    "weekly_list_due": WeeklyList.objects.filter(due_at__lte=NOW, stopped_at__isnull=True),  # type: ignore[dict-item]  # likewise
}


@pytest.mark.django_db
@pytest.mark.parametrize("index", DUE)
def test_due_rows_are_found_and_ordered_by_their_index(index: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # an empty table is always read whole
    steps = DUE[index][:20].explain()
    assert index in steps
    assert "TEMP B-TREE" not in steps
