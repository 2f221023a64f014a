"""Pronouns in a letter, and whom they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.institutions import is_organisation
from vouchsafe.core.lint.names import Mention, could_be, mentions
from vouchsafe.core.lint.people import CALENDAR, right_names
from vouchsafe.core.lint.prose import Passage, Prose, Zone
from vouchsafe.core.lint.roles import PERSON_WORD
from vouchsafe.core.patterns import late

SETS = {
    "he": frozenset(("he", "him", "his", "himself")),
    "she": frozenset(("she", "her", "hers", "herself")),
}
"""The two sets a wrong pronoun can be told from: `they` also means several, so it is never called wrong."""
GENDERED = late(r"(?<![\w/'’-])(?:he|him|his|himself|she|her|hers|herself)(?![\w/-])", re.IGNORECASE)
SOMEBODY = late(
    r"\b(?:my|our|his|her|their|the|a|an|another|one|each|every|some|that|this|former|fellow|whose|\w+['’]s)\s+"
    r"(?:(?!(?:to|of|for|in|with|and|that|who|on|at|by|from|as|or|an?|the)\b)[\w-]+\s+){0,3}?"
    r"(?P<who>(?!\w+[^s]s\b|patient,)(?:" + PERSON_WORD + r"|child|girl|boy|man|woman|lady|gentleman|mother|father|parent|user|visitor|reader|member|person"
    r"|beginner|newcomer|caller|resident|tenant|sponsor|donor|speaker|panellist|employee|employer|worker|actor|actress|king|queen|heroine|hero))\b"
    r"(?!\s+(?:jobs?|positions?|roles?|projects?|opportunit\w+|teams?|skills?|careers?|posts?|work|training|care|[a-z]+ers|[a-z]+mates|students|colleagues|nurses|artists|musicians)\b)",
    re.IGNORECASE,
)  # fmt: skip
"""One other person: several cannot be meant by `he` or `she`."""
PREDICATE = late(
    r"(?:(?i:\b(?:is|was|as|be|been|being|become|became|remains?|am|like|such|proved|considered|called|than|(?:makes?|made|making|find|found|have|having|had)\s+(?:him|hers?|his|them|\w+))"
    r"(?:\s+(?:\w+ly|not|also|not\s+only|indeed|still))?)|\bbut\s+also|\b[A-Z][\w’'-]+,|,\s*(?:and\s+)?)\s*$"
)
"""`is a colleague`, `as a student`, `Kelly, a chef`: what the applicant is, not another person."""


@dataclass(frozen=True, slots=True)
class Pronoun:
    text: str
    start: int
    end: int
    passage: Passage

    @property
    def set_name(self) -> str:
        return next(name for name, forms in SETS.items() if self.text.lower() in forms)


def stated_sets(stated: str) -> frozenset[str]:
    """Which of the two sets are right for pronouns as stated: `she/they` allows one, `xe/xem` none."""
    said = frozenset(re.findall(r"[^\W\d_]+", stated.lower()))
    if "any" in said or "all" in said:
        return frozenset(SETS)
    return frozenset(name for name, forms in SETS.items() if said & forms)


def wrong_pronouns(prose: Prose, facts: LetterFacts) -> Iterator[Pronoun]:
    """Pronouns of a set the applicant did not state, where no other person can be meant."""
    right = stated_sets(facts.pronouns)
    if not re.search(r"[^\W\d_]", facts.pronouns) or right == frozenset(SETS):
        return
    others = _others_by_passage(prose, facts)
    found = [pronoun for pronoun in pronouns(prose) if pronoun.set_name not in right]
    throughout = _speaks_throughout(prose, found, right)
    for pronoun in found:
        if not _may_mean_another(prose, pronoun, others, facts, throughout=throughout):
            yield pronoun


def pronouns(prose: Prose) -> Iterator[Pronoun]:
    """Every `he` and `she` in their forms, in the body, outside quotations."""
    for passage in prose.sentences:
        for match in GENDERED.finditer(passage.text):
            start, end = passage.start + match.start(), passage.start + match.end()
            if not prose.is_quoted(start, end):
                yield Pronoun(match.group(), start, end, passage)


def _speaks_throughout(prose: Prose, wrong: list[Pronoun], right: frozenset[str]) -> bool:
    """Whether the wrong set is the one this letter speaks in, as when it began as someone else's."""
    correct = sum(pronoun.set_name in right for pronoun in pronouns(prose))
    return len(wrong) >= 3 and len(wrong) > 2 * correct


