"""The journal: looked through, checked, and taken out as a file."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.desk import audit, office
from vouchsafe.desk.journal_kinds import KINDS
from vouchsafe.doors.web.office.keeping import for_keeper, who
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import keeper_shell
from vouchsafe.people.actions.take_out_journal import take_out_journal


class JournalForm(forms.Form):
    person = forms.EmailField(label=_("Address of a person"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    from_on = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until_on = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, given: QueryDict) -> None:
        super().__init__(given)
        kinds = [(key, translate(kind.label)) for key, kind in KINDS.items()]
        self.fields["kind"].choices = [("", _("Everything")), *kinds]  # type: ignore[attr-defined]  # declared above

    def sought(self) -> audit.Sought:
        """What was typed, as far as it can be understood: the rest is said at its field."""
        self.is_valid()
        said = self.cleaned_data
        return audit.Sought(
            said.get("person", ""), said.get("kind", ""), said.get("from_on"), said.get("until_on")
        )


@for_keeper
@require_safe
def show_journal(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("page", "1")
    number = int(wanted) if wanted.isdecimal() and 0 < int(wanted) < 10**6 else 1
    return _page(request, number)


@for_keeper
@require_safe
def show_journal_check(request: HttpRequest) -> HttpResponse:
    """The same page with every chain walked through, which takes a moment on a long journal."""
    return _page(request, 1, checked=office.check_journal())


@for_keeper
@require_POST
def create_journal_file(request: HttpRequest) -> HttpResponse:
    """The lines that were looked for, as a file; that they were taken out is a line itself."""
    sought = JournalForm(request.POST).sought()
    as_json = request.POST.get("form") == "json"
    data = audit.as_json(sought, translate) if as_json else audit.as_table(sought, translate)
    form = "json" if as_json else "csv"
    take_out_journal(by=who(request), form=form, now=timezone.now())
    answer = HttpResponse(data, content_type="application/json" if as_json else "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="journal-{timezone.localdate():%Y-%m-%d}.{form}"'
    return answer


def _page(request: HttpRequest, number: int, checked: office.Checked | None = None) -> HttpResponse:
    form = JournalForm(request.GET)
    sought = form.sought()
    kept = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    facts = {
        "shell": keeper_shell(request, "journal"),
        "journal": audit.journal_page(number, sought),
        "checked": checked,
        "form": form,
        "is_all": sought.is_all,
        "kept": kept,
        "query": urlencode(kept),
        "at_most": audit.AT_MOST,
    }
    return render(request, "office/journal.html", facts, status=422 if form.errors else 200)
