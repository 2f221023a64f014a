"""A writer says from when to when they are away, on their queue: it holds for everybody who asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from vouchsafe.asks.access import FreshCodeNeeded
from vouchsafe.asks.actions.say_away import say_away
from vouchsafe.asks.actions.take_back_away import take_back_away
from vouchsafe.core.words import Refusal, say
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.doors.web.writer.forms import AwayForm
from vouchsafe.doors.web.writer.proving import asks_for_proof
from vouchsafe.doors.web.writer.views.codes import ask_for_code
from vouchsafe.doors.web.writer.views.queue import at_home, queue_of


@require_POST
@asks_for_proof
def create_away(request: HttpRequest, key: str) -> HttpResponse:
    visit = at_home(request, key)
    form = AwayForm(request.POST)
    try:
        visit.demand_desk()
        if not form.is_valid():
            return queue_of(request, visit, [str(errors[0]) for errors in form.errors.values()])
        said = form.cleaned_data
        say_away(
            visit=visit,
            first=said["first"],
            last=said["last"],
            for_all=said["for_all"],
            today=timezone.localdate(),
            now=timezone.now(),
        )
    except FreshCodeNeeded:
        return ask_for_code(request, visit, "queue")
    except Refusal as refusal:
        return queue_of(request, visit, [refusal.sentence, refusal.hint or ""])
    leave_note(
        request, say("Nothing reminds you from {first} to {last}.", first=said["first"], last=said["last"])
    )
    return redirect("writer:queue", key)


@require_POST
@asks_for_proof
def remove_away(request: HttpRequest, key: str, row_key: str) -> HttpResponse:
    visit = at_home(request, key)
    try:
        take_back_away(visit=visit, key=row_key, now=timezone.now())
    except FreshCodeNeeded:
        return ask_for_code(request, visit, "queue")
    leave_note(request, say("You are there after all."))
    return redirect("writer:queue", key)