def _others_by_passage(prose: Prose, facts: LetterFacts) -> dict[int, list[int]]:
    """Where other people are spoken of: offsets by the start of their sentence."""
    names = right_names(facts)
    spots: dict[int, list[int]] = {}
    for mention in mentions(prose):
        if mention.passage.zone is Zone.BODY and _is_other(mention, names):
            spots.setdefault(mention.passage.start, []).append(mention.start)
    for passage in prose.sentences:
        for match in SOMEBODY.finditer(passage.text):
            if not PREDICATE.search(passage.text[: match.start()]):
                spots.setdefault(passage.start, []).append(passage.start + match.start("who"))
    return spots


def _is_other(mention: Mention, names: tuple[tuple[str, ...], ...]) -> bool:
    if any(could_be(mention.parts, name) for name in names) or is_organisation(mention.text):
        return False
    if mention.parts[0] in CALENDAR and len(mention.parts) == 1:
        return False
    if mention.text.isupper() or NO_PERSON_BEFORE.search(mention.before) or HYPHENED.search(mention.text):
        return False
    lone = mention.opens and len(mention.parts) == 1 and not mention.possessive and not mention.title
    return not lone or SUBJECT.match(mention.after) is not None


NO_PERSON_BEFORE = late(
    r"\b(?:Bachelor|Master|Doctor|School|University|College|Institute|Faculty|Department|Academy|Conservatoire|Diploma|Degree)(?:['’]s)?(?:\s+(?:of|in|for))?\s+(?:the\s+)?$"
)
"""What follows is a field, a team or a place: `Bachelor of Fine Arts`, `the University’s Debate team`."""
HYPHENED = late(r"^[A-Z]{2,}-[a-z]|^(?:Bachelor|Master|Doctor)\b")


SUBJECT = late(
    r"^,?\s+(?:and\s+[A-Z]|(?:\w+ly\s+|also\s+|once\s+)?(?:is|was|has|had|does|did|\w+ed|\w+s|told|said|wrote|saw|gave|took|came|went|left|met|knew|thought|made|got|will|would|can|could)\b)"
)
"""What follows a subject: it tells `Mateo praised …` from `Give Kelly …`."""


def _may_mean_another(
    prose: Prose, pronoun: Pronoun, others: dict[int, list[int]], facts: LetterFacts, *, throughout: bool
) -> bool:
    """Another person named before it in this sentence, or in the one before and the applicant not since."""
    here = [spot for spot in others.get(pronoun.passage.start, ()) if spot < pronoun.start]
    applicant_here = _last_named(prose, facts, pronoun.passage, pronoun.start)
    if here:
        return not throughout or max(here) > applicant_here >= 0
    if applicant_here >= 0 or throughout:
        return False
    index = prose.sentences.index(pronoun.passage)
    for earlier in reversed(prose.sentences[max(0, index - 2) : index]):
        spots = others.get(earlier.start, ())
        named = _last_named(prose, facts, earlier, earlier.end)
        if spots and max(spots) > named:
            return True
        if named >= 0:
            return False
    return False


def _last_named(prose: Prose, facts: LetterFacts, passage: Passage, until: int) -> int:
    names = right_names(facts)
    return max(
        (
            mention.start
            for mention in mentions(prose)
            if mention.passage is passage
            and mention.start < until
            and any(could_be(mention.parts, name) for name in names)
        ),
        default=-1,
    )
