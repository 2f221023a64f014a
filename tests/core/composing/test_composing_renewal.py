"""A newer letter is asked for with thanks, little work and a way out, in every voice."""

from dataclasses import replace

import pytest

from vouchsafe.core.composing import AskFacts, Tie, compose_renewal

FACTS = AskFacts(applicant="Maya Okafor", writer="Tomasz", opportunity="", institution="")


@pytest.mark.parametrize("tie", list(Tie))
def test_renewal_thanks_offers_the_last_letter_and_leaves_a_way_out(tie: Tie) -> None:
    text = compose_renewal(replace(FACTS, tie=tie)).text()
    assert text.startswith("Dear Tomasz,")
    assert text.endswith("Maya Okafor")
    assert "Thank you again for the letter" in text
    assert "your last letter to go on from" in text
    assert "say no" in text
    assert "!" not in text
