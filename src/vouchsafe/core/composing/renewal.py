"""A considerate ask for a newer letter from somebody who wrote one before: thanks first, little work, a way out."""

from __future__ import annotations

from vouchsafe.core.composing.composed import Composed
from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.composing.voices import VOICES
from vouchsafe.core.words import say


def compose_renewal(facts: AskFacts) -> Composed:
    """The note, in the applicant's voice; what it is for and by when stand beside it on the writer's page."""
    return Composed(
        subject=say("A newer letter for {applicant}", applicant=facts.applicant),
        paragraphs=(
            say("Dear {name},", name=facts.greeting_name),
            say("Thank you again for the letter that you wrote for me."),
            say(
                "I am applying once more, and readers look for a letter of this year. Would you write it anew?"
            ),
            say(
                "You need not begin from nothing: your page offers your last letter to go on from, "
                "and the few lines that are new may be all it takes."
            ),
            say(VOICES[facts.tie].way_out),
            facts.applicant.strip(),
        ),
    )
