"""What is asked in the Safe: a letter one has, thanks, a confirmation, and a packet to hand over."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vouchsafe.doors.web.applicant.forms.ask import day_widget


class BroughtForm(forms.Form):
    file = forms.FileField(
        label=_("The letter"),
        error_messages={"required": _("Choose the file with the letter."), "empty": _("The file is empty.")},
    )
    writer_name = forms.CharField(
        label=_("Who wrote it"),
        max_length=200,
        help_text=_("As the name stands under the letter"),
        error_messages={"required": _("Enter the name that stands under the letter.")},
    )
    title = forms.CharField(label=_("What it was for"), max_length=300, required=False)

    def clean_file(self) -> UploadedFile[Any]:
        given: UploadedFile[Any] = self.cleaned_data["file"]
        if given.size is not None and given.size > settings.UPLOAD_LIMIT_BYTES:
            raise ValidationError(_("The file is larger than 20 MB. Choose a smaller copy of the letter."))
        return given


class ThanksForm(forms.Form):
    words = forms.CharField(
        label=_("Your thanks"),
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": _("Write a line of thanks.")},
    )


class ConfirmationForm(forms.Form):
    contact = forms.ChoiceField(label=_("Who wrote it"))
    opportunity = forms.ChoiceField(label=_("What you need it for"))
    note = forms.CharField(label=_("Your note"), max_length=6000, widget=forms.Textarea, required=False)

    def __init__(
        self,
        *args: Any,
        contacts: list[tuple[str, str]],
        opportunities: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = contacts  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["opportunity"].choices = opportunities  # type: ignore[attr-defined]  # a ChoiceField


class RenewalForm(forms.Form):
    """A newer letter from the same writer: what for, by when, and the note."""

    opportunity = forms.ChoiceField(
        label=_("What you need it for"),
        error_messages={"required": _("Choose what the newer letter is for.")},
    )
    shown_on = forms.DateField(
        label=_("By when"),
        required=False,
        error_messages={"invalid": _("Enter the day as day, month and year, or leave it empty.")},
    )
    note = forms.CharField(
        label=_("Your note"),
        max_length=6000,
        widget=forms.Textarea,
        error_messages={"required": _("Write a line to your writer.")},
    )

    def __init__(self, *args: Any, opportunities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opportunity"].choices = opportunities  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["shown_on"].widget = day_widget()


class ExpiryForm(forms.Form):
    """The last day of a reader's access."""

    until = forms.DateField(
        label=_("The link works until"),
        error_messages={
            "required": _("Enter the last day on which the link works."),
            "invalid": _("Enter the last day as day, month and year."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].widget = day_widget()

    def expires_at(self) -> datetime:
        """The last second of that day where its applicant lives."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time(23, 59, 59)))


class ReaderForm(ExpiryForm):
    """Who may read, and until when."""

    reader_name = forms.CharField(
        label=_("Who will read it"),
        max_length=200,
        help_text=_("A person or a committee"),
        error_messages={"required": _("Enter the name of the person or the committee.")},
    )
    reader_address = forms.CharField(
        label=_("Their mail address"),
        max_length=320,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "email"}),
    )


class PacketForm(ReaderForm):
    """Where the letters go; which letters and in which order is kept beside the form."""

    place = forms.ChoiceField(
        label=_("Where do they go?"), error_messages={"required": _("Choose where the letters go.")}
    )
    title = forms.CharField(label=_("Name of the packet"), max_length=300, required=False)
    cover_words = forms.CharField(
        label=_("A few words for the cover"), max_length=1000, required=False, widget=forms.Textarea
    )
    field_order = ("place", "title", "cover_words", "reader_name", "reader_address", "until")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]  # a ChoiceField
