from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Cast
from tests.factories import NOW, make_contact, make_opportunity

from vouchsafe.asks.actions.redraw_plan import redraw_plan
from vouchsafe.doors.worker import drawing as door
from vouchsafe.doors.worker.drawing import draw_waiting
from vouchsafe.plans import drawings
from vouchsafe.plans.access import current_plan
from vouchsafe.plans.models import Drawing, Plan

MINUTE = timedelta(minutes=1)


@pytest.fixture
def asked(cast: Cast) -> Cast:
    make_opportunity(cast.ada)
    drawings.ask(cast.ada, now=NOW, changed=False)
    return cast


def test_waiting_plan_is_drawn_once_and_is_then_done(asked: Cast) -> None:
    assert draw_waiting("w", NOW) == 1
    assert draw_waiting("w", NOW) == 0
    assert Plan.objects.get(owner=asked.ada).replaced_at is None
    assert Drawing.objects.get().state == "done"


def test_two_workers_never_draw_the_same(asked: Cast) -> None:
    first = drawings.claim("one", now=NOW)
    assert first is not None
    assert drawings.claim("two", now=NOW) is None
    drawings.finish(first, now=NOW)
    assert drawings.claim("two", now=NOW) is None


def test_change_while_it_is_drawn_has_it_drawn_again(asked: Cast) -> None:
    row = drawings.claim("w", now=NOW)
    assert row is not None
    drawings.ask(asked.ada, now=NOW, changed=False)  # the button, pressed again: once is enough
    drawings.finish(row, now=NOW)
    assert Drawing.objects.get().state == "done"
    drawings.ask(asked.ada, now=NOW, changed=True)
    row = drawings.claim("w", now=NOW)
    assert row is not None
    drawings.ask(asked.ada, now=NOW, changed=True)
    drawings.finish(row, now=NOW)
    assert Drawing.objects.get().state == "waiting"


def test_killed_worker_leaves_it_to_the_next_and_is_no_longer_heard(asked: Cast) -> None:
    dead = drawings.claim("dead", now=NOW)
    assert dead is not None
    assert drawings.claim("next", now=NOW + MINUTE) is None  # it may still be at work
    row = drawings.claim("next", now=NOW + 2 * MINUTE)
    assert row is not None
    assert row.attempts == 2
    assert not drawings.tell(dead, step="writers", share=0.9, now=NOW + 2 * MINUTE)
    drawings.finish(dead, now=NOW + 2 * MINUTE)
    assert Drawing.objects.get().state == "begun"


def test_worker_that_dies_each_time_is_given_up_and_may_be_asked_again(asked: Cast) -> None:
    now = NOW
    for _ in range(drawings.MOST_ATTEMPTS):
        assert drawings.claim("w", now=now) is not None
        now += 2 * MINUTE
    assert drawings.claim("w", now=now) is None
    assert Drawing.objects.get().state == "failed"
    drawings.ask(asked.ada, now=now, changed=False)
    row = drawings.claim("w", now=now)
    assert row is not None
    assert row.attempts == 1


def test_worker_told_to_stop_gives_the_drawing_back(asked: Cast) -> None:
    over = threading.Event()
    over.set()
    assert draw_waiting("w", NOW, over) == 1
    row = Drawing.objects.get()
    assert (row.state, row.attempts) == ("waiting", 0)
    assert current_plan(asked.ada) is None


def test_plan_that_cannot_be_drawn_fails_alone(asked: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    drawings.ask(asked.eve, now=NOW + MINUTE, changed=False)
    plain = redraw_plan

    def troubled(**facts: Any) -> Plan:
        if facts["by"] == asked.ada:
            raise ValueError("a fault of ours")
        return plain(**facts)

    monkeypatch.setattr(door, "redraw_plan", troubled)
    assert draw_waiting("w", NOW) + draw_waiting("w", NOW) == 2
    assert {row.owner: row.state for row in Drawing.objects.all()} == {asked.ada: "failed", asked.eve: "done"}


def test_drawing_tells_how_far_it_is(asked: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make_contact(asked.ada, "Mina Holt", tie="mentor", knows_work=3, warmth=3)
    told: list[tuple[str, float]] = []
    plain = drawings.tell

    def noted(row: Drawing, **facts: Any) -> bool:
        told.append((facts["step"], facts["share"]))
        return plain(row, **facts)

    monkeypatch.setattr(door, "TELL_EVERY", -1.0)
    monkeypatch.setattr(drawings, "tell", noted)
    draw_waiting("w", NOW)
    assert {step for step, _ in told} >= {"writers"}
    assert all(0 <= share <= 1 for _, share in told)
