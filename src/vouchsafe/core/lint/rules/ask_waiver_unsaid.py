"""T11: the ask does not say whether the applicant may read the letter."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts, Channel
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.phrases import phrases, said_in
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg

WAIVER = phrases(
    r"(?:waive|waived|waiving|waiver|not waived)",
    r"(?:in confidence|confidential(?:ly|ity)?|right (?:of access|to (?:read|see|access|inspect|view))|FERPA|open letter|sealed)",
    r"I (?:\w+ )?(?:may|might|can|could|will|shall|would|do|am going to|am allowed to|am not allowed to|am not going to|have (?:asked|chosen|agreed)|expect|want|wish|intend|plan|need|ask) (?:\w+ ){0,3}?(?:read|see|view|access|look at|be shown|receive) (?:it|the letter|your letter|a copy|what you (?:write|wrote)|one)",
    r"(?:whether|if) I (?:may|can|could|might|should|am to|get to) (?:\w+ )?(?:read|see|view|access)",
    r"(?:only|just) (?:its |the |they |their |those |readers?|committee|people)[^.;]{0,30}?(?:will|can|would|may|to)? ?(?:read|see|view|sees?|reads?) (?:it|the letter|your letter|what you write)",
    r"(?:show|send|give|hand) (?:it to me|me (?:a copy|the letter|your letter|what you))|(?:goes|go|sent|send it|deliver(?:ed)?) (?:straight|direct(?:ly)?) to (?:the|them|its|their)|without (?:my|me) (?:seeing|reading)|(?:stays?|remains?|kept|keep) (?:it )?(?:between|private|from me|sealed|secret)",
)


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    """By mail only: in person the brief holds the answer for when it is asked."""
    if (
        facts.channel is Channel.MAIL
        and prose.body_words
        and next(said_in(prose, WAIVER, start=prose.body_start, end=prose.closing_start), None) is None
    ):
        yield Spot(prose.body_end, prose.body_end)


RULE: Rule[AskFacts] = Rule(
    code="T11",
    slug="ask-waiver-unsaid",
    level=Level.NOTE,
    sentence=msg("It does not say whether you may read the letter."),
    hint=msg("Say which you have chosen, in one plain line. Writers ask."),
    find=find,
)
