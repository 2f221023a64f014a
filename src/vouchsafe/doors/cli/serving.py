"""What `serve`, `worker` and `story` share: the data folder, its preparation, and the embedded worker."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vouchsafe.core.words import Refusal, msg

RESTART_SECONDS = 2.0


class PortTaken(Refusal):
    code = "port-taken"
    msgid = msg("Port {port} is taken by another program.")
    hint_msgid = msg("Choose another one: PORT={other} make run, or vouchsafe serve --port {other}.")


class FolderNotUsable(Refusal):
    code = "folder-not-usable"
    msgid = msg("The data folder {folder} can’t be used: {why}.")
    hint_msgid = msg("Give a folder you may write to: vouchsafe serve --data DIR.")


def add_data_argument(parser: ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", default=None, help="the data folder (default: ./data)")


def settle(data: str | None, port: int | None = None) -> Path:
    """Fix the data folder and port for this process and its children, before Django reads its settings."""
    folder = Path(data or os.environ.get("VOUCHSAFE_DATA", "data")).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as trouble:
        raise FolderNotUsable(folder=folder, why=trouble.strerror or trouble) from None
    os.environ["VOUCHSAFE_DATA"] = str(folder)
    if port is not None:
        os.environ["VOUCHSAFE_PORT"] = str(port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vouchsafe.config.settings")
    return folder


def demand_free(port: int, host: str) -> None:
    """Say at once that a port is taken, rather than from deep inside the server."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise PortTaken(port=port, other=port + 1) from None


def prepare() -> None:
    """Bring the data folder up to date: tables, cache table, static files, keys. Safe to repeat."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    from vouchsafe.ledger.versions import demand_own_database

    demand_own_database()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    _collect_static(Path(settings.STATIC_ROOT))
    from vouchsafe.desk.hosting import demand_one_host
    from vouchsafe.ledger import custody

    custody.keys()
    custody.vault()
    demand_one_host(settings.HOST)


def _collect_static(root: Path) -> None:
    """Collect only when the program changed: a stamp names the newest static file of the package."""
    from django.core.management import call_command

    package = Path(__file__).resolve().parents[2]
    newest = max((path.stat().st_mtime_ns for path in package.rglob("static/**/*")), default=0)
    stamp = root / ".collected"
    if stamp.exists() and stamp.read_text(encoding="ascii") == str(newest):
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(str(newest), encoding="ascii")


@contextmanager
def counting() -> Iterator[None]:
    """A folder in which web processes count together what /metrics tells, as long as the server runs."""
    from django.conf import settings

    if not settings.METRICS:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="vouchsafe-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # read by the library when a web process loads it
        yield


class EmbeddedWorker:
    """The worker as a supervised child process: started again when it dies, stopped with the server."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._supervise, daemon=True)

    def __enter__(self) -> EmbeddedWorker:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
            try:
                self._child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self._child.kill()
        self._thread.join(timeout=5)

    def _supervise(self) -> None:
        while not self._over.is_set():
            self._child = subprocess.Popen([sys.executable, "-m", "vouchsafe", "worker"])
            while self._child.poll() is None and not self._over.is_set():
                self._over.wait(0.2)
            if not self._over.is_set():
                self._over.wait(RESTART_SECONDS)
