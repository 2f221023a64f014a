"""How long what is over is kept: seen first, then decided, and called off by one press."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from vouchsafe.core.retention import KEEPS_ALL, OFFERED, SUGGESTED, Rule
from vouchsafe.core.words import say
from vouchsafe.desk import keeping
from vouchsafe.doors.web.office.keeping import for_keeper, who
from vouchsafe.doors.web.ui.shells import keeper_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.packets.access_aged import current_rule
from vouchsafe.packets.actions.set_keeping_rule import set_keeping_rule

LABELS = {
    "requests": _("Requests that ended without a letter"),
    "accounts": _("Accounts that nobody uses"),
    "mails": _("The words of mails that were sent or kept aside"),
    "readers": _("Addresses and links of readers whose access ended"),
}
HINTS = {
    "requests": _("Declined, withdrawn or never answered; with drafts, documents and mails."),
    "accounts": _(
        "With everything of theirs, sealed letters too. Never the office, nor while a reader may read."
    ),
    "mails": _("That a mail was sent, and when, stays known."),
    "readers": _("Their names and what they opened stay with the applicant."),
}


class KeepingForm(forms.Form):
    requests = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    accounts = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    mails = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    readers = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as the form takes them
        for kind, spans in OFFERED.items():
            field = self.fields[kind]
            field.label, field.help_text = LABELS[kind], HINTS[kind]
            choices = [(months, span_words(months, SUGGESTED.months(kind))) for months in spans]
            field.choices = [("", _("Keep for good")), *choices]  # type: ignore[attr-defined]  # a choice field

    def rule(self) -> Rule:
        return Rule(**{kind: self.cleaned_data[kind] for kind in OFFERED})


def span_words(months: int, suggested: int | None = None) -> str:
    """Whole years as years."""
    years, rest = divmod(months, 12)
    if rest:
        words = ngettext("%(num)s month", "%(num)s months", months) % {"num": months}
    else:
        words = ngettext("%(num)s year", "%(num)s years", years) % {"num": years}
    return str(_("%(span)s (suggested)") % {"span": words}) if months == suggested else words


@for_keeper
@require_http_methods(["GET", "HEAD", "POST"])
def edit_keeping(request: HttpRequest) -> HttpResponse:
    """What is decided, what was erased; with spans in the address also what they would erase."""
    given = request.POST if request.method == "POST" else request.GET
    asked = any(kind in given for kind in OFFERED)
    rule = current_rule()
    start = SUGGESTED if rule.is_off else rule
    form = KeepingForm(given if asked else None, initial={kind: start.months(kind) for kind in OFFERED})
    if request.method == "POST":
        if not asked:
            set_keeping_rule(by=who(request), rule=KEEPS_ALL, now=timezone.now())
            leave_note(request, say("Everything is kept from now on."))
            return redirect("office:keeping")
        if form.is_valid():
            set_keeping_rule(by=who(request), rule=form.rule(), now=timezone.now())
            leave_note(request, say("What is over is kept so long from now on."))
            return redirect("office:keeping")
    seen = form.rule() if asked and form.is_valid() else None
    today = timezone.localdate()
    rows = keeping.expected(seen, today=today, now=timezone.now()) if seen is not None else ()
    page = keeping.keeping()
    facts = {
        "shell": keeper_shell(request, "office"),
        "keeping": page,
        "labels_of_totals": [(LABELS[kind], page.totals[kind]) for kind in OFFERED if kind in page.totals],
        "form": form,
        "kinds": tuple(OFFERED),
        "labels": LABELS,
        "spans": [
            (LABELS[kind], span_words(months) if (months := rule.months(kind)) else _("For good"))
            for kind in OFFERED
        ],
        "seen": seen,
        "expected": rows,
        "would_erase": sum(row.count for row in rows),
    }
    return render(request, "office/keeping.html", facts, status=422 if form.errors else 200)
