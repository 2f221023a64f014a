"""Limits count over every process, in the database and in a real Redis."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.leash import leashed
from tests.serving import free_port

PRESS = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from django.test import RequestFactory
from vouchsafe.doors.web.ui.pace import takes_place
now = datetime(2026, 11, 2, 9, tzinfo=UTC)
# What a visitor claims of themselves must not give them places of their own.
asks = [RequestFactory().get("/", REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}") for n in range(75)]
print(sum(takes_place(ask, now, what="test", most=30) for ask in asks))
"""
PROCESSES = 4


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        pytest.fail("Redis or Valkey is needed for this: install it (Debian: apt-get install redis-server).")
    port = free_port()
    words = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with leashed(words, stdout=subprocess.DEVNULL):
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"


def presses(environment: dict[str, str]) -> list[int]:
    """How many of its 75 presses each of four processes at once got through: ten times what is allowed, together."""
    started = [
        subprocess.Popen([sys.executable, "-c", PRESS], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    return [int(process.communicate(timeout=120)[0]) for process in started]


@pytest.mark.wide
@pytest.mark.parametrize("where", ["database", "redis"])
def test_four_processes_together_let_no_more_through_than_one_may(
    where: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VOUCHSAFE_")}
    kept.pop("DATABASE_URL", None)
    environment = {
        **kept, "VOUCHSAFE_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "vouchsafe.config.settings"
    }  # fmt: skip
    if where == "redis":
        environment["VOUCHSAFE_CACHE_URL"] = request.getfixturevalue("redis")
    else:
        words = [sys.executable, "-m", "vouchsafe", "manage", "createcachetable"]
        subprocess.run(words, env=environment, check=True, timeout=120)
    assert sum(presses(environment)) == 30
