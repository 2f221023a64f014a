"""What a destination takes, asked the same way of an applicant for one place and of the office for everyone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vouchsafe.core.destination_rules import MEGABYTE, FileNameUnreadable, Rules, check_pattern
from vouchsafe.doors.web.ui.sentences import translate


class RulesForm(forms.Form):
    """Every question may stay open: what is not known is not asked of a letter."""

    most_letters = forms.IntegerField(
        label=_("At most how many letters?"), required=False, min_value=1, max_value=50
    )
    most_days = forms.IntegerField(
        label=_("How old may a letter be, in days?"), required=False, min_value=1, max_value=3650
    )
    most_mb = forms.DecimalField(
        label=_("How large may the file be, in MB?"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    most_pages = forms.IntegerField(
        label=_("At most how many pages?"), required=False, min_value=1, max_value=100
    )
    paper = forms.ChoiceField(
        label=_("Which pages?"),
        required=False,
        choices=(("", _("Either, or not known")), ("a4", _("A4")), ("us-letter", _("US Letter"))),
    )
    form = forms.CharField(label=_("Their own form, if there must be one"), required=False, max_length=120)
    file_name = forms.CharField(
        label=_("How must the file be called?"),
        required=False,
        max_length=100,
        help_text=_(
            "With {applicant}, {writer} and {number} where they belong, like {applicant}_{writer}.pdf"
        ),
    )
    no_stored = forms.BooleanField(label=_("They refuse letters that were kept for later"), required=False)

    def clean_file_name(self) -> str:
        try:
            return check_pattern(self.cleaned_data["file_name"])
        except FileNameUnreadable as refusal:
            raise ValidationError(f"{translate(refusal)} {translate(refusal.hint or '')}") from None

    def rules(self) -> Rules:
        said = self.cleaned_data
        return Rules(
            most_letters=said["most_letters"],
            most_days=said["most_days"],
            most_bytes=int(said["most_mb"] * MEGABYTE) or None if said["most_mb"] else None,
            most_pages=said["most_pages"],
            paper=said["paper"],
            form=said["form"].strip(),
            no_stored=said["no_stored"],
            file_name=said["file_name"],
        )


def as_asked(rules: Rules) -> dict[str, Any]:
    """Rules as the form shows them."""
    size = rules.most_bytes
    return {
        "most_letters": rules.most_letters,
        "most_days": rules.most_days,
        "most_mb": f"{size / MEGABYTE:.2f}".rstrip("0").rstrip(".") if size else None,
        "most_pages": rules.most_pages,
        "paper": rules.paper,
        "form": rules.form,
        "file_name": rules.file_name,
        "no_stored": rules.no_stored,
    }
