"""Promise 8: how long an answer takes tells nobody who has an account, a request or a letter.

Welch's t over interleaved requests, as leak detection does it (TVLA, dudect): under 4.5 in absolute value there is no
evidence of a difference. Slow outliers (another process, the disk) are cropped at one bound for both, since they bury what is
looked for. The statistic itself is tested in every run, the product in `make soak`, where the machine is ours.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from statistics import fmean, variance
from time import perf_counter_ns
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from tests.cast import Cast

EACH = 10_000
LEAK = 4.5
CROPPED = 0.8  # of all measurements, the quickest


def welch_t(one: list[float], other: list[float]) -> float:
    """Welch's t of two samples, cropped at one common quantile."""
    bound = sorted(one + other)[int(CROPPED * (len(one) + len(other))) - 1]
    a, b = ([value for value in sample if value <= bound] for sample in (one, other))
    if min(len(a), len(b)) < len(one) * CROPPED / 4:
        return float("inf") if len(a) < len(b) else -float("inf")  # one is slower nearly always
    spread = variance(a) / len(a) + variance(b) / len(b)
    return float((fmean(a) - fmean(b)) / spread**0.5)


def measure(
    known: Callable[[int], Any], unknown: Callable[[int], Any], each: int
) -> tuple[list[float], list[float]]:
    """Nanoseconds of both, taken turn by turn in random order, so that a slow minute hits both alike."""
    luck, taken = random.Random(8), ([], [])  # type: tuple[Any, tuple[list[float], list[float]]]
    for turn in range(each):
        for which in luck.sample((0, 1), 2):
            act = (known, unknown)[which]
            began = perf_counter_ns()
            act(turn)
            taken[which].append(float(perf_counter_ns() - began))
    return taken


def test_statistic_sees_a_small_difference_and_invents_none() -> None:
    luck = random.Random(4)

    def sample(mean: float) -> list[float]:
        """As timings are: around a mean, with a long tail of slow ones."""
        return [
            luck.gauss(mean, 10) + (luck.expovariate(0.01) if luck.random() < 0.1 else 0) for _ in range(4000)
        ]

    assert abs(welch_t(sample(100), sample(100))) < LEAK
    assert welch_t(sample(102), sample(100)) > LEAK
    assert welch_t(sample(100), sample(102)) < -LEAK
    assert abs(welch_t(sample(1000), sample(100))) > LEAK


@pytest.fixture
def unlimited(db: None, settings: Any) -> None:
    """Limits would answer most of twenty thousand requests instead of the page that is measured."""
    settings.ACCOUNT_RATE_LIMITS = False
    call_command("createcachetable")
    cache.clear()


def ask(email: Callable[[int], str], path: str, field: str) -> Callable[[int], Any]:
    def act(turn: int) -> None:
        answer = Client().post(path, {field: email(turn)})
        assert answer.status_code == 302, answer.status_code

    return act


def look(path: Callable[[int], str], status: int) -> Callable[[int], Any]:
    client = Client()

    def act(turn: int) -> None:
        assert client.get(path(turn)).status_code == status

    return act


@pytest.mark.soak
def test_time_to_ask_for_a_code_tells_nobody_who_has_an_account(cast: Cast, unlimited: None) -> None:
    known = ask(lambda _: cast.ada.email, "/accounts/login/", "login")
    unknown = ask(lambda turn: f"nobody{turn}@example.org", "/accounts/login/", "login")
    measure(known, unknown, 20)  # warm
    t = welch_t(*measure(known, unknown, EACH))
    assert abs(t) < LEAK, t


@pytest.mark.soak
def test_time_of_a_page_that_is_not_there_tells_nobody_whose_it_is(cast: Cast, unlimited: None) -> None:
    """Eve at a request and a letter of Ada's, against keys that nobody has."""
    from tests import factories
    from tests.sealing import make_sealed

    seal = make_sealed(cast.ben, factories.make_opportunity(cast.ada, deadline_on=None))
    request = seal.letter.request
    assert request is not None
    eve = Client()
    eve.force_login(cast.eve)
    for path, key in (("/asks/{}/", request.key), ("/safe/{}/", seal.letter.key)):

        def at(turn: int, key: str, path: str = path) -> None:
            assert eve.get(path.format(key)).status_code == 404

        def hers(turn: int, key: str = key) -> None:
            at(turn, key)

        def nobodys(turn: int) -> None:
            at(turn, f"{turn:024x}")

        measure(hers, nobodys, 20)
        t = welch_t(*measure(hers, nobodys, EACH))
        assert abs(t) < LEAK, (path, t)
