"""Where django-allauth meets the house: its adapters, calling people's actions."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django import forms


class NameForm(forms.Form):
    """What joining asks besides the address."""

    name = forms.CharField(
        max_length=200, label="Your name", widget=forms.TextInput({"autocomplete": "name"})
    )

    def signup(self, request: object, user: object) -> None:
        user.name = self.cleaned_data["name"]  # type: ignore[attr-defined]
        user.save(update_fields=["name"])  # type: ignore[attr-defined]


class AccountAdapter(DefaultAccountAdapter):
    pass
