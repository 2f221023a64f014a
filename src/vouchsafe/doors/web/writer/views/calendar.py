"""A writer's calendar: one private address for every letter their mailbox is asked for."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.make_writers_calendar import make_writers_calendar
from vouchsafe.core.addresses import letters_due_path
from vouchsafe.core.words import say
from vouchsafe.desk.calendar import writer_calendar
from vouchsafe.doors.web.ui.calendars import calendar_answer
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.doors.web.writer.proof import refuse_applicant, visit_of
from vouchsafe.doors.web.writer.views.codes import ask_for_code
from vouchsafe.people import access
from vouchsafe.people.access import NotHere
from vouchsafe.people.actions.revoke_calendar_feed import revoke_calendar_feed


@require_safe
def show_calendar(request: HttpRequest, key: str) -> HttpResponse:
    visit = _proven(request, key)
    if not visit.took_code:
        return ask_for_code(request, visit, "calendar")
    writer = access.correspondent_of(visit.mailbox)
    token = access.calendar_token(writer) if writer is not None else ""
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "address": settings.BASE_URL + letters_due_path(token) if token else "",
        "mailbox": visit.mailbox,
        "here": f"/requests/{key}/calendar",
        "back": f"/requests/{key}/",
    }
    return render(request, "writer/calendar/calendar.html", facts)


@require_POST
def create_address(request: HttpRequest, key: str) -> HttpResponse:
    visit = _proven(request, key)
    if not visit.took_code:
        return ask_for_code(request, visit, "calendar")
    make_writers_calendar(visit=visit, now=timezone.now())
    return redirect("writer:calendar", key)


@require_POST
def remove_address(request: HttpRequest, key: str) -> HttpResponse:
    visit = _proven(request, key)
    if not visit.took_code:
        return ask_for_code(request, visit, "calendar")
    writer = access.correspondent_of(visit.mailbox)
    if writer is not None:
        revoke_calendar_feed(owner=writer, now=timezone.now())
    leave_note(request, say("The address no longer works. Calendars that had it get nothing more."))
    return redirect("writer:calendar", key)


@require_safe
def show_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar fetches every few hours; who holds the address may read it."""
    writer = access.calendar_feed(token).correspondent
    if writer is None:
        raise NotHere("calendar")
    with translation.override(writer.language):
        return calendar_answer(writer_calendar(writer, timezone.now()))


def _proven(request: HttpRequest, key: str) -> Visit:
    """A feed spans every applicant who asks this mailbox, so only its proven holder may have one."""
    visit = visit_of(request, key)
    if not visit.is_proven:
        raise NotHere(key)
    refuse_applicant(request, visit)
    return visit
