from __future__ import annotations

import logging
import os
from typing import Any

import pytest
from tests.cast import make_cast
from tests.screens.gathering import Walk
from tests.screens.tours import afterwards_gone, go_everywhere

# Playwright keeps an event loop in this thread; Django's guard would take our plain queries for async ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def walked(django_db_setup: None, django_db_blocker: Any) -> Walk:
    """Every screen, gathered once for all that look at them; no row is left behind."""
    walk = Walk()
    logging.disable(logging.CRITICAL)  # the walk tries thousands of closed doors
    with django_db_blocker.unblock(), afterwards_gone():
        go_everywhere(walk, make_cast())
    logging.disable(logging.NOTSET)
    return walk
