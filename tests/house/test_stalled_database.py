"""Promises 21 and 30: a database that is cut off, or has fallen silent, and what pages say meanwhile.

Web server, worker and PostgreSQL are processes of their own. Between them and PostgreSQL stands a door (`tests/faulty.py`).
"""

from __future__ import annotations

import re
import socket
import time
from pathlib import Path
from typing import Any

import pytest
import requests
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created
from tests.databases import new_database
from tests.faulty import Door, door_to
from tests.house.test_kill_nine import LOOK, SEED
from tests.sealing import plain_pdf
from tests.serving import environment, free_port, python, serving
from tests.soak import turns

from vouchsafe.ledger.patience import NAME, WEB_SECONDS, Watch, give_up_after

BOUND = WEB_SECONDS + 60
"""Seconds within which a page says that it can't be reached, on a machine that is busy."""


class Writer:
    """One writer at their page. Knows the last draft that was acknowledged."""

    def __init__(self, base: str, key: str, token: str) -> None:
        self._base, self._key, self._token = base, key, token
        self._browser = requests.Session()
        self.revision, self.text, self.tries = 0, "", 0
        self._csrf = self._csrf_of(self.look())
        assert self._press(f"/r/{token}", {"act": "yes"}).status_code == 302

    def look(self) -> requests.Response:
        return self._browser.get(f"{self._base}/r/{self._token}", timeout=BOUND)

    def save(self) -> requests.Response:
        self.tries += 1
        said = {
            "text": f"Ada is exact, {self.tries}.",
            "name": "Ben Okafor",
            "based_on": str(self.revision),
        }
        answer = self._press(f"/requests/{self._key}/draft", said)
        if answer.status_code == 200:
            self.revision, self.text = int(answer.json()["revision"]), said["text"]
        return answer

    def seal(self) -> requests.Response:
        return self._press(f"/requests/{self._key}/seal", {"writer_name": "Ben Okafor", "sure": "on"})

    def give_file(self) -> requests.Response:
        given = {"file": ("letter.pdf", plain_pdf(f"letter {self.tries}"), "application/pdf")}
        return self._press(f"/requests/{self._key}/file", {}, files=given)

    def _press(self, path: str, data: dict[str, str], **more: Any) -> requests.Response:
        given = {"csrfmiddlewaretoken": self._csrf, **data}
        return self._browser.post(self._base + path, data=given, timeout=BOUND, allow_redirects=False, **more)

    @staticmethod
    def _csrf_of(page: requests.Response) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert found, page.text[:300]
        return found[1]


def says_it_is_away(answer: requests.Response) -> bool:
    """503, when to come back, and nothing about anything having been done."""
    return (
        answer.status_code == 503
        and "Retry-After" in answer.headers
        and "saved" not in answer.text.lower()
        and "sealed" not in answer.text.lower()
    )


def go_through(folder: Path, faults: list[str]) -> None:
    with new_database() as straight, door_to(straight) as (door, through):
        port, env = free_port(), environment(DATABASE_URL=through)
        ((key, token),) = python(SEED, folder, port, 0, 1, env=environment(DATABASE_URL=straight))
        with serving(folder, port, env=env):
            base = f"http://localhost:{port}"
            ben = Writer(base, key, token)
            assert ben.save().status_code == 200
            for fault in faults:
                door.fault = fault
                if fault == "reset":
                    door.slam()
                assert requests.get(f"{base}/healthz", timeout=BOUND).ok  # nobody restarts it for that
                began = time.monotonic()
                assert says_it_is_away(ben.look())
                assert time.monotonic() - began < BOUND
                assert says_it_is_away(ben.save())
                if fault == "reset":  # the same for a silent one, each after half a minute
                    assert says_it_is_away(ben.seal())
                    assert requests.get(f"{base}/readyz", timeout=BOUND).status_code == 503
                door.slam()
                door.fault = ""
                until_well(ben)
                kept = python(LOOK, folder, env=environment(DATABASE_URL=straight))
                assert kept["drafts"] == {key: [ben.revision, ben.text]}
                assert not kept["seals"]
            assert ben.seal().status_code == 302
        kept = python(LOOK, folder, env=environment(DATABASE_URL=straight))
        ((promised, opened),) = kept["seals"].values()
        assert promised == opened


def until_well(ben: Writer) -> None:
    """By itself, without a restart: the threads that lost a connection each make another."""
    end = time.monotonic() + BOUND
    while ben.save().status_code != 200:
        assert time.monotonic() < end, "the server did not recover"
        time.sleep(0.2)


@pytest.mark.wide
def test_pages_say_so_and_nothing_is_lost_while_the_database_is_away(tmp_path: Path) -> None:
    """Cut off, then fallen silent."""
    go_through(tmp_path, ["reset", "silent"])


@pytest.mark.soak
def test_pages_say_so_and_nothing_is_lost_however_often_the_database_is_away(tmp_path: Path) -> None:
    go_through(tmp_path, [("reset", "silent")[turn % 2] for turn in turns(100)])


def test_who_waits_too_long_has_the_connection_shut_and_nobody_else_has() -> None:
    watch = Watch(0.3)
    silent, far = socket.socketpair()
    talking, its_far = socket.socketpair()
    began = time.monotonic()
    assert watch.bounded(silent.recv, silent.fileno())(1) == b""
    assert 0.2 < time.monotonic() - began < 20
    its_far.sendall(b"x")
    assert watch.bounded(talking.recv, talking.fileno())(1) == b"x"
    talking.sendall(b"still open")
    assert its_far.recv(10) == b"still open"
    for one in (silent, far, talking, its_far):
        one.close()


@pytest.mark.wide
@pytest.mark.django_db(transaction=True)
def test_statement_that_is_never_answered_ends_and_the_next_connection_works() -> None:
    if connection.vendor != "postgresql":
        pytest.fail("no PostgreSQL here: run it by `make test-wide`")
    facts = connection.settings_dict
    door = Door(facts["HOST"], int(facts["PORT"]))
    kept = facts["HOST"], facts["PORT"]
    connection.close()
    give_up_after(1.0)
    try:
        facts["HOST"], facts["PORT"] = "127.0.0.1", str(door.port)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            door.fault = "silent"
            with pytest.raises(OperationalError):
                cursor.execute("SELECT 2")
        connection.close()
        door.slam()
        door.fault = ""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 3")
            assert cursor.fetchone() == (3,)
    finally:
        connection_created.disconnect(dispatch_uid=NAME)
        facts["HOST"], facts["PORT"] = kept
        connection.close()
        door.close()
