"""What a letter says it is for: the post, programme or award it names, against the one it is meant for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vouchsafe.core.lint.facts import LetterFacts
from vouchsafe.core.lint.names import folded
from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.lint.targets import BACKWARD
from vouchsafe.core.lint.wordsets import word_set
from vouchsafe.core.patterns import late

KIND = r"(?:position|role|post|job|vacancy|internship|fellowship|scholarship|studentship|bursary|program(?:me)?|award|prize|grant|residency|apprenticeship|degree)"
OF_KIND = late(
    r"\b(?:for|to|of)\s+(?:the|a|your)\s+(?:open\s+|vacant\s+|advertised\s+|new\s+)?(?:position|role|post|job|vacancy)\s+(?:of|as)\s+(?:an?\s+|your\s+)?"
    r"(?P<what>(?!the\b)[^\W\d_][\w'’&/-]*(?:\s+(?!at\b|in\b|with\b|within\b|on\b|for\b|and\b|or\b|because\b|that\b|which\b)[\w'’&/-]+){0,5})",
    re.IGNORECASE,
)
KIND_AFTER = late(
    r"\b(?:for|to|apply(?:ing)?\s+(?:for|to))\s+(?:the|your)\s+(?P<what>(?:[A-Z][\w'’&/-]*\s+(?:(?:of|in|and|for|de)\s+)?){1,6})(?i:"
    + KIND
    + r")\b"
)
KIND_AFTER_SMALL = late(
    r"\b(?:recommend\w*|candidate|applicant|application|apply(?:ing)?|candidacy|considered|suited|support)\b[^.;]{0,60}?\b(?:for|to)\s+(?:the|your)\s+"
    r"(?P<what>(?:(?!any\b|same\b|above\b|following\b|next\b|said\b|right\b|new\b|open\b|full\b|entire\b|whole\b|best\b|position\b)[a-z][\w'’-]*\s+){1,4})(?:position|role|post|job|internship|scholarship|fellowship)\b"
)
VAGUE = word_set(
    """
    a an the of in for and at to any this that your our their his her such similar open new senior
    junior lead chief head deputy assistant associate principal graduate undergraduate full part
    time advertised above named same position role post job vacancy internship fellowship
    scholarship studentship bursary program programme award prize grant residency apprenticeship
    degree masters master bachelor doctoral doctorate phd msc ma ba bsc course school level entry
    great leadership good very trainee i ii iii competitive prestigious demanding challenging
    """
)


def wrong_opportunities(prose: Prose, facts: LetterFacts) -> Iterator[tuple[int, int, str]]:
    """Posts, programmes and awards the letter names as its purpose which share no word with the real one."""
    right = _content(" ".join((facts.opportunity, *facts.known_names)))
    if not _content(facts.opportunity):
        return
    taken: set[int] = set()
    for pattern in (OF_KIND, KIND_AFTER, KIND_AFTER_SMALL):
        for match in pattern.finditer(prose.text, prose.body_start, prose.closing_start):
            start = match.start("what")
            said = match.group("what").strip()
            if start in taken or prose.is_quoted(start, match.end()) or _looks_back(prose, match):
                continue
            ours = _content(said) - _content(facts.institution)
            if ours and not _share(ours, right):
                taken.add(start)
                yield start, start + len(said), said


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W\d_]+", folded(text)) if word not in VAGUE)


def _share(ours: frozenset[str], right: frozenset[str]) -> bool:
    """Whether any word is the same or of one stem (`analyst`, `analysis`; `teaching`, `teacher`)."""
    return any(one[:5] == other[:5] or one == other for one in ours for other in right)


def _looks_back(prose: Prose, match: re.Match[str]) -> bool:
    sentence = prose.passage_at(match.start())
    before = prose.text[sentence.start : match.start()]
    after = prose.text[match.end() : match.end() + 12]
    return (
        BACKWARD.search(before[-60:]) is not None
        or re.match(r"\s+(?:last|in\s+(?:19|20)\d\d)", after) is not None
    )
