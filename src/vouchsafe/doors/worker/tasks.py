"""What the worker does: each task finds its due rows, claims one, and calls the one action for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from vouchsafe.asks import access as asks_access
from vouchsafe.asks.actions.expire_held import expire_held
from vouchsafe.asks.actions.propose_stand_by import propose_stand_by
from vouchsafe.asks.actions.send_reminder import send_reminder
from vouchsafe.asks.actions.send_weekly_list import send_weekly_list
from vouchsafe.doors.worker.carrying import carry
from vouchsafe.doors.worker.hooking import call_hooks
from vouchsafe.doors.worker.sealing import seal_planned
from vouchsafe.doors.worker.sweeping import sweep_if_due
from vouchsafe.doors.worker.turns import Aside, in_turn
from vouchsafe.ledger import hooks, journal, outbox
from vouchsafe.letters import access as letters_access
from vouchsafe.letters.actions.release_seal import release_seal
from vouchsafe.letters.actions.reopen_seal import HOUR
from vouchsafe.packets import access as packets_access
from vouchsafe.packets.access_call_backs import due_returns
from vouchsafe.packets.actions.alert_office import alert_office
from vouchsafe.packets.actions.answer_link_wish import answer_link_wish
from vouchsafe.packets.actions.return_question import return_question
from vouchsafe.packets.actions.tell_of_successor import tell_of_successor
from vouchsafe.people import access as people_access

if TYPE_CHECKING:
    from vouchsafe.asks.models import Reminder, Silence
    from vouchsafe.letters.models import Seal
    from vouchsafe.people.models import LinkWish, WeeklyList

LATELY = timedelta(hours=3)
"""How far back a short look goes: what fell due while a worker ran is younger."""


def run_due(*, worker: str, now: datetime, thorough: bool = True, aside: Aside | None = None) -> int:
    """One round over everything that is due at `now`; returns how many rows were handled.

    Where it is not thorough, old rows are left to a later round that is. Rows that could not be handled are
    remembered in `aside`.
    """
    resting = aside or Aside()
    every: tuple[Callable[[], int], ...] = (
        lambda: recover_begun(now=now),
        lambda: release_seals(now=now, thorough=thorough, aside=resting),
        lambda: tell_of_successors(now=now, aside=resting),
        lambda: return_questions(now=now, aside=resting),
        lambda: seal_planned(now=now),
        lambda: send_reminders(now=now, aside=resting),
        lambda: send_weekly_lists(now=now, aside=resting),
        lambda: propose_stand_bys(now=now, aside=resting),
        lambda: answer_link_wishes(now=now, aside=resting),
        lambda: send_mail(worker=worker, now=now),
        lambda: call_hooks(worker=worker, now=now),
        lambda: anchor_journal(now=now),
        lambda: sweep_if_due(worker, now),
    )
    return in_turn(every, lambda task: task())


def recover_begun(*, now: datetime) -> int:
    return outbox.recover(now=now)


def release_seals(*, now: datetime, thorough: bool = True, aside: Aside | None = None) -> int:
    """Seals whose hour is over."""
    since = None if thorough else now - LATELY

    def due(limit: int) -> list[Seal]:
        return letters_access.due_releases(now - HOUR, limit, since=since)

    def release(seal: Seal) -> int:
        return release_seal(seal=seal, by="worker", now=now) is not None

    return (aside or Aside()).in_turn("release", due, release, now=now)


def tell_of_successors(*, now: datetime, aside: Aside | None = None) -> int:
    """Newer letters whose readers of the older one do not know yet."""

    def due(limit: int) -> list[Seal]:
        return packets_access.due_notices(now, limit)

    return (aside or Aside()).in_turn(
        "successor", due, lambda seal: tell_of_successor(seal=seal, now=now), now=now
    )


def return_questions(*, now: datetime, aside: Aside | None = None) -> int:
    """Readers' questions whose mail to the writer came back."""
    return (aside or Aside()).in_turn(
        "question", due_returns, lambda row: return_question(call_back=row, now=now), now=now
    )


def send_reminders(*, now: datetime, aside: Aside | None = None) -> int:
    def due(limit: int) -> list[Reminder]:
        return asks_access.due_reminders(now, limit)

    return (aside or Aside()).in_turn(
        "reminder", due, lambda row: send_reminder(reminder=row, by="worker", now=now), now=now
    )


def send_weekly_lists(*, now: datetime, aside: Aside | None = None) -> int:
    """Writers with several open letters; each row looked at moves on, so that this ends."""

    def due(limit: int) -> list[WeeklyList]:
        return people_access.due_weekly_lists(now, limit)

    def look(row: WeeklyList) -> int:
        send_weekly_list(row=row, by="worker", now=now)
        return 1

    return (aside or Aside()).in_turn("weekly list", due, look, now=now)


def propose_stand_bys(*, now: datetime, aside: Aside | None = None) -> int:
    """Asks that have been silent for long enough."""

    def due(limit: int) -> list[Silence]:
        return asks_access.due_silences(now, limit)

    def look(silence: Silence) -> int:
        propose_stand_by(silence=silence, by="worker", now=now)
        return 1

    return (aside or Aside()).in_turn("silence", due, look, now=now)


def answer_link_wishes(*, now: datetime, aside: Aside | None = None) -> int:
    """Addresses that somebody typed to be mailed a fresh link."""

    def look(wish: LinkWish) -> int:
        answer_link_wish(wish=wish, by="worker", now=now)
        return 1

    return (aside or Aside()).in_turn("link wish", people_access.due_link_wishes, look, now=now)


def send_mail(*, worker: str, now: datetime) -> int:
    rows = outbox.claim(worker, now=now)
    carry(rows)
    return len(rows)


def anchor_journal(*, now: datetime) -> int:
    """The hourly root, and with it a look at what needs a person; not counted as work, so that an idle worker rests."""
    if journal.anchor_if_due(now) is not None:
        free = shutil.disk_usage(settings.DATA_FOLDER).free
        every: tuple[Callable[[], int], ...] = (
            lambda: expire_held(by="worker", now=now),
            lambda: hooks.sweep(now=now),
            lambda: len(alert_office(free_bytes=free, by="worker", now=now)),
        )
        in_turn(every, lambda task: task())
    return 0
