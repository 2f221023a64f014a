"""The people a letter names: which of them stands in the applicant's place without being the applicant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.institutions import same_institution
from vouchsafe.core.lint.names import Mention, could_be, is_misspelling, mentions, parts_of
from vouchsafe.core.lint.placeholders import is_placeholder
from vouchsafe.core.lint.prose import Prose, Zone
from vouchsafe.core.lint.roles import Weight, weigh
from vouchsafe.core.lint.wordsets import word_set
from vouchsafe.core.patterns import late

CALENDAR = word_set(
    """
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday christmas easter
    """
)
NOT_A_PERSON_AFTER = late(
    r"\b(?:the|a|an|any|every|his|hers?|their|our|my|your|its|each|at|into|\d[\w.]*)\s+$", re.IGNORECASE
)
DATE_BEFORE = late(
    r"(?:\b(?:in|on|since|until|till|by|of|from|to|through|last|next|this|early|late|mid|every|during|around|before|after|and|between)|\d|\d(?:st|nd|rd|th)|[-–/])\s*$",
    re.IGNORECASE,
)
DATE_AFTER = late(r"^\s*(?:,?\s*\d|[-–/]|morning|afternoon|evening|term|semester)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Weighed:
    mention: Mention
    weight: Weight


def right_names(facts: LetterFacts) -> tuple[tuple[str, ...], ...]:
    """Every name that is right in the applicant's place, as folded parts."""
    return tuple(parts for parts in (parts_of(name) for name in (facts.about, *facts.known_names)) if parts)


def is_named(prose: Prose, facts: LetterFacts) -> bool:
    """Whether the applicant is named anywhere."""
    names = right_names(facts)
    return any(could_be(mention.parts, name) for mention in mentions(prose) for name in names)


def strangers(prose: Prose, facts: LetterFacts) -> Iterator[Mention]:
    """Mentions of somebody else in the applicant's place, in the order of the text."""
    groups = _groups(_candidates(prose, facts))
    spoken_for = is_named(prose, facts) or any(one.weight.strong for group in groups for one in group)
    found = [
        mention for group in groups for mention in _in_the_applicants_place(group, spoken_for=spoken_for)
    ]
    yield from sorted(found, key=lambda mention: mention.start)


def is_slip(mention: Mention, facts: LetterFacts) -> bool:
    """Whether a stranger's name is the applicant's, misspelt."""
    return is_misspelling(mention.parts, parts_of(facts.about))


def _candidates(prose: Prose, facts: LetterFacts) -> list[Weighed]:
    names, about = right_names(facts), parts_of(facts.about)
    writer = parts_of(facts.writer) or _signed_by(prose)
    every = mentions(prose)
    kept = []
    for mention in every:
        if mention.passage.zone is Zone.CLOSING or mention.passage.zone is Zone.GREETING:
            continue
        if any(could_be(mention.parts, name) for name in names) or could_be(mention.parts, writer):
            continue
        if _is_no_person(mention, facts) or is_placeholder(prose, mention.start, mention.end):
            continue
        beside = [one for one in every if one.passage is mention.passage]
        weight = weigh(mention, about, beside)
        if mention.passage.zone is Zone.HEADING and not weight.strong:
            continue
        kept.append(Weighed(mention, weight))
    return kept


def _signed_by(prose: Prose) -> tuple[str, ...]:
    """The first line under the closing formula, where a writer who was not given signs."""
    lines = [line.strip() for line in prose.closing.splitlines() if line.strip()]
    signed = lines[1:2] if prose.has_closing_formula else lines[:1]
    return parts_of(signed[0].split(",")[0]) if signed and "[" not in signed[0] else ()


def _is_no_person(mention: Mention, facts: LetterFacts) -> bool:
    if (
        mention.parts[0] in CALENDAR
        and len(mention.parts) == 1
        and not mention.possessive
        and _is_date(mention)
    ):
        return True
    if facts.institution and same_institution(mention.text, facts.institution):
        return True
    if facts.opportunity and set(mention.parts) <= set(parts_of(facts.opportunity)):
        return True
    if re.search(r"\d|@|/", mention.text) or len(mention.text) < 2:
        return True
    return not mention.title and NOT_A_PERSON_AFTER.search(mention.before) is not None


def _is_date(mention: Mention) -> bool:
    """Whether a month's or a day's name stands as a date; people bear them too."""
    return bool(DATE_BEFORE.search(mention.before) or DATE_AFTER.search(mention.after))


def _groups(weighed: list[Weighed]) -> list[list[Weighed]]:
    """One group a person: mentions that could be each other (`Maria Lopez`, `Ms Lopez`, `Maria`)."""
    groups: list[list[Weighed]] = []
    for one in sorted(weighed, key=lambda each: -len(each.mention.parts)):
        home = next((group for group in groups if could_be(one.mention.parts, group[0].mention.parts)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


def _in_the_applicants_place(group: list[Weighed], *, spoken_for: bool) -> Iterator[Mention]:
    """One strong place is enough. Fitting places are, if none speaks for somebody else.

    Where nobody stands in the applicant's place otherwise, whoever leads more clauses than not was meant.
    """
    strong = sum(one.weight.strong for one in group)
    fitting = sum(one.weight.fitting for one in group)
    leading = sum(one.weight.leading for one in group)
    other = sum(one.weight.other for one in group)
    if not (strong or (fitting and not other) or (not spoken_for and leading > other)):
        return
    throughout = strong + leading > 2 * other
    for one in group:
        if one.weight.strong or one.weight.fitting or (throughout and not one.weight.other):
            yield one.mention
