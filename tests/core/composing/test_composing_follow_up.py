"""Reminders, thanks, outcome, cancellation: thank, restate, offer help, never blame."""

from dataclasses import replace
from datetime import date

import pytest

from vouchsafe.core.composing import (
    AskFacts,
    Composed,
    Due,
    Outcome,
    Stopped,
    Tie,
    compose_cancellation,
    compose_outcome,
    compose_reminder,
    compose_thanks,
)

FACTS = AskFacts(
    applicant="Maya Okafor",
    writer="Tomasz",
    opportunity="programme analyst",
    institution="Harbour & Vale Trust",
    due=Due(date(2026, 10, 30)),
    link="https://vouchsafe.example/r/abc",
)
BLAME = (
    "still waiting",
    "you have not",
    "you promised",
    "overdue",
    "as i said",
    "last chance",
    "forgot",
    "urgent",
)
EVERY: list[Composed] = [
    *(compose_reminder(FACTS, nth, agreed=agreed) for nth in (1, 2, 3) for agreed in (True, False)),
    *(compose_thanks(replace(FACTS, tie=tie)) for tie in Tie),
    *(compose_outcome(FACTS, outcome) for outcome in Outcome),
    *(compose_cancellation(FACTS, why) for why in Stopped),
]


@pytest.mark.parametrize("composed", EVERY)
def test_follow_up_thanks_greets_signs_and_never_blames(composed: Composed) -> None:
    text = composed.text()
    assert text.startswith("Dear Tomasz,")
    assert text.endswith("Maya Okafor")
    assert "thank" in text.lower()
    assert "!" not in text
    assert not any(word in text.lower() for word in BLAME)


@pytest.mark.parametrize("nth", [1, 2, 3])
@pytest.mark.parametrize("agreed", [True, False])
def test_reminder_restates_the_date_and_carries_the_link(nth: int, agreed: bool) -> None:
    text = compose_reminder(FACTS, nth, agreed=agreed).text()
    assert "Friday 30 October 2026" in text
    assert FACTS.link in text


@pytest.mark.parametrize("agreed", [True, False])
def test_reminder_last_offers_a_way_out_and_only_the_last(agreed: bool) -> None:
    texts = [compose_reminder(FACTS, nth, agreed=agreed).text() for nth in (1, 2, 3)]
    assert ["quite all right" in text for text in texts] == [False, False, True]


def test_reminder_without_a_yes_never_claims_one() -> None:
    for nth in (1, 2, 3):
        assert "agreeing" not in compose_reminder(FACTS, nth, agreed=False).text()


@pytest.mark.parametrize("nth", [0, 4])
def test_reminder_beyond_three_is_an_error(nth: int) -> None:
    with pytest.raises(ValueError, match="1 to 3"):
        compose_reminder(FACTS, nth)


def test_reminder_without_date_or_purpose_still_reads() -> None:
    bare = AskFacts(applicant="Ada", writer="Ben")
    assert str(compose_reminder(bare, 1).paragraphs[0]) == "Dear Ben,"
    assert "None" not in compose_reminder(bare, 1).text()


def test_thanks_own_words_take_the_place_of_ours() -> None:
    composed = compose_thanks(replace(FACTS, own_words="It reached them this morning."))
    assert "It reached them this morning." in composed.paragraphs
    assert "arrived safely" not in composed.text()


def test_outcome_each_says_something_different() -> None:
    assert len({compose_outcome(FACTS, outcome).text() for outcome in Outcome}) == len(Outcome)


def test_cancellation_says_first_that_no_letter_is_needed() -> None:
    assert "no longer need the letter" in str(compose_cancellation(FACTS, Stopped.WITHDREW).paragraphs[1])
