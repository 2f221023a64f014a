"""The applicant's dates for the calendar they already use: a private feed, and single files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.core.addresses import calendar_path
from vouchsafe.core.timing import Entry
from vouchsafe.core.words import Sentence, say, say_n
from vouchsafe.desk.calendar import applicant_calendar, meeting
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.calendars import calendar_answer
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people import access
from vouchsafe.people.access import NotHere
from vouchsafe.people.actions.make_calendar_feed import make_calendar_feed
from vouchsafe.people.actions.revoke_calendar_feed import revoke_calendar_feed

MOST = 12


@dataclass(frozen=True, slots=True)
class CalendarPage:
    headline: Sentence
    address: str
    coming: tuple[tuple[date, Sentence | str], ...]
    more: int


@login_required
@require_safe
def show_calendar(request: HttpRequest) -> HttpResponse:
    account = applicant_of(request)
    now = timezone.now()
    token = access.calendar_token(account)
    coming = _coming(applicant_calendar(account, now), timezone.localdate())
    page = CalendarPage(
        headline=say_n("One date is coming up.", "{n} dates are coming up.", len(coming))
        if coming
        else say("No date is coming up."),
        address=settings.BASE_URL + calendar_path(token) if token else "",
        coming=tuple(coming[:MOST]),
        more=max(0, len(coming) - MOST),
    )
    facts = {"shell": applicant_shell(request, "desk"), "page": page}
    return render(request, "applicant/calendar/calendar.html", facts)


@login_required
@require_POST
def create_address(request: HttpRequest) -> HttpResponse:
    make_calendar_feed(owner=applicant_of(request), now=timezone.now())
    return redirect("applicant:calendar")


@login_required
@require_POST
def remove_address(request: HttpRequest) -> HttpResponse:
    revoke_calendar_feed(owner=applicant_of(request), now=timezone.now())
    leave_note(request, say("The address no longer works. Calendars that had it get nothing more."))
    return redirect("applicant:calendar")


@require_safe
def show_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar fetches every few hours. Nobody is signed in: who holds the address may read it."""
    account = access.calendar_feed(token).account
    if account is None:
        raise NotHere("calendar")
    with translation.override(account.language):
        return calendar_answer(applicant_calendar(account, timezone.now()))


@login_required
@require_safe
def show_meeting(request: HttpRequest, contact_key: str, opportunity_key: str) -> HttpResponse:
    """One meeting to take along."""
    entry = meeting(applicant_of(request), contact_key, opportunity_key)
    return calendar_answer([entry], file_name="meeting.ics")


def _coming(entries: tuple[Entry, ...], today: date) -> list[tuple[date, Sentence | str]]:
    rows = [
        (
            timezone.localtime(entry.begins).date() if isinstance(entry.begins, datetime) else entry.begins,
            entry,
        )
        for entry in entries
        if not entry.cancelled
    ]
    rows.sort(key=lambda row: (row[0], row[1].key))
    return [(day, entry.summary) for day, entry in rows if day >= today]
