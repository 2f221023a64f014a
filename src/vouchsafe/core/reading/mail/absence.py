"""When the writer of an absence note is back.

Only a date that the note itself gives counts, in a sentence that speaks of being away or back. A date
that could be two (05/06) is none: a reminder on its usual day does less harm than one moved by a guess.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from vouchsafe.core.reading.mail.incoming import Incoming

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari stycznia styczeń sty",
            "february feb februar février févr febrero fevereiro fev febbraio februari lutego luty lut",
            "march mar märz mrz mars marzo março maart mrt marca marzec",
            "april apr avril avr abril abr aprile kwietnia kwiecień kwi",
            "may mai mayo maio mag maggio mei maja maj",
            "june jun juni juin junio junho giugno giu czerwca czerwiec cze",
            "july jul juli juillet juil julio julho luglio lug lipca lipiec lip",
            "august aug août agosto ago augustus sierpnia sierpień sie",
            "september sep sept septembre septiembre setembro set settembre wrzesień września wrz",
            "october oct oktober okt octobre octubre outubro out ottobre ott października październik paź",
            "november nov novembre noviembre novembro listopada listopad lis",
            "december dec dezember dez décembre déc diciembre dic dezembro dicembre grudnia grudzień gru",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday montag lundi lunes segunda-feira lunedì maandag poniedziałek poniedziałku",
            "tuesday dienstag mardi martes terça-feira martedì dinsdag wtorek wtorku",
            "wednesday mittwoch mercredi miércoles quarta-feira mercoledì woensdag środa środę środy",
            "thursday donnerstag jeudi jueves quinta-feira giovedì donderdag czwartek czwartku",
            "friday freitag vendredi viernes sexta-feira venerdì vrijdag piątek piątku",
            "saturday samstag sonnabend samedi sábado sabato zaterdag sobota sobotę soboty",
            "sunday sonntag dimanche domingo domenica zondag niedziela niedzielę niedzieli",
        )
    )
    for name in names.split()
}
_BACK = re.compile(
    r"\b(?:back|return\w*|until|till|through|zurück|wieder|bis|ab dem|retour|jusqu\w*|reviendrai|vuelvo|volveré|hasta|regreso"
    r"|regresaré|até|regressarei|volto|voltarei|torno|tornerò|rientro|rientrerò|fino|terug|tot|wracam|wrócę|powrót|powrócę|do)\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:away|out of (?:the )?office|on (?:annual )?leave|on vacation|on holiday|absent\w*|abwesend|abwesenheit|urlaub|congés?"
    r"|vacances|vacaciones|ausente|férias|ferie|assente|vakantie|verlof|afwezig|urlop\w*|nieobecn\w*)\b",
    re.IGNORECASE,
)
_INCLUSIVE = re.compile(
    r"\b(?:through|inclusive|einschließlich|einschl\.?|inclus(?:e|iv\w*)?|incluido|inclusive|compreso|incluso|t/m|włącznie)\b",
    re.IGNORECASE,
)
_WORDED = "|".join(sorted((re.escape(name) for name in _MONTHS), key=len, reverse=True))
_DATES = (
    re.compile(r"(?P<y>20\d{2})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"\b(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?:\s?(?P<y>20\d{2}|\d{2}))?(?![\d.])"),
    re.compile(r"\b(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>20\d{2}|\d{2}))?\b"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?\s+(?:of\s+|de\s+)?(?P<name>{_WORDED})\b\.?(?:,?\s+(?:de\s+)?(?P<y>20\d{{2}}))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<name>{_WORDED})\b\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<y>20\d{{2}}))?",
        re.IGNORECASE,
    ),
)
_WEEKDAY = re.compile(r"\b(" + "|".join(re.escape(name) for name in _WEEKDAYS) + r")\b", re.IGNORECASE)
_LONGEST = timedelta(days=400)


def returns_on(mail: Incoming) -> date | None:
    """The day the writer is back, counted from the mail's own date; None if the note does not say."""
    criteria = re.search(r"endDate=(20\d{2}-\d{2}-\d{2})", mail.header("x-apple-criteria"))
    sent = mail.date.date() if mail.date else None
    if criteria:
        return _real(int(criteria[1][:4]), int(criteria[1][5:7]), int(criteria[1][8:]))
    if sent is None:
        return None
    body = mail.text if mail.text.strip() else _text_of(mail.html)
    found = [day for text in (body, mail.subject) for day in return_dates(text, sent)]
    return max(found) if found else None


def return_dates(text: str, sent: date) -> list[date]:
    """The dates that sentences about being away or back name, after `sent` and within a year or so."""
    found: list[date] = []
    flat = re.sub(r"(?<![.!?:])\n(?!\n)", " ", text)
    for sentence in re.split(r"(?<=[^\d\s][.!?])\s+|\n", flat):
        back = bool(_BACK.search(sentence))
        if back or _AWAY.search(sentence):
            found += _dates_in(sentence, sent, back=back)
    return [day for day in found if sent < day <= sent + _LONGEST]


def _dates_in(sentence: str, sent: date, *, back: bool) -> list[date]:
    days = [day for pattern in _DATES for match in pattern.finditer(sentence) if (day := _day(match, sent))]
    if days and (back or len(days) > 1):  # "away on 5 May" says nothing; "away 5 to 9 May" does
        last = max(days)
        return [last + timedelta(days=1) if _INCLUSIVE.search(sentence) else last]
    weekdays = [_WEEKDAYS[name.lower()] for name in _WEEKDAY.findall(sentence)]
    if back and not days and len(set(weekdays)) == 1:
        return [sent + timedelta(days=(weekdays[0] - sent.weekday() - 1) % 7 + 1)]
    return []


def _day(match: re.Match[str], sent: date) -> date | None:
    parts = match.groupdict()
    month, day = _month_and_day(parts)
    if not month:
        return None
    if parts.get("y"):
        year = int(parts["y"])
        return _real(year if year > 99 else 2000 + year, month, day)
    this_year = _real(sent.year, month, day)
    # A note of December names a day of January; a day just gone is the first day of the absence.
    if this_year is not None and this_year < sent - timedelta(days=90):
        return _real(sent.year + 1, month, day)
    return this_year


def _month_and_day(parts: dict[str, str | None]) -> tuple[int, int]:
    if parts.get("name"):
        return _MONTHS[str(parts["name"]).lower()], int(str(parts["d"]))
    if parts.get("a"):
        first, second = int(str(parts["a"])), int(str(parts["b"]))
        if first == second or second > 12:
            return first, second
        return (second, first) if first > 12 else (0, 0)
    return int(str(parts["m"])), int(str(parts["d"]))


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _text_of(html: str) -> str:
    from vouchsafe.core.reading.mail.markup import html_to_text  # rarely needed, and not quick to load

    return html_to_text(html)
