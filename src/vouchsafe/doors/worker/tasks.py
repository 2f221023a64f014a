"""What the worker does: each task finds its due rows, claims one, and calls the one action for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta

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
from vouchsafe.doors.worker.turns import in_turn
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

BATCH = 20


LATELY = timedelta(hours=3)
"""How far back a short look goes: what fell due while a worker ran is younger."""


def run_due(*, worker: str, now: datetime, thorough: bool = True) -> int:
    """One round over everything that is due at `now`; returns how many rows were handled.

    Where it is not thorough, old rows are left to a later round that is.
    """
    every: tuple[Callable[[], int], ...] = (
        lambda: recover_begun(now=now),
        lambda: release_seals(now=now, thorough=thorough),
        lambda: tell_of_successors(now=now),
        lambda: return_questions(now=now),
        lambda: seal_planned(now=now),
        lambda: send_reminders(now=now),
        lambda: send_weekly_lists(now=now),
        lambda: propose_stand_bys(now=now),
        lambda: answer_link_wishes(now=now),
        lambda: send_mail(worker=worker, now=now),
        lambda: call_hooks(worker=worker, now=now),
        lambda: anchor_journal(now=now),
        lambda: sweep_if_due(worker, now),
    )
    return in_turn(every, lambda task: task())


def recover_begun(*, now: datetime) -> int:
    return outbox.recover(now=now)


def release_seals(*, now: datetime, thorough: bool = True) -> int:
    """Seals whose hour is over."""
    due = letters_access.due_releases(now - HOUR, BATCH, since=None if thorough else now - LATELY)
    return in_turn(due, lambda seal: release_seal(seal=seal, by="worker", now=now) is not None)


def tell_of_successors(*, now: datetime) -> int:
    """Newer letters whose readers of the older one do not know yet."""
    due = packets_access.due_notices(now, BATCH)
    return in_turn(due, lambda seal: tell_of_successor(seal=seal, now=now))


def return_questions(*, now: datetime) -> int:
    """Readers' questions whose mail to the writer came back."""
    return in_turn(due_returns(BATCH), lambda row: return_question(call_back=row, now=now))


def send_reminders(*, now: datetime) -> int:
    due = asks_access.due_reminders(now, BATCH)
    return in_turn(due, lambda row: send_reminder(reminder=row, by="worker", now=now))


def send_weekly_lists(*, now: datetime) -> int:
    """Writers with several open letters; each row looked at moves on, so that this ends."""
    due = people_access.due_weekly_lists(now, BATCH)
    in_turn(due, lambda row: send_weekly_list(row=row, by="worker", now=now))
    return len(due)


def propose_stand_bys(*, now: datetime) -> int:
    """Asks that have been silent for long enough."""
    due = asks_access.due_silences(now, BATCH)
    in_turn(due, lambda silence: propose_stand_by(silence=silence, by="worker", now=now))
    return len(due)


def answer_link_wishes(*, now: datetime) -> int:
    """Addresses that somebody typed to be mailed a fresh link."""
    due = people_access.due_link_wishes(BATCH)
    in_turn(due, lambda wish: answer_link_wish(wish=wish, by="worker", now=now))
    return len(due)


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
