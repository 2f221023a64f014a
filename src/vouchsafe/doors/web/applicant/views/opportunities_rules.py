"""What one place the letters go to takes: its own rules, and the office's shared book if there is one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from vouchsafe.core.destination_rules import rule_lines, rules_from
from vouchsafe.core.words import say
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.rules_form import RulesForm, as_asked
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.plans import access
from vouchsafe.plans.actions.set_rules import set_rules


class PlaceRulesForm(RulesForm):
    rule_book = forms.ChoiceField(label=_("A rule book that the office keeps"), required=False)

    def __init__(self, *args: Any, books: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule_book"].choices = [("", _("None")), *books]  # type: ignore[attr-defined]  # a ChoiceField


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_rules(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    place = access.destination(account, key)
    books = access.rule_books()
    choices = [(book.key, book.name) for book in books]
    if request.method == "POST":
        form = PlaceRulesForm(request.POST, books=choices)
        if form.is_valid():
            chosen = form.cleaned_data["rule_book"]
            set_rules(
                by=account,
                destination=place,
                rules=form.rules(),
                rule_book=access.rule_book(chosen) if chosen else None,
                now=timezone.now(),
            )
            leave_note(request, say("What {label} takes is kept.", label=place.label))
            return redirect("applicant:opportunity", key=place.opportunity.key)
    else:
        first = as_asked(rules_from(place.rules))
        first["rule_book"] = place.rule_book.key if place.rule_book else ""
        form = PlaceRulesForm(books=choices, initial=first)
    facts = {
        "shell": applicant_shell(request, "plan"),
        "form": form,
        "label": place.label,
        "back": f"/opportunities/{place.opportunity.key}/",
        "title": place.opportunity.title,
        "shared": [(book.name, rule_lines(rules_from(book.rules))) for book in books],
    }
    return render(request, "applicant/opportunities/rules.html", facts, status=422 if form.errors else 200)
