"""T16: the ask comes later than is kind."""

from __future__ import annotations

from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts, Purpose
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.words import msg

SHORT = 21
"""Days. Most writers' published policies ask for three weeks; the floor is two (faculty pages, career offices)."""
SHORT_JOB = 7
"""Days. An informal letter for a job is asked for 7 to 10 days ahead (career advice)."""


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    if facts.due is None or facts.now is None:
        return
    days = (facts.due.on - facts.now.date()).days
    if days < (SHORT_JOB if facts.purpose is Purpose.JOB else SHORT):
        at = prose.body_end
        yield Spot(at, at, {"days": max(days, 0)})


RULE: Rule[AskFacts] = Rule(
    code="T16",
    slug="ask-late",
    level=Level.ADVICE,
    sentence=msg("That leaves {days} days."),
    hint=msg(
        "Three weeks is what most writers ask for, two the least. If it must be now, say that you know it is short, and offer to help."
    ),
    find=find,
    any_language=True,
)
