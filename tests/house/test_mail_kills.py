"""Promises 22 and 23: workers are killed while a mail server fails, and of known outcome no mail comes twice or never.

Real `vouchsafe worker` processes send to a server that drops before the data, after the dot or after its answer, and
that falls silent; the workers get SIGKILL at random moments. What arrived is what the server wrote down, held at the
end against what the outbox says became of each mail.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from tests.leash import Leashed
from tests.serving import environment, python
from tests.soak import turns

from vouchsafe.adapters.post.sink import Behaviour, Sink

BEGIN = """
import sys
from datetime import UTC, datetime
from vouchsafe.doors.cli.serving import prepare, settle
settle(sys.argv[1])
prepare()
from django.db import transaction
from vouchsafe.ledger import outbox
now = datetime.now(UTC)
for start in range(0, int(sys.argv[2]), 200):
    with transaction.atomic():
        for number in range(start, min(start + 200, int(sys.argv[2]))):
            outbox.queue(
                outbox.Parcel(kind="thanks", to_address=f"{number}@writers.example", to_name="Writer",
                              facts={"applicant": "Ada Marsh", "words": "Thank you."}),
                delivery=outbox.Delivery.AT_LEAST_ONCE if number % 5 == 0 else outbox.Delivery.AT_MOST_ONCE,
                chain="test", about=f"about{number}", once=f"kills|{number}", now=now)
