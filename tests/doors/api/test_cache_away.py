"""Redis is away: what counts presses can't be asked, and that passes. Pages and the interface say so, and nothing is a fault."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from tests.cast import Cast
from tests.doors.api.conftest import Program


@pytest.fixture
def redis_away(settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",  # nobody listens on this port
            "OPTIONS": {"socket_connect_timeout": 1},
        }
    }
    caches["default"]  # the client's classes are there, as in a process that counts in Redis


def test_interface_says_that_it_passes(program: Program, cast: Cast, redis_away: None) -> None:
    answer = program(cast.ada).get("/api/v1/requests")
    assert (answer.status_code, answer.json()["code"]) == (503, "out-of-reach")
    assert answer["Retry-After"]


@pytest.mark.parametrize("at", ["/verify/", "/fresh-link/"])
def test_page_that_counts_presses_says_that_it_passes(db: None, redis_away: None, at: str) -> None:
    answer = Client().post(at, {"number": "K7QM-42TX", "address": "ben@writers.example"})
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "Traceback" not in answer.content.decode()


def test_page_that_counts_nothing_is_there_all_the_same(db: None, redis_away: None) -> None:
    assert Client().get("/help/").status_code == 200
    assert Client().get("/healthz").status_code == 200
