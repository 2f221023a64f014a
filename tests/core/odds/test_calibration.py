"""Forecasts held against what happened: shown while they come true, hidden with the reason when not."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from vouchsafe.core.odds import Channel, Frame, Link, Slot, slot_curve
from vouchsafe.core.odds.calibration import ENOUGH, Outcome, calibrate

TODAY = date(2026, 1, 5)


def world(
    n: int, seed: int, *, believed_p: float | None = None, believed_late: float | None = None
) -> list[Outcome]:
    """Requests whose letters come as the model says; the forecast may believe other chances than the true ones."""
    rng = np.random.default_rng(seed)
    outcomes = []
    for _ in range(n):
        frame = Frame.of(TODAY, TODAY + timedelta(days=int(rng.integers(10, 50))))
        p, r, late = float(rng.choice([0.15, 0.5, 0.95])), 0.95, 0.2
        truth = slot_curve(Slot((Link(p, r, late, Channel.MAIL, TODAY),)), frame)
        belief = Link(
            p if believed_p is None else believed_p,
            r,
            late if believed_late is None else believed_late,
            Channel.MAIL,
            TODAY,
        )
        drawn = int(np.searchsorted(truth, rng.random(), side="right"))
        forecast = tuple(float(x) for x in slot_curve(Slot((belief,)), frame))
        outcomes.append(Outcome(forecast, drawn if drawn < len(truth) else None))
    return outcomes


def test_true_forecasts_are_shown_and_cover_eighty_in_hundred() -> None:
    verdict = calibrate(world(4_000, seed=1))
    assert verdict.shown
    assert verdict.coverage == pytest.approx(0.8, abs=0.02)
    assert verdict.brier < 0.8 * verdict.base_brier
    assert "come true" in str(verdict.why)


def test_forecasts_that_tell_no_more_than_the_base_rate_hide_the_number() -> None:
    outcomes = world(1_000, seed=2)
    base = sum(outcome.in_time for outcome in outcomes) / len(outcomes)
    blind = [Outcome((*outcome.by_day[:-1], base), outcome.came_on) for outcome in outcomes]
    verdict = calibrate(blind)
    assert not verdict.shown
    assert "plain share" in str(verdict.why)


def test_forecasts_of_the_wrong_days_hide_the_number() -> None:
    verdict = calibrate(world(2_000, seed=3, believed_late=1.0))
    assert not verdict.shown
    assert "80 in 100" in str(verdict.why)


def test_forecasts_that_flatter_hide_the_number() -> None:
    assert not calibrate(world(1_000, seed=4, believed_p=0.99)).shown


def test_fewer_than_enough_requests_say_that_the_odds_are_assumptions() -> None:
    wrong = world(ENOUGH - 1, seed=5, believed_p=0.99)
    assert calibrate(wrong).shown
    assert str(calibrate(wrong).why).startswith("The odds rest mostly on assumptions: 199 requests have")
    assert "1 request has" in str(calibrate(wrong[:1]).why)
    assert calibrate([]).shown
    assert not calibrate(world(ENOUGH, seed=5, believed_p=0.99)).shown


def test_letter_on_a_day_ruled_out_lies_in_no_interval() -> None:
    assert calibrate([Outcome((0.0, 0.0, 0.5), 1)]).coverage == 0
    assert calibrate([Outcome((0.1, 0.9, 1.0), 1)]).coverage == pytest.approx(1)
