"""What the office fills in about a call, its days and its committee."""

from __future__ import annotations

from datetime import MAXYEAR, date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchsafe.doors.web.ui.zones import zones_to_choose
from vouchsafe.plans.actions.keep_call import MOST_WRITERS, CallFacts

if TYPE_CHECKING:
    from vouchsafe.plans.models import Call

KINDS = (
    ("programme", _("A programme of study")),
    ("scholarship", _("A scholarship")),
    ("academic", _("An academic post")),
    ("job", _("A job")),
)
CONFIDENTIALITY = (
    ("required", _("No: applicants give up reading them")),
    ("choice", _("As each applicant chooses")),
    ("open", _("Yes: letters are open")),
)
NUMBER = {
    name: _("Give a number from 1 to 10.") for name in ("required", "invalid", "min_value", "max_value")
}
DAY = {"required": _("Give the day."), "invalid": _("Give the day as a date.")}


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class DayField(forms.DateField):
    """A day with room behind it: whoever reckons on from it, or in another zone, must not leave the calendar."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, widget=day_input(), error_messages=DAY)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and day.year >= MAXYEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class DaysForm(forms.Form):
    """The days alone: what may still change once people take part."""

    closes_on = DayField(label=_("Until which day may applicants begin?"))
    due_on = DayField(label=_("By which day must letters be here?"))


class CallForm(DaysForm):
    title = forms.CharField(
        label=_("What do applicants apply for?"),
        max_length=300,
        error_messages={"required": _("Call it after what applicants apply for.")},
    )
    organisation = forms.CharField(label=_("Where?"), required=False, max_length=300)
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS)
    about = forms.CharField(
        label=_("What should applicants know?"), required=False, max_length=20_000, widget=forms.Textarea
    )
    need = forms.IntegerField(
        label=_("How many letters does each applicant need?"),
        min_value=1,
        max_value=MOST_WRITERS,
        initial=2,
        error_messages=NUMBER,
    )
    most = forms.IntegerField(
        label=_("How many writers may each applicant name?"),
        min_value=1,
        max_value=MOST_WRITERS,
        initial=3,
        error_messages=NUMBER,
        help_text=_("One more than letters leaves room for a writer who falls ill."),
    )
    wanted = forms.CharField(
        label=_("What should letters speak of?"),
        required=False,
        max_length=500,
        help_text=_("Qualities, with commas between: patience, writing, working with data."),
    )
    guidance = forms.CharField(
        label=_("What should writers know?"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"data-lines": "few"}),
        help_text=_("Every writer sees it beside what they are asked for."),
    )
    most_pages = forms.IntegerField(
        label=_("At most how many pages?"), required=False, min_value=1, max_value=100
    )
    zone = forms.ChoiceField(label=_("In which time zone?"))
    confidentiality = forms.ChoiceField(
        label=_("May applicants read their letters?"),
        choices=CONFIDENTIALITY,
        initial="choice",
        widget=forms.RadioSelect,
    )
    holds = forms.BooleanField(
        label=_("Hold letters until their applicant is shortlisted"),
        required=False,
        help_text=_("Nobody on the committee can read one before."),
    )
    may_replace = forms.BooleanField(
        label=_("Applicants may replace a writer who was asked already"), required=False, initial=True
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = str(self.initial.get("zone") or "")
        self.fields["zone"] = forms.ChoiceField(
            label=self.fields["zone"].label, choices=zones_to_choose(kept, zone), initial=kept or zone
        )

    def facts(self) -> CallFacts:
        said = dict(self.cleaned_data)
        said["wanted"] = tuple(said["wanted"].split(","))
        return CallFacts(**said)


class SeatForm(forms.Form):
    """Who reads on the committee."""

    name = forms.CharField(
        label=_("Their name"),
        max_length=200,
        help_text=_("Applicants see who reads."),
        error_messages={"required": _("Enter the name of the reader.")},
    )
    address = forms.EmailField(
        label=_("Their email address"),
        error_messages={
            "required": _("Enter their email address, like name@example.org"),
            "invalid": _("Enter their email address, like name@example.org"),
        },
    )
    until = DayField(label=_("Until which day may they read?"))
    may_shortlist = forms.BooleanField(label=_("They may shortlist applicants"), required=False)

    def expires_at(self, call: Call) -> datetime:
        """The last second of that day, where the call's days are reckoned."""
        return datetime.combine(self.cleaned_data["until"], time(23, 59, 59), ZoneInfo(call.zone))


def initial_of(call: Call) -> dict[str, Any]:
    names = (
        "title", "organisation", "kind", "about", "guidance", "need", "most", "most_pages", "closes_on", "due_on", "zone",
        "confidentiality", "holds", "may_replace",
    )  # fmt: skip
    return {**{name: getattr(call, name) for name in names}, "wanted": ", ".join(call.wanted)}
