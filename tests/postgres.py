"""A PostgreSQL of a test's own, which may be killed and started again: `tests/with_postgres.sh` lends one that must live."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from tests.leash import Leashed
from tests.serving import free_port

START_SECONDS = 120
WHO = "vouchsafe"


class Server:
    """What `url` names, as long as it runs.

    It syncs nothing to the disk: what a killed process has written is the system's by then, and only a power cut could take it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._port, self._programs = folder, free_port(), programs()
        self.url = f"postgres://{WHO}@127.0.0.1:{self._port}/postgres"
        self._as = as_who_may_run_it(folder)
        made = self._words("initdb", "-D", folder / "data", "-U", WHO, "--auth=trust", "-E", "UTF8")
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        self._running = self._begin()

    def _words(self, program: str, *more: object) -> list[str]:
        return [*self._as, str(self._programs / program), *map(str, more)]

    def _begin(self) -> Leashed:
        words = self._words(
            "postgres", "-D", self._folder / "data", "-p", self._port, "-k", self._folder,
            "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off",
        )  # fmt: skip
        how = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": self._folder}
        end = time.monotonic() + START_SECONDS
        program = Leashed(words, **how)
        while time.monotonic() < end:
            if program.process.poll() is not None:  # something of the one before was still there
                program.kill()
                program = Leashed(words, **how)
            with suppress(psycopg.OperationalError), psycopg.connect(self.url, connect_timeout=5):
                return program
            time.sleep(0.1)
        program.kill()
        pytest.fail("PostgreSQL did not start within two minutes")

    def kill(self) -> None:
        """SIGKILL for the postmaster and each of its processes; gives back when none is left."""
        postmaster = self._running.process.pid
        every = [postmaster, *children_of(postmaster)]  # each leads a group of its own
        for pid in every:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._running.kill()
        while any(map(is_alive, every)):
            time.sleep(0.01)

    def kill_backend(self) -> bool:
        """SIGKILL for one process that serves a connection; PostgreSQL then ends all and recovers. False: there was none."""
        for pid in children_of(self._running.process.pid):
            with suppress(FileNotFoundError, ProcessLookupError):
                if b"127.0.0.1(" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    os.kill(pid, signal.SIGKILL)
                    return True
        return False

    def start(self) -> None:
        self._running = self._begin()

    def stop(self) -> None:
        """In order, so that no shared memory stays behind."""
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):
            self._running.process.send_signal(signal.SIGINT)
            self._running.process.wait(60)
        self._running.kill()


@contextmanager
def postgres() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp())  # short, for the socket's name
    try:
        server = Server(folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        pytest.fail("PostgreSQL is needed for this: install it (Debian: apt-get install postgresql).")
    return found[-1].parent if found else Path(str(on_path)).parent


def as_who_may_run_it(folder: Path) -> Sequence[str]:
    """PostgreSQL refuses to run as root."""
    if os.getuid():
        return ()
    who = (
        "postgres"
        if subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode == 0
        else "nobody"
    )
    shutil.chown(folder, who)
    return ("setpriv", f"--reuid={who}", "--clear-groups", "--")


def children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(each) for each in listed.read_text(encoding="ascii").split()] if listed.exists() else []


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False
