"""What a writer and their assistant type for each other."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AssistantForm(forms.Form):
    name = forms.CharField(
        label=_("Their name"),
        max_length=200,
        error_messages={"required": _("Enter the name of whoever is to help.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("Their email address"),
        max_length=320,
        error_messages={"required": _("Enter their address, like name@example.org")},
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    for_all = forms.BooleanField(required=False)


class WordsForm(forms.Form):
    text = forms.CharField(
        max_length=60_000,
        strip=False,
        error_messages={"required": _("Type the words first.")},
        widget=forms.Textarea,
    )
