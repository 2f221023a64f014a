from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from vouchsafe.core.grants import GRANTS, OFFICE
from vouchsafe.people.actions.make_program_token import make_program_token

Program = Callable[..., Client]


@pytest.fixture(autouse=True)
def fresh_minute(settings: Any) -> None:
    """Each test has a minute's places of its own."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def program(db: None) -> Program:
    """A program that somebody let in; with every grant there is for them, unless told."""

    def let_in(account: Any, *grants: str) -> Client:
        every = [one for one in GRANTS if account.runs_office or one not in OFFICE]
        _, token = make_program_token(
            by=account, name="Tests", grants=grants or every, days=30, now=timezone.now()
        )
        return Client(headers={"authorization": f"Bearer {token}"})

    return let_in
