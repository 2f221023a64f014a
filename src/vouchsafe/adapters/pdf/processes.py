"""Children: a fresh, limited one for each job on a stranger's bytes, and one that stands by to sign.

Neither the web server nor a command loads a PDF library for them; the signing child pays pyHanko's slow
import once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

from vouchsafe.adapters.pdf.frames import ChildSilent, read_frame, write_frame
from vouchsafe.adapters.pdf.limits import WALL_SECONDS

CHILD = Path(__file__).with_name("child.py")
SIGNING_SECONDS = 30


class ChildFailed(Exception):
    """The child died, ran out of memory or time, or said nothing. `why` is "time" or "died"."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def run_limited(job: str, head: dict[str, Any], blobs: Sequence[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """One job in a fresh child that has no network, little memory and ten seconds."""
    with _in_memory() as given, _in_memory() as answered:
        write_frame(given, head, blobs)
        given.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(CHILD), job],
                stdin=given,
                stdout=answered,
                stderr=subprocess.DEVNULL,
                env=_bare_environment(),
                cwd="/",
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ChildFailed("time") from None
        # SIGXCPU is 24: the processor's seconds ran out before the clock's.
        if done.returncode:
            raise ChildFailed("time" if done.returncode == -24 else "died")
        answered.seek(0)
        try:
            return read_frame(answered)
        except ChildSilent:
            raise ChildFailed("died") from None


class StandingChild:
    """A child that answers one frame after another. Safe from many threads; started again after a fork."""

    def __init__(self, job: str) -> None:
        self._job = job
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._parent = 0

    def ask(self, head: dict[str, Any], blobs: Sequence[bytes]) -> list[bytes]:
        with self._lock:
            child = self._running()
            # A child that hangs is ended, which ends the read below.
            guard = threading.Timer(SIGNING_SECONDS, child.kill)
            guard.start()
            try:
                write_frame(cast("BinaryIO", child.stdin), head, blobs)
                told, made = read_frame(cast("BinaryIO", child.stdout))
            except (ChildSilent, BrokenPipeError):
                self._end(child)
                raise ChildFailed("died") from None
            finally:
                guard.cancel()
        if "fault" in told:
            raise RuntimeError(f"the signing child failed: {told['fault']}")
        return made

    def close(self) -> None:
        with self._lock:
            if self._child is not None and self._parent == os.getpid():
                self._end(self._child)

    def _running(self) -> subprocess.Popen[bytes]:
        mine = self._parent == os.getpid()
        if self._child is None or not mine or self._child.poll() is not None:
            self._child = subprocess.Popen(
                [sys.executable, "-I", str(CHILD), self._job],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_bare_environment(),
                cwd="/",
            )
            self._parent = os.getpid()
        return self._child

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        self._child = None


def _in_memory() -> BinaryIO:
    # A file without a name or a disk: a letter's plain bytes are never written to /tmp.
    return os.fdopen(os.memfd_create("letter"), "w+b")


def _bare_environment() -> dict[str, str]:
    # No secrets of the settings reach a child; proxies are kept for the time server.
    kept = ("PATH", "LANG", "LC_ALL", "TZ", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE")
    return {name: os.environ[name] for name in kept if name in os.environ}
