"""Promises 21 and 22 at size: one of three web processes and one of three workers are killed, and killed again, on PostgreSQL.

The others go on meanwhile, and what was killed is started again, as a supervisor does. After each kill every letter that
was acknowledged by then is looked for by a fresh process; at the end every mail has come as the outbox says.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.databases import new_database
from tests.house.at_work import AtWork, ends_of_mail
from tests.house.test_kill_nine import Told
from tests.house.test_mail_kills import environment_for
from tests.leash import Leashed
from tests.serving import free_port
from tests.soak import turns

from vouchsafe.adapters.post.sink import Sink

PROCESSES = 3
WRITERS = 3
AT_ONCE = 60
SAID = 0.02
"""Seconds before each answer of the mail server, so that mails are on their way whenever something is killed."""


class Machine:
    """Three web processes and three workers, each of which may be killed and started again."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self._folder, self._env = folder, env
        self._ports = [free_port() for _ in range(PROCESSES)]
        self.bases = [f"http://localhost:{port}" for port in self._ports]
        self._running: dict[tuple[str, int], Leashed] = {}

    def start(self) -> None:
        for number in range(PROCESSES):
            self._begin("serve", number)
            self._begin("worker", number)

    def kill(self, what: str, number: int) -> None:
        """SIGKILL, and started again at once; nobody waits for it."""
        self._running[what, number].kill()
        self._begin(what, number)

    def end(self) -> None:
        while self._running:
            self._running.popitem()[1].kill()

    def _begin(self, what: str, number: int) -> None:
        words = [sys.executable, "-m", "vouchsafe", what, "--data", str(self._folder)]
        if what == "serve":
            words += ["--port", str(self._ports[number]), "--quiet", "--no-worker"]
        self._running[what, number] = Leashed(
            words, env=self._env, cwd=self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


def go_through(folder: Path, kills: Iterable[int]) -> tuple[Told, dict[str, int]]:
    """What writers were told is kept, and how mails ended."""
    luck, told = random.Random(22), Told()
    with new_database() as database, Sink(latency=SAID) as sink:
        env = environment_for(sink, "embedded", database)
        machine = Machine(folder, env)
        people = AtWork(folder, env, machine.bases, mails=150)
        people.seed(AT_ONCE)
        try:
            machine.start()
            with people.working(WRITERS):
                for number in kills:
                    if number % 10 == 9:
                        people.seed(AT_ONCE)
                    people.until_more_is_told(luck.randrange(1, 5))
                    time.sleep(luck.uniform(0, 0.2))
                    machine.kill("worker", luck.randrange(PROCESSES))
                    machine.kill("serve", luck.randrange(PROCESSES))
                    told = people.hold_against_what_is_kept()
                people.until_more_is_told(1)
        finally:
            machine.end()
        return told, ends_of_mail(folder, env, sink)


@pytest.mark.wide
def test_nothing_acknowledged_is_lost_when_one_of_many_processes_is_killed(tmp_path: Path) -> None:
    told, mails = go_through(tmp_path, range(5))
    assert told.drafts
    assert told.uploads
    assert mails["sent"] > 150


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_however_often_one_of_many_is_killed(tmp_path: Path) -> None:
    told, _ = go_through(tmp_path, turns(300))
    assert told.drafts
    assert told.uploads
    assert told.seals
