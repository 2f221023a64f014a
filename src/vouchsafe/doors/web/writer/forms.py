"""The writer's forms. Ask for little: nothing is required that the product does not need."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchsafe.letters.draft_body import DraftBody


class AnswerForm(forms.Form):
    """Yes, not this time, I cannot after all, this is not for me."""

    ACTS: ClassVar[frozenset[str]] = frozenset({"yes", "yes_if", "no", "taken_back", "not_mine"})
    act = forms.ChoiceField(choices=[(act, act) for act in sorted(ACTS)])
    words = forms.CharField(required=False, max_length=2000)
    reason = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("I would rather not say")),
            ("too_full", _("My weeks are too full")),
            ("not_well_enough", _("I do not know the work well enough")),
            ("too_close", _("We are too close")),
            ("other", _("Another reason")),
        ],
    )
    reason_shared = forms.BooleanField(required=False)
    instead = forms.CharField(required=False, max_length=200)
    instead_address = forms.EmailField(
        required=False,
        max_length=320,
        error_messages={"invalid": _("Enter their address, like name@example.org, or leave it empty.")},
    )
    promised_on = forms.DateField(required=False)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code from the mail"),
        max_length=20,
        error_messages={"required": _("Enter the code we mailed.")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class LetterForm(forms.Form):
    """The editor. Every field may be empty while one writes."""

    text = forms.CharField(required=False, max_length=60_000, strip=False, widget=forms.Textarea)
    letterhead = forms.CharField(required=False, max_length=1000, widget=forms.Textarea)
    addressee = forms.CharField(required=False, max_length=1000, widget=forms.Textarea)
    dated = forms.CharField(required=False, max_length=100)
    opening = forms.CharField(required=False, max_length=200)
    closing = forms.CharField(required=False, max_length=200)
    name = forms.CharField(required=False, max_length=200)
    lines = forms.CharField(required=False, max_length=500, widget=forms.Textarea)
    typed = forms.CharField(required=False, max_length=120)
    paper = forms.ChoiceField(required=False, choices=[("a4", _("A4")), ("us-letter", _("US Letter"))])
    based_on = forms.IntegerField(required=False, min_value=0)

    def body(self) -> DraftBody:
        """What was typed, as a draft keeps it."""
        return self._body(self.cleaned_data)

    def as_typed(self) -> DraftBody:
        """What was typed, fit to be kept or not: the page that says what is wrong shows it again."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        return self._body({**typed, "paper": self.cleaned_data.get("paper", "")})

    def _body(self, data: dict[str, Any]) -> DraftBody:
        return DraftBody(
            text=data["text"].replace("\r\n", "\n"),
            letterhead=_lines(data["letterhead"]),
            addressee=_lines(data["addressee"]),
            dated=data["dated"],
            opening=data["opening"],
            closing=data["closing"],
            name=data["name"],
            lines=_lines(data["lines"]),
            typed=data["typed"],
            paper=data["paper"] or "a4",
        )

    @property
    def based(self) -> int:
        return int(self.cleaned_data.get("based_on") or 0)


class SealForm(forms.Form):
    writer_name = forms.CharField(
        label=_("Your name, as it stands under the letter"),
        max_length=200,
        error_messages={"required": _("Enter your name as it stands under the letter.")},
    )
    in_confidence = forms.BooleanField(required=False, label=_("I give this letter in confidence"))
    sure = forms.BooleanField(required=False)  # the second click, where something looks wrong


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class DayForm(forms.Form):
    """One day, for a reminder that its writer moves."""

    day = forms.DateField()


class AwayForm(forms.Form):
    """From when to when a writer is away, and who may see the days."""

    first = forms.DateField(error_messages={"required": _("Choose the first day.")})
    last = forms.DateField(error_messages={"required": _("Choose the last day.")})
    for_all = forms.BooleanField(required=False)


class QueueForm(forms.Form):
    """What a writer does about one request from their queue."""

    ANSWERS: ClassVar[frozenset[str]] = frozenset({"yes", "no", "taken_back"})
    ACTS: ClassVar[frozenset[str]] = ANSWERS | {"move", "mute", "wanted", "open"}
    act = forms.ChoiceField(choices=[(act, act) for act in sorted(ACTS)])
    words = forms.CharField(required=False, max_length=2000)
    promised_on = forms.DateField(required=False)
    reminder = forms.CharField(required=False, max_length=32)
    day = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("act") == "move" and not (said.get("day") and said.get("reminder")):
            self.add_error("day", _("Choose a day."))
        return said


class TextForm(forms.Form):
    """A text its writer keeps: a name to know it by, and the words."""

    name = forms.CharField(
        label=_("A name to know it by"),
        max_length=120,
        error_messages={"required": _("Give the text a name.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("The words"),
        max_length=60_000,
        strip=False,
        widget=forms.Textarea({"rows": 14}),
        error_messages={"required": _("Write a paragraph to keep.")},
    )

    def onto(self, body: DraftBody) -> DraftBody:
        """The words in place of a letter's own; its letterhead and hand stay."""
        return replace(body, text=self.cleaned_data["text"].replace("\r\n", "\n"))
