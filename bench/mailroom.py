"""Mails through the outbox and the worker against Django's own `send_messages` of the same mails, and what is due.

Both send to a server in a process of its own that answers each command after 20 ms. The outbox claims its rows,
makes and renders each mail, and records how each ended, in a database that is synced at every step; Django sends
mails that were built before.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vouchsafe.ledger.models import Outgoing

MAILS = 100
LATENCY = 0.02
PLANNED = 1_000_000
NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
SERVER = f"""
import sys, threading
from vouchsafe.adapters.post.sink import Sink
with Sink(latency={LATENCY}) as sink:
    print(sink.port, flush=True)
    sys.stdin.read()
"""


def rows() -> list[tuple[str, float, str]]:
    with tempfile.TemporaryDirectory(prefix="vouchsafe-bench-") as folder, _server() as port:
        os.environ |= {
            "VOUCHSAFE_DATA": folder, "VOUCHSAFE_SMTP_HOST": "127.0.0.1", "VOUCHSAFE_SMTP_PORT": str(port),
            "VOUCHSAFE_SMTP_TLS": "none", "DJANGO_SETTINGS_MODULE": "vouchsafe.config.settings",
        }  # fmt: skip
        from vouchsafe.doors.cli.serving import prepare

        prepare()
        return [*_sending(port), *_reminders()]


@contextmanager
def _server() -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield int(process.stdout.readline())
        process.stdin.close()


def _sending(port: int) -> list[tuple[str, float, str]]:
    from django.core.mail import get_connection

    from vouchsafe.adapters.post.provider import _as_django
    from vouchsafe.adapters.post.render import render
    from vouchsafe.adapters.post.transport import Parcel
    from vouchsafe.doors.worker import tasks
    from vouchsafe.doors.worker.carrying import build, sending_house, translate
    from vouchsafe.ledger.models import Outgoing

    ours, theirs = [], []
    for turn in range(3):
        queued = [_queue(turn, number) for number in range(MAILS)]
        house = sending_house()
        built = [_as_django(Parcel.of(render(build(row, house), translate("en-gb")))) for row in queued]
        backend = get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=port)
        theirs.append(_timed(lambda backend=backend, built=built: backend.send_messages(built)))  # type: ignore[misc]  # bound now
        ours.append(_timed(lambda: _drain(tasks.send_mail)))
    assert Outgoing.objects.filter(state="sent").count() == 3 * MAILS
    fast, plain = MAILS / median(ours), MAILS / median(theirs)
    return [
        ("mails a second through outbox and worker, 20 ms away", fast, "a second"),
        ("the same mails by Django's send_messages", plain, "a second"),
        ("share of it that the outbox reaches", fast / plain, "at least 0.7"),
    ]


def _queue(turn: int, number: int) -> Outgoing:
    from vouchsafe.ledger import outbox

    return outbox.queue(
        outbox.Parcel(
            kind="thanks",
            to_address=f"writer{number}@example.org",
            to_name=f"Writer {number}",
            facts={"applicant": "Maya Okafor", "words": "Dear writer,\n\nThank you for the letter.\n\nMaya"},
        ),
        delivery=outbox.Delivery.AT_MOST_ONCE,
        chain="bench",
        about=f"bench{number}",
        once=f"bench|{turn}|{number}",
        now=NOW,
    )


def _drain(send: Callable[..., int]) -> None:
    while send(worker="bench", now=datetime.now(UTC)):
        pass


def _reminders() -> list[tuple[str, float, str]]:
    from django.db import connection

    from vouchsafe.asks.access import due_reminders

    found = []
    for count in (1_000, PLANNED):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("DELETE FROM asks_reminder")
            cursor.execute(
                "INSERT INTO asks_reminder (key, request_id, kind, due_at, dropped_why) WITH RECURSIVE n(i) AS "
                "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) "
                "SELECT 'k' || i, 1, 'before', datetime(%s, '+' || i || ' minutes'), '' FROM n",
                [count, NOW.strftime("%Y-%m-%d %H:%M:%S")],
            )
        times = [_timed(lambda: _twenty(due_reminders)) for _ in range(30)]
        found.append((f"20 reminders due among {count:,} planned", 1000 * median(times), "ms"))
    share = found[1][1] / found[0][1]
    return [*found, ("how much longer among a million than among a thousand", share, "near 1")]


def _twenty(due: Callable[[datetime, int], list[Any]]) -> None:
    assert len(due(NOW + timedelta(minutes=20, seconds=30), 20)) == 20


def _timed(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
