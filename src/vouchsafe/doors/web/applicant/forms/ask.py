"""What is asked while an ask is prepared, one thing a page, and about a request afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vouchsafe.core.reading.resume_points import LONGEST, MOST, ResumePoint
from vouchsafe.core.words import Refusal, Sentence
from vouchsafe.doors.web.ui.sentences import translate

POINTS = 3
SAID = (
    ("yes", _("Yes")),
    ("maybe", _("Maybe, and would like to think about it")),
    ("no", _("No")),
    ("not_met", _("We did not meet")),
)


def day_widget() -> forms.SelectDateWidget:
    this_year = date.today().year  # noqa: DTZ011 - only which years a form accepts
    return forms.SelectDateWidget(years=range(this_year - 1, this_year + 7))


def refuse(form: forms.Form, refusal: Refusal, field: str | None = None) -> None:
    """A refusal of an action becomes the form's error: what was wrong, and what to do."""
    hint = translate(refusal.hint) if refusal.hint else ""
    form.add_error(field, f"{translate(refusal)} {hint}".strip())


class PairForm(forms.Form):
    """Whom to ask, and for what."""

    contact = forms.ChoiceField(label=_("Whom do you ask?"))
    opportunity = forms.ChoiceField(label=_("What is the letter for?"))

    def __init__(
        self,
        *args: Any,
        contacts: list[tuple[str, str]],
        opportunities: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = contacts  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["opportunity"].choices = opportunities  # type: ignore[attr-defined]  # a ChoiceField


class NoteForm(forms.Form):
    subject = forms.CharField(
        label=_("Subject"), max_length=300, error_messages={"required": _("Give the mail a subject.")}
    )
    note = forms.CharField(
        label=_("Your note"),
        widget=forms.Textarea,
        max_length=6000,
        error_messages={"required": _("Write the note, or leave the words we propose.")},
    )


class PointsForm(forms.Form):
    """Up to three, typed or ticked; empty ones are left out. `offered` are those a résumé just gave."""

    point_1 = forms.CharField(label=_("First thing to mention"), required=False, max_length=200)
    point_2 = forms.CharField(label=_("Second"), required=False, max_length=200)
    point_3 = forms.CharField(label=_("Third"), required=False, max_length=200)
    resume = forms.FileField(label=_("Résumé as JSON Resume or FRESH"), required=False, allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data if isinstance(self.data, QueryDict) else QueryDict()
        self.ticked = sent.getlist("tick")
        self.offered = [
            ResumePoint(text[:LONGEST], where)
            for text, where in zip(sent.getlist("offered"), sent.getlist("offered_where"), strict=False)
        ][:MOST]

    def clean(self) -> dict[str, Any]:
        if len(self.points) > POINTS:
            raise forms.ValidationError(_("That is more than three. Untick one, or empty a line."))
        return self.cleaned_data

    @property
    def points(self) -> list[str]:
        typed = [said for n in range(1, POINTS + 1) if (said := self.cleaned_data.get(f"point_{n}", ""))]
        offered = {point.text for point in self.offered}
        return typed + [said for said in self.ticked if said in offered and said not in typed]


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=(
            ("resume", _("My résumé")),
            ("posting", _("The posting")),
            ("work", _("A piece of my work")),
            ("other", _("Something else")),
        ),
    )
    file = forms.FileField(
        label=_("File"),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another copy of it."),
        },
    )


class ReadingForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("May you read the letter?"),
        choices=(("waived", ""), ("open", "")),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you may read the letter.")},
    )

    def __init__(self, *args: Any, demanded: tuple[str, Sentence] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.demanded = demanded
        """What the call demands, and the words that say so: the page offers nothing else."""
        if demanded is not None:
            self.initial["choice"] = demanded[0]


class DateForm(forms.Form):
    shown_on = forms.DateField(
        label=_("By when?"),
        widget=forms.SelectDateWidget,
        required=False,
        error_messages={"invalid": _("Enter a day, a month and a year, like 30 10 2026.")},
    )

    def __init__(self, *args: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown_on"].widget = day_widget()
        self.fields["shown_on"].required = needed
        self.fields["shown_on"].error_messages["required"] = gettext("Enter the date the writer will see.")


class SendForm(forms.Form):
    when = forms.ChoiceField(
        label=_("When?"),
        choices=(("now", ""), ("morning", ""), ("needed", "")),
        widget=forms.RadioSelect,
        required=False,
    )
    ask_anyway = forms.BooleanField(label=_("Ask anyway"), required=False)
    confirmed = forms.BooleanField(label=_("Send it as it is"), required=False)


class SaidForm(forms.Form):
    """A word in person or on the phone, and what was said."""

    said = forms.ChoiceField(
        label=_("What was said?"),
        choices=SAID,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was said.")},
    )
    channel = forms.ChoiceField(
        label=_("How did you speak?"), choices=(("in_person", _("In person")), ("phone", _("On the phone")))
    )
    asked_on = forms.DateField(
        label=_("On which day?"),
        widget=forms.SelectDateWidget,
        error_messages={
            "required": _("Enter the day on which you spoke."),
            "invalid": _("Enter a day, a month and a year, like 15 10 2026."),
        },
    )
    maybe_until = forms.DateField(
        label=_("If maybe: when do you ask again?"),
        widget=forms.SelectDateWidget,
        required=False,
        error_messages={"invalid": _("Enter a day, a month and a year, like 22 10 2026.")},
    )
    note = forms.CharField(
        label=_("What you want to remember of it"),
        help_text=_("Only you see this"),
        widget=forms.Textarea,
        required=False,
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_on"].widget = day_widget()
        self.fields["maybe_until"].widget = day_widget()


class ReminderForm(forms.Form):
    words = forms.CharField(
        label=_("Your own words before ours"), widget=forms.Textarea, required=False, max_length=3000
    )


class ReminderDayForm(forms.Form):
    day = forms.DateField(
        label=_("On which day should it go?"),
        widget=forms.SelectDateWidget,
        error_messages={
            "required": _("Enter a day."),
            "invalid": _("Enter a day, a month and a year, like 23 10 2026."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget = day_widget()


class AddressForm(forms.Form):
    address = forms.CharField(
        label=_("The address to write to"),
        max_length=320,
        error_messages={"required": _("Enter the address, like name@example.org.")},
    )
    was_wrong = forms.BooleanField(
        label=_("The old address was wrong"),
        help_text=_("Links we mailed there stop working"),
        required=False,
    )
