"""What is over goes after the time that the office set: whoever it belongs to is told twice, then it is erased in small batches."""

from __future__ import annotations

from datetime import datetime

from vouchsafe.core.retention import ANNOUNCED
from vouchsafe.packets.actions.aged import current_rule, due_farewells, to_be_told
from vouchsafe.packets.actions.erase_aged import erase_aged
from vouchsafe.packets.actions.forget_aged import forget_aged_mails, forget_aged_readers
from vouchsafe.packets.actions.say_farewell import say_farewell, say_farewell_again

BATCH = 20


def retain(*, now: datetime) -> int:
    """One small round; returns how much was done, nothing where everything is kept. Safe to end anywhere."""
    if current_rule().is_off:
        return 0
    return erase(now=now) + tell(now=now) + forget_aged_mails(now=now) + forget_aged_readers(now=now)


def tell(*, now: datetime) -> int:
    """Those whose things are old enough in thirty days; an account goes before its requests, and takes them along."""
    done = 0
    for kind in ANNOUNCED:
        for account in to_be_told(kind, now, BATCH):
            done += say_farewell(account=account, kind=kind, now=now) is not None
    return done


def erase(*, now: datetime) -> int:
    """Those who were told: once more a week before, then what they did not keep, batch after batch."""
    done = 0
    for row in list(due_farewells(now)):
        done += say_farewell_again(farewell=row, now=now) or erase_aged(farewell=row, now=now)
        if done == BATCH:
            break
    return done
