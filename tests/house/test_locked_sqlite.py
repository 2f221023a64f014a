"""Promise 30: another process holds the lock of the SQLite file for longer than anybody waits, and what pages say meanwhile."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests
from tests.house.at_work import says_come_back
from tests.house.test_kill_nine import LOOK, SEED
from tests.house.test_stalled_database import BOUND, Writer, until_well
from tests.serving import free_port, python, serving
from tests.soak import turns


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else may write for as long as this lasts."""
    with closing(sqlite3.connect(folder / "vouchsafe.sqlite3", timeout=60, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


def go_through(folder: Path, times: Iterator[int] | range) -> None:
    port = free_port()
    base = f"http://localhost:{port}"
    ((key, token),) = python(SEED, folder, port, 0, 1)
    with serving(folder, port):
        ben = Writer(base, key, token)
        assert ben.save().status_code == 200
        for _ in times:
            with locked(folder):
                assert requests.get(f"{base}/healthz", timeout=BOUND).ok  # nobody restarts it for that
                answers = at_once(ben)
            assert all(map(says_come_back, answers)), [answer.status_code for answer in answers]
            until_well(ben)
            kept = python(LOOK, folder)
            assert kept["drafts"] == {key: [ben.revision, ben.text]}
            assert not kept["seals"]
            assert not kept["uploads"]
        assert ben.seal().status_code == 302
    ((promised, opened),) = python(LOOK, folder)["seals"].values()
    assert promised == opened


def at_once(ben: Writer) -> list[requests.Response]:
    """Words, a file and the seal, each pressed while the file is locked, and each waits as long as it waits."""
    answers: list[requests.Response] = []
    acts = (ben.save, ben.give_file, ben.seal)
    threads = [threading.Thread(target=lambda act=act: answers.append(act())) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(acts)
    return answers


@pytest.mark.wide
def test_pages_say_so_and_nothing_is_lost_while_another_process_locks_the_file(tmp_path: Path) -> None:
    go_through(tmp_path, range(1))


@pytest.mark.soak
def test_pages_say_so_and_nothing_is_lost_however_often_the_file_is_locked(tmp_path: Path) -> None:
    go_through(tmp_path, turns(50))
