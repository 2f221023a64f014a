"""What compose.yaml starts, as plain processes: two of the web, two workers, PostgreSQL, Redis and an object store.

One ask goes its way through all of them: mailed by whichever worker takes it, answered on one web process, written and
sealed on the other, its file in the store and nowhere on the disk.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from tests.databases import new_database
from tests.leash import leashed
from tests.object_store import object_store
from tests.serving import environment, free_port, python, serving

ASK = """
import json, sys
from vouchsafe.doors.cli.serving import settle
settle(sys.argv[1], int(sys.argv[2]))
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from tests import factories
from vouchsafe.asks.actions.make_link import token_of
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Link
now = timezone.now()
ada = factories.make_account("Ada Marsh")
factories.make_instance(ada)
place = factories.make_opportunity(ada, deadline_on=None)
ben = factories.make_contact(ada)
purpose = open_request(by=ada, contact=ben, opportunity=place, shown_on=None, confidentiality="waived", subject="",
                       note="Dear Ben", today=now.date(), now=now)
send_ask(by=ada, purpose=purpose, now=now, undo=timedelta(0))
link = Link.objects.filter(request=purpose.request, kind="mailed").latest("n")
print(json.dumps([purpose.request.key, token_of(link)]))
"""
LOOK = """
import hashlib, json, sys
from vouchsafe.doors.cli.serving import settle
settle(sys.argv[1])
import django
django.setup()
from vouchsafe.adapters.vault import Role, Viewer
from vouchsafe.ledger import custody
from vouchsafe.ledger.models import Outgoing
from vouchsafe.letters.models import Seal
house = Viewer(Role.HOUSE, purpose="test")
seals = [[s.file, s.pdf_digest, hashlib.sha256(custody.vault().open(s.file, house)).hexdigest()] for s in Seal.objects.all()]
print(json.dumps({"ask": Outgoing.objects.get(kind="ask").state, "seals": seals}))
"""


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        pytest.fail("Redis or Valkey is needed for this: install it (Debian: apt-get install redis-server).")
    port = free_port()
    words = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with leashed(words, stdout=subprocess.DEVNULL):
        until(lambda: answers(port))
        yield f"redis://127.0.0.1:{port}/0"


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(held: Callable[[], Any], seconds: float = 120) -> Any:
    end = time.monotonic() + seconds
    while not (found := held()):
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.1)
    return found


@pytest.mark.wide
def test_one_ask_becomes_a_sealed_letter_over_two_web_processes_and_two_workers(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with ExitStack() as stack:
        (tmp_path / "redis").mkdir()
        bucket = stack.enter_context(object_store(tmp_path / "store"))
        env = environment(
            DATABASE_URL=stack.enter_context(new_database()),
            VOUCHSAFE_CACHE_URL=stack.enter_context(redis(tmp_path / "redis")),
            VOUCHSAFE_VAULT=f"s3://{bucket.name}/{bucket.prefix}",
            VOUCHSAFE_S3_ENDPOINT=bucket.endpoint,
            VOUCHSAFE_S3_REGION=bucket.region,
            VOUCHSAFE_S3_KEY=bucket.key_id,
            VOUCHSAFE_S3_SECRET=bucket.secret,
            VOUCHSAFE_METRICS="yes",
            VOUCHSAFE_LOG_FORMAT="json",
        )
        ours = [sys.executable, "-m", "vouchsafe"]
        subprocess.run(
            [*ours, "prepare", "--data", str(data)], env=env, check=True, stdout=subprocess.DEVNULL
        )
        ports = [free_port(), free_port()]
        for port in ports:
            stack.enter_context(serving(data, port, "--no-worker", env=env))
        for _ in range(2):
            stack.enter_context(leashed([*ours, "worker", "--data", str(data)], env=env))
        key, token = python(ASK, data, ports[0], env=env)
        until(lambda: list((data / "mail").glob("*")))  # caught: a worker has carried the ask

        first, second = (f"http://localhost:{port}" for port in ports)
        with requests.Session() as browser:
            pressed = [
                (first, f"/r/{token}", {"act": "yes"}, 302),
                (second, f"/requests/{key}/draft", {"text": "Ada is exact.", "name": "Ben Okafor", "based_on": "0"}, 200),
                (first, f"/requests/{key}/seal", {"writer_name": "Ben Okafor", "sure": "on"}, 302),
            ]  # fmt: skip
            for base, path, said, status in pressed:
                page = browser.get(f"{base}/r/{token}", timeout=60).text
                found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
                sent = {**said, "csrfmiddlewaretoken": found[1] if found else ""}
                answer = browser.post(base + path, data=sent, timeout=120, allow_redirects=False)
                assert answer.status_code == status, answer.text[:500]
        kept = python(LOOK, data, env=env)
        ((file, promised, opened),) = kept["seals"]
        assert promised == opened
        assert kept["ask"] == "sent"
        held = {path.name for path in (tmp_path / "store").rglob("*")}
        assert file in held
        assert file not in {path.name for path in data.rglob("*")}
        for base in (first, second):
            told = requests.get(f"{base}/metrics", timeout=60).text
            assert 'vouchsafe_outbox_mails{state="sent"}' in told
            assert 'vouchsafe_request_duration_seconds_count{method="GET"' in told
            assert token not in told
