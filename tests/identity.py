"""Identity providers that other people make, on loopback, each started as a process of its own."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests
from tests.leash import Leashed, leashed
from tests.serving import ROOT, free_port

PASSWORD = "three quiet lamps burning"
START_SECONDS = 120


@dataclass(frozen=True)
class Provider:
    address: str
    program: Leashed


@contextmanager
def canaille(back: str) -> Iterator[Provider]:
    """OpenID Connect by Canaille. `ada` and `nia` sign in with `PASSWORD`; they come back at `back`."""
    port = free_port()
    script = Path(__file__).with_name("canaille_server.py")
    subprocess.run(["make", "-s", ".stamps/providers"], cwd=ROOT, check=True)
    python = ROOT / ".stamps" / "provider" / "bin" / "python"
    with _started([str(python), str(script), str(port), back, PASSWORD]) as program:
        address = f"http://localhost:{port}"
        _wait_for(f"{address}/.well-known/openid-configuration", program)
        yield Provider(address, program)


@contextmanager
def _started(words: list[str], **how: object) -> Iterator[Leashed]:
    with (
        tempfile.TemporaryFile() as said,
        leashed(words, stdout=said, stderr=subprocess.STDOUT, **how) as program,
    ):
        try:
            yield program
        except Exception:
            said.seek(0)
            print(said.read()[-3000:].decode(errors="replace"))
            raise


def _wait_for(address: str, program: Leashed) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert program.process.poll() is None, "the provider ended at once"
        with suppress(requests.RequestException):
            if requests.get(address, timeout=10).ok:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing answered at {address}")
