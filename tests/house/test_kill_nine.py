"""Promise 21: the server is killed while writers work, and nothing it has acknowledged is lost.

A real `vouchsafe serve` with its worker and signing child, on a data folder of its own; clients over HTTP keep
the list of what they were told is kept; then the whole process group gets SIGKILL at a random moment. What counts
is the clients' list, held against the database and the vault by a fresh process.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import requests
from tests.sealing import plain_pdf

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 3
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
now = timezone.now()
ada = factories.make_account("Ada Marsh")
factories.make_instance(ada)
place = factories.make_opportunity(ada, deadline_on=None)
made = []
for number in range(int(sys.argv[3])):
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


def environment() -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("VOUCHSAFE_", "DJANGO_"))
    }
    kept.pop("DATABASE_URL", None)
    return {**kept, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


def python(code: str, *words: object) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], env=environment(), cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, port: int) -> Iterator[None]:
    """A server of its own process group; killed, not stopped, when the block ends."""
    words = [
        sys.executable,
        "-m",
        "vouchsafe",
        "serve",
        "--data",
        str(folder),
        "--port",
        str(port),
        "--quiet",
    ]
    server = subprocess.Popen(
        words,
        env=environment(),
        cwd=folder,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        end = time.monotonic() + 180
        while time.monotonic() < end:
            assert server.poll() is None, server.stderr.read()[-2000:] if server.stderr else ""
            with suppress(requests.RequestException):
                if requests.get(f"http://localhost:{port}/healthz", timeout=5).ok:
                    break
            time.sleep(0.1)
        else:
            pytest.fail("the server did not answer within three minutes")
        yield
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        if server.stderr:
            server.stderr.close()


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


def kill_while_writers_work(folder: Path, rounds: int) -> Told:
    port, luck, told = free_port(), random.Random(21), Told()
    writers = python(SEED, folder, port, rounds * CLIENTS * 3)
    waiting = list(enumerate(writers))
    faults: list[BaseException] = []
    for _ in range(rounds):
        with serving(folder, port):
            over = threading.Event()

            def keep_working(over: threading.Event = over) -> None:
                while waiting and not over.is_set():
                    number, (key, token) = waiting.pop()
                    try:
                        work(f"http://localhost:{port}", key, token, told, number)
                    except requests.RequestException:
                        return  # the server is gone, and this answer with it
                    except AssertionError as fault:
                        faults.append(fault)

            threads = [threading.Thread(target=keep_working) for _ in range(CLIENTS)]
            for thread in threads:
                thread.start()
            # Killed in the midst of work, whatever the machine's speed: after some more were acknowledged.
            enough, end = len(told) + luck.randrange(1, 6), time.monotonic() + 120
            while len(told) < enough and not faults and time.monotonic() < end:
                time.sleep(0.01)
            time.sleep(luck.uniform(0, 0.2))
            over.set()
        for thread in threads:
            thread.join()
    assert not faults, faults[0]
    kept = python(LOOK, folder)
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
    with serving(folder, port):  # it starts once more, whatever the kills left behind
        assert requests.get(f"http://localhost:{port}/", timeout=60).ok
    return told


@pytest.mark.wide
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    told = kill_while_writers_work(tmp_path, ROUNDS)
    assert told.uploads
    assert told.drafts
    assert len(told) >= ROUNDS  # at least one for each kill


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_over_many_kills(tmp_path: Path) -> None:
    told = kill_while_writers_work(tmp_path, 300)
    assert len(told.seals) > 100
