"""Promise 21: the server is killed while writers work, and nothing it has acknowledged is lost.

A real `vouchsafe serve` with its worker and signing child, on a data folder of its own; clients over HTTP keep
the list of what they were told is kept; then the whole process group gets SIGKILL at a random moment. What counts
is the clients' list, held against the database and the vault by a fresh process.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import requests
from tests.sealing import plain_pdf
from tests.serving import free_port, python, serving
from tests.soak import turns

CLIENTS = 3
MOST_IN_A_ROUND = 12  # letters that clients begin before a kill, at most
SEEDED_AT_ONCE = 120
ROUNDS = 5
SEED = """
import json, sys
from vouchsafe.doors.cli.serving import prepare, settle
settle(sys.argv[1], int(sys.argv[2]))
prepare()
from django.utils import timezone
from datetime import timedelta
from tests import factories
from vouchsafe.asks.actions.make_link import token_of
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Link
now, start = timezone.now(), int(sys.argv[3])
ada = factories.make_account("Ada Marsh", email=f"ada{start}@example.org")
if not start:
    factories.make_instance(ada)
place = factories.make_opportunity(ada, deadline_on=None)
made = []
for number in range(start, start + int(sys.argv[4])):
    ben = factories.make_contact(ada, f"Ben{number} Okafor")
    purpose = open_request(by=ada, contact=ben, opportunity=place, shown_on=None, confidentiality="waived", subject="",
                           note="Dear Ben", today=now.date(), now=now)
    send_ask(by=ada, purpose=purpose, now=now, undo=timedelta(0))
    link = Link.objects.filter(request=purpose.request, kind="mailed").latest("n")
    made.append([purpose.request.key, token_of(link)])
print(json.dumps(made))
"""
LOOK = """
import json, sys
from vouchsafe.doors.cli.serving import settle
settle(sys.argv[1])
import django
django.setup()
from django.db import connection
from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.asks.access import stage
from vouchsafe.ledger import custody
from vouchsafe.letters.actions.save_draft import read_draft
from vouchsafe.letters.models import Draft, Seal, Upload
house = Viewer(Role.HOUSE, purpose="test")
vault = custody.vault()
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone()[0] == "ok"
drafts = {d.letter.request.key: [d.revision, read_draft(d).text] for d in Draft.objects.select_related("letter__request")}
uploads = [u.given_digest for u in Upload.objects.all() if vault.open(u.file, house)]
seals = {s.letter.request.key: [s.pdf_digest, __import__("hashlib").sha256(vault.open(s.file, house)).hexdigest()]
         for s in Seal.objects.select_related("letter__request")}
