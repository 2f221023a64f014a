"""What is over goes after the time that the office set: whoever it belongs to is told twice, then it is erased in small batches."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from vouchsafe.core.retention import ANNOUNCED
from vouchsafe.packets.actions.aged import current_rule, due_farewells, to_be_told
from vouchsafe.packets.actions.erase_aged import erase_aged
from vouchsafe.packets.actions.forget_aged import forget_aged_mails, forget_aged_readers
from vouchsafe.packets.actions.say_farewell import say_farewell, say_farewell_again

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
    told = tell(now=now, walk=walk if walk is not None else Walk())
    return erase(now=now) + told + forget_aged_mails(now=now) + forget_aged_readers(now=now)


def tell(*, now: datetime, walk: Walk) -> int:
    """Those whose things are old enough in thirty days; an account goes before its requests, and takes them along.

    One look at a part of the rows; a part that has more to follow counts as done.
    """
    done = 0
    for kind in ANNOUNCED:
        if walk.rests(kind, now):
            continue
        accounts, after = to_be_told(kind, now, walk.after.get(kind, 0))
        told = sum(say_farewell(account=one, kind=kind, now=now) is not None for one in accounts[:BATCH])
        done += told
        if told and len(accounts) > BATCH:
            continue  # the rest of this part comes first
        walk.after[kind] = after
        if after:
            done += 1
        else:
            walk.ended_at[kind] = now
    return done


def erase(*, now: datetime) -> int:
    """Those who were told: once more a week before, then what they did not keep, batch after batch."""
    done = 0
    for row in list(due_farewells(now)):
        done += say_farewell_again(farewell=row, now=now) or erase_aged(farewell=row, now=now)
        if done == BATCH:
            break
    return done
