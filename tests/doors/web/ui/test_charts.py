"""The chart's geometry: inside its frame, monotone where the numbers are, labels that do not touch."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.doors.web.ui.charts import Drawing, odds_chart, odds_spark

_START = date(2026, 10, 12)


def _points(chances: list[float]) -> list[tuple[date, float]]:
    return [(_START + timedelta(days=n), chance) for n, chance in enumerate(sorted(chances))]


_rising = st.lists(st.floats(0, 1), min_size=1, max_size=120).map(_points)


def _coordinates(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


def _inside(drawing: Drawing) -> None:
    for path in (drawing.now, drawing.more, drawing.area):
        for x, y in _coordinates(path):
            assert drawing.left <= x <= drawing.right
            assert 0 <= y <= drawing.bottom


@given(_rising)
def test_line_of_rising_chances_stays_in_its_frame_and_never_falls(now: list[tuple[date, float]]) -> None:
    chart = odds_chart(now, [(day, min(1.0, chance * 1.1)) for day, chance in now], title="t")
    for drawing in (chart.wide, chart.narrow, odds_spark(tuple(now))):
        _inside(drawing)
        line = _coordinates(drawing.now)
        assert len(line) == len(now)
        assert all(x1 < x2 and y1 >= y2 for (x1, y1), (x2, y2) in pairwise(line))
        if drawing.labelled:
            assert drawing.now_text_y - drawing.more_text_y >= 17.9
        places = [tick.x for tick in drawing.ticks]
        assert places == sorted(places)


def _stretches(drawing: Drawing, due: str) -> list[tuple[float, float]]:
    """From where to where each label of the axis runs: a letter of this face at this size is 7.6 units wide at most."""
    labels = [(tick.x, tick.anchor, tick.label) for tick in drawing.ticks] + [
        (drawing.due_x, drawing.due_anchor, due)
    ]
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}
    return [
        (x - before[how] * 7.6 * len(said), x + (1 - before[how]) * 7.6 * len(said))
        for x, how, said in labels
    ]


@pytest.mark.parametrize("days", range(16, 90))
def test_labels_of_the_days_never_touch(days: int) -> None:
    chart = odds_chart(_points([0.5] * days), title="t")
    for drawing in (chart.wide, chart.narrow):
        assert all(end < start for (_, end), (start, _) in pairwise(_stretches(drawing, chart.due_label)))


def test_chart_of_a_full_month_says_the_numbers_in_words_and_table() -> None:
    now = _points([n / 40 for n in range(33)])
    chart = odds_chart(now, title="Chance of three letters")
    assert "80\xa0in\xa0100" in chart.desc
    assert len(chart.rows) == 33
    assert chart.rows[-1].now == "80"
    assert chart.more_key == ""
    assert [tick.label.replace("\xa0", " ") for tick in chart.wide.ticks][:2] == ["Today", "19 Oct"]


@pytest.mark.parametrize(
    "points",
    [[], [(_START, 0.5), (_START, 0.6)], [(_START, 1.2)], [(_START + timedelta(1), 0.1), (_START, 0.2)]],
    ids=["none", "same-day", "above-one", "backwards"],
)
def test_chart_of_impossible_numbers_is_a_fault(points: list[tuple[date, float]]) -> None:
    with pytest.raises(ValueError, match=r"day|between"):
        odds_chart(points, title="t")


def test_chart_of_lines_over_different_days_is_a_fault() -> None:
    with pytest.raises(ValueError, match="same days"):
        odds_chart(_points([0.1, 0.2]), _points([0.1, 0.2, 0.3]), title="t")
