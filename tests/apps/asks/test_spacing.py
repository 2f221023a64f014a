"""Never two within 48 hours, whatever is pressed or planned, over every channel that reaches one writer about a letter."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_contact, make_opportunity, make_purpose, proven

from vouchsafe.asks.actions.change_reminder import RemindersTooClose, change_reminder
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.asks.actions.remind_by_hand import RemindedJustNow, remind_by_hand
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.models import Purpose, Reminder, Request
from vouchsafe.asks.spacing import APART, KINDS
from vouchsafe.core.words import Refusal
from vouchsafe.doors.worker import tasks
from vouchsafe.ledger.models import Outgoing
from vouchsafe.people.models import WeeklyList
from vouchsafe.plans.models import Opportunity

ACTS = ("wait", "hand", "promise", "other promises", "move")
HOUR = timedelta(hours=1)


def agreed(cast: Cast) -> tuple[Purpose, Purpose]:
    first = make_purpose(cast.ben, make_opportunity(cast.ada))
    second = make_purpose(cast.ben_to_eve, make_opportunity(cast.eve, "MSc Statistics"))
    for each in (first, second):
        send_ask(by=each.request.contact.owner, purpose=each, now=NOW, undo=timedelta(0))
        record_answer(visit=proven(each), said="yes", today=TODAY, now=NOW)
    return first, second


def test_one_busy_fortnight_keeps_the_rule(cast: Cast) -> None:
    busy = [("hand", 50), ("promise", 30), ("move", 20), ("hand", 49), ("other promises", 40), ("wait", 60)]
    _live(cast, busy)


@pytest.mark.wide
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(3, 60)), min_size=4, max_size=9))
def test_nothing_reminds_within_48_hours_of_any_mail_about_the_letter(
    cast: Cast, steps: list[tuple[str, int]]
) -> None:
    """Only what a writer's own act is answered with may come sooner; what reminds never does."""
    _live(cast, steps)


def _live(cast: Cast, steps: list[tuple[str, int]]) -> None:
    for table in (Request, Outgoing, Opportunity, WeeklyList):
        table._default_manager.all().delete()
    first, second = agreed(cast)
    now = NOW
    for act, hours in steps:
        now += hours * HOUR
        with suppress(Refusal):  # to refuse is one way to keep the rule
            _do(act, first, second, now)
        tasks.send_reminders(now=now)
        tasks.send_weekly_lists(now=now)
    for each in (first, second):
        each.request.refresh_from_db()
        about = [each.request.key, each.request.correspondent.key if each.request.correspondent else ""]
        mails = Outgoing.objects.filter(about__in=about, kind__in=KINDS).exclude(state="withdrawn")
        rows = list(mails.order_by("due_at").values_list("kind", "due_at"))
        for (_, before), (kind, after) in pairwise(rows):
            assert kind in ("promise", "ask") or after - before >= APART, rows


def _do(act: str, first: Purpose, second: Purpose, now: datetime) -> None:
    match act:
        case "hand":
            remind_by_hand(by=first.request.contact.owner, request=first.request, undo=timedelta(0), now=now)
        case "promise" | "other promises":
            which = first if act == "promise" else second
            day = now.date() + timedelta(days=9)
            record_answer(visit=proven(which), said="yes", promised_on=day, today=now.date(), now=now)
        case "move":
            row = Reminder.objects.filter(request=first.request, sent_at=None, dropped_at=None).first()
            if row is not None:
                change_reminder(
                    by=first.request.contact.owner,
                    reminder=row,
                    day=now.date() + timedelta(days=2),
                    today=now.date(),
                    now=now,
                )


def test_reminder_by_hand_waits_after_a_promise_that_was_just_confirmed(cast: Cast) -> None:
    first, _ = agreed(cast)
    later = NOW + timedelta(days=4)
    day = TODAY + timedelta(days=20)
    record_answer(visit=proven(first), said="yes", promised_on=day, today=later.date(), now=later)
    with pytest.raises(RemindedJustNow):
        remind_by_hand(by=cast.ada, request=first.request, undo=timedelta(0), now=later + 47 * HOUR)
    remind_by_hand(by=cast.ada, request=first.request, undo=timedelta(0), now=later + 49 * HOUR)


def test_reminder_is_not_moved_next_to_a_mail_that_left(cast: Cast) -> None:
    first, _ = agreed(cast)
    row = Reminder.objects.filter(request=first.request, sent_at=None, dropped_at=None).first()
    assert row is not None
    with pytest.raises(RemindersTooClose):
        change_reminder(by=cast.ada, reminder=row, day=TODAY + timedelta(days=1), today=TODAY, now=NOW)


def test_chase_of_an_ask_mailed_late_in_the_day_is_planned_and_not_lost(cast: Cast) -> None:
    purpose = make_purpose(
        make_contact(cast.ada, "Zed Ash"), make_opportunity(cast.ada), shown_on=TODAY + timedelta(days=6)
    )
    send_ask(by=cast.ada, purpose=purpose, now=NOW + 5 * HOUR, undo=timedelta(0), ask_anyway=True)
    tasks.send_mail(worker="w", now=NOW + 5 * HOUR)
    (row,) = Reminder.objects.filter(request=purpose.request, dropped_at=None)
    assert row.due_at - (NOW + 5 * HOUR) >= APART
    assert tasks.send_reminders(now=row.due_at) == 1


def test_chase_waits_for_an_ask_that_the_worker_slept_over(cast: Cast) -> None:
    """A laptop was closed for nine days: what asks and what chases do not leave together."""
    purpose = make_purpose(make_contact(cast.ada, "Zed Ash"), make_opportunity(cast.ada))
    send_ask(by=cast.ada, purpose=purpose, now=NOW, undo=timedelta(0))
    awake = NOW + timedelta(days=9)
    assert tasks.send_reminders(now=awake) == 0
    tasks.send_mail(worker="w", now=awake)
    (row,) = Reminder.objects.filter(request=purpose.request, dropped_at=None)
    assert row.due_at >= awake + APART
    assert tasks.send_reminders(now=row.due_at) == 1
