"""Mail that came in and was not acted upon: tried again, or thrown away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.core.words import say
from vouchsafe.desk.office_mail import mail_that_came
from vouchsafe.doors.web.office.keeping import for_keeper
from vouchsafe.doors.web.ui.shells import keeper_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.ledger import inbox
from vouchsafe.people.access import NotHere


@for_keeper
@require_safe
def show_mail_in(request: HttpRequest) -> HttpResponse:
    facts = {"shell": keeper_shell(request, "office"), "came": mail_that_came()}
    return render(request, "office/mail_in.html", facts)


@for_keeper
@require_POST
def edit_mail_in(request: HttpRequest, key: str) -> HttpResponse:
    """Try again, or throw it away for good."""
    now = timezone.now()
    if request.POST.get("act") == "again":
        done, note = inbox.retry(key, now=now), say("It is being handled again.")
    else:
        done, note = inbox.drop_unhandled(key, now=now), say("It is thrown away.")
    if not done:
        raise NotHere(key)
    leave_note(request, note)
    return redirect("office:mail_in")
