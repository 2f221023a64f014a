"""What is asked of a contact, in plain words."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vouchsafe.core.reading.addresses import normalise
from vouchsafe.core.words import msg
from vouchsafe.doors.web.ui.dates import locale_of
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.people.actions.rate_contacts import Rating
from vouchsafe.people.contact_facts import AddressUnreadable, ContactFacts

TIES = {
    "direct_manager": _("They managed me"),
    "adviser": _("They advised me, as a supervisor or tutor"),
    "professor_small": _("They taught me, in a small class"),
    "professor_large": _("They taught me, in a large class"),
    "mentor": _("They are a mentor"),
    "colleague": _("We worked side by side"),
    "client": _("They were a client or customer"),
    "peer": _("We studied or trained together"),
    "friend": _("They are a friend"),
    "family": _("They are family"),
    "weak": _("We have barely met"),
}
KNOWS = (
    (0, _("Has not seen my work")),
    (1, _("Has seen a little of it")),
    (2, _("Has seen some of it")),
    (3, _("Could tell a story about something I did")),
    (4, _("Knows it in depth, with several stories")),
)
WARMTH = (
    (0, _("No warmth that I know of")),
    (1, _("We know each other a little")),
    (2, _("We get on")),
    (3, _("A good connection")),
    (4, _("A very good connection")),
)
SENIORITY = (
    (0, _("Starting out")),
    (1, _("Experienced")),
    (2, _("Leads a team or a course")),
    (3, _("Leads a department, or a professor")),
    (4, _("Known across the field")),
)
QUALITIES = (
    msg("accuracy"), msg("calm under pressure"), msg("clear writing"), msg("curiosity"), msg("initiative"),
    msg("kindness"), msg("leadership"), msg("reliability"), msg("teaching"), msg("teamwork"), msg("technical skill"),
)  # fmt: skip
"""Offered while typing; any other word will do."""


_NO_COUNTRIES = frozenset(("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"))
"""Codes of unions, and of nowhere."""


class MonthWidget(forms.SelectDateWidget):
    """Day, month and year, where the day may be left out: nobody remembers it."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        day, month, year = (data.get(f"{name}_{part}", "").strip() for part in ("day", "month", "year"))
        if not (day or month or year):
            return None
        return f"{year or 0}-{month or 0}-{day or 0}"  # what was typed comes back, whatever is missing


class MonthField(forms.DateField):
    widget = MonthWidget

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            year, month, day = (int(part) for part in str(value).split("-"))
            return date(year, month, day or 1)
        except ValueError:
            raise forms.ValidationError(
                gettext("Enter the month and the year as numbers, like 5 and 2024.")
            ) from None


def grades(said: tuple[tuple[int, Any], ...]) -> list[tuple[str, Any]]:
    return [("", _("Not said yet")), *((str(value), words) for value, words in said)]


def _grade(said: tuple[tuple[int, Any], ...], label: Any, **facts: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=grades(said), coerce=int, empty_value=None, required=False, **facts
    )


def _line(label: Any, longest: int, **facts: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False, **facts)


def countries() -> list[tuple[str, str]]:
    """The countries by name, in the reader's language."""
    named = (
        (code, name)
        for code, name in locale_of().territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    )
    return [("", gettext("Not said yet")), *sorted(named, key=lambda pair: pair[1])]


