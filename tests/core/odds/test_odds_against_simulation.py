"""The exact odds and a simulation of the same model tell the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from bench.odds_simulation import random_scenario, simulate

from vouchsafe.core.odds import Frame, Scenario, Slot, forecast

RUNS = 10_000


def deviations(scenarios: int, runs: int, seed: int, reckoned: Callable[[Scenario], Scenario]) -> np.ndarray:
    """How far apart they are on the deadline, in standard errors of the simulation, open cases only."""
    rng = np.random.default_rng(seed)
    return np.array(
        [z for _ in range(scenarios) for z in deviation(random_scenario(rng), runs, rng, reckoned)]
    )


def deviation(
    scenario: Scenario, runs: int, rng: np.random.Generator, reckoned: Callable[[Scenario], Scenario]
) -> list[float]:
    exact, played = np.array(forecast(reckoned(scenario)).by_day), simulate(scenario, runs, rng)
    error = np.sqrt(exact * (1 - exact) / runs)
    assert np.all(np.abs(exact - played) <= 5 * error + 6 / runs), scenario
    enough_cases = runs * min(exact[-1], 1 - exact[-1]) > 10
    return [float((played[-1] - exact[-1]) / error[-1])] if enough_cases else []


def check_deviations(z: np.ndarray) -> None:
    # If both tell the same, these are draws from a standard normal: neither shifted nor too wide.
    assert abs(z.mean()) < 4 / np.sqrt(len(z))
    assert abs((z**2).mean() - 1) < 4 * np.sqrt(2 / len(z))
    assert np.abs(z).max() < 4.5


def as_it_is(scenario: Scenario) -> Scenario:
    return scenario


def more_patient(scenario: Scenario) -> Scenario:
    return replace(scenario, patience=Frame.of_scenario(scenario).patience + 1)


def likelier(scenario: Scenario) -> Scenario:
    slots = [Slot(tuple(replace(link, r=link.r + 0.01) for link in slot.chain)) for slot in scenario.slots]
    return replace(scenario, slots=tuple(slots))


def test_odds_on_random_scenarios_agree_with_the_simulation_within_its_error() -> None:
    z = deviations(200, RUNS, 20261001, as_it_is)
    assert len(z) > 120, "too few scenarios were open"
    check_deviations(z)


@pytest.mark.soak
def test_odds_on_many_scenarios_agree_with_a_long_simulation() -> None:
    check_deviations(deviations(2_000, 100_000, 7, as_it_is))


@pytest.mark.parametrize("slightly_wrong", [more_patient, likelier])
def test_odds_slightly_wrong_are_noticed_by_the_simulation(
    slightly_wrong: Callable[[Scenario], Scenario],
) -> None:
    with pytest.raises(AssertionError):
        check_deviations(deviations(100, RUNS, 20261001, slightly_wrong))
