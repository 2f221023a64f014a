"""When one slot's letter comes: a chain of asks, each next one asked when the last one fails.

A chain is cut before every link that is known to be asked. Nothing triggers such an ask any more, so
the pieces run beside each other and the slot's letter is the earliest of theirs. Within a
piece only the first link may carry known facts; the others are asked when their turn comes, and are
worked out from the last to the first, for each day on which they may be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from vouchsafe.core.odds.delays import (
    answers_after,
    arrivals,
    date_given,
    on_time_by,
    overdue_by,
    still_silent,
)
from vouchsafe.core.odds.frame import Frame
from vouchsafe.core.odds.rows import Rows
from vouchsafe.core.odds.scenario import Channel, Link, Slot

Row = Any  # a PlainRow, a numpy array or one float: whatever the Rows in use make


def slot_row(slot: Slot, frame: Frame, rows: Rows) -> Row:
    """F(t), the chance that the slot's letter is there by day t, for t = 0..last_day."""
    missing = rows.row([1.0] * (frame.last_day + 1))
    for piece in pieces(slot.chain):
        missing = missing * (1 - _Piece(piece, frame, rows).row())
    return 1 - missing


def pieces(chain: Sequence[Link]) -> Iterator[Sequence[Link]]:
    """The chain, cut before every link that is known to be asked."""
    start = 0
    for j, link in enumerate(chain):
        if j > 0 and link.known is not None:
            yield chain[start:j]
            start = j
    if chain:
        yield chain[start:]


class _Piece:
    """One ask, known or to come, and the stand-bys that follow it."""

    def __init__(self, links: Sequence[Link], frame: Frame, rows: Rows) -> None:
        self.first, self.stand_bys = links[0], links[1:]
        self.frame, self.rows = frame, rows
        self.nothing = rows.row([0.0] * (frame.last_day + 1))

    def row(self) -> Row:
        known = self.first.known
        if known is None:
            assert self.first.ask_on is not None, "checked before"
            return self._from_ask(self.frame.day(self.first.ask_on))
        if known.letter_on is not None:
            return 1 - self.nothing
        asked = self.frame.day(known.asked_on)
        if known.answer is None:
            return self._from_ask(asked)
        # A yes without a day is taken to have come at once: the more cautious end of what it can mean.
        answered = asked if known.answered_on is None else self.frame.day(known.answered_on)
        if known.answer == "no":
            return self._stand_bys_from([0])[0]
        letter = self._promised(asked, answered)
        if answered - asked < self.frame.patience:
            return letter
        return letter + (1 - letter) * self._stand_bys_from([0])[0]

    def _promised(self, asked: int, agreed: int) -> Row:
        """The letter after a known yes that has not brought one before today."""
        r, l = self.first.r, self.first.l  # noqa: E741 - the letters of the model (docs/why/odds.md)
        due = date_given(self.frame.shown, asked, agreed)

        def written_by(day: int) -> float:
            return r * ((1 - l) * on_time_by(day, agreed, due) + l * overdue_by(day, due))

        before = written_by(-1)
        if before >= 1:  # sure to be here by now, and is not: nothing is left to come
            return self.nothing
        return self.rows.row(
            [(written_by(t) - before) / (1 - before) for t in range(self.frame.last_day + 1)]
        )

    def _from_ask(self, asked: int) -> Row:
        """An ask whose answer is not known: on a day to come, or before today and silent so far."""
        days = _next_days(self.first.channel, [asked], self.frame) if self.stand_bys else []
        return _answered(self.first, asked, self._stand_bys_from(days), self.frame, self.rows, self.nothing)

    def _stand_bys_from(self, days: Sequence[int]) -> Mapping[int, Row]:
        """For each of the days: the row of all stand-bys, the first of them asked on that day."""
        asked_on = [days]
        for link in self.stand_bys[:-1]:
            asked_on.append(_next_days(link.channel, asked_on[-1], self.frame))
        after: dict[int, Row] = dict.fromkeys(days, self.nothing)
        following: Mapping[int, Row] = {}
        for link, own_days in zip(reversed(self.stand_bys), reversed(asked_on), strict=False):
            after = {
                day: _answered(link, day, following, self.frame, self.rows, self.nothing) for day in own_days
            }
            following = after
        return after


def _next_days(channel: Channel, asked: Sequence[int], frame: Frame) -> list[int]:
    """The days up to the deadline on which the next may be asked, after an ask on one of `asked`."""
    soonest = range(1 if channel is Channel.IN_PERSON else frame.patience)
    days = {day + k for day in asked for k in (*soonest, frame.patience)}
    return sorted({max(day, 0) for day in days if day <= frame.last_day})


def _answered(
    link: Link, asked: int, following: Mapping[int, Row], frame: Frame, rows: Rows, nothing: Row
) -> Row:
    """One ask made on day `asked`, before it is known how it is answered.

    `following` holds the rest of the chain, by the day it starts; a day it lacks lies after the
    deadline. Before today every delay that would have brought an answer by now is ruled out and yes,
    no and never are weighed anew.
    """
    patience = frame.patience
    refused = (1 - link.p) / 2  # as likely as silence for ever
    first_k = max(0, -asked)
    late_k = max(first_k, patience)
    left = (link.p + refused) * still_silent(link.channel, first_k) + refused
    waited = following.get(max(asked + patience, 0), nothing)
    if left <= 0:  # a sure and immediate yes that never came: silence is all it can be
        return waited
    early = _letters(link, asked, first_k, patience, frame, rows) * (link.p / left)
    late = _letters(link, asked, late_k, None, frame, rows) * (link.p / left)
    if not following:
        return early + late
    unanswered = ((link.p + refused) * still_silent(link.channel, late_k) + refused) / left
    sooner = [(k, following[asked + k]) for k in range(first_k, patience) if asked + k in following]
    weights = [answers_after(link.channel, k) for k, _ in sooner]
    refusals = rows.blend(weights, [row for _, row in sooner]) * (refused / left) if sooner else nothing
    return early + refusals + late + waited * (unanswered - late)


def _letters(link: Link, asked: int, first_k: int, end_k: int | None, frame: Frame, rows: Rows) -> Row:
    """Letters by day from yeses of delay first_k to end_k - 1, given that the answer is a yes."""
    if (end_k is not None and first_k >= end_k) or (link.channel is Channel.IN_PERSON and first_k > 0):
        return rows.row([0.0] * (frame.last_day + 1))
    arrival_rows = _arrival_rows_in(rows)
    kept, missed = arrival_rows(frame.last_day, frame.shown, link.channel, asked, first_k, end_k)
    return kept * (link.r * (1 - link.l)) + missed * (link.r * link.l)


@cache
def _arrival_rows_in(rows: Rows) -> Callable[..., tuple[Row, Row]]:
    """`arrivals` as rows, remembered: they are the same for everybody asked on that day."""

    @lru_cache(maxsize=rows.remembered)
    def arrival_rows(
        last_day: int, shown: int, channel: Channel, asked: int, first_k: int, end_k: int | None
    ) -> tuple[Row, Row]:
        kept, missed = arrivals(last_day, shown, channel, asked, first_k, end_k)
        return rows.row(kept), rows.row(missed)

    return arrival_rows
