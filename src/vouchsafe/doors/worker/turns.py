"""Whatever becomes of one row, the others have their turn, and the worker lives on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import OperationalError, close_old_connections
from django.db.models import Model

log = logging.getLogger("vouchsafe.worker")
TROUBLE_SECONDS = 5.0
BATCH = 20
FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(hours=1)
Row = TypeVar("Row")
Kept = TypeVar("Kept", bound=Model)


@dataclass(slots=True)
class Aside:
    """Rows that can't be handled let the others pass, each time twice as long, up to an hour.

    A worker remembers them for itself: the version that mends a fault begins anew, and tries them all at once.
    """

    rests: dict[tuple[str, int], tuple[int, datetime]] = field(default_factory=dict)

    def in_turn(
        self,
        what: str,
        due: Callable[[int], Sequence[Kept]],
        act: Callable[[Kept], int | None],
        *,
        now: datetime,
    ) -> int:
        """As below, for the first rows that are due and do not rest. `due` is told how many to look for."""
        resting = {pk for (kind, pk) in self.rests if kind == what and self._rests(kind, pk, now)}
        rows = [row for row in due(BATCH + len(resting)) if row.pk not in resting][:BATCH]

        def one(row: Kept) -> int | None:
            try:
                done = act(row)
            except OperationalError:
                raise  # nothing is wrong with the row
            except Exception:
                times = self.rests.get((what, row.pk), (0, now))[0]
                self.rests[what, row.pk] = times + 1, now
                raise
            self.rests.pop((what, row.pk), None)
            return done

        return in_turn(rows, one)

    def _rests(self, what: str, pk: int, now: datetime) -> bool:
        times, since = self.rests[what, pk]
        rest: timedelta = min(FIRST_REST * 2 ** min(times - 1, 10), LONGEST_REST)
        return since <= now < since + rest


def in_turn(rows: Iterable[Row], act: Callable[[Row], int | None]) -> int:
    """Act on every row, then raise the first fault there was; further ones are logged. Gives how much was done.

    When the database does not answer, the rest would not fare better: that is raised at once.
    """
    done = 0
    faults: list[Exception] = []
    for row in rows:
        try:
            done += act(row) or 0
        except OperationalError:
            raise
        except Exception as fault:  # one row that can't be handled must not keep the others waiting
            faults.append(fault)
    for further in faults[1:]:
        log.error("a further fault in this round", exc_info=further)
    if faults:
        raise faults[0]
    return done


def patient(each: Callable[[datetime], int], over: threading.Event) -> Callable[[datetime], int]:
    """A round that waits a little when the database does not answer, or after a fault, and says that it did nothing."""

    def go(now: datetime) -> int:
        try:
            return each(now)
        except OperationalError:
            log.warning("the database does not answer; trying again", exc_info=True)
        except Exception:  # a fault of ours: told here, and tried again, for tomorrow it may be mended
            log.exception("a round of the worker ended with a fault; trying again")
        close_old_connections()
        over.wait(TROUBLE_SECONDS)
        return 0

    return go
