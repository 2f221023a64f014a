"""How an ask speaks to a manager, a professor, a mentor, a peer: whole sentences, one set each.

Every sentence states only what the tie itself makes true; what a person saw or taught is a fact the
applicant gives. Facts stand after a colon or in brackets, so that a clause and a sentence both fit.
"""

from __future__ import annotations

from dataclasses import dataclass

from vouchsafe.core.composing.facts import Tie
from vouchsafe.core.words import msg


@dataclass(frozen=True, slots=True)
class Voice:
    why: str
    """Why this person; takes `{how}`."""
    why_bare: str
    """The same where nothing is known of how they worked together."""
    saw: str
    """Takes `{saw}`."""
    way_out: str
    spoken_ask: str
    """How the ask sounds said aloud; takes `{what}`."""
    thanks: str
    """Opens a thank-you."""


VOICES: dict[Tie, Voice] = {
    Tie.MANAGER: Voice(
        why=msg("I am asking you because you managed my work ({how}) and know it at first hand."),
        why_bare=msg("I am asking you because you managed my work and know it at first hand."),
        saw=msg("What you saw me do: {saw}."),
        way_out=msg("Please feel free to say no if the month is full. I would understand completely."),
        spoken_ask=msg("You know how I work. Could you write me a strong letter for {what}?"),
        thanks=msg("Thank you for writing about our work together."),
    ),
    Tie.PROFESSOR: Voice(
        why=msg("I am asking you because you taught me ({how}) and know how I think and work."),
        why_bare=msg("I am asking you because you taught me and know how I think and work."),
        saw=msg("What you may remember of my work: {saw}."),
        way_out=msg(
            "If you have too many letters this term, or feel you know my work too little, "
            "please feel free to say no. I would understand completely."
        ),
        spoken_ask=msg("Do you feel you know my work well enough to write a strong letter for {what}?"),
        thanks=msg("Thank you for taking the time to write about my studies."),
    ),
    Tie.MENTOR: Voice(
        why=msg("I am asking you because you have seen how I have grown ({how})."),
        why_bare=msg("I am asking you because you have seen how I have grown."),
        saw=msg("What you watched me do: {saw}."),
        way_out=msg("Please feel free to say no. It changes nothing between us."),
        spoken_ask=msg("You have seen how I have grown. Could you write me a strong letter for {what}?"),
        thanks=msg("Thank you for your letter, and for the time you have given me before it."),
    ),
    Tie.PEER: Voice(
        why=msg("I am asking you because we worked side by side ({how})."),
        why_bare=msg("I am asking you because we worked side by side."),
        saw=msg("What you saw up close: {saw}."),
        way_out=msg(
            "Please feel free to say no if you would rather not, or are too busy. That is quite all right."
        ),
        spoken_ask=msg(
            "You know what I am like to work with. Could you write me a strong letter for {what}?"
        ),
        thanks=msg("Thank you for writing about what it is like to work with me."),
    ),
    Tie.OTHER: Voice(
        why=msg("I am asking you because you know my work at first hand ({how})."),
        why_bare=msg("I am asking you because you know my work at first hand."),
        saw=msg("What you saw me do: {saw}."),
        way_out=msg("Please feel free to say no if this does not suit you. I would understand completely."),
        spoken_ask=msg("Could you write me a strong letter for {what}?"),
        thanks=msg("Thank you for writing for me."),
    ),
}
