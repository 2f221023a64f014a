"""What is over goes after the time that the office set: whoever it belongs to is told twice, then it is erased in small batches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from vouchsafe.core.retention import ANNOUNCED
from vouchsafe.doors.worker.turns import in_turn
from vouchsafe.packets.access_aged import current_rule, due_farewells, to_be_told
from vouchsafe.packets.actions.erase_aged import erase_aged
from vouchsafe.packets.actions.forget_aged import forget_aged_mails, forget_aged_readers
from vouchsafe.packets.actions.say_farewell import say_farewell, say_farewell_again

if TYPE_CHECKING:
    from vouchsafe.people.models import Account, Farewell

BATCH = 20
REST = timedelta(hours=12)


@dataclass(slots=True)
class Walk:
    """How far a worker has looked through everything for what grew old; it rests half a day after each time."""

    after: dict[str, int] = field(default_factory=dict)
    ended_at: dict[str, datetime] = field(default_factory=dict)

    def rests(self, kind: str, now: datetime) -> bool:
        ended = self.ended_at.get(kind)
        return ended is not None and ended <= now < ended + REST


def retain(*, now: datetime, walk: Walk | None = None) -> int:
    """One small round; returns how much was done, nothing where everything is kept. Safe to end anywhere."""
    if current_rule().is_off:
        return 0
    tasks: tuple[Callable[[], int], ...] = (
        lambda: tell(now=now, walk=walk if walk is not None else Walk()),
        lambda: erase(now=now),
        lambda: forget_aged_mails(now=now),
        lambda: forget_aged_readers(now=now),
    )
    return in_turn(tasks, lambda task: task())


def tell(*, now: datetime, walk: Walk) -> int:
    """Those whose things are old enough in thirty days; an account goes before its requests, and takes them along.

    One look at a part of the rows; a part that has more to follow counts as done.
    """
    done = 0
    for kind in ANNOUNCED:
        if walk.rests(kind, now):
            continue
        accounts, after = to_be_told(kind, now, walk.after.get(kind, 0))
        told = 0
        try:
            told = in_turn(accounts[:BATCH], partial(_tell, kind, now))
            done += told
        finally:
            if not (told and len(accounts) > BATCH):  # else the rest of this part comes first
                walk.after[kind] = after
                if after:
                    done += 1
                else:
                    walk.ended_at[kind] = now
    return done


def _tell(kind: str, now: datetime, account: Account) -> int:
    return say_farewell(account=account, kind=kind, now=now) is not None


def erase(*, now: datetime) -> int:
    """Those who were told: once more a week before, then what they did not keep, batch after batch."""
    left = BATCH

    def one(row: Farewell) -> int:
        nonlocal left
        did = left > 0 and (say_farewell_again(farewell=row, now=now) or erase_aged(farewell=row, now=now))
        left -= did
        return did

    return in_turn(list(due_farewells(now)), one)
