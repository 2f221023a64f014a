"""One row that can't be handled keeps neither its neighbours nor the other tasks waiting, and ends no worker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError
from tests.cast import Cast

from vouchsafe.doors.worker import engine, hooking, sweeping, tasks, turns
from vouchsafe.ledger import outbox
from vouchsafe.ledger.models import Outgoing

NOW = datetime(2027, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Three reminders are due; the first two of them can't be handled."""
    done: list[int] = []

    def remind(*, reminder: SimpleNamespace, by: str, now: datetime) -> bool:
        if reminder.key < 3:
            raise LookupError(f"reminder {reminder.key}")
        done.append(reminder.key)
        return True

    due = [SimpleNamespace(key=key, pk=key) for key in (1, 2, 3)]
    monkeypatch.setattr("vouchsafe.asks.access.due_reminders", lambda now, limit: due)
    monkeypatch.setattr(tasks, "send_reminder", remind)
    return done


def test_row_that_cannot_be_handled_keeps_no_other_row_and_no_mail_waiting(
    handled: list[int], db: None, caplog: pytest.LogCaptureFixture
) -> None:
    mail = outbox.queue(
        outbox.Parcel(kind="thanks", to_address="ben@firm.example", to_name="Ben Okafor",
                      facts={"applicant": "Ada Marsh", "words": "Thank you."}),
        delivery=outbox.Delivery.AT_MOST_ONCE, chain="c", about="a", once="rounds", now=NOW,
    )  # fmt: skip
    with pytest.raises(LookupError, match="reminder 1"):
        tasks.run_due(worker="test", now=NOW)
    assert handled == [3]
    assert Outgoing.objects.get(pk=mail.pk).state == "sent"
    assert "reminder 2" in caplog.text  # the first is told by whoever catches it


def test_fault_in_one_hourly_task_keeps_no_other_from_its_turn(
    monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    done: list[str] = []

    def broken(**_: object) -> int:
        raise LookupError("one row")

    def alert(**_: object) -> list[Outgoing]:
        done.append("alert")
        return []

    def retain(**_: object) -> int:
        done.append("retain")
        return 0

    monkeypatch.setattr(tasks, "expire_held", broken)
    monkeypatch.setattr(tasks, "alert_office", alert)
    with pytest.raises(LookupError):
        tasks.anchor_journal(now=NOW)
    monkeypatch.setattr(sweeping, "tell_of_pauses", broken)
    monkeypatch.setattr(sweeping, "retain", retain)
    with pytest.raises(LookupError):
        sweeping.sweep_if_due("a worker of this test", NOW)
    assert done == ["alert", "retain"]


def test_address_whose_pause_cannot_be_told_keeps_no_other_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[int] = []

    def tell(*, hook: SimpleNamespace, now: datetime) -> bool:
        if hook.key == 1:
            raise LookupError("one row")
        told.append(hook.key)
        return True

    paused = [SimpleNamespace(key=key) for key in (1, 2)]
    monkeypatch.setattr("vouchsafe.ledger.hooks.lately_paused", lambda now: paused)
    monkeypatch.setattr(hooking, "tell_hook_paused", tell)
    with pytest.raises(LookupError):
        hooking.tell_of_pauses(now=NOW)
    assert told == [2]


def test_database_that_does_not_answer_ends_the_round_at_once() -> None:
    asked: list[int] = []

    def away() -> int:
        asked.append(1)
        raise OperationalError("server closed the connection")

    with pytest.raises(OperationalError):
        turns.in_turn([away, away], lambda each: each())
    assert asked == [1]


def rows(*keys: int) -> list[Any]:
    return [SimpleNamespace(pk=key) for key in keys]


def test_rows_that_always_fail_at_the_head_starve_nobody_and_rest_twice_as_long_each_time() -> None:
    """Of thirty rows the first twenty-five fail; a round takes twenty."""
    left, tried = list(range(30)), list[int]()
    aside = turns.Aside()

    def act(row: Any) -> int:
        tried.append(row.pk)
        if row.pk < 25:
            raise LookupError(f"row {row.pk}")
        left.remove(row.pk)
        return 1

    def look(now: datetime) -> int:
        tried.clear()
        return aside.in_turn("row", lambda limit: rows(*left[:limit]), act, now=now)

    with pytest.raises(LookupError):
        look(NOW)
    assert tried == [*range(20)]
    with pytest.raises(LookupError):
        look(NOW)
    assert tried == [*range(20, 30)]
    assert look(NOW) == 0, "nothing is tried, and no fault is told"
    assert tried == []
    later = NOW
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        assert look(later + timedelta(minutes=minutes, seconds=-1)) == 0
        later += timedelta(minutes=minutes)
        with pytest.raises(LookupError):
            look(later)
        assert tried[:20] == [*range(20)]
        with pytest.raises(LookupError):
            look(later)


def test_row_that_failed_is_handled_once_its_rest_is_over_and_rests_no_longer_than_its_kind() -> None:
    aside, faults = turns.Aside(), [LookupError("once")]

    def act(row: Any) -> int:
        if faults:
            raise faults.pop()
        return 1

    with pytest.raises(LookupError):
        aside.in_turn("row", lambda limit: rows(7), act, now=NOW)
    assert aside.in_turn("other", lambda limit: rows(7), act, now=NOW) == 1
    assert aside.in_turn("row", lambda limit: rows(7), act, now=NOW) == 0
    assert aside.in_turn("row", lambda limit: rows(7), act, now=NOW - timedelta(hours=1)) == 1, (
        "a clock set back"
    )
    assert aside.rests == {}


def test_database_that_does_not_answer_lets_no_row_rest() -> None:
    aside = turns.Aside()

    def away(row: Any) -> int:
        raise OperationalError("server closed the connection")

    with pytest.raises(OperationalError):
        aside.in_turn("row", lambda limit: rows(7), away, now=NOW)
    assert aside.rests == {}


def test_worker_lives_on_after_a_fault_and_mail_that_came_is_handled(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, settings: Any, db: None
) -> None:
    settings.ENGINE = "embedded"
    over, came = Event(), []

    def broken(**_: object) -> int:
        raise LookupError("one row")

    def mail_in(worker: str, now: datetime) -> int:
        came.append(now)
        if len(came) == 2:
            over.set()
        return 0

    monkeypatch.setattr(tasks, "run_due", broken)
    monkeypatch.setattr(engine, "draw_until", lambda over, name: None)
    monkeypatch.setattr(turns, "TROUBLE_SECONDS", 0.001)
    engine.run_until(over, mail_in)
    assert len(came) == 2
    assert "one row" in caplog.text