"""
RECOVER = """
import sys
from datetime import UTC, datetime, timedelta
from vouchsafe.doors.cli.serving import settle
settle(sys.argv[1])
import django
django.setup()
from vouchsafe.ledger import outbox
outbox.recover(now=datetime.now(UTC) + outbox.LEASE + timedelta(seconds=1))
"""
HOUSE = 2_000
COLUMNS = ("message_id", "delivery", "state", "outcome")


@dataclass(frozen=True)
class Rows:
    """The outbox as its table stands, seen without the product."""

    folder: Path
    database: str

    def ask(self, query: str) -> list[Any]:
        if self.database:
            with psycopg.connect(self.database, autocommit=True) as postgres:
                found = postgres.execute(query)
                return found.fetchall() if found.description else []
        with closing(sqlite3.connect(self.folder / "vouchsafe.sqlite3", timeout=30)) as sqlite, sqlite:
            return sqlite.execute(query).fetchall()

    def all(self) -> list[dict[str, Any]]:
        found = self.ask(f"SELECT {', '.join(COLUMNS)} FROM ledger_outgoing")
        return [dict(zip(COLUMNS, row, strict=True)) for row in found]

    def make_due(self) -> None:
        """Nobody waits here for the minutes after which a mail is tried again."""
        self.ask("UPDATE ledger_outgoing SET due_at = '2026-01-01 00:00:00+00:00' WHERE state = 'waiting'")

    def open(self) -> int:
        (found,) = self.ask("SELECT count(*) FROM ledger_outgoing WHERE state IN ('waiting', 'begun')")
        return int(found[0])


def environment_for(sink: Sink, engine: str, database: str) -> dict[str, str]:
    return environment(
        VOUCHSAFE_SMTP_HOST=sink.host,
        VOUCHSAFE_SMTP_PORT=str(sink.port),
        VOUCHSAFE_SMTP_TLS="none",
        VOUCHSAFE_ENGINE=engine,
        VOUCHSAFE_LOG_LEVEL="ERROR",
        **({"DATABASE_URL": database} if database else {}),
    )


@contextmanager
def database_of_its_own(wanted: bool) -> Iterator[str]:
    """The address of an empty database beside the one that `tests/with_postgres.sh` started; none for SQLite."""
    if not wanted:
        yield ""
        return
    server = os.environ["DATABASE_URL"]
    name = f"kills_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Weather:
    """How the server treats each mail: one of its faults the first time, and mostly well when it is tried again."""

    def __init__(self, seed: int) -> None:
        self.luck, self.seen = random.Random(seed), Counter[str]()
        self.faults = [each for each in Behaviour if each is not Behaviour.ACCEPT]
        self.plan: dict[str, Behaviour] = {}

    def begin(self, recipient: str) -> None:
        """A delivery begins. Once decided, it does not change before the next."""
        self.seen[recipient] += 1
        well = self.luck.random() < (0.5 if self.seen[recipient] == 1 else 0.9)
        self.plan[recipient] = Behaviour.ACCEPT if well else self.luck.choice(self.faults)

    def has_seen(self, deliveries: int) -> bool:
        return self.seen.total() >= deliveries

    def __call__(self, recipient: str) -> Behaviour:
        return self.plan[recipient]


class Stormy(Sink):
    """A sink that decides when it is given a recipient, and asks the plan from then on."""

    def __init__(self, weather: Weather, silence: float) -> None:
        super().__init__(behaviour=weather, silence=silence)
        self.weather = weather

    def begin(self, recipient: str) -> None:
        self.weather.begin(recipient)


def start(folder: Path, env: dict[str, str]) -> Leashed:
    words = [sys.executable, "-m", "vouchsafe", "worker", "--data", str(folder)]
    return Leashed(words, env=env, cwd=folder, stderr=subprocess.DEVNULL)


def send_through_kills(
    folder: Path, *, engine: str, database: str, count: int, kills: int, seed: int = 0, silence: float = 1.0
) -> dict[str, int]:
    """Queue `count` mails, kill workers `kills` times; how many ended sent, failed and unknown.

    `silence` is for how many seconds the silent server is silent.
    """
    luck, rows = random.Random(seed + count + kills), Rows(folder, database)
    with Stormy(Weather(seed=seed + count), silence) as sink:
        env = environment_for(sink, engine, database)
        python(BEGIN, folder, count, env=env)
        workers = [start(folder, env) for _ in range(3)]
        try:
            for _ in range(kills):
                # In the midst of work, whatever the machine's speed: after some more deliveries were begun.
                enough = sink.weather.seen.total() + luck.randrange(1, max(2, count // kills))
                wait_for(partial(sink.weather.has_seen, enough), rows, seconds=30)
                time.sleep(luck.uniform(0, 0.1))
                unlucky = luck.randrange(3)
                workers[unlucky].kill()
                workers[unlucky] = start(folder, env)
        finally:
            for worker in workers:
                worker.kill()
        python(RECOVER, folder, env=env)
        last = start(folder, env)
        try:
            wait_for(lambda: rows.open() == 0, rows, seconds=120 + count)
        finally:
            last.kill()
        arrived = Counter(
            str(message_from_bytes(kept.raw)["Message-ID"]).strip("<>") for kept in list(sink.kept)
        )
    return judge(rows.all(), arrived, count)


def wait_for(done: Callable[[], bool], rows: Rows, *, seconds: float) -> None:
    """Until it is so, or long enough; what waits is due again meanwhile."""
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        rows.make_due()
        time.sleep(0.1)


def judge(rows: list[dict[str, Any]], arrived: Counter[str], count: int) -> dict[str, int]:
    """Hold what the outbox says against what the server has."""
    assert len(rows) == count
    assert set(arrived) <= {row["message_id"] for row in rows}
    for row in rows:
        there, state = arrived[row["message_id"]], row["state"]
        assert state in ("sent", "failed", "unknown"), row
        if row["delivery"] == "at_most_once":
            assert there <= 1, row
            assert state != "sent" or there == 1, row
            assert state != "failed" or there == 0, row
        else:  # harmless twice, and never left unknown
            assert state != "unknown", row
            assert state != "sent" or there >= 1, row
    return dict(Counter(row["state"] for row in rows))


ENGINES = [("embedded", False), ("embedded", True), ("procrastinate", True)]


@pytest.mark.wide
@pytest.mark.parametrize(("engine", "postgres"), ENGINES)
def test_no_mail_of_known_outcome_comes_twice_or_never(tmp_path: Path, engine: str, postgres: bool) -> None:
    with database_of_its_own(postgres) as database:
        ends = send_through_kills(tmp_path, engine=engine, database=database, count=200, kills=4)
    assert ends["sent"] > 100
    assert 0 < ends["unknown"] < 80


@pytest.mark.soak
def test_no_mail_of_known_outcome_comes_twice_or_never_long(tmp_path: Path) -> None:
    """In houses of 2,000 mails and 20 kills, so that a run that is given less time has a whole part to judge."""
    for number in turns(30_000, each=HOUSE):
        folder = tmp_path / str(number)
        folder.mkdir()
        ends = send_through_kills(
            folder, engine="embedded", database="", count=HOUSE, kills=HOUSE // 100, seed=number, silence=0.2
        )
        assert ends["sent"] > HOUSE / 2
        assert ends["unknown"]
        shutil.rmtree(folder)


def test_judge_sees_a_mail_that_came_twice_or_never() -> None:
    def row(state: str) -> dict[str, Any]:
        return {"message_id": "a", "delivery": "at_most_once", "state": state, "outcome": "", "attempts": 1}

    assert judge([row("sent")], Counter(a=1), 1) == {"sent": 1}
    for state, there in (
        ("sent", 2),
        ("sent", 0),
        ("failed", 1),
        ("unknown", 2),
        ("begun", 0),
        ("waiting", 0),
    ):
        with pytest.raises(AssertionError):
            judge([row(state)], Counter(a=there), 1)
