"""Promises 21, 22 and 30: PostgreSQL itself is killed and started again while web server and worker run and people act."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
import requests
from tests.house.at_work import AtWork, ends_of_mail, says_come_back
from tests.house.test_kill_nine import Told
from tests.house.test_mail_kills import environment_for
from tests.postgres import Server, postgres
from tests.serving import free_port, serving
from tests.soak import turns

from vouchsafe.adapters.post.sink import Sink

WRITERS = 3
AT_ONCE = 60
SAID = 0.02
"""Seconds before each answer of the mail server, so that mails are on their way whenever something is killed."""


def go_through(folder: Path, kills: Iterable[int]) -> tuple[Told, dict[str, int]]:
    """Kill a server, or one backend of it, as often as told; what people were told is kept, and how mails ended."""
    luck, port, told = random.Random(30), free_port(), Told()
    with postgres() as server, Sink(latency=SAID) as sink:
        env = environment_for(sink, "embedded", server.url)
        base = f"http://localhost:{port}"
        people = AtWork(folder, env, [base], mails=100)
        people.seed(AT_ONCE)
        with serving(folder, port, env=env), people.working(WRITERS):
            for number in kills:
                if number % 10 == 9:
                    people.seed(AT_ONCE)
                people.until_more_is_told(luck.randrange(1, 4))
                time.sleep(luck.uniform(0, 0.1))
                if number % 3 == 2:
                    kill_one_backend(server)
                else:
                    kill_and_start(server, base)
                people.until_more_is_told(1)  # well again by itself
                told = people.hold_against_what_is_kept()
        return told, ends_of_mail(folder, env, sink)


def kill_and_start(server: Server, base: str) -> None:
    server.kill()
    try:
        assert requests.get(f"{base}/healthz", timeout=60).ok  # nobody restarts the web server for that
        assert requests.get(f"{base}/readyz", timeout=60).status_code == 503
        assert says_come_back(requests.get(f"{base}/r/{'x' * 43}", timeout=60))
    finally:
        server.start()


def kill_one_backend(server: Server) -> None:
    end = time.monotonic() + 60
    while not server.kill_backend():
        assert time.monotonic() < end, "nobody is connected"
        time.sleep(0.05)


@pytest.mark.wide
def test_nothing_acknowledged_is_lost_while_postgres_is_killed_and_starts_again(tmp_path: Path) -> None:
    told, mails = go_through(tmp_path, range(3))
    assert told.drafts
    assert told.uploads
    assert mails["sent"] > 100


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_however_often_postgres_is_killed(tmp_path: Path) -> None:
    told, _ = go_through(tmp_path, turns(50))
    assert told.drafts
    assert told.uploads
    assert told.seals
