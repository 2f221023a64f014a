from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, settings
from tests.cast import Cast, make_cast
from tests.soak import REACHED

from vouchsafe.adapters.pdf import processes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How fast a busy machine draws its examples says nothing about the house.
AT_EASE: Final = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("steady", settings(), derandomize=True, **AT_EASE)
settings.register_profile("wandering", settings(), derandomize=False, **AT_EASE)


def pytest_configure(config: pytest.Config) -> None:
    """A run that decides whether a change is good draws the same examples each time; the soak looks for new ones.

    Its children may be slow by the clock, as they are on a busy machine; their processor time is limited all the same.
    """
    processes.WALL_SECONDS = 300
    settings.load_profile("steady" if "not soak" in config.getoption("markexpr") else "wandering")


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
