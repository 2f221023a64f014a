"""A file or a pasted list of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LONGEST_PASTE = 1_000_000


class ContactFileForm(forms.Form):
    file = forms.FileField(label=_("A file of contacts"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=_("Or paste names"),
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"data-lines": "few"}),
        help_text=_("One person a line, with an address if you have it. A pasted table works too."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        file = said.get("file")
        if file is None and not said.get("text", "").strip():
            raise forms.ValidationError({"text": gettext("Choose a file, or paste at least one name.")})
        if file is not None and file.size > settings.UPLOAD_LIMIT_BYTES:
            limit = settings.UPLOAD_LIMIT_BYTES // 1_000_000
            said_of_it = gettext(
                "This file is larger than {limit} MB. Export fewer people, or leave out their photographs."
            )
            raise forms.ValidationError({"file": said_of_it.format(limit=limit)})
        return said

    def contents(self) -> tuple[bytes, str]:
        """The bytes and the name of what was given."""
        file = self.cleaned_data["file"]
        if file is not None:
            return file.read(), file.name or ""
        return self.cleaned_data["text"].encode(), ""
