"""Both engines do the same: mail that is due leaves once, mail that came is handled, and the dead leave nothing behind.

On SQLite there is only the embedded engine; `make test-wide` runs these tests on PostgreSQL with both.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as chosen
from django.db import connection, connections, transaction

from vouchsafe.adapters.post.sink import Sink
from vouchsafe.doors.mail_in.handling import handle_due
from vouchsafe.doors.worker.engine import run_until
from vouchsafe.ledger import inbox, outbox
from vouchsafe.ledger.models import Outgoing, Received

ENGINES = (
    ["embedded", "procrastinate"] if "postgresql" in chosen.DATABASES["default"]["ENGINE"] else ["embedded"]
)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=ENGINES, autouse=True)
def engine(request: pytest.FixtureRequest, settings: Any) -> str:
    settings.ENGINE = request.param
    return str(request.param)


@pytest.fixture(autouse=True)
def no_jobs(transactional_db: None) -> None:
    """Workers stopped at the end of a test may leave jobs, and the engine's tables are not emptied between tests."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with Sink() as sink:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_TLS = sink.host, sink.port, "none"
        yield sink


def queue(number: int, *, wait: timedelta = timedelta(0)) -> Outgoing:
    return outbox.queue(
        outbox.Parcel(
            kind="thanks",
            to_address=f"writer{number}@example.org",
            to_name=f"Writer {number}",
            facts={"applicant": "Ada Marsh", "words": "Thank you."},
        ),
        delivery=outbox.Delivery.AT_MOST_ONCE,
        chain="test",
        about=f"about{number}",
        once=f"engines|{number}",
        now=datetime.now(UTC),
        wait=wait,
    )


@contextmanager
def workers(count: int) -> Iterator[None]:
    over = threading.Event()
    faults: list[BaseException] = []

    def live() -> None:
        try:
            run_until(over, lambda name, now: handle_due(worker=name, now=now))
        except BaseException as fault:  # told in the test's own thread
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=live) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(30)
    assert not faults, faults[0]
    assert not any(thread.is_alive() for thread in threads)


def until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not done() and time.monotonic() < end:
        time.sleep(0.02)
    assert done()


def test_each_mail_leaves_once_with_three_workers(sink: Sink) -> None:
    for number in range(30):
        queue(number)
    with workers(3):
        for number in range(30, 60):
            queue(number)
        later = queue(60, wait=timedelta(seconds=1))
        until(lambda: Outgoing.objects.filter(state="sent").count() == 61)
    arrived = Counter(kept.rcpt_to[0] for kept in sink.kept)
    assert (len(arrived), max(arrived.values())) == (61, 1)
    later.refresh_from_db()
    assert later.ended_at is not None
    assert later.ended_at >= later.due_at
    assert set(Outgoing.objects.values_list("attempts", flat=True)) == {1}


def test_rolled_back_mail_wakes_nobody(sink: Sink) -> None:
    with transaction.atomic():
        queue(1)
        transaction.set_rollback(True)
    assert jobs() == 0
    queue(2)
    assert jobs() == (1 if chosen.ENGINE == "procrastinate" else 0)
    with workers(1):
        until(lambda: Outgoing.objects.get().state == "sent")
        until(lambda: jobs() == 0)
    assert [kept.rcpt_to for kept in sink.kept] == [("writer2@example.org",)]


def test_claims_of_a_killed_worker_are_taken_up_again_and_mail_that_came_is_handled(sink: Sink) -> None:
    long_ago = datetime.now(UTC) - outbox.LEASE - timedelta(seconds=1)
    for number in range(3):
        queue(number)
    Outgoing.objects.update(due_at=long_ago)
    claimed = outbox.claim("dead", now=long_ago)
    assert len(claimed) == 3
    assert outbox.hand_over(claimed[0], now=long_ago)
    inbox.keep(b"From: x@y.example\r\nSubject: x\r\n\r\nWhose is this?\r\n", source="lmtp", now=long_ago)
    assert inbox.claim("dead", now=long_ago)
    with workers(2):
        until(lambda: not Outgoing.objects.filter(state__in=("waiting", "begun")).exists())
        until(lambda: Received.objects.get().state == "aside")
    states = list(Outgoing.objects.order_by("id").values_list("state", flat=True))
    assert states == ["unknown", "sent", "sent"]
    assert len(sink.kept) == 2


def jobs() -> int:
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])
