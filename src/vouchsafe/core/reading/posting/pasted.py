"""Plain words of an advertisement: only what it states in so many words is taken.

A label (“Job title: …”), a front matter line, “apply by 1 August 2026”. A heading is not a title
and a sender is not an employer: whoever pastes the text fills those in.
"""

from __future__ import annotations

import re

from vouchsafe.core.reading.posting.records import PostingProblem, PostingRead
from vouchsafe.core.reading.posting.values import iso_date, line, plain, web_address, words
from vouchsafe.core.reading.posting.written_dates import DOUBTFUL_DATE, WRITTEN_DATE, found_date
from vouchsafe.core.words import say

_TITLE = (
    "job title|position title|title of (?:the )?position|position|vacancy|job|role|stellenbezeichnung|stelle|position als"
    "|berufsbezeichnung|intitulé du poste|poste|titre du poste|puesto|cargo|título del puesto"
)
_COMPANY = (
    "company|company name|employer|organi[sz]ation|institution|university|hiring organi[sz]ation|unternehmen|arbeitgeber"
    "|firma|entreprise|employeur|société|empresa|empleador|organización"
)
_PLACE = "location|place of work|job location|arbeitsort|standort|einsatzort|lieu|lieu de travail|localisation|ubicación|lugar"
_PUBLISHED = "date posted|posted on|posted|published|published on|veröffentlicht am|publié le|publicado el"
_URL = "url|link|job url|posting url|apply at"
_DEADLINE = (
    "(?:the )?(?:application |applications? )?(?:deadline|closing date|due date)(?: (?:for|of) (?:the )?applications?)?"
    "|bewerbungsschluss|bewerbungsfrist|bewerbungsende|frist"
    "|date limite(?: (?:de|des|du|pour) [a-zé ]{3,30})?|clôture des candidatures"
    "|fecha límite(?: (?:de|para) [a-z ]{3,30})?|fecha de cierre|plazo(?: de [a-z ]{3,30})?"
)
_APPLY_BY = re.compile(
    r"(?i)\b(?:apply (?:\w+ ){0,3}?(?:by|before|no later than|not later than|until)"
    r"|applications? (?:[\w()'’]+ ){0,6}?(?:by|before|until|no later than|close[sd]?(?: on)?|closing on)"
    r"|(?:application )?deadline (?:\w+ ){0,4}?(?:is|:|on)"
    r"|closing date (?:\w+ ){0,4}?(?:is|:)"
    r"|bewerben sie sich (?:[\wäöüß]+ ){0,3}?bis(?: spätestens)?(?: zum)?"
    r"|bewerbung(?:en|sunterlagen)? (?:[\wäöüß]+ ){0,6}?bis(?: spätestens)?(?: zum)?"
    r"|bewerbungs(?:frist|schluss) (?:\w+ ){0,3}?(?:ist|endet|am|:)(?: (?:am|der))?"
    r"|(?:postuler|candidatures?) (?:[\wéèàê']+ ){0,6}?(?:avant|jusqu['’]au)(?: le)?"
    r"|(?:solicitudes|candidaturas) (?:[\wáéíóú]+ ){0,6}?(?:antes del?|hasta)(?: el)?)"
    r"[\s:*_]{1,4}(?:(?:on|the|le|el|den|dem|am|midnight|11:59 ?pm|23:59|17:00|5 ?pm|,|of) ){0,4}"
    r"(?:\w{3,10}(?:day|tag|di|es|do|go)\.?,? )?[*_]{0,2}(?P<date>[^\n]{4,40})"
)
# What may stand between a deadline's label and its date; any other word starts another thought.
_LEADING = re.compile(
    r"(?i)[\W\d_]*+(?:(?:on|the|at|by|is|midnight|noon|[ap]\.?m|gmt|utc|ces?t|[ecmp][sd]?t|bst|uhr|le|el|den|der|am|à|h"
    r"|\w{2,7}day|mon|tue|wed|thu|fri|sat|sun|\w{3,8}tag|mittwoch|\w{3,5}di|dimanche|lunes|martes|miércoles|jueves|viernes"
    r"|sábado|domingo|de|del|now|extended|to|until)\b[\W\d_]*+)*"
)
# A mail address or a comparison in angle brackets is no HTML.
_MARKED_UP = re.compile(r"(?i)</?(?:p|div|br|li|ul|h[1-6]|span|strong|b|em|a)\b[^<>]*>")
_NEGATED = re.compile(
    r"(?i)\b(?:no|not|without|extended from|was|previous(?:ly)?|old|kein\w*|ohne)\s+(?:\w+\s+){0,2}$"
)
_LOCATED = re.compile(
    r"\b(?:position|job|role|post|vacancy) (?:is|will be) (?:located|based) in "
    r"([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}(?:, [A-Z]{2}\b|, [A-Z][a-z]+(?: [A-Z][a-z]+)?)?)"
)
_FRONT = re.compile(r"\A---[ \t]*\n((?:[^\n]*\n){1,60}?)---[ \t]*(?:\n|\Z)")
_JOBS = re.compile(
    r"(?im)^\s*(?:-|tags:|categories:|category:|type:|layout:).*\b(?:jobs?|positions?|vacanc(?:y|ies)|openings?)\b"
)


