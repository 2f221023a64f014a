"""What is asked of whoever lets a program in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vouchsafe.core.grants import GRANTS

DAYS = (("30", _("30 days")), ("90", _("90 days")), ("365", _("A year")), ("", _("Until I revoke it")))


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Which program is it for?"),
        max_length=80,
        help_text=_("So that you know it again"),
        error_messages={"required": _("Name the program.")},
    )
    grants = forms.MultipleChoiceField(
        label=_("What may it do?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick what the program may do.")},
    )
    days = forms.ChoiceField(label=_("For how long?"), choices=DAYS, required=False, initial="90")

    def __init__(self, *args: Any, grants: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grants"].choices = [(grant, gettext(GRANTS[grant])) for grant in grants]  # type: ignore[attr-defined]  # a choice field

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "name": data["name"],
            "grants": data["grants"],
            "days": int(data["days"]) if data["days"] else None,
        }


class HookForm(forms.Form):
    url = forms.CharField(
        label=_("Which address is to be called?"),
        max_length=2000,
        help_text=_("It begins with https://"),
        error_messages={"required": _("Give the address of your program.")},
    )
    office = forms.BooleanField(
        label=_("Tell it where everyone’s requests stand, not mine"),
        required=False,
    )

    def __init__(self, *args: Any, for_office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not for_office:
            del self.fields["office"]

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"url": data["url"].strip(), "tells_office": bool(data.get("office"))}


class BringingForm(forms.Form):
    file = forms.FileField(
        label=_("The file you took along"),
        help_text=_("The ZIP that “Download everything” gave"),
        error_messages={"required": _("Choose the file."), "empty": _("This file is empty.")},
    )
