"""What portals take, kept once for everyone who applies there."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from vouchsafe.core.destination_rules import rule_lines, rules_from
from vouchsafe.core.words import say
from vouchsafe.doors.web.office.keeping import for_office, who
from vouchsafe.doors.web.ui.rules_form import RulesForm, as_asked
from vouchsafe.doors.web.ui.shells import office_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.plans import access
from vouchsafe.plans.actions.keep_rule_book import keep_rule_book
from vouchsafe.plans.actions.keep_rule_book import remove_rule_book as take_away


class RuleBookForm(RulesForm):
    name = forms.CharField(
        label=_("The portal or the institution"),
        max_length=200,
        error_messages={"required": _("Call it after the portal or the institution.")},
    )


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def edit_rule_books(request: HttpRequest) -> HttpResponse:
    """All books, and below them a new one."""
    form = RuleBookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        book = keep_rule_book(
            by=who(request), name=form.cleaned_data["name"], rules=form.rules(), now=timezone.now()
        )
        leave_note(request, say("The rule book for {name} is kept.", name=book.name))
        return redirect("office:rule_books")
    books = [(book.key, book.name, rule_lines(rules_from(book.rules))) for book in access.rule_books()]
    facts = {"shell": office_shell(request, "office"), "books": books, "form": form, "name": ""}
    return render(request, "office/rule_books.html", facts, status=422 if form.errors else 200)


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def edit_rule_book(request: HttpRequest, key: str) -> HttpResponse:
    book = access.rule_book(key)
    if request.method == "POST":
        form = RuleBookForm(request.POST)
        if form.is_valid():
            name = form.cleaned_data["name"]
            keep_rule_book(by=who(request), name=name, rules=form.rules(), book=book, now=timezone.now())
            leave_note(request, say("The rule book for {name} is kept.", name=name))
            return redirect("office:rule_books")
    else:
        form = RuleBookForm(initial={"name": book.name, **as_asked(rules_from(book.rules))})
    facts = {"shell": office_shell(request, "office"), "books": [], "form": form, "name": book.name}
    return render(request, "office/rule_books.html", facts, status=422 if form.errors else 200)


@for_office
@require_POST
def remove_rule_book(request: HttpRequest, key: str) -> HttpResponse:
    back = request.POST.get("act") == "restore"
    book = access.rule_book(key, removed=back)
    take_away(by=who(request), book=book, removed=not back, now=timezone.now())
    if back:
        leave_note(request, say("The rule book for {name} is back.", name=book.name))
    else:
        leave_note(
            request,
            say("The rule book for {name} is taken away.", name=book.name),
            undo_href=f"/office/rule-books/{key}/removal",
            fields={"act": "restore"},
        )
    return redirect("office:rule_books")
