"""Writers at work over one or several web processes, while something is killed under them.

They note only what an answer acknowledged. An answer that never came, or that says "come back later", is no promise.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from email import message_from_bytes
from hashlib import sha256
from pathlib import Path
from typing import Any

import requests
from tests.house.test_kill_nine import LOOK, SEED, Told, judge
from tests.house.test_mail_kills import RECOVER, Rows, wait_for
from tests.house.test_mail_kills import judge as judge_mail
from tests.leash import leashed
from tests.sealing import plain_pdf
from tests.serving import python

from vouchsafe.adapters.post.sink import Sink

PATIENCE = 120
MORE = """
from django.db import transaction
from vouchsafe.ledger import outbox
with transaction.atomic():
    for number in range(int(sys.argv[5])):
        outbox.queue(
            outbox.Parcel(kind="thanks", to_address=f"{start}.{number}@writers.example", to_name="Writer",
                          facts={"applicant": "Ada Marsh", "words": "Thank you."}),
            delivery=outbox.Delivery.AT_LEAST_ONCE if number % 5 == 0 else outbox.Delivery.AT_MOST_ONCE,
            chain="test", about=f"about{start}.{number}", once=f"work|{start}|{number}", now=now)
"""


class Unacknowledged(Exception):
    """No answer came, or one that promises nothing."""


def says_come_back(answer: requests.Response) -> bool:
    """503, when to come back, and nothing about anything having been done."""
    words = answer.text.lower()
    return (
        answer.status_code == 503
        and "Retry-After" in answer.headers
        and not any(said in words for said in ("saved", "sealed", "traceback"))
    )


class AtWork:
    """Some writers, each with a request of their own at a time."""

    def __init__(self, folder: Path, env: dict[str, str], bases: Sequence[str], *, mails: int) -> None:
        self._folder, self._env, self._bases, self._mails = folder, env, bases, mails
        self._told, self._lock, self._over = Told(), threading.Lock(), threading.Event()
        self._waiting: list[tuple[int, tuple[str, str]]] = []
        self._seeded = 0
        self.faults: list[BaseException] = []
        self.turned_away = 0
        """How often they were told to come back later."""

    def seed(self, count: int) -> None:
        """More requests to answer, each with an ask that waits to be mailed, and more mails beside."""
        port = int(self._bases[0].rpartition(":")[2])
        made = python(SEED + MORE, self._folder, port, self._seeded, count, self._mails, env=self._env)
        with self._lock:
            self._waiting += list(enumerate(made, self._seeded))
        self._seeded += count

    @contextmanager
    def working(self, writers: int) -> Iterator[None]:
        threads = [threading.Thread(target=self._keep_working, args=(n,)) for n in range(writers)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()
        assert not self.faults, self.faults[0]

    def told(self) -> Told:
        with self._lock:
            return deepcopy(self._told)

    def until_more_is_told(self, count: int) -> None:
        enough = len(self.told()) + count
        self.until(lambda: len(self.told()) >= enough)

    def until(self, held: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not held():
            assert not self.faults, self.faults[0]
            assert time.monotonic() < end, "it did not come to pass"
            assert self._waiting, "nobody has work left"
            time.sleep(0.01)

    def hold_against_what_is_kept(self) -> Told:
        """What was told up to now, found by a fresh process."""
        told = self.told()
        judge(told, python(LOOK, self._folder, env=self._env))
        return told

    def _keep_working(self, number: int) -> None:
        luck = random.Random(number)
        while not self._over.is_set():
            with self._lock:
                if not self._waiting:
                    return
                which, (key, token) = self._waiting.pop()
            try:
                self._answer(which, key, token, luck)
            except Unacknowledged:
                self.turned_away += 1
            except BaseException as fault:
                self.faults.append(fault)
                return

    def _answer(self, number: int, key: str, token: str, luck: random.Random) -> None:
        """One writer: yes, then words or a file, then the seal; each press on any of the web processes."""
        with requests.Session() as browser:

            def press(path: str, status: int, **given: Any) -> requests.Response:
                base, csrf = self._look(browser, f"/r/{token}", luck)
                data = {"csrfmiddlewaretoken": csrf, **given.pop("data", {})}
                try:
                    answer = browser.post(
                        base + path, data=data, timeout=PATIENCE, allow_redirects=False, **given
                    )
                except requests.RequestException as gone:
                    raise Unacknowledged from gone
                if says_come_back(answer):
                    raise Unacknowledged
                assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:500]}"
                return answer

            press(f"/r/{token}", 302, data={"act": "yes"})
            if number % 2:
                blob = plain_pdf(f"letter {number}")
                press(f"/requests/{key}/file", 302, files={"file": ("letter.pdf", blob, "application/pdf")})
                with self._lock:
                    self._told.uploads.add(sha256(blob).hexdigest())
            else:
                for based in (0, 1):
                    said = {
                        "text": f"Ada is exact, {number}.{based}.",
                        "name": "Ben Okafor",
                        "based_on": str(based),
                    }
                    answer = press(f"/requests/{key}/draft", 200, data=said)
                    with self._lock:
                        self._told.drafts[key] = (int(answer.json()["revision"]), said["text"])
            press(f"/requests/{key}/seal", 302, data={"writer_name": "Ben Okafor", "sure": "on"})
            with self._lock:
                self._told.seals.add(key)

    def _look(self, browser: requests.Session, path: str, luck: random.Random) -> tuple[str, str]:
        """The page, on whichever web process answers: looking may be tried again by anybody."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            base = luck.choice(self._bases)
            try:
                page = browser.get(base + path, timeout=PATIENCE)
            except requests.RequestException:
                if self._over.wait(0.1):
                    break
                continue
            if page.status_code == 200:
                found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
                assert found, page.text[:300]
                return base, found[1]
            assert says_come_back(page), f"{page.status_code} {page.text[:500]}"
            self.turned_away += 1
            if self._over.wait(0.1):
                break
        raise Unacknowledged


def ends_of_mail(folder: Path, env: dict[str, str], sink: Sink) -> dict[str, int]:
    """What was begun under a kill is due after its lease; then every mail has an end, and those that came came as told."""
    rows = Rows(folder, env["DATABASE_URL"])
    python(RECOVER, folder, env=env)
    words = [sys.executable, "-m", "vouchsafe", "worker", "--data", str(folder)]
    with leashed(words, env=env, cwd=folder, stderr=subprocess.DEVNULL):
        wait_for(lambda: rows.open() == 0, rows, seconds=300)
    came = Counter(str(message_from_bytes(kept.raw)["Message-ID"]).strip("<>") for kept in list(sink.kept))
    found = rows.all()
    return judge_mail(found, came, len(found))
