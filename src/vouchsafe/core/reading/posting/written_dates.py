"""Dates as people write them, in English, German, French and Spanish."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier enero",
            "february feb februar février fevrier febrero",
            "march mar märz maerz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août aout agosto",
            "september sept sep septembre septiembre setiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre decembre diciembre",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?:\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
_WEEKDAY = r"(?:[A-Za-zäöüéáàâœçñ]{3,10}\.?,?\s+)?"
WRITTEN_DATE = re.compile(
    rf"(?i)(?<![\w/.-])(?:(?P<y1>\d{{4}})[-/](?P<m1>\d{{2}})[-/](?P<d1>\d{{2}})"
    rf"|(?P<d2>\d{{1,2}})\.\s?(?P<m2>\d{{1,2}})\.\s?(?P<y2>\d{{4}})"
    rf"|(?P<d3>{_DAY})\s*(?:of\s+|de\s+|-)?(?P<m3>{_MONTH})\.?,?(?:\s+|-|\s+de[l]?\s+)(?P<y3>\d{{4}})"
    rf"|(?P<m4>{_MONTH})\.?\s+(?P<d4>{_DAY}),?\s+(?P<y4>\d{{4}}))(?![\w/])"
)
"""Dates whose day, month and year cannot be taken for one another. 01/08/2026 is not among them."""

DOUBTFUL_DATE = re.compile(
    rf"(?i)(?<![\w/.-])(?:\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{2,4}}|\d{{1,2}}\.\s?\d{{1,2}}\.(?:\d{{2}}(?!\d))?"
    rf"|{_DAY}\s*(?:of\s+|de\s+)?(?:{_MONTH})\b|(?:{_MONTH})\.?\s+{_DAY})(?![\w/])"
)


def found_date(found: re.Match[str]) -> date | None:
    """The day a match of `WRITTEN_DATE` names, if the calendar has it."""
    parts = {key[0]: value for key, value in found.groupdict().items() if value is not None}
    month = parts["m"].lower()
    day = re.sub(r"\D", "", parts["d"])
    try:
        return date(int(parts["y"]), _MONTHS[month] if month in _MONTHS else int(month), int(day))
    except (ValueError, KeyError):
        return None


def only_date(text: str) -> date | None:
    """The day a text is, when it is nothing but a date."""
    found = re.fullmatch(_WEEKDAY + WRITTEN_DATE.pattern.removeprefix("(?i)"), text.strip(), re.IGNORECASE)
    return found_date(found) if found else None
