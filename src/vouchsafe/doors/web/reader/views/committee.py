"""The committee of a call: the link from the mail, the table of letters, reading one applicant's, and the shortlist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vouchsafe.core.words import Refusal, Sentence, say
from vouchsafe.desk.call_page import call_facts
from vouchsafe.desk.call_table import call_table
from vouchsafe.doors.web.reader.committee_proof import (
    SEAT_COOKIE,
    refuse_office,
    seat_visit_of,
)
from vouchsafe.doors.web.reader.forms import CodeForm
from vouchsafe.doors.web.reader.proof import READER_COOKIE, refuse_applicant
from vouchsafe.doors.web.ui.paging import page_of
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.ui.shortlisting import turn_shortlist
from vouchsafe.packets.access_committee import SeatVisit, application_at, seat_by_token
from vouchsafe.packets.actions.enter_committee import enter_committee
from vouchsafe.packets.actions.open_application import open_application
from vouchsafe.packets.actions.set_seat_code import SeatCodeSpent, take_seat_code
from vouchsafe.people.access import NotHere

if TYPE_CHECKING:
    from datetime import datetime

    from vouchsafe.packets.models import Seat

OVER: dict[str, tuple[Sentence, Sentence]] = {
    "revoked": (
        say("This link no longer opens the letters"),
        say("The office has ended the access it gave."),
    ),
    "expired": (
        say("This link has expired"),
        say("Ask the office of the call for a new one if you still read there."),
    ),
    "call_over": (
        say("Nobody reads in this call now"),
        say("The office has withdrawn it, or has not opened it yet. Ask there if you expected otherwise."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def show_committee_landing(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, and changes nothing. The press (POST) trades the token for a cookie."""
    now = timezone.now()
    try:
        visit = seat_by_token(token, now)
    except NotHere:
        return render(request, "reader/packet/unknown.html", {"shell": plain_shell(request)}, status=404)
    if visit.is_over:
        return _over(request, visit)
    needs_code = bool(visit.seat.code_hash)
    form, status = CodeForm(request.POST if request.method == "POST" and needs_code else None), 200
    if request.method == "POST":
        refuse_office(request)
        if needs_code:
            status = _refused(form, visit.seat, now) or 200
    if request.method != "POST" or status != 200:
        facts: dict[str, Any] = {
            "shell": plain_shell(request),
            "seat": visit.seat,
            "call": call_facts(visit.seat.call, now),
            "form": form,
            "needs_code": needs_code,
        }
        return render(request, "reader/committee/landing.html", facts, status=status)
    enter_committee(seat=visit.seat, now=now)
    response = redirect("reader:committee", visit.seat.key)
    SEAT_COOKIE.keep(request, response, visit.seat.key, now)
    return response


@require_safe
def show_committee(request: HttpRequest, key: str) -> HttpResponse:
    """The table: who has which letters, and a press to read those that can be read."""
    visit, now = _visit(request, key)
    if visit.is_over:
        return _over(request, visit)
    seat = visit.seat
    facts = {
        "shell": plain_shell(request, whose=seat.name),
        "seat": seat,
        "call": call_facts(seat.call, now),
        "table": call_table(seat.call, now, seat, page=page_of(request)),
    }
    return render(request, "reader/committee/committee.html", facts)


@require_POST
def create_opening(request: HttpRequest, key: str) -> HttpResponse:
    """Read one applicant's letters: recorded, then the ordinary pages of a reader."""
    visit, now = _visit(request, key)
    if visit.is_over:
        return _over(request, visit)
    application = application_at(visit.seat, request.POST.get("who", ""))
    refuse_applicant(request, application.applicant)
    reader = open_application(seat=visit.seat, key=application.key, now=now)
    response = redirect("reader:packet", reader.key)
    READER_COOKIE.keep(request, response, reader.key, now)
    return response


@require_POST
def edit_committee_shortlist(request: HttpRequest, key: str) -> HttpResponse:
    """For a reader with that right: the action refuses the others."""
    visit, _now = _visit(request, key)
    if visit.is_over:
        return _over(request, visit)
    return turn_shortlist(request, by=visit.seat, call=visit.seat.call, href=f"/committee/{key}/")


def _visit(request: HttpRequest, key: str) -> tuple[SeatVisit, datetime]:
    now = timezone.now()
    visit = seat_visit_of(request, key, now)
    refuse_office(request)
    return visit, now


def _refused(form: CodeForm, seat: Seat, now: datetime) -> int:
    """The status of a page that asks for the code again, or 0: it was right."""
    if not form.is_valid():
        return 422
    try:
        take_seat_code(seat=seat, code=form.cleaned_data["code"], now=now)
    except Refusal as refusal:
        form.add_error("code", f"{translate(refusal)} {translate(refusal.hint or '')}".strip())
        return 429 if isinstance(refusal, SeatCodeSpent) else 422
    return 0


def _over(request: HttpRequest, visit: SeatVisit) -> HttpResponse:
    """410: it was here, and it is over."""
    headline, below = OVER[visit.is_over]
    facts = {"shell": plain_shell(request), "headline": headline, "below": below}
    return render(request, "reader/packet/over.html", facts, status=410)
