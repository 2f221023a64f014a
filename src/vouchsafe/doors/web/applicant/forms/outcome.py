"""How it ended, what everybody is told, and what becomes of the other letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchsafe.desk.outcome_page import OtherLine

CAME = (
    ("got", _("I got it")),
    ("did_not", _("It did not work out")),
    ("declined", _("I was offered it, and decided against it")),
    ("stopped", _("I stopped applying")),
)
FATES = (
    ("go_on", _("Go on asking")),
    ("pause", _("Pause: no reminders, nobody is told")),
    ("close", _("Close politely: everybody still asked is told")),
)


class EndingForm(forms.Form):
    """Which, and how."""

    opportunity = forms.ChoiceField(label=_("What has ended?"))
    came = forms.ChoiceField(
        label=_("How did it end?"),
        choices=CAME,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it ended.")},
    )

    def __init__(self, *args: Any, opportunities: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opportunity"].choices = opportunities  # type: ignore[attr-defined]  # a ChoiceField


class TellingForm(forms.Form):
    """The words for each side, and one choice for each other opportunity."""

    told_words = forms.CharField(
        label=_("To those who wrote"),
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": _("Write a line or two to those who wrote.")},
    )
    stop_words = forms.CharField(
        label=_("To those still asked"), widget=forms.Textarea, max_length=4000, required=False
    )
    sure = forms.BooleanField(label=_("Send it as it is"), required=False)

    def __init__(self, *args: Any, wrote: bool, others: tuple[OtherLine, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_words"].required = wrote
        for other in others:
            self.fields[f"fate_{other.key}"] = forms.ChoiceField(
                label=other.title, choices=FATES, widget=forms.RadioSelect, required=False
            )

    def keys_for(self, fate: str) -> list[str]:
        """The opportunities that this is chosen for."""
        return [
            name.removeprefix("fate_")
            for name, chosen in self.cleaned_data.items()
            if name.startswith("fate_") and chosen == fate
        ]
