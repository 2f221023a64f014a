"""Who looks along with an applicant's plan: agreed to, shown an open letter, and ended here."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.core.words import say
from vouchsafe.desk.advised import looking_along, showable
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.letters.actions.show_to_adviser import show_to_adviser
from vouchsafe.people import access
from vouchsafe.people.actions.agree_to_adviser import agree_to_adviser
from vouchsafe.people.actions.end_advising import end_advising
from vouchsafe.people.actions.restore_advising import restore_advising


@login_required
@require_safe
def show_advisers(request: HttpRequest) -> HttpResponse:
    account = applicant_of(request)
    advisers = looking_along(account)
    facts = {
        "shell": applicant_shell(request),
        "advisers": advisers,
        "letters": showable(account) if any(one.is_agreed for one in advisers) else (),
    }
    return render(request, "applicant/advisers/advisers.html", facts)


@login_required
@require_POST
def create_agreement(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    advising = access.adviser_of(account, key)
    agree_to_adviser(by=account, advising=advising, now=timezone.now())
    leave_note(request, say("{name} looks along from now on.", name=str(advising.adviser)))
    return redirect("applicant:advisers")


@login_required
@require_POST
def edit_shown(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    advising = access.adviser_of(account, key)
    show_to_adviser(
        by=account, advising=advising, letter_keys=request.POST.getlist("letter"), now=timezone.now()
    )
    leave_note(request, say("Saved."))
    return redirect("applicant:advisers")


@login_required
@require_POST
def remove_adviser(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    advising = access.adviser_of(account, key)
    end_advising(by=account, advising=advising, now=timezone.now())
    leave_note(
        request,
        say("{name} sees nothing of yours any more.", name=str(advising.adviser)),
        undo_href=f"/advisers/{key}/restoral",
    )
    return redirect("applicant:advisers")


@login_required
@require_POST
def restore_adviser(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    advising = access.adviser_of(account, key, ended=True)
    restore_advising(by=account, advising=advising, now=timezone.now())
    leave_note(request, say("{name} looks along again.", name=str(advising.adviser)))
    return redirect("applicant:advisers")
