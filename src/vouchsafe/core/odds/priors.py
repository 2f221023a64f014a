"""Where the chances come from before an instance has seen anything itself.

Every figure has its source and its confidence, shown wherever the product shows the figure. Means
are those of a Beta distribution that counts as much as ten outcomes (`WEIGHT`), so some ten outcomes seen
here outweigh it. Multipliers act on odds, p / (1 - p), never on chances.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vouchsafe.core.odds.beta import Beta
from vouchsafe.core.odds.learning import NOTHING_SEEN, Experience, Tally
from vouchsafe.core.odds.tie import Tie
from vouchsafe.core.words import Sentence, say

WEIGHT = 10
SHORT_LEAD_DAYS = 14


class Confidence(StrEnum):
    """How far a figure can be relied on."""

    GUESS = "guess"
    VERY_LOW = "very low"
    LOW = "low"
    MEDIUM_LOW = "medium-low"
    MEDIUM = "medium"


@dataclass(frozen=True, slots=True)
class Figure:
    """A prior mean or a multiplier on odds, with what stands behind it."""

    value: float
    what: Sentence
    source: Sentence
    confidence: Confidence
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class YesPrior:
    """The chance of a yes from one kind of tie, and whether it was taken with a word in person first."""

    figure: Figure
    after_a_word: bool


@dataclass(frozen=True, slots=True)
class Estimate:
    """A chance with its 80 in 100 interval, what it rests on, and how many outcomes seen here it holds."""

    mean: float
    low: float
    high: float
    sources: tuple[Figure, ...]
    seen: int = 0


_CAREER_ADVICE = say("career offices' and faculty advice; no study of recommenders")

YES: dict[Tie, YesPrior] = {
    Tie.SUPERVISOR: YesPrior(
        Figure(
            0.90,
            say("yes from a direct supervisor or adviser, asked in person first"),
            _CAREER_ADVICE,
            Confidence.LOW,
        ),
        after_a_word=True,
    ),
    Tie.REFERENCE: YesPrior(
        Figure(
            0.85,
            say("yes from a manager or colleague who already serves as a reference"),
            say("reference-checking vendors: at least 85 in 100 referees complete"),
            Confidence.MEDIUM_LOW,
        ),
        after_a_word=False,
    ),
    Tie.MENTOR: YesPrior(
        Figure(
            0.80,
            say("yes from a teacher or mentor who knows you well, by mail after a word"),
            _CAREER_ADVICE,
            Confidence.LOW,
        ),
        after_a_word=True,
    ),
    Tie.LARGE_CLASS: YesPrior(
        Figure(
            0.50,
            say("yes from the teacher of a large class, by mail only"),
            say("invitations to review papers: 37 to 56 in 100 accept"),
            Confidence.LOW,
        ),
        after_a_word=False,
    ),
    Tie.WEAK: YesPrior(
        Figure(0.25, say("yes from a weak tie or a stranger, by mail only"), _CAREER_ADVICE, Confidence.LOW),
        after_a_word=False,
    ),
}

WRITTEN = Figure(
    0.85,
    say("letter written after a yes, without reminders"),
    say("career advice; no study of recommenders"),
    Confidence.VERY_LOW,
)
MISSED = Figure(
    0.10,
    say("a written letter misses the date shown"),
    say("career advice; no study of recommenders"),
    Confidence.VERY_LOW,
)

WORD_IN_PERSON = Figure(
    1.36,
    say("a word in person before the formal ask, on the odds of a yes"),
    say("surveys: contact before the questionnaire"),
    Confidence.MEDIUM_LOW,
    1.23,
    1.51,
)
REMINDERS = Figure(
    1.44,
    say("reminders, on the odds that the letter is written"),
    say("surveys: follow-up of those who have not answered"),
    Confidence.MEDIUM_LOW,
    1.22,
    1.70,
)
OPEN_ASK = Figure(
    0.95,
    say("each further open ask on the same person, on the odds of a yes"),
    say("assumed"),
    Confidence.GUESS,
)
SHORT_LEAD = Figure(
    0.8, say("less than 14 days of lead time, on the odds of a yes"), say("assumed"), Confidence.GUESS
)
FREE_TO_SAY_NO = Figure(
    1.0,
    say("“but you are free to say no”, on the odds of a yes"),
    say("its effect is small; it is decent, so it stays"),
    Confidence.MEDIUM,
)


def chance_of_yes(
    tie: Tie,
    *,
    asked_in_person: bool,
    open_asks: int = 0,
    lead_days: int = 28,
    experience: Experience = NOTHING_SEEN,
) -> Estimate:
    """How likely this person says yes. `open_asks` counts their other open asks, not this one.

    Each mean was taken either with a word in person or without one; the effect of that word is
    applied only where the ask differs. What has been seen here is kept apart in the same way, so it is
    never counted twice. A stand-by's `lead_days` run from its own ask day.
    """
    prior = YES[tie]
    mean, sources = prior.figure.value, [prior.figure]
    if asked_in_person != prior.after_a_word:
        factor = WORD_IN_PERSON.value if asked_in_person else 1 / WORD_IN_PERSON.value
        mean = times_odds(mean, factor)
        sources.append(WORD_IN_PERSON)
    factor = 1.0
    if open_asks > 0:
        factor *= OPEN_ASK.value**open_asks
        sources.append(OPEN_ASK)
    if lead_days < SHORT_LEAD_DAYS:
        factor *= SHORT_LEAD.value
        sources.append(SHORT_LEAD)
    return _estimate(mean, experience.yes.get((tie, asked_in_person), Tally()), factor, sources)


def chance_of_writing(*, reminded: bool = True, experience: Experience = NOTHING_SEEN) -> Estimate:
    """How likely a letter is written once its writer has said yes: the model's `r`."""
    mean, sources = WRITTEN.value, [WRITTEN]
    if reminded:
        mean = times_odds(mean, REMINDERS.value)
        sources.append(REMINDERS)
    return _estimate(mean, experience.written.get(reminded, Tally()), 1.0, sources)


def chance_of_missing(*, experience: Experience = NOTHING_SEEN) -> Estimate:
    """How likely a written letter misses the date shown: the model's `l`."""
    return _estimate(MISSED.value, experience.missed, 1.0, [MISSED])


def times_odds(chance: float, factor: float) -> float:
    """The chance whose odds are `factor` times as high."""
    return chance * factor / (chance * factor + 1 - chance)


def _estimate(prior_mean: float, seen: Tally, factor: float, sources: list[Figure]) -> Estimate:
    belief = Beta.of(prior_mean, WEIGHT).after(seen.hits, seen.misses)
    low, high = belief.interval()
    return Estimate(
        times_odds(belief.mean, factor),
        times_odds(low, factor),
        times_odds(high, factor),
        tuple(sources),
        seen.hits + seen.misses,
    )
