"""A packet that stands: its cover, and the day it was handed over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchsafe.doors.web.applicant.forms.ask import day_widget


class CoverForm(forms.Form):
    title = forms.CharField(label=_("Name of the packet"), max_length=300, required=False)
    cover_words = forms.CharField(
        label=_("A few words for the cover"), max_length=1000, required=False, widget=forms.Textarea
    )


class HandedForm(forms.Form):
    """The day on which letters were handed over."""

    on = forms.DateField(
        label=_("Handed over on"),
        error_messages={
            "required": _("Enter the day on which you handed them over."),
            "invalid": _("Enter the day as day, month and year."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].widget = day_widget()
