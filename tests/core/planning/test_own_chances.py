"""A number the applicant knows better stands in place of ours, and moves nothing but the odds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.planning.worlds import TODAY

from vouchsafe.core.planning import Contact, Opportunity, Tie, draw

OPENING = Opportunity(key="o", title="Opening", need=1, spare=0, deadline=TODAY + timedelta(days=40))
BEN = Contact(key="b", name="Ben", emails=("ben@fern.example",), tie=Tie.MENTOR, knows_work=3, warmth=3)


def chance_and_odds(contact: Contact) -> tuple[float, float]:
    (part,) = draw([contact], [OPENING], today=TODAY).opportunities
    assert part.slots[0].writer is not None
    assert part.outlook is not None
    return part.slots[0].writer.chance, part.outlook.odds


@given(st.integers(1, 98))
@settings(max_examples=25, deadline=None)
def test_a_likelier_yes_of_ones_own_is_taken_as_it_is_and_lifts_the_odds(percent: int) -> None:
    low = chance_and_odds(replace(BEN, own_chances=(("o", percent / 100),)))
    high = chance_and_odds(replace(BEN, own_chances=(("o", (percent + 1) / 100),)))
    assert low[0] == percent / 100
    assert high[1] > low[1]


def test_a_number_for_another_opportunity_changes_nothing() -> None:
    assert chance_and_odds(replace(BEN, own_chances=(("other", 0.01),))) == chance_and_odds(BEN)


def test_a_number_beyond_certainty_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        replace(BEN, own_chances=(("o", 1.2),))
