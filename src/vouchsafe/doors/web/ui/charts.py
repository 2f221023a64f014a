"""Coordinates of the odds chart, so that the template holds no arithmetic and needs no inline style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from django.utils.translation import gettext

from vouchsafe.doors.web.ui.dates import day_words
from vouchsafe.doors.web.ui.numbers import hundredths, in_100

Points = Sequence[tuple[date, float]]
"""The chance (0 to 1) that enough letters are safe by the end of each day, in order, up to the deadline."""


@dataclass(frozen=True, slots=True)
class GridLine:
    y: float
    y_text: float
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str
    anchor: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    day: str
    now: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One size of the chart. All lengths in the units of its viewBox, rounded to a tenth."""

    width: int
    height: int
    left: float
    right: float
    bottom: float
    left_label: float
    axis_y: float
    grid: tuple[GridLine, ...]
    ticks: tuple[Tick, ...]
    now: str
    area: str
    more: str
    due_x: float
    due_top: float
    due_anchor: str
    end_x: float
    now_y: float
    more_y: float
    labelled: bool
    label_x: float
    now_text_y: float
    more_text_y: float


@dataclass(frozen=True, slots=True)
class OddsChart:
    title: str
    desc: str
    due_label: str
    now_name: str
    more_name: str
    now_label: str
    more_label: str
    now_key: str
    more_key: str
    wide: Drawing
    narrow: Drawing
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    labelled: bool
    has_axis: bool = True


_WIDE = _Frame(1040, 380, 36, 930, 18, 340, labelled=True)
_NARROW = _Frame(370, 280, 30, 356, 34, 246, labelled=False)
_SPARK = _Frame(280, 72, 2, 272, 8, 68, labelled=False, has_axis=False)
_LABEL_GAP = 18.0


def _scale(frame: _Frame, first: date, last: date, day: date, chance: float) -> tuple[float, float]:
    span = max((last - first).days, 1)
    x = frame.left + (frame.right - frame.left) * (day - first).days / span
    y = frame.bottom - (frame.bottom - frame.top) * chance
    return round(x, 1), round(y, 1)


def _line(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _ticks(frame: _Frame, first: date, last: date, every: int) -> tuple[Tick, ...]:
    """Today, then Mondays, none so near the ends that labels would touch.

    A small drawing's last label, the due day, ends at its line; a large one's stands below the middle of it.
    """
    ticks = [Tick(frame.left, gettext("Today"), "start", strong=True)]
    at_start, at_end = (90, 90) if frame.labelled else (72, 112)
    monday = first + timedelta(days=(7 - first.weekday()) % 7 or 7)
    weeks = 0
    while monday < last:
        x, _ = _scale(frame, first, last, monday, 0)
        if weeks % every == 0 and x - frame.left > at_start and frame.right - x > at_end:
            ticks.append(Tick(x, day_words(monday, "short"), "middle"))
        monday += timedelta(days=7)
        weeks += 1
    return tuple(ticks)


def _apart(now_y: float, more_y: float, top: float) -> tuple[float, float]:
    """Heights for the two end labels, pushed apart until both can be read."""
    if now_y - more_y >= _LABEL_GAP:
        return now_y, more_y
    middle = (now_y + more_y) / 2
    more = max(middle - _LABEL_GAP / 2, top)
    return more + _LABEL_GAP, more


def _draw(frame: _Frame, now: Points, more: Points) -> Drawing:
    first, last = now[0][0], now[-1][0]
    line = [_scale(frame, first, last, day, chance) for day, chance in now]
    second = [_scale(frame, first, last, day, chance) for day, chance in more]
    end_x, now_y = line[-1]
    more_y = second[-1][1] if second else now_y
    now_text, more_text = _apart(now_y, more_y, frame.top) if second else (now_y, now_y)
    every = max(1, round((last - first).days / 7 / (6 if frame.width > 500 else 3)))
    return Drawing(
        width=frame.width,
        height=frame.height,
        left=frame.left,
        right=frame.right,
        bottom=frame.bottom,
        left_label=frame.left - 8,
        axis_y=frame.bottom + 22,
        grid=tuple(
            GridLine(y, y + 4, str(mark))
            for mark in (0, 25, 50, 75, 100)
            for _, y in [_scale(frame, first, last, first, mark / 100)]
        ),
        ticks=_ticks(frame, first, last, every) if frame.has_axis else (),
        now=_line(line),
        area=f"{_line(line)}L{end_x:g} {frame.bottom:g}L{line[0][0]:g} {frame.bottom:g}Z",
        more=_line(second) if second else "",
        due_x=end_x,
        due_top=frame.top - 6,
        due_anchor="middle" if frame.labelled else "end",
        end_x=end_x,
        now_y=now_y,
        more_y=more_y,
        labelled=frame.labelled,
        label_x=end_x + 14,
        now_text_y=round(now_text + 4.5, 1),
        more_text_y=round(more_text + 4.5, 1),
    )


def _check(now: Points, more: Points) -> None:
    if not now:
        raise ValueError("a chart needs at least one day")
    for points in (now, more):
        days = [day for day, _ in points]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise ValueError("the days of a chart run forward, one point a day")
        if any(not 0.0 <= chance <= 1.0 for _, chance in points):
            raise ValueError("a chance lies between 0 and 1")
    if more and (more[0][0] != now[0][0] or more[-1][0] != now[-1][0]):
        raise ValueError("both lines cover the same days")


def odds_chart(now: Points, more: Points = (), *, title: str, more_name: str = "") -> OddsChart:
    """The chart of a plan: `now` as it is, `more` with one more ask; the last day is the deadline.

    `title` says what the chance is of. Raises ValueError for days out of order or chances outside 0 to 1.
    """
    _check(now, more)
    last, end = now[-1]
    due = day_words(last, "long")
    now_name = gettext("as it is")
    more_name = (more_name or gettext("one more")) if more else ""
    desc = gettext("As it is, the chance reaches {chance} on {day}.").format(chance=in_100(end), day=due)
    by_day = dict(more)
    if more:
        desc += " " + gettext("With one more ask it reaches {chance}.").format(chance=in_100(more[-1][1]))
    desc += " " + gettext("The same numbers are in the table below.")
    now_said, more_said = hundredths(end).words, hundredths(more[-1][1]).words if more else ""
    return OddsChart(
        title=title,
        desc=desc,
        due_label=day_words(last, "day"),
        now_name=now_name,
        more_name=more_name,
        now_label=f"{now_said} {now_name}",
        more_label=f"{more_said} {more_name}" if more else "",
        now_key=f"{now_name}: {now_said}",
        more_key=f"{more_name}: {more_said}" if more else "",
        wide=_draw(_WIDE, now, more),
        narrow=_draw(_NARROW, now, more),
        rows=tuple(
            TableRow(
                day_words(day),
                hundredths(chance).words,
                hundredths(by_day[day]).words if day in by_day else "",
            )
            for day, chance in now
        ),
    )


@lru_cache(maxsize=256)
def odds_spark(now: tuple[tuple[date, float], ...], more: tuple[tuple[date, float], ...] = ()) -> Drawing:
    """The small shape beside the figure on the desk. Remembered, for it is drawn of chances and days alone."""
    _check(now, more)
    return _draw(_SPARK, now, more)
