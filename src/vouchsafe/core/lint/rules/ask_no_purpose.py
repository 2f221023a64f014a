"""T05: the ask does not say what the letter is for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.composing.facts import AskFacts
from vouchsafe.core.lint.findings import Level, Rule, Spot
from vouchsafe.core.lint.names import folded
from vouchsafe.core.lint.phrases import is_negated, phrases, said_in
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late
from vouchsafe.core.words import msg

FOR = phrases(
    r"(?:appl(?:y|ying|ied|ies)|application|applications|candidacy|apply) (?:\w+ ){0,3}?(?:for|to|at|with|in)\b(?! (?:a|the|some) (?:letter|reference|recommendation))",
    r"(?:for|to|at|with|as|into|on|about) (?:(?:an?|the|my|their|this|that|your|two|three|four|five|several|some|both|new) )?(?:[\w&'’(),/-]+ ){0,6}?(?:position|role|post|job|jobs|internship|fellowship|scholarship|studentship|bursary|grant|award|prize|programme?|programmes|course|degree|master(?:'s|s)?|MBA|MFA|MSc|MA|PhD|Ph\.D\.?|doctorate|residency|residence|apprenticeship|traineeship|school|college|university|universities|schools|visa|tenancy|flat|promotion|placement|opening|vacancy|exchange|admission|training|licen[cs]e|board|volunteering|analyst|engineer|manager|teacher|nurse|designer|editor|assistant|officer|developer|librarian|coordinator|researcher|postdoc|conservatoire|academy|institute|trust|foundation)\b",
    r"(?:to keep|keep (?:it|one)|for (?:later|the future|future|my (?:file|files|records|pocket|folder|portfolio))|in my pocket|on file|in reserve|when (?:I|the time|something))",
    r"(?:it|this|the letter|that|letter) (?:is|would be|will be|goes|would go) (?:for|to|towards|part of)\b (?!you\b|me\b|the best|us\b)",
    r"(?:supports?|supporting|towards|as part of|join|joining|enter|move to|return to|hoping to (?:study|work|train|become|teach|start)|want to (?:study|work|train|become|teach|start)) (?:\w+ ){0,4}?(?:application|as|at|in|the|a|an|to)\b",
)


def find(prose: Prose, facts: AskFacts) -> Iterator[Spot]:
    """The opportunity or the institution by name is enough."""
    named = [name for name in (facts.opportunity, facts.institution) if name.strip()]
    if any(folded(name) in folded(prose.body) for name in named):
        return
    for found in said_in(prose, FOR, start=prose.body_start, end=prose.closing_start):
        if not is_negated(prose, found.start(), 2) and not PAST.search(
            prose.text[max(0, found.start() - 40) : found.start()]
        ):
            return
    if prose.body_words:
        yield Spot(prose.body_end, prose.body_end)


PAST = late(
    r"\b(?:thank\s+you|thanks|grateful|enjoyed|learnt|learned|loved|remember|helped\s+me|was|were|worked|taught|my\s+time)\b[^.;]{0,36}$",
    re.IGNORECASE,
)


RULE: Rule[AskFacts] = Rule(
    code="T05",
    slug="ask-no-purpose",
    level=Level.ADVICE,
    sentence=msg("It does not say what the letter is for."),
    hint=msg(
        "Name the post, programme or award, and who will read the letter; or say that it is to keep for later."
    ),
    find=find,
)
