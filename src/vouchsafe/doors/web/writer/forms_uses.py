"""The form for what a sealed letter may be used for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchsafe.core.uses import KINDS as KIND_WORDS
from vouchsafe.core.uses import Uses
from vouchsafe.desk.uses_page import AskedFor

NAMED, KINDS, ANY = "named", "kinds", "any"


class UsesForm(forms.Form):
    """Which of the two lists counts is said by `reach`; what stands in the other is left aside."""

    reach = forms.ChoiceField(
        label=_("What may it be used for?"),
        choices=[
            (NAMED, _("Only the purposes I tick")),
            (KINDS, _("Anything of the kinds I tick")),
            (ANY, _("Anything")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the letter may be used for.")},
    )
    named = forms.MultipleChoiceField(
        label=_("Purposes it was asked for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds"),
        required=False,
        choices=[(kind, _(said)) for kind, said in KIND_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    last_on = forms.DateField(
        label=_("Last day it may be read"),
        required=False,
        help_text=_("Leave it empty for no end."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    on_screen_only = forms.BooleanField(
        label=_("Readers may read it here, and save no file of it"), required=False
    )

    def __init__(
        self, asked: Sequence[AskedFor], *args: Any, today: date | None = None, **named: Any
    ) -> None:
        super().__init__(*args, **named)
        self._today = today
        purposes: Any = self.fields["named"]
        purposes.choices = [
            (one.key, _("%(title)s (asked for since)") % {"title": one.title} if one.is_new else one.title)
            for one in asked
        ]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("reach") == NAMED and not said.get("named") and "named" not in self.errors:
            self.add_error("named", _("Tick at least one purpose. To end every use, withdraw the letter."))
        if said.get("reach") == KINDS and not said.get("kinds") and "kinds" not in self.errors:
            self.add_error("kinds", _("Tick at least one kind. To end every use, withdraw the letter."))
        last_on = said.get("last_on")
        if last_on and self._today and last_on < self._today:
            self.add_error("last_on", _("Choose today or a later day, or leave it empty."))
        return said

    def uses(self) -> Uses:
        said = self.cleaned_data
        return Uses(
            opportunities=tuple(said["named"]) if said["reach"] == NAMED else (),
            kinds=tuple(said["kinds"]) if said["reach"] == KINDS else (),
            last_on=said["last_on"],
            on_screen_only=said["on_screen_only"],
        )