stages = {s.letter.request.key: stage(s.letter.request) for s in Seal.objects.select_related("letter__request")}
print(json.dumps({"drafts": drafts, "uploads": uploads, "seals": seals, "stages": stages}))
"""


@dataclass
class Told:
    """What clients were told is kept: draft revisions, files, seals, by request."""

    drafts: dict[str, tuple[int, str]] = field(default_factory=dict)
    uploads: set[str] = field(default_factory=set)
    seals: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.drafts) + len(self.uploads) + len(self.seals)


def work(base: str, key: str, token: str, told: Told, number: int) -> None:
    """One writer: yes, then words or a file, then the seal. Notes only what an answer acknowledged."""
    with requests.Session() as browser:

        def post(path: str, **given: Any) -> requests.Response:
            page = browser.get(f"{base}/r/{token}", timeout=60)
            found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
            data = {"csrfmiddlewaretoken": found[1] if found else "", **given.pop("data", {})}
            return browser.post(base + path, data=data, timeout=60, allow_redirects=False, **given)

        assert post(f"/r/{token}", data={"act": "yes"}).status_code == 302
        if number % 2:
            blob = plain_pdf(f"letter {number}")
            answer = post(f"/requests/{key}/file", files={"file": ("letter.pdf", blob, "application/pdf")})
            assert answer.status_code == 302, answer.text[:500]
            told.uploads.add(sha256(blob).hexdigest())
        else:
            for based in (0, 1):
                text = f"Ada is exact, {number}.{based}."
                said = {"text": text, "name": "Ben Okafor", "based_on": str(based)}
                answer = post(f"/requests/{key}/draft", data=said)
                assert answer.status_code == 200, answer.text[:500]
                told.drafts[key] = (int(answer.json()["revision"]), text)
        answer = post(f"/requests/{key}/seal", data={"writer_name": "Ben Okafor", "sure": "on"})
        assert answer.status_code == 302, answer.text[:500]
        told.seals.add(key)


def kill_while_writers_work(folder: Path, rounds: Iterable[int]) -> Told:
    port, luck, told = free_port(), random.Random(21), Told()
    waiting: list[tuple[int, tuple[str, str]]] = []
    seeded = 0
    for _ in rounds:
        if len(waiting) < MOST_IN_A_ROUND:
            waiting += list(enumerate(python(SEED, folder, port, seeded, SEEDED_AT_ONCE), seeded))
            seeded += SEEDED_AT_ONCE
        kill_once(folder, port, luck, told, waiting)
    judge(told, python(LOOK, folder))
    with serving(folder, port):  # it starts once more, whatever the kills left behind
        assert requests.get(f"http://localhost:{port}/", timeout=60).ok
    return told


def kill_once(
    folder: Path, port: int, luck: random.Random, told: Told, waiting: list[tuple[int, tuple[str, str]]]
) -> None:
    """Writers work until some more was acknowledged; a moment later everything is killed."""
    faults: list[BaseException] = []
    over = threading.Event()

    def keep_working() -> None:
        while waiting and not over.is_set():
            number, (key, token) = waiting.pop()
            try:
                work(f"http://localhost:{port}", key, token, told, number)
            except requests.RequestException:
                return  # the server is gone, and this answer with it
            except AssertionError as fault:
                faults.append(fault)

    threads = [threading.Thread(target=keep_working) for _ in range(CLIENTS)]
    with serving(folder, port):
        for thread in threads:
            thread.start()
        # In the midst of work, whatever the machine's speed.
        enough, end = len(told) + luck.randrange(1, 6), time.monotonic() + 120
        while len(told) < enough and not faults and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(luck.uniform(0, 0.2))
        over.set()
    for thread in threads:
        thread.join()
    assert not faults, faults[0]


def judge(told: Told, kept: dict[str, Any]) -> None:
    """Hold what clients were told against what a fresh process finds."""
    for key, (revision, text) in told.drafts.items():
        found = kept["drafts"].get(key)
        assert found is not None, f"draft of {key} is lost"
        assert found[0] >= revision
        assert found[0] > revision or found[1] == text
    assert told.uploads <= set(kept["uploads"])
    assert told.seals <= set(kept["seals"])
    for key, (promised, found) in kept["seals"].items():
        assert promised == found, key
        assert kept["stages"][key] == "sealed"


@pytest.mark.wide
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    told = kill_while_writers_work(tmp_path, range(ROUNDS))
    assert told.uploads
    assert told.drafts
    assert len(told) >= ROUNDS  # at least one for each kill


def test_judge_sees_what_was_acknowledged_and_is_gone() -> None:
    told = Told(drafts={"a": (2, "two")}, uploads={"u"}, seals={"s"})
    whole = {
        "drafts": {"a": [2, "two"]},
        "uploads": ["u"],
        "seals": {"s": ["d", "d"]},
        "stages": {"s": "sealed"},
    }
    judge(told, whole)
    for lost in (
        {"drafts": {}},
        {"drafts": {"a": [1, "one"]}},
        {"drafts": {"a": [2, "one"]}},
        {"uploads": []},
        {"seals": {}},
        {"seals": {"s": ["d", "e"]}},
        {"stages": {"s": "agreed"}},
    ):
        with pytest.raises(AssertionError):
            judge(told, {**whole, **lost})


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_over_many_kills(tmp_path: Path) -> None:
    told = kill_while_writers_work(tmp_path, turns(1000))
    assert told.uploads
    assert told.drafts
    assert told.seals
