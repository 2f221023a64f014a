"""The priors: their figures, their multipliers on odds, and how experience outweighs them."""

from __future__ import annotations

from math import asin, comb, fsum, pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vouchsafe.core.odds import priors
from vouchsafe.core.odds.beta import Beta, below, quantile
from vouchsafe.core.odds.learning import ClosedRequest, Experience, Tally, experience_of
from vouchsafe.core.odds.priors import (
    Confidence,
    chance_of_missing,
    chance_of_writing,
    chance_of_yes,
    times_odds,
)
from vouchsafe.core.odds.tie import Tie

ties = st.sampled_from(list(Tie))


@pytest.mark.parametrize(
    ("tie", "in_person", "mean"),
    [
        (Tie.SUPERVISOR, True, 0.90),
        (Tie.REFERENCE, False, 0.85),
        (Tie.MENTOR, True, 0.80),
        (Tie.LARGE_CLASS, False, 0.50),
        (Tie.WEAK, False, 0.25),
    ],
)
def test_prior_in_the_situation_it_was_taken_in_is_the_figure_itself(
    tie: Tie, in_person: bool, mean: float
) -> None:
    estimate = chance_of_yes(tie, asked_in_person=in_person)
    assert estimate.mean == pytest.approx(mean)
    assert estimate.low < mean < estimate.high
    assert len(estimate.sources) == 1


def test_multipliers_act_on_odds_and_name_their_sources() -> None:
    estimate = chance_of_yes(Tie.LARGE_CLASS, asked_in_person=True, open_asks=2, lead_days=13)
    odds = 1.36 * 0.95**2 * 0.8
    assert estimate.mean == pytest.approx(odds / (1 + odds))
    assert estimate.sources[1:] == (priors.WORD_IN_PERSON, priors.OPEN_ASK, priors.SHORT_LEAD)


def test_word_in_person_left_out_takes_its_effect_away_again() -> None:
    assert chance_of_yes(Tie.SUPERVISOR, asked_in_person=False).mean == pytest.approx(
        times_odds(0.9, 1 / 1.36)
    )


def test_chance_of_writing_and_missing_are_the_priors_with_reminders_on_the_odds() -> None:
    assert chance_of_writing(reminded=False).mean == pytest.approx(0.85)
    assert chance_of_writing().mean == pytest.approx(times_odds(0.85, 1.44))
    assert chance_of_missing().mean == pytest.approx(0.10)


def test_every_figure_has_a_source_and_a_confidence() -> None:
    figures = [prior.figure for prior in priors.YES.values()] + [
        value for value in vars(priors).values() if isinstance(value, priors.Figure)
    ]
    assert len(figures) == 12
    for figure in figures:
        assert str(figure.source)
        assert str(figure.what)
        assert isinstance(figure.confidence, Confidence)
        if figure.low is not None and figure.high is not None:
            assert figure.low < figure.value < figure.high


@given(ties, st.booleans(), st.integers(0, 20), st.integers(0, 100))
def test_more_open_asks_less_lead_or_no_word_never_raise_the_chance(
    tie: Tie, in_person: bool, open_asks: int, lead: int
) -> None:
    def mean(in_person: bool, open_asks: int, lead: int) -> float:
        return chance_of_yes(tie, asked_in_person=in_person, open_asks=open_asks, lead_days=lead).mean

    here = mean(in_person, open_asks, lead)
    assert 0 < here < 1
    assert mean(in_person, open_asks + 1, lead) < here
    assert mean(in_person, open_asks, lead + 30) >= here
    assert mean(True, open_asks, lead) >= here


@given(ties, st.booleans(), st.integers(0, 60), st.integers(0, 60))
def test_experience_moves_the_mean_between_prior_and_what_was_seen(
    tie: Tie, in_person: bool, hits: int, misses: int
) -> None:
    seen = Experience(yes={(tie, in_person): Tally(hits, misses)})
    prior = chance_of_yes(tie, asked_in_person=in_person).mean
    learned = chance_of_yes(tie, asked_in_person=in_person, experience=seen)
    n = hits + misses
    assert learned.seen == n
    assert learned.mean == pytest.approx((10 * prior + hits) / (10 + n))
    assert 0 <= learned.low < learned.mean < learned.high <= 1 or learned.mean > 0.9


def test_experience_of_closed_requests_is_kept_cell_by_cell() -> None:
    closed = [
        ClosedRequest(Tie.MENTOR, True, said_yes=True, reminded=True, written=True, missed=False),
        ClosedRequest(Tie.MENTOR, True, said_yes=True, reminded=True, written=True, missed=True),
        ClosedRequest(Tie.MENTOR, True, said_yes=True, reminded=False, written=False),
        ClosedRequest(Tie.MENTOR, True, said_yes=False),
        ClosedRequest(Tie.MENTOR, False, said_yes=False),
    ]
    seen = experience_of(closed)
    assert seen.yes == {(Tie.MENTOR, True): Tally(3, 1), (Tie.MENTOR, False): Tally(0, 1)}
    assert seen.written == {True: Tally(2, 0), False: Tally(0, 1)}
    assert seen.missed == Tally(1, 1)
    assert experience_of([]) == Experience()


@given(st.integers(1, 40), st.integers(1, 40), st.floats(0, 1))
def test_beta_below_equals_the_binomial_sum_it_stands_for(a: int, b: int, x: float) -> None:
    n = a + b - 1
    exact = fsum(comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(a, n + 1))
    assert below(a, b, x) == pytest.approx(exact, abs=1e-11)


def test_beta_below_for_halves_is_the_arc_sine() -> None:
    assert below(0.5, 0.5, 0.3) == pytest.approx(2 / pi * asin(sqrt(0.3)), abs=1e-12)


@given(st.floats(0.2, 2000), st.floats(0.2, 2000), st.floats(0.02, 0.98))
def test_beta_quantile_undoes_below(a: float, b: float, share: float) -> None:
    x = quantile(a, b, share)
    if 1e-9 < x < 1 - 1e-9:
        assert below(a, b, x) == pytest.approx(share, abs=1e-5)


def test_interval_narrows_as_outcomes_come_in() -> None:
    few, many = Beta.of(0.8, 10).after(8, 2), Beta.of(0.8, 10).after(800, 200)
    assert many.interval()[1] - many.interval()[0] < 0.2 * (few.interval()[1] - few.interval()[0])
