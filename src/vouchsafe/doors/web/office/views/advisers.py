"""Which adviser helps whom, as the office names them."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from vouchsafe.core.words import Refusal, say
from vouchsafe.desk import office
from vouchsafe.doors.web.office.keeping import for_office, who
from vouchsafe.doors.web.ui.paging import page_of
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import office_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people import access
from vouchsafe.people.actions.end_advising import end_advising
from vouchsafe.people.actions.name_adviser import name_adviser

ON_A_PAGE = 100


class AdviserForm(forms.Form):
    adviser = forms.ChoiceField(label=_("Adviser"), error_messages={"required": _("Choose an adviser.")})
    applicant = forms.CharField(
        label=_("Address of the applicant"),
        error_messages={"required": _("Enter the address they sign in with.")},
    )


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def show_advisers(request: HttpRequest) -> HttpResponse:
    """Who advises whom; a post names one more."""
    advisers = office.advisers()
    form = AdviserForm(request.POST if request.method == "POST" else None)
    form.fields["adviser"].choices = advisers  # type: ignore[attr-defined]  # a ChoiceField, as declared above
    if request.method == "POST" and form.is_valid():
        applicant = access.account_by_email(form.cleaned_data["applicant"].strip())
        if applicant is None:
            form.add_error("applicant", _("Nobody signs in with this address. Invite them first."))
        else:
            adviser = access.account(form.cleaned_data["adviser"])
            try:
                name_adviser(by=who(request), adviser=adviser, applicant=applicant, now=timezone.now())
            except Refusal as refusal:
                form.add_error(
                    None, f"{translate(refusal)} {translate(refusal.hint) if refusal.hint else ''}"
                )
            else:
                leave_note(request, say("{name} is asked whether they agree.", name=str(applicant)))
                return redirect("office:advisers")
    page = page_of(request)
    named = list(access.every_advising(who(request))[(page - 1) * ON_A_PAGE : page * ON_A_PAGE + 1])
    facts = {
        "shell": office_shell(request, "people"),
        "page": page,
        "has_more": len(named) > ON_A_PAGE,
        "form": form,
        "has_advisers": bool(advisers),
        "rows": [
            (row.key, str(row.adviser), str(row.applicant), row.agreed_at is not None)
            for row in named[:ON_A_PAGE]
        ],
    }
    return render(request, "office/advisers.html", facts, status=422 if form.errors else 200)


@for_office
@require_POST
def remove_adviser(request: HttpRequest, key: str) -> HttpResponse:
    row = access.named_adviser(who(request), key)
    end_advising(by=who(request), advising=row, now=timezone.now())
    leave_note(request, say("{name} no longer looks along.", name=str(row.adviser)))
    return redirect("office:advisers")
