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
