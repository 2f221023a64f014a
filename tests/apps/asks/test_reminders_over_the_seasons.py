"""Promise 26: reminders in sixty zones over the weeks in which clocks change, with a worker that sleeps, too."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from tests.cast import Cast
from tests.core.timing.test_decent_hour import ZONES, is_decent
from tests.factories import NOW, TODAY, make_contact, make_opportunity, make_purpose, proven

from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Reminder
from vouchsafe.asks.spacing import APART
from vouchsafe.doors.worker import tasks
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import Contact

SOME = ZONES[::8]  # in every run, the sleepy and the wakeful worker; all of them with the wide tests


def promised(cast: Cast, zones: list[str]) -> None:
    """One writer in each zone says yes on 5 October; the letters are due on 2 November."""
    for number, zone in enumerate(zones):
        writer = make_contact(cast.ada, f"Writer{number} Okafor", time_zone=zone)
        purpose = make_purpose(writer, make_opportunity(cast.ada, f"Place {number}"))
        send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=timedelta(0))
        record_answer(visit=proven(purpose), said="yes", today=TODAY, now=NOW)
    Outgoing.objects.update(state="sent", begun_at=NOW, ended_at=NOW)


def live_through(*, sleepy: bool) -> None:
    """A look each half-hour until after the letters are due; a sleepy worker is away for up to two days."""
    luck, now = random.Random(26), NOW
    end = NOW + timedelta(days=40)
    while now < end:
        tasks.send_reminders(now=now)
        while tasks.send_reminders(now=now):  # more than one batch
            pass
        asleep = sleepy and luck.random() < 0.02
        now += timedelta(hours=luck.uniform(1, 48)) if asleep else timedelta(minutes=30)


def judge() -> int:
    """Each reminder went once, in a decent hour over there and 48 hours from the next, or says why it did not go."""
    assert not Reminder.objects.filter(sent_at__isnull=True, dropped_at__isnull=True).exists()
    for writer in Contact.objects.filter(name__startswith="Writer"):
        rows = Reminder.objects.filter(request__contact=writer).order_by("sent_at")
        sent = [row.sent_at for row in rows if row.sent_at]
        zone = ZoneInfo(writer.time_zone)
        assert sent, writer.time_zone
        assert all(is_decent(moment, zone) for moment in sent), (writer.time_zone, sent)
        assert all(b - a >= APART for a, b in pairwise(sent)), (writer.time_zone, sent)
    queued = Outgoing.objects.filter(kind="reminder").count()
    assert queued == Reminder.objects.filter(sent_at__isnull=False).count()
    return queued


@pytest.mark.parametrize(
    "zones", [pytest.param(SOME, id="some"), pytest.param(ZONES, id="all", marks=pytest.mark.wide)]
)
def test_every_reminder_goes_once_in_a_decent_hour_over_the_change_of_clocks(
    cast: Cast, zones: list[str]
) -> None:
    promised(cast, zones)
    planned = dict(Reminder.objects.filter(dropped_at__isnull=True).values_list("pk", "due_at"))
    assert len(planned) >= 3 * len(zones)
    live_through(sleepy=False)
    assert judge() == len(planned)
    for row in Reminder.objects.filter(pk__in=planned):
        assert row.sent_at is not None
        assert timedelta(0) <= row.sent_at - planned[row.pk] < timedelta(minutes=30)


@pytest.mark.parametrize(
    "zones", [pytest.param(SOME, id="some"), pytest.param(ZONES, id="all", marks=pytest.mark.wide)]
)
def test_worker_that_slept_over_its_hour_disturbs_nobody_at_night(cast: Cast, zones: list[str]) -> None:
    promised(cast, zones)
    live_through(sleepy=True)
    assert judge() > len(zones)
