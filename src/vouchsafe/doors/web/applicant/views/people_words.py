"""How people are spoken of on the applicant's pages: strings ready to show, out of what the desk found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vouchsafe.desk.people import PersonRow
from vouchsafe.desk.person import PersonPage
from vouchsafe.doors.web.applicant.forms.contact import KNOWS, SENIORITY, TIES, WARMTH, countries
from vouchsafe.doors.web.ui.dates import day, month
from vouchsafe.doors.web.ui.sentences import translate


@dataclass(frozen=True, slots=True)
class Standing:
    """A status as its envelope, word and tone."""

    envelope: str
    word: Any
    tone: str = ""


@dataclass(frozen=True, slots=True)
class NextAct:
    """Something to do about a person."""

    label: str
    href: str
    icon: str


STAGES = {
    "": Standing("empty", _("Not asked")),
    "prepared": Standing("empty", _("Not asked")),
    "spoken": Standing("asked", _("Asked in person"), "wait"),
    "refused": Standing("empty", _("Said no"), "stop"),
    "asked": Standing("asked", _("Waiting for a yes"), "wait"),
    "agreed": Standing("asked", _("Said yes"), "blue"),
    "writing": Standing("writing", _("Writing"), "blue"),
    "declined": Standing("empty", _("Said no"), "stop"),
    "sealed": Standing("sealed", _("Safe"), "seal"),
    "withdrawn": Standing("empty", _("You took it back")),
}

KNOWS_WORDS = (_("not said"), _("little"), _("some"), _("well"))
FITS_WORDS = (_("not said"), _("little"), _("fairly"), _("well"))
FREE_WORDS = ("", _("asked enough"), _("a little"), _("yes"))


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One row, ready to show."""

    href: str
    name: str
    who: str
    last: Any
    advice: str
    standing: Standing
    marks: tuple[tuple[str, int, str], ...]
    takes_calls: bool


def line(row: PersonRow, people_href: str) -> PersonLine:
    marks = [(gettext("Knows my work"), row.knows, str(KNOWS_WORDS[row.knows]))]
    if row.fits:
        marks.append((gettext("Fits this reader"), row.fits, str(FITS_WORDS[row.fits])))
    marks.append((gettext("Free enough"), row.free, str(FREE_WORDS[row.free])))
    return PersonLine(
        href=f"{people_href}{row.key}/",
        name=row.name,
        who=" · ".join(filter(None, (tie_words(row.tie), place(row.title, row.organisation)))),
        last=month(row.last_worked_on) if row.last_worked_on else "",
        advice=translate(row.advice),
        standing=STAGES[row.stage],
        marks=tuple(marks),
        takes_calls=row.takes_calls,
    )


def tie_words(tie: str) -> str:
    return str(TIES[tie]) if tie else ""


def place(title: str, organisation: str) -> str:
    """ "Team lead, Harbour & Vale"."""
    return ", ".join(filter(None, (title, organisation)))


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of what has happened; `when` is a day this year, a month before that."""

    when: Any
    text: str
    more: str
    tone: str


def events_of(found: PersonPage, today: date) -> tuple[EventLine, ...]:
    return tuple(
        EventLine(
            when=day(event.at, "short") if event.at.year == today.year else month(event.at.date()),
            text=translate(event.text),
            more=gettext("“{words}”").format(words=event.more) if event.more else "",
            tone=event.tone,
        )
        for event in found.events
    )


def known_of(found: PersonPage) -> tuple[tuple[str, object], ...]:
    """What is known of a person as pairs of label and value; what nobody has said is said to be missing."""
    contact = found.contact
    missing = gettext("Not said yet")
    pairs: list[tuple[str, object]] = [
        (gettext("How they know you"), tie_words(contact.tie) or missing),
        (gettext("Last worked together"), _month(contact.last_worked_on) or missing),
        (gettext("Knows your work"), _grade(KNOWS, contact.knows_work) or missing),
        (gettext("How you get on"), _grade(WARMTH, contact.warmth) or missing),
        (gettext("Have seen in you"), ", ".join(contact.qualities) or missing),
    ]
    pairs += [
        (label, value)
        for label, value in (
            (gettext("How you worked together"), contact.how_you_know),
            (gettext("Where"), place(contact.title, contact.organisation)),
            (gettext("Seniority"), _grade(SENIORITY, contact.seniority)),
            (gettext("Address them as"), contact.salutation),
            (gettext("Country"), dict(countries()).get(contact.country) if contact.country else ""),
            (gettext("Time zone"), contact.time_zone.replace("_", " ")),
            (gettext("Page"), contact.profile),
            (gettext("Your notes"), contact.notes),
        )
        if value
    ]
    return tuple(pairs)


def _grade(said: tuple[tuple[int, Any], ...], value: int | None) -> str:
    return "" if value is None else str(dict(said)[value])


def _month(value: date | None) -> object:
    return month(value) if value else ""
