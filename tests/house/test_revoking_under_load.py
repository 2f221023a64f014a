"""Revoke means now, also where four web processes answer: whatever is asked for after it was said, is refused.

Eight browsers of one reader ask for the letter as fast as they are answered while its applicant revokes the link. What was asked
before may come or not; of what was asked once the press was answered, nothing may.
"""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
import requests
from tests.databases import new_database
from tests.serving import environment, free_port, python, serving
from tests.soak import turns

PROCESSES = 4
BROWSERS = 8
SEED = """
import json, sys
from vouchsafe.doors.cli.serving import settle
settle(sys.argv[1])
import django
django.setup()
from django.conf import settings
from django.db import transaction
from django.test import Client
from tests import factories
from tests.sealing import make_packet_of, make_reader, make_sealed, token_for
from vouchsafe.doors.cli.serving import prepare
prepare()
with transaction.atomic():
    ada = factories.make_account("Ada Marsh")
    factories.make_instance(ada)
    place = factories.make_opportunity(ada, deadline_on=None)
    seal = make_sealed(factories.make_contact(ada), place)
    packet = make_packet_of(seal, opportunity=place)
    readers = [make_reader(packet, address=f"cleo{n}@readers.example") for n in range(int(sys.argv[2]))]
    links = [[one.key, token_for(one)] for one in readers]
browser = Client()
browser.force_login(ada)
print(json.dumps({
    "cookie": [settings.SESSION_COOKIE_NAME, browser.cookies[settings.SESSION_COOKIE_NAME].value],
    "packet": packet.key, "number": seal.number, "readers": links,
}))
"""


def press(browser: requests.Session, page: str, path: str, **said: str) -> requests.Response:
    """A form's button, with the token of the page it stands on."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(page, timeout=60).text)
    assert found is not None, page
    sent = {**said, "csrfmiddlewaretoken": found[1]}
    return browser.post(path, data=sent, timeout=60, allow_redirects=False)


class Reading:
    """Browsers that ask for one page, until they are told to stop, and what came when."""

    def __init__(self, address: str, cookies: dict[str, str]) -> None:
        self.answers: list[tuple[float, int]] = []
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(address, cookies)) for _ in range(BROWSERS)]
        for thread in self._threads:
            thread.start()

    def _ask(self, address: str, cookies: dict[str, str]) -> None:
        while not self._over.is_set():
            began = time.monotonic()  # each time a connection of its own, so that any process may take it
            answer = requests.get(address, cookies=cookies, timeout=60, allow_redirects=False)
            self.answers.append((began, answer.status_code))

    def until(self, count: int) -> None:
        wanted, end = len(self.answers) + count, time.monotonic() + 120
        while len(self.answers) < wanted:
            assert time.monotonic() < end, "the readers are not answered"
            assert any(thread.is_alive() for thread in self._threads), "the readers are gone"
            time.sleep(0.01)

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()


def go_through(folder: Path, times: Iterable[int], most: int) -> Counter[str]:
    """How many answers came before and after, over all revocations."""
    told: Counter[str] = Counter()
    with new_database() as database:
        port, env = free_port(), environment(DATABASE_URL=database)
        seed = python(SEED, folder, most, env=env)
        base = f"http://localhost:{port}"
        with serving(folder, port, "--no-worker", "--workers", str(PROCESSES), env=env):
            ada = requests.Session()
            ada.cookies.set(*seed["cookie"])
            for turn in times:
                key, token = seed["readers"][turn]
                cleo = requests.Session()
                assert press(cleo, f"{base}/p/{token}", f"{base}/p/{token}").status_code == 302
                letter = f"{base}/reading/{key}/{seed['number']}/"
                reading = Reading(letter, cleo.cookies.get_dict())
                try:
                    reading.until(3 * BROWSERS)
                    done = press(ada, f"{base}/packets/{seed['packet']}/", f"{base}/readers/{key}/revocation")
                    revoked = time.monotonic()
                    assert done.status_code == 302
                    reading.until(5 * BROWSERS)
                finally:
                    reading.end()
                after = [status for began, status in reading.answers if began > revoked]
                before = [status for began, status in reading.answers if began <= revoked]
                assert before[:BROWSERS] == [200] * BROWSERS
                assert after
                assert not {200, 206} & set(after), Counter(after)
                told.update(before=len(before), after=len(after))
    return told


@pytest.mark.wide
def test_nothing_is_read_after_a_revocation_whichever_of_four_processes_is_asked(tmp_path: Path) -> None:
    assert go_through(tmp_path, range(3), 3)["after"] >= 3 * BROWSERS


@pytest.mark.soak
def test_nothing_is_read_after_a_revocation_over_four_processes_long(tmp_path: Path) -> None:
    assert go_through(tmp_path, turns(200), 200)["after"] >= BROWSERS
