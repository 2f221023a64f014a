"""What the office asks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

ROLES = (
    ("applicant", _("Asks for letters")),
    ("adviser", _("Advises applicants")),
    ("office", _("Runs the office")),
)


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("Their email address"),
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={
            "required": _("Enter their email address, like name@example.org"),
            "invalid": _("Enter their email address, like name@example.org"),
        },
    )
    role = forms.ChoiceField(choices=ROLES, initial="applicant", label=_("What they do here"))


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=ROLES)
