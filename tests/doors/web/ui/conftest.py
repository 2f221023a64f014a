from __future__ import annotations

from pathlib import Path

import pytest
from django.template import engines
from jinja2 import Environment

UI = Path(__file__).parents[4] / "src" / "vouchsafe" / "doors" / "web" / "ui"


@pytest.fixture(scope="session")
def ui() -> Path:
    return UI


@pytest.fixture(scope="session")
def env() -> Environment:
    return engines["jinja2"].env
