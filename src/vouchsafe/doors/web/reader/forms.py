from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("The number of the letter"),
        max_length=60,
        help_text=_("Eight letters and digits at the foot of each page, like K7QM-42TX"),
        error_messages={"required": _("Enter the number at the foot of the letter.")},
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class FileForm(forms.Form):
    file = forms.FileField(
        error_messages={
            "required": _("Choose the PDF of the letter."),
            "empty": _("The file is empty. Choose the PDF of the letter."),
        }
    )

    def clean_file(self) -> UploadedFile[Any]:
        given: UploadedFile[Any] = self.cleaned_data["file"]
        if given.size is not None and given.size > settings.UPLOAD_LIMIT_BYTES:
            raise ValidationError(_("The file is larger than 20 MB, so it is no letter of ours."))
        return given


class QuestionForm(forms.Form):
    wants = forms.ChoiceField(
        label=_("What would you like?"),
        choices=(("answer", _("An answer in writing")), ("call", _("A call"))),
        initial="answer",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer in writing, or a call.")},
    )
    words = forms.CharField(
        label=_("Your question"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("Who you are, what you would like to know, and for a call when you can be reached"),
        error_messages={
            "required": _("Write what you would like to know, in a line or two."),
            "max_length": _("Ask what matters most, in at most 2,000 characters."),
        },
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code for this link"),
        max_length=20,
        help_text=_("Six digits that you were told apart from the link"),
        error_messages={"required": _("Enter the six digits that you were told.")},
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class ColleagueForm(forms.Form):
    colleague_name = forms.CharField(
        label=_("Who else is to read them"),
        max_length=200,
        error_messages={"required": _("Enter the name of your colleague.")},
    )
    colleague_address = forms.CharField(
        label=_("Their mail address"),
        max_length=320,
        error_messages={"required": _("Enter it like name@example.org; their own link goes there.")},
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "email"}),
    )
