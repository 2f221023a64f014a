"""Small cases worked out on paper from the text of the model."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from vouchsafe.core.odds import Channel, Frame, Known, Link, Scenario, Slot, forecast, gain_table

TODAY = date(2026, 10, 12)
IN_PERSON, MAIL, PHONE = Channel.IN_PERSON, Channel.MAIL, Channel.PHONE
THIRD_OF_A_WEEK = [0.12, 0.28, 0.52, 1.0]
"""Four days that weigh 1/4, 1/3, 1/2 and 1: 3, 4, 6 and 12 parts of 25."""


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def by_day(
    *chain: Link, last_day: int, shown: int | None = None, patience: int | None = None
) -> tuple[float, ...]:
    shown_on = None if shown is None else day(shown)
    return forecast(Scenario(TODAY, day(last_day), 1, (Slot(chain),), shown_on, patience)).by_day


def sure(channel: Channel = IN_PERSON, ask: int | None = 0, p: float = 1.0) -> Link:
    return Link(p, 1.0, 0.0, channel, None if ask is None else day(ask))


def test_sure_letter_asked_in_person_piles_up_before_its_date() -> None:
    assert by_day(sure(), last_day=3) == pytest.approx(THIRD_OF_A_WEEK)


def test_letter_that_misses_its_date_comes_a_quarter_a_day() -> None:
    link = Link(1, 1, 1, IN_PERSON, day(0))
    assert by_day(link, last_day=7, shown=3)[3:] == pytest.approx([0, 1 / 4, 7 / 16, 37 / 64, 175 / 256])


def test_ask_shortly_before_the_date_shown_gets_three_days() -> None:
    assert by_day(sure(ask=3), last_day=10, shown=4)[2:7] == pytest.approx([0, *THIRD_OF_A_WEEK])


def test_yes_by_mail_on_the_day_itself_has_even_chances() -> None:
    assert by_day(sure(MAIL), last_day=0) == pytest.approx((0.5 * 0.12,))
    assert by_day(sure(PHONE), last_day=0) == by_day(sure(MAIL), last_day=0)


def test_late_yes_moves_that_letters_date() -> None:
    agreed = Link(1, 1, 0, MAIL, known=Known(day(-10), "yes", day(0)))
    assert by_day(agreed, last_day=10, shown=1)[:4] == pytest.approx(THIRD_OF_A_WEEK)


def test_yes_two_days_before_the_date_keeps_it() -> None:
    agreed = Link(1, 1, 0, MAIL, known=Known(day(-10), "yes", day(0)))
    assert by_day(agreed, last_day=10, shown=2)[:3] == pytest.approx([2 / 11, 5 / 11, 1])


def test_overdue_letter_is_weighed_against_never_being_written() -> None:
    promised = Link(1, 0.5, 0.5, IN_PERSON, known=Known(day(-10), "yes", day(-10)))
    kept_to_today = 1 / sum(1 / n for n in range(1, 12))
    open_share = 1 - 0.25 * (1 - kept_to_today)
    expected = [0.25 * kept_to_today / open_share, (0.25 * kept_to_today + 0.25 * 0.25) / open_share]
    assert by_day(promised, last_day=10, shown=0)[:2] == pytest.approx(expected)


def test_no_asks_the_next_at_once_and_silence_after_the_patience() -> None:
    chain = (sure(p=0.0), sure(ask=None))
    curve = by_day(*chain, last_day=30, patience=6, shown=3)
    assert curve[:4] == pytest.approx([0.5 * part for part in THIRD_OF_A_WEEK])
    assert curve[5:10] == pytest.approx([0.5, *(0.5 + 0.5 * part for part in THIRD_OF_A_WEEK)])


def test_silence_in_person_means_never_and_the_stand_by_waits_its_days() -> None:
    silent = Link(0.9, 1, 0, IN_PERSON, known=Known(day(-1)))
    curve = by_day(silent, sure(ask=None), last_day=40, shown=3, patience=14)
    assert curve[12:17] == pytest.approx([0, *THIRD_OF_A_WEEK])


def test_stand_by_overdue_is_asked_today() -> None:
    silent = Link(0.0, 1, 0, MAIL, known=Known(day(-20)))
    assert by_day(silent, sure(ask=None), last_day=40, shown=3)[:4] == pytest.approx(THIRD_OF_A_WEEK)


def test_known_no_asks_the_next_today_and_known_asks_run_beside_each_other() -> None:
    refused = Link(0.9, 1, 0, MAIL, known=Known(day(-20), "no", day(-9)))
    agreed = Link(0.9, 1, 0, MAIL, known=Known(day(-9), "yes", day(0)))
    assert by_day(refused, sure(ask=None), last_day=40, shown=3)[:4] == pytest.approx(THIRD_OF_A_WEEK)
    both = by_day(agreed, agreed, last_day=40, shown=1)
    assert both[:4] == pytest.approx([1 - (1 - part) ** 2 for part in THIRD_OF_A_WEEK])


def test_yes_within_the_patience_ends_the_chain_and_a_later_one_does_not() -> None:
    soon = Link(1, 0.0, 0, MAIL, known=Known(day(-20), "yes", day(-7)))
    late = Link(1, 0.0, 0, MAIL, known=Known(day(-20), "yes", day(-6)))
    assert by_day(soon, sure(ask=None), last_day=40, shown=3)[-1] == 0
    assert by_day(late, sure(ask=None), last_day=40, shown=3)[:4] == pytest.approx(THIRD_OF_A_WEEK)


def test_without_one_left_a_late_yes_still_counts() -> None:
    curve = by_day(sure(MAIL), last_day=400, shown=3, patience=1)
    assert curve[-1] == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(
    ("last_day", "shown", "patience"),
    [(0, 0, 5), (2, 2, 5), (5, 3, 5), (20, 13, 5), (21, 14, 14), (90, 83, 14)],
)
def test_frame_without_dates_given_fills_them_in(last_day: int, shown: int, patience: int) -> None:
    assert Frame.of(TODAY, day(last_day)) == Frame(TODAY, last_day, shown, patience)


def test_gain_table_for_a_monday_shows_the_five_rows() -> None:
    scenario = Scenario(TODAY, day(32), 1, (Slot((Link(0.5, 0.9, 0.1, MAIL, day(0)),)),))
    table = gain_table(scenario, lambda on: [Link(0.8, 0.9, 0.1), Link(0.6, 0.9, 0.1)])
    assert [str(row.label) for row in table] == [
        "Leave it as it is",
        "Ask one more this week",
        "Ask two more this week",
        "Ask one more, in two weeks",
        "Ask one more, in three weeks",
    ]
    assert [row.asked_on for row in table] == [
        TODAY,
        date(2026, 10, 18),
        date(2026, 10, 18),
        day(14),
        day(21),
    ]
    now, one, two, later, latest = (row.odds for row in table)
    assert now < latest < later < one < two
    assert [row.gain for row in table] == pytest.approx([row.odds - now for row in table])


def test_gain_table_with_one_contact_left_and_a_near_deadline_leaves_rows_out() -> None:
    scenario = Scenario(TODAY, day(15), 1, (Slot((Link(0.5, 0.9, 0.1, MAIL, day(0)),)),))
    table = gain_table(scenario, lambda on: [Link(0.8, 0.9, 0.1)])
    assert [row.asks for row in table] == [0, 1, 1]
    assert [row.asked_on for row in gain_table(scenario, lambda on: [])] == [TODAY]