def read_text(text: str) -> tuple[PostingRead, list[PostingProblem]]:
    """The opening a text states. Fields it does not state are None; `description` is the whole text."""
    said = (plain(text) if _MARKED_UP.search(text) else words(text)) or ""
    front, body = _front_matter(said)
    problems: list[PostingProblem] = []
    deadline = _deadline(body, problems)
    jobs_page = bool(front) and (deadline is not None or bool(_JOBS.search(front)))
    posting = PostingRead(
        title=_labelled(body, _TITLE) or (_front_value(front, "title") if jobs_page else None),
        company=_labelled(body, _COMPANY) or (_front_value(front, "company") if jobs_page else None),
        locations=_places(body),
        published=_posted(body) or (iso_date(_front_value(front, "date")) if jobs_page else None),
        deadline=deadline,
        url=web_address(_labelled(body, _URL)),
        description=said or None,
    )
    return posting, problems


def says_something(posting: PostingRead) -> bool:
    """Whether a text was an advertisement at all, as far as its own words go."""
    return posting.title is not None or posting.deadline is not None


def _front_matter(text: str) -> tuple[str, str]:
    found = _FRONT.match(text)
    return (found.group(1), text[found.end() :]) if found else ("", text)


def _front_value(front: str, name: str) -> str | None:
    found = re.search(rf"(?im)^{name}:[ \t]*(.+)$", front)
    return line(found.group(1).strip().strip("\"'")) if found else None


def _label(names: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?im)^[ \t]*[-*•#>]{{0,4}}[ \t]*[*_]{{0,2}}(?:{names})[ \t]*[*_]{{0,2}}[ \t]*:[*_]{{0,2}}[ \t]*(?P<value>\S[^\n]*)$"
    )


def _labelled(text: str, names: str) -> str | None:
    """The one value behind such a label; two different ones are no certainty."""
    values = {value for found in _label(names).finditer(text) if (value := _bare(found.group("value")))}
    return values.pop() if len(values) == 1 else None


def _bare(value: str) -> str | None:
    text = line(value.strip().strip("*_ "))
    return text if text is not None and len(text) <= 150 else None


def _places(text: str) -> tuple[str, ...]:
    label = _labelled(text, _PLACE)
    if label is not None:
        return (label,)
    found = {match.group(1).rstrip(".") for match in _LOCATED.finditer(text)}
    return tuple(found) if len(found) == 1 else ()


def _posted(text: str) -> str | None:
    value = _labelled(text, _PUBLISHED)
    return iso_date(value) if value else None


def _deadline(text: str, problems: list[PostingProblem]) -> str | None:
    days: dict[str, None] = {}
    doubtful: list[str] = []
    for found in [*_label(_DEADLINE).finditer(text), *_APPLY_BY.finditer(text)]:
        if _NEGATED.search(text[max(0, found.start() - 40) : found.start()]):
            continue
        near = (found.groupdict().get("value") or found.groupdict().get("date") or "")[:60]
        named = WRITTEN_DATE.search(near)
        if named and not _LEADING.fullmatch(near[: named.start()]):
            continue
        day = found_date(named) if named else None
        if day is not None:
            days[day.isoformat()] = None
        elif vague := DOUBTFUL_DATE.search(near):
            doubtful.append(vague.group())
    if len(days) == 1:
        return next(iter(days))
    if days:
        listed = ", ".join(days)
        problems.append(
            PostingProblem("deadline", say("The text names more than one deadline: {dates}.", dates=listed))
        )
    elif doubtful:
        problems.append(
            PostingProblem(
                "deadline",
                say(
                    "“{text}” can be read as more than one day; fill in the deadline by hand.",
                    text=doubtful[0],
                ),
            )
        )
    return None
