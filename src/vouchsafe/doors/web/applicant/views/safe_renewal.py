"""Asking the writer of a letter in the Safe for a newer one. The next page is the request, to look at and send."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vouchsafe.core.addresses import ask_path
from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.safe import proposed_renewal, safe_letter, what_for
from vouchsafe.doors.web.applicant.forms.ask import refuse
from vouchsafe.doors.web.applicant.forms.safe import RenewalForm
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.letters.access_open import Shelved
from vouchsafe.letters.actions.ask_renewal import ask_renewal
from vouchsafe.plans import access as plans


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_renewal(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    page = safe_letter(account, key)
    letter = page.letter
    if page.renewal_asked:
        return redirect(ask_path(page.renewal_asked))
    if not page.may_renew:
        raise Http404
    opportunities = what_for(account, letter)
    if request.method != "POST":
        note = {"note": proposed_renewal(account, letter)}
        return _page(request, letter, RenewalForm(opportunities=opportunities, initial=note))
    form = RenewalForm(request.POST, opportunities=opportunities)
    if not form.is_valid():
        return _page(request, letter, form, status=422)
    said = form.cleaned_data
    try:
        purpose = ask_renewal(
            by=account,
            letter_key=key,
            opportunity=plans.opportunity(account, said["opportunity"]),
            shown_on=said["shown_on"],
            note=said["note"],
            today=timezone.localdate(),
            now=timezone.now(),
        )
    except Refusal as refusal:
        refuse(form, refusal)
        return _page(request, letter, form, status=409)
    leave_note(request, say("The request is ready. Nothing has been sent yet."))
    return redirect(ask_path(purpose.request.key))


def _page(request: HttpRequest, letter: Shelved, form: RenewalForm, *, status: int = 200) -> HttpResponse:
    facts = {"shell": applicant_shell(request, "safe"), "form": form, "letter": letter}
    return render(request, "applicant/safe/renewal.html", facts, status=status)
