"""The product's own processes for tests: a real `vouchsafe serve` on a data folder of its own."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import requests
from tests.leash import leashed

ROOT = Path(__file__).resolve().parents[1]
OURS = ("VOUCHSAFE_", "DJANGO_", "DATABASE_")
START_SECONDS = 180


def environment(**more: str) -> dict[str, str]:
    """This process's own, without what chooses settings, data or database for it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", **more}


def python(code: str, *words: object, env: Mapping[str, str] | None = None) -> Any:
    """Run code in a process of its own; the last line it prints, read as JSON, or None where it prints nothing."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], env=env or environment(), cwd=ROOT, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else None


def free_port() -> int:
    """One that is free now, and that no connection going out takes meanwhile: those have numbers from 32768 on."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextmanager
def serving(folder: Path, port: int, *more: str, env: Mapping[str, str] | None = None) -> Iterator[None]:
    """A server of its own process group; killed, not stopped, when the block ends, or when this process is."""
    words = [
        sys.executable,
        "-m",
        "vouchsafe",
        "serve",
        "--data",
        str(folder),
        "--port",
        str(port),
        "--quiet",
    ]
    how: dict[str, Any] = {"env": env or environment(), "cwd": folder, "stdout": subprocess.DEVNULL}
    # To a file: a pipe that nobody reads would fill, and stop the server.
    with tempfile.TemporaryFile() as said, leashed([*words, *more], stderr=said, **how) as server:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if server.process.poll() is not None:
                said.seek(0)
                pytest.fail(f"the server ended: {said.read()[-2000:].decode(errors='replace')}")
            with suppress(requests.RequestException):
                if requests.get(f"http://localhost:{port}/healthz", timeout=5).ok:
                    break
            time.sleep(0.1)
        else:
            pytest.fail("the server did not answer within three minutes")
        yield
