"""What a writer decides about mail: held mails, a seal that comes by itself, reminders."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.move_own_reminder import move_own_reminder
from vouchsafe.asks.actions.mute_reminders import mute_reminders
from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.writer_mail import writer_mail
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.doors.web.writer.forms import DayForm
from vouchsafe.doors.web.writer.proof import refuse_applicant, visit_of
from vouchsafe.ledger import inbox
from vouchsafe.letters.actions.stop_planned_seal import stop_planned_seal
from vouchsafe.people.access import NotHere


@require_safe
def show_mail(request: HttpRequest, key: str) -> HttpResponse:
    return _page(request, _proven(request, key))


@require_POST
def edit_held(request: HttpRequest, key: str, mail_key: str) -> HttpResponse:
    """Mine, and it is handled as if it had come from the known address; or not mine, and it is forgotten."""
    visit = _proven(request, key)
    now = timezone.now()
    if request.POST.get("act") == "mine":
        done = inbox.vouch(mail_key, about=key, by=visit.by, now=now)
        note = say("Thank you. It is being read, and you will get a mail about it within minutes.")
    else:
        done = inbox.drop(mail_key, about=key, now=now)
        note = say("It is thrown away.")
    if not done:
        raise NotHere(mail_key)
    leave_note(request, note)
    return redirect("writer:mail", key)


@require_POST
def remove_planned_seal(request: HttpRequest, key: str) -> HttpResponse:
    visit = _proven(request, key)
    if stop_planned_seal(visit=visit, now=timezone.now()):
        leave_note(request, say("Stopped. The file stays here until you seal it yourself."))
    return redirect("writer:request", key)


@require_POST
def edit_reminders(request: HttpRequest, key: str) -> HttpResponse:
    visit = _proven(request, key)
    muted = request.POST.get("act") == "mute"
    mute_reminders(visit=visit, muted=muted, now=timezone.now())
    leave_note(
        request, say("No reminders about this any more.") if muted else say("Reminders are planned again.")
    )
    return redirect("writer:mail", key)


@require_POST
def edit_reminder(request: HttpRequest, key: str, reminder_key: str) -> HttpResponse:
    visit = _proven(request, key)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, problems=[say("Choose a day.")], status=422)
    try:
        move_own_reminder(
            visit=visit,
            key=reminder_key,
            day=form.cleaned_data["day"],
            today=timezone.localdate(),
            now=timezone.now(),
        )
    except Refusal as refusal:
        return _page(request, visit, problems=[refusal.sentence, refusal.hint or ""], status=422)
    leave_note(request, say("The reminder is moved."))
    return redirect("writer:mail", key)


def _proven(request: HttpRequest, key: str) -> Visit:
    visit = visit_of(request, key)
    refuse_applicant(request, visit)
    visit.demand_proof()
    return visit


def _page(
    request: HttpRequest, visit: Visit, *, problems: list[object] | None = None, status: int = 200
) -> HttpResponse:
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "mail": writer_mail(visit),
        "problems": [("", problem) for problem in problems or [] if problem],
        "today": timezone.localdate(),
    }
    return render(request, "writer/request/mail.html", facts, status=status)
