from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from tests.cast import Cast, make_cast
from tests.soak import REACHED

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How fast a busy machine draws its examples says nothing about the house.
settings.register_profile("house", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

DATA = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real files of third parties; they stay outside the repository."""
    if not DATA.is_dir():
        pytest.skip("shared test data not present")
    return DATA.resolve()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = os.environ.get("VOUCHSAFE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.fail(
            "No Chromium found: install it (Debian: apt-get install chromium), or run `make test`, which does."
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How far the long tests came: figures for `docs/reliability.md`."""
    for name, (count, of) in sorted(REACHED.items()):
        terminalreporter.write_line(f"{name}: {count:,} of {of:,}")