class ContactForm(forms.Form):
    """Everything an applicant may say of someone. Only the name is needed."""

    name = forms.CharField(
        label=_("Their name"),
        max_length=200,
        help_text=_("As you would write it on an envelope"),
        error_messages={"required": _("Enter their name.")},
    )
    addresses = forms.CharField(
        label=_("Email address"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "2", "data-lines": "few"}),
        help_text=_("One a line; the first is written to. Leave it out if you would ask in person."),
    )
    tie = forms.ChoiceField(
        label=_("How do they know you?"),
        required=False,
        choices=[("", _("Not said yet")), *TIES.items()],
    )
    last_worked_on = MonthField(
        label=_("When did you last work together?"),
        required=False,
        help_text=_("Month and year are enough"),
    )
    knows_work = _grade(KNOWS, _("How well do they know your work?"), widget=forms.RadioSelect)
    warmth = _grade(WARMTH, _("How well do you get on?"), widget=forms.RadioSelect)
    qualities = _line(
        _("What have they seen in you?"),
        500,
        help_text=_("Words with commas between them, like: reliability, clear writing"),
    )
    meets_regularly = forms.BooleanField(
        label=_("We see each other regularly"),
        required=False,
        help_text=_("Then asking in person comes first"),
    )
    phone_reference = forms.BooleanField(
        label=_("They take reference calls for me"),
        required=False,
        help_text=_("Keep letter writers apart from those who take calls: don’t ask too much of one person"),
    )
    unreachable = forms.BooleanField(
        label=_("They can’t be reached any more"),
        required=False,
        help_text=_("Nobody asks them then, and it is one more reason for a letter by someone else"),
    )
    organisation = _line(_("Where they work"), 200)
    title = _line(_("What they do there"), 200)
    salutation = _line(_("How you address them"), 200, help_text=_("Like “Dear Dr Nwosu”"))
    how_you_know = forms.CharField(
        label=_("How you worked together"),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text=_("Where, when and on what. It helps when you write to them."),
    )
    seniority = _grade(
        SENIORITY,
        _("How senior are they?"),
        help_text=_("This only decides between equals: knowing your work always counts more"),
    )
    budget_hours = forms.DecimalField(
        label=_("Hours you may ask of them"),
        required=False,
        min_value=0,
        max_value=200,
        max_digits=4,
        decimal_places=1,
        help_text=_("A new letter takes about three hours, adapting one half an hour. We assume six."),
    )
    country = forms.ChoiceField(
        label=_("Their country"), required=False, choices=countries, help_text=_("For its holidays")
    )
    time_zone = _line(_("Their time zone"), 64, help_text=_("Like Europe/London"))
    profile = _line(_("Their page"), 500, help_text=_("A LinkedIn or university page"))
    notes = forms.CharField(
        label=_("Notes for yourself"), required=False, max_length=8000, widget=forms.Textarea
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self._today = today
        super().__init__(*args, **kwargs)

    def clean_addresses(self) -> tuple[str, ...]:
        said = tuple(filter(None, map(str.strip, self.cleaned_data["addresses"].splitlines())))
        for address in said:
            if normalise(address) is None:
                refusal = AddressUnreadable(address=address)
                raise forms.ValidationError(f"{translate(refusal.sentence)} {gettext(refusal.hint_msgid)}")
        return said

    def clean_last_worked_on(self) -> date | None:
        said: date | None = self.cleaned_data["last_worked_on"]
        if said is not None and said > self._today:
            raise forms.ValidationError(gettext("This must be a month that has come already."))
        if said is not None and said.year < 1900:
            raise forms.ValidationError(gettext("Enter the year with four digits."))
        return said

    def clean_time_zone(self) -> str:
        said: str = self.cleaned_data["time_zone"].strip()
        if said and said not in available_timezones():
            raise forms.ValidationError(gettext("Enter a zone like Europe/London or America/New_York."))
        return said

    def facts(self) -> ContactFacts:
        """What was said, as the actions take it."""
        said = dict(self.cleaned_data)
        said["qualities"] = tuple(filter(None, map(str.strip, said["qualities"].split(","))))
        if said["budget_hours"] is None:
            del said["budget_hours"]
        return ContactFacts(**said)


class RatingForm(forms.Form):
    """One row of the quick table; its prefix is the contact's key."""

    tie = forms.ChoiceField(required=False, choices=[("", ""), *TIES.items()])
    knows_work = _grade(KNOWS, "")
    warmth = _grade(WARMTH, "")
    unreachable = forms.BooleanField(required=False)

    def rating(self) -> Rating:
        return Rating(**self.cleaned_data)
