"""Programs that a test starts die with it, however it ends.

A test that is killed, or whose time is up, runs no `finally`. So beside each program a shell waits for the end of a
pipe that only this process holds open, and then kills the program's whole group.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any


class Leashed:
    """A program in a process group of its own, with all that it starts there."""

    def __init__(self, words: Sequence[str], **how: Any) -> None:
        self.process: subprocess.Popen[bytes] = subprocess.Popen(words, start_new_session=True, **how)
        # In a session of its own, so that what ends the test's group does not end the watch.
        self._watch = subprocess.Popen(
            ["sh", "-c", f"read end; kill -s KILL -- -{self.process.pid}"],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self) -> None:
        """SIGKILL for the whole group. Twice is once."""
        if self._watch.poll() is None:
            self._watch.kill()  # first, so that it never signals a number that belongs to somebody else by then
            self._watch.communicate()
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def leashed(words: Sequence[str], **how: Any) -> Iterator[Leashed]:
    program = Leashed(words, **how)
    try:
        yield program
    finally:
        program.kill()
