"""Places left to fill: brackets, blanks, stand-in words. Found by form, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vouchsafe.core.lint.prose import Prose
from vouchsafe.core.patterns import late

SLOT_WORDS = (
    r"name|names|surname|forename|firstname|lastname|fullname|applicant|candidate|student|employee|recommender|referee|writer|author|sender"
    r"|recipient|addressee|date|year|years|month|day|number|title|position|role|job|company|companies|organi[sz]ation|institution|institute"
    r"|university|college|school|department|faculty|program(?:me)?|course|class|degree|address|street|city|state|zip|postcode|country|phone"
    r"|telephone|email|e-mail|signature|letterhead|contact|designation|pronouns?|he/she|she/he|his/her|her/his|him/her|her/him|s/he|employer|team"
    r"|project|skill|skills|quality|qualities|trait|achievement|accomplishment|example|examples|reason|detail|details|relationship|insert"
    r"|fill|add|mention|describe|specify|specific|write|your|here|something|subject|field|industry|opportunity|scholarship|award|amount|duration|length"
)
SLOT = late(r"\b(?:" + SLOT_WORDS + r")\b", re.IGNORECASE)
BRACKETED = late(
    r"\[(?![xX ]?\])(?!\d+(?:[,–-]\s?\d+)*\])(?!sic\b)(?!(?:\.{3}|…)\])[^\[\]\n]{1,120}\](?![(:])"
    r"|\{\{?\s*[^{}\n]{1,60}\s*\}\}?|<<[^<>\n]{1,60}>>|«\s?(?:" + SLOT_WORDS + r")[^«»\n]{0,30}»"
    r"|【[^】\n]{1,60}】|［[^］\n]{1,60}］|\$\{?[A-Z_]{3,30}\}?|%[A-Z_]{3,30}%|%\([a-z_]+\)s"
    r"|<(?!https?:|mailto:|[^<>\s]+@)(?=[^<>\n]*\b(?:" + SLOT_WORDS + r")\b)[^<>/\n]{2,60}>"
    r"|\((?:(?:please )?(?:insert|fill in|add|enter|specify|write)\b[^()\n]{1,60}|(?:your|applicant'?s?|candidate'?s?|student'?s?|recipient'?s?)\s+(?:full\s+|first\s+|last\s+)?(?:name|title|position|company|address|phone|email|signature|institution)s?[^()\n]{0,30}"
    r"|(?:name|title|date|company|institution|university|position|programme|program|school)(?: of [^()\n]{1,30})?)\)",
    re.IGNORECASE,
)  # fmt: skip
BLANKS = late(
    r"(?<![\w@./:-])_{2,}(?![\w@])|(?<!\.)\.{5,}(?!\.)|\?{3,}|(?<!\w)(?:X{3,}|x{4,}|\*{3,}(?=\s*[,.\w])(?!\*)|#{3,}(?=\w)|…{2,})(?!\w)(?! ?[|=-])"
)
STAND_INS = late(
    r"(?<![\w-])(?:NAMES?|APPLICANT|CANDIDATE|STUDENT|COMPANY|UNIVERSITY|INSTITUTION|PROGRAM(?:ME)?|POSITION|TITLE|DATE|SURNAME|EMPLOYER|ORGANI[SZ]ATION)(?=['’]?S?['’]?s?\b)(?![\w-]*[a-z]{2})"
    r"(?!\s+[A-Z]{2,})(?<![A-Z] )"
    r"|(?<!\w)(?:TODO|TBD|TBC|TBA|FIXME|TK|TKTK|XYZ|ABCD?(?=\s+(?:Company|Corp(?:oration)?|Inc|Ltd|LLC|University|College|School|Institute|Restaurant|Organi[sz]ation|Firm|Bank|Hospital|Foundation)\b))(?!\w)"
    r"|\b(?:INSERT|FILL IN|ADD)\s+(?:[A-Z]+\s+){0,4}(?:NAME|DATE|TITLE|HERE|EXAMPLE|COMPANY|UNIVERSITY|SCHOOL|DETAILS?|REASON)\b"
    r"|(?i:\blorem ipsum\b|\b(?:insert|fill in|type|put|write)\s+(?:\w+\s+){1,4}here\b|\b(?:first\s?name|given\s?name)[\s_]+(?:last\s?name|family\s?name|surname)\b|\bso[- ]and[- ]so\b)"
    r"|\b(?:Firstname|FirstName|LastName|Lastname|FullName|ApplicantName|StudentName|CompanyName|UniversityName)\b"
    r"|\b(?:John|Jane)\s+Doe\b|\b(?:Acme|ACME)\s+Corp(?:oration)?\b"
    r"|(?i:\b(?:name of (?:applicant|candidate|student|university|company|institution|programme|program|school|project|journal(?: article)?|recipient))\b)"
    r"|(?i:\b(?:his/her|her/his|he/she|she/he|him/her|her/him|s/he|himself/herself|herself/himself|his or her|he or she)\b)"
    r"|(?i:(?<=\bdear\s)(?:sir or madam\s*/\s*name|(?:prof(?:essor)?|dr|mr|ms|mrs)\.?\s+(?:x|xx|name|surname|so-and-so)\b))"
    r"|(?<=\bUniversity of )X\b|(?<=\b[Pp]rofessor )X\b|(?<=\bDr )X\b|(?<=\bDr\. )X\b"
)  # fmt: skip
QUOTED_WORDS = late(r"(?i:his or her|he or she)$")
LEGITIMATE = late(
    r"(?i:^\[(?:the|a|an|she|he|they|his|her|their|it|i|we|this|that|these|those|is|was|were|had|has|and|or|to|of|in|emphasis (?:added|mine)|my emphasis|translated|signed|redacted"
    r"|i\.e\.|e\.g\.|see\b.*|ref\.?.*|note.*|fig.*|table.*|doi.*|isbn.*|applause|laughter|pdf|link|cid:.*|image:.*)\]$)"
)

NAMED_HOUSE = late(
    r"^\((?:University|School|Company|Institution) of (?:the )?(?!X+\b|Names?\b|Applicants?\b|Students?\b|Candidates?\b|Your\b|Choice\b|Interest\b)[A-Z][^\W_]+[^()]*\)$"
)
"""`(University of Turku)` is a name; `(university of choice)` is none."""


def is_placeholder(prose: Prose, start: int, end: int) -> bool:
    """Whether a span touches a place left to fill: what stands there names nobody yet."""
    return any(left < end and start < right for left, right in placeholders(prose))


@lru_cache(maxsize=32)
def placeholders(prose: Prose) -> tuple[tuple[int, int], ...]:
    """Every place left to fill, in order and without overlap."""
    return tuple(_placeholders(prose))


def _placeholders(prose: Prose) -> Iterator[tuple[int, int]]:
    last = -1
    found = [match for pattern in (BRACKETED, BLANKS, STAND_INS) for match in pattern.finditer(prose.text)]
    for match in sorted(found, key=lambda each: (each.start(), -each.end())):
        start, end = match.span()
        if start < last or _is_meant(prose, match):
            continue
        last = end
        yield start, end


def _is_meant(prose: Prose, match: re.Match[str]) -> bool:
    """An editor's bracket inside a quotation, a generic `he or she`, a rule of underscores across a page."""
    said = match.group()
    if LEGITIMATE.match(said) or NAMED_HOUSE.match(said):
        return True
    if said.startswith("[") and prose.is_quoted(*match.span()) and not SLOT.search(said):
        return True
    if QUOTED_WORDS.match(said):
        return True
    if set(said) <= {"_", ".", "*", "#", "…", "?"}:
        return _is_rule_or_signature(prose, match)
    return False


def _is_rule_or_signature(prose: Prose, match: re.Match[str]) -> bool:
    """A line alone on its line is a rule, or where a hand will sign."""
    line_start = prose.text.rfind("\n", 0, match.start()) + 1
    line_end = prose.text.find("\n", match.end())
    line = prose.text[line_start : line_end if line_end >= 0 else len(prose.text)].strip()
    alone = line == match.group()
    return (alone and len(line) >= 3) or (set(match.group()) <= {"."} and not line[:1].isalpha())
