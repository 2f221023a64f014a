"""What the public pages ask."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vouchsafe.doors.web.ui.shells import offered_languages
from vouchsafe.people.actions.join_openly import join_openly

HOSTS = (("personal", _("For myself")), ("institution", _("For an institution")))


class NameForm(forms.Form):
    """What joining asks besides the address. It stands here because allauth's own forms load it, and ours rest on them."""

    name = forms.CharField(
        max_length=200, label=_("Your name"), widget=forms.TextInput({"autocomplete": "name"})
    )

    def signup(self, request: HttpRequest, user: Any) -> None:
        join_openly(account=user, name=self.cleaned_data["name"], now=timezone.now())


class SetUpForm(forms.Form):
    """Who hosts, and the first account."""

    host = forms.ChoiceField(
        choices=HOSTS, label=_("Who is this for?"), error_messages={"required": _("Choose who this is for")}
    )
    name = forms.CharField(
        max_length=200,
        required=False,
        label=_("The institution’s name"),
        help_text=_("As it stands on its letters"),
    )
    owner_name = forms.CharField(
        max_length=200,
        label=_("Your name"),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your name")},
    )
    owner_email = forms.EmailField(
        label=_("Your email address"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your email address, like name@example.org"),
            "invalid": _("Enter your email address, like name@example.org"),
        },
    )

    def clean(self) -> dict[str, object]:
        facts = super().clean() or {}
        if facts.get("host") == "institution" and not facts.get("name"):
            self.add_error("name", _("Enter the institution’s name"))
        return facts


class JoinForm(forms.Form):
    name = forms.CharField(
        max_length=200,
        label=_("Your name"),
        help_text=_("As it should stand in what you send"),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your name")},
    )


@cache
def zones() -> tuple[tuple[str, str], ...]:
    """Cities that stand for a time zone, and UTC; not the old abbreviations."""
    cities = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return tuple((zone, zone.replace("_", " ")) for zone in ("UTC", *cities))


class AccountForm(forms.Form):
    name = forms.CharField(
        max_length=200,
        label=_("Your name"),
        help_text=_("As writers and readers see it"),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your name")},
    )
    pronouns = forms.CharField(
        max_length=40, required=False, label=_("Your pronouns"), help_text=_("Shown to writers, like she/her")
    )
    time_zone = forms.ChoiceField(choices=zones, label=_("Your time zone"))
    language = forms.ChoiceField(
        choices=offered_languages, label=_("Language of the pages and of mails to you")
    )


class FreshLinkForm(forms.Form):
    """Any text will do: the answer must not tell an address that is known from anything else."""

    address = forms.CharField(
        max_length=320,
        label=_("Your email address"),
        help_text=_("The one our mail went to"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("Enter your email address, like name@example.org")},
    )


class LeavingForm(forms.Form):
    address = forms.CharField(
        max_length=320,
        label=_("Type your email address in full"),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Type the address you sign in with")},
    )
