"""What an applicant fills in about an opportunity, and where its letters go."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from vouchsafe.core.reading.posting import MAX_BYTES
from vouchsafe.doors.web.ui.zones import zones_to_choose
from vouchsafe.plans.opportunity_facts import OpportunityFacts

if TYPE_CHECKING:
    from vouchsafe.plans.models import Opportunity

KINDS = (
    ("job", _l("A job")),
    ("academic", _l("An academic post")),
    ("programme", _l("A programme of study")),
    ("scholarship", _l("A scholarship")),
    ("pocket", _l("For later: a letter to keep in the pocket")),
)
LETTERS = (
    ("unknown", _l("They do not say")),
    ("required", _l("They ask for letters")),
    ("accepted", _l("They take letters without asking for them")),
    ("not_taken", _l("They take no letters")),
)
LEVELS = (
    ("", _l("I do not know")),
    ("junior", _l("Junior")),
    ("mid", _l("In between")),
    ("senior", _l("Senior")),
)
WAYS = (
    ("reader_link", _l("A link that the reader opens")),
    ("mail", _l("By mail, from us")),
    ("portal", _l("Their own portal, where the writer uploads")),
    ("by_hand", _l("By hand or by post, from me")),
)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", ",").split(",") if part.strip())


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class SourceForm(forms.Form):
    """Where to read an opportunity from: one of three."""

    address = forms.CharField(
        label=_l("Its web address"), required=False, max_length=2000,
        help_text=_l("We fetch this one page, once."),
    )  # fmt: skip
    file = forms.FileField(label=_l("A saved page, or a board’s JSON"), required=False, allow_empty_file=True)
    text = forms.CharField(label=_l("Its text"), required=False, widget=forms.Textarea, max_length=200_000)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("This file is larger than 2 MB. Save the page of one single opening, or paste its text.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in ("address", "file", "text")):
            raise forms.ValidationError(_("Give an address, choose a file, or paste the text."))
        return data


class OpportunityForm(forms.Form):
    """Everything kept of an opportunity. What nobody has said stays empty."""

    title = forms.CharField(
        label=_l("What is the letter for?"), max_length=300,
        error_messages={"required": _l("Say what the letter is for. A few words will do.")},
    )  # fmt: skip
    organisation = forms.CharField(label=_l("Where?"), required=False, max_length=300)
    kind = forms.ChoiceField(label=_l("What is it?"), choices=KINDS, initial="job")
    deadline_on = forms.DateField(label=_l("By which day?"), required=False, widget=_day_input())
    deadline_time = forms.TimeField(
        label=_l("At what time?"), required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )  # fmt: skip
    zone = forms.ChoiceField(label=_l("In which time zone?"))
    letters = forms.ChoiceField(label=_l("What do they say about letters?"), choices=LETTERS)
    need = forms.IntegerField(
        label=_l("How many letters do you need?"), min_value=0, max_value=10,
        help_text=_l("Two or three are usual for a job, three for an academic post. 0 if they call people instead."),
        error_messages={
            "required": _l("Say how many letters you need. 0 is an answer too."),
            "invalid": _l("Give a number from 0 to 10."),
            "min_value": _l("Give a number from 0 to 10."),
            "max_value": _l("Give a number from 0 to 10."),
        },
    )  # fmt: skip
    spare = forms.IntegerField(
        label=_l("How many to spare?"), min_value=0, max_value=5, initial=1,
        help_text=_l("One more than they ask for, in case somebody falls ill. More than that annoys."),
    )  # fmt: skip
    level = forms.ChoiceField(label=_l("How senior is the role?"), choices=LEVELS, required=False)
    wanted = forms.CharField(
        label=_l("What are they looking for?"), required=False, max_length=500,
        help_text=_l("Qualities, with commas between: patience, writing, working with data."),
    )  # fmt: skip
    odd_forms = forms.CharField(
        label=_l("Forms of their own that a writer must fill in"), required=False, max_length=500,
        help_text=_l("Their names, with commas between. Each costs a writer about an hour."),
    )  # fmt: skip
    locations = forms.CharField(
        label=_l("Places"), required=False, max_length=500, help_text=_l("With semicolons between.")
    )
    url = forms.CharField(label=_l("Web address"), required=False, max_length=2000)
    published_on = forms.DateField(label=_l("Published on"), required=False, widget=_day_input())
    text = forms.CharField(
        label=_l("What the posting says"), required=False, widget=forms.Textarea, max_length=200_000
    )

    def __init__(
        self,
        *args: Any,
        zone: str,
        kept: Opportunity | None = None,
        only: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """`only` some of the questions, for a page that asks no more."""
        self._kept = kept
        if kept is not None:
            kwargs["initial"] = _initial_of(kept)
        super().__init__(*args, **kwargs)
        held = str(self.initial.get("zone") or self.data.get("zone") or "")
        zones = zones_to_choose(zone, held if _is_zone(held) else "")
        self.fields["zone"] = forms.ChoiceField(label=self.fields["zone"].label, choices=zones, initial=zone)
        for name in set(self.fields) - set(only or self.fields):
            del self.fields[name]

    def clean_deadline_on(self) -> date | None:
        day: date | None = self.cleaned_data["deadline_on"]
        unchanged = self._kept is not None and self._kept.deadline_on == day
        if day is not None and day < timezone.localdate() and not unchanged:
            raise forms.ValidationError(
                _("That day has passed. Give the day by which the letters must be there.")
            )
        return day

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        if url and not url.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(_("Give a web address that begins with https://."))
        return url

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("deadline_time") and not data.get("deadline_on") and "deadline_on" not in self.errors:
            self.add_error("deadline_on", _("Give the day as well as the time."))
        return data

    def facts(self) -> OpportunityFacts:
        data = self.cleaned_data
        return OpportunityFacts(
            kind=data["kind"], title=data["title"], organisation=data["organisation"],
            locations=tuple(data["locations"].split(";")),  # a place may have commas: "Leeds, UK"
            url=data["url"], text=data["text"], published_on=data["published_on"], level=data["level"],
            letters=data["letters"], wanted=_listed(data["wanted"]), forms=_listed(data["odd_forms"]),
            need=data["need"], spare=data["spare"], deadline_on=data["deadline_on"],
            deadline_time=data["deadline_time"], zone=data["zone"],
        )  # fmt: skip


class DestinationForm(forms.Form):
    """One place the letters go to, and how."""

    way = forms.ChoiceField(label=_l("How must the letter arrive?"), choices=WAYS, initial="reader_link")
    label = forms.CharField(
        label=_l("Who reads it there?"), required=False, max_length=300,
        help_text=_l("A committee, a person, an office."),
    )  # fmt: skip
    address = forms.CharField(
        label=_l("Their mail address, or the portal’s web address"), required=False, max_length=2000
    )
    due_on = forms.DateField(label=_l("By which day?"), required=False, widget=_day_input())
    due_time = forms.TimeField(
        label=_l("At what time?"), required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )  # fmt: skip
    zone = forms.ChoiceField(label=_l("In which time zone?"))

    def __init__(self, *args: Any, opportunity: Opportunity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"] = forms.ChoiceField(
            label=self.fields["zone"].label,
            choices=zones_to_choose(opportunity.zone),
            initial=opportunity.zone,
        )
        self.initial.setdefault("due_on", opportunity.deadline_on)
        self.initial.setdefault("due_time", opportunity.deadline_time)


def _is_zone(name: object) -> bool:
    try:
        ZoneInfo(str(name))
    except (ValueError, OSError):  # unknown, or not a name at all
        return False
    return bool(name)


def _initial_of(kept: Opportunity) -> dict[str, Any]:
    plain = (
        "title", "organisation", "kind", "deadline_on", "deadline_time", "zone", "letters", "need", "spare",
        "level", "url", "published_on", "text",
    )  # fmt: skip
    found: dict[str, Any] = {name: getattr(kept, name) for name in plain}
    found["wanted"], found["odd_forms"] = ", ".join(kept.wanted), ", ".join(kept.forms)
    found["locations"] = "; ".join(kept.locations)
    return found


def day_and_time(said: str | None) -> tuple[date | None, time | None, str]:
    """An ISO day or moment from a posting, with its zone where it names one we can keep ("UTC")."""
    if not said:
        return None, None, ""
    if len(said) == 10:
        return date.fromisoformat(said), None, ""
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        return moment.date(), moment.time(), ""
    at = moment.astimezone(UTC)
    return at.date(), at.time().replace(microsecond=0), "UTC"
