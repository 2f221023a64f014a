"""Calls for letters: the list, one with its table, and what is said of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vouchsafe.asks.actions.move_call_days import move_call_days
from vouchsafe.core.addresses import call_path
from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.call_page import call_facts, call_lines
from vouchsafe.desk.call_table import call_table
from vouchsafe.doors.web.office.call_forms import CallForm, DaysForm, SeatForm, initial_of
from vouchsafe.doors.web.office.keeping import for_office, who
from vouchsafe.doors.web.ui.paging import page_of
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import office_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.packets.access_committee import seats
from vouchsafe.plans.access_calls import call_of_office, stage
from vouchsafe.plans.actions.keep_call import (
    CallClosingPassed,
    CallDayPassed,
    CallDaysWrong,
    CallNeedsTitle,
    CallNumbersWrong,
    keep_call,
)
from vouchsafe.plans.actions.turn_call import UNDO_OF, turn_call

if TYPE_CHECKING:
    from django import forms

    from vouchsafe.plans.models import Call

READS_ON = timedelta(days=60)
"""How long after the last day for letters a reader may read, unless the office says otherwise."""

FIELD_OF = {
    CallNeedsTitle.code: "title",
    CallNumbersWrong.code: "most",
    CallDaysWrong.code: "due_on",
    CallDayPassed.code: "due_on",
    CallClosingPassed.code: "closes_on",
}
"""Where in the form each refusal can be mended."""

TURNED = {
    "open": say("The call is open. Whoever has its link can take part."),
    "unopen": say("The call is a draft again."),
    "close": say("The call is closed. Letters that were asked for still come."),
    "reopen": say("The call is open again."),
    "withdraw": say("The call is withdrawn. Who takes part is told by mail."),
    "restore": say("The call stands again."),
}


@for_office
@require_safe
def show_calls(request: HttpRequest) -> HttpResponse:
    facts = {"shell": office_shell(request, "office"), "lines": call_lines(who(request))}
    return render(request, "office/calls/list.html", facts)


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def create_call(request: HttpRequest) -> HttpResponse:
    form = CallForm(request.POST if request.method == "POST" else None, zone=who(request).time_zone)
    if request.method == "POST" and form.is_valid():
        try:
            call = keep_call(by=who(request), facts=form.facts(), now=timezone.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            leave_note(request, say("The call is kept as a draft."))
            return redirect("office:call", call.key)
    return _form_page(request, form, None)


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def edit_call(request: HttpRequest, key: str) -> HttpResponse:
    """Everything while it is a draft; once it was opened, its days."""
    call = call_of_office(who(request), key)
    if stage(call) != "draft":
        return _edit_days(request, call)
    given = request.POST if request.method == "POST" else None
    form = CallForm(given, zone=who(request).time_zone, initial=initial_of(call))
    if request.method == "POST" and form.is_valid():
        try:
            keep_call(by=who(request), facts=form.facts(), call=call, now=timezone.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            leave_note(request, say("Changed."))
            return redirect("office:call", key)
    return _form_page(request, form, call)


def _edit_days(request: HttpRequest, call: Call) -> HttpResponse:
    given = request.POST if request.method == "POST" else None
    form = DaysForm(given, initial={"closes_on": call.closes_on, "due_on": call.due_on})
    if request.method == "POST" and form.is_valid():
        before = {"closes_on": call.closes_on.isoformat(), "due_on": call.due_on.isoformat()}
        try:
            is_told = move_call_days(
                by=who(request),
                call=call,
                **form.cleaned_data,
                undo=undo_time(),
                today=timezone.localdate(),
                now=timezone.now(),
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            moved = say("The days are moved. Who takes part is told by mail.")
            said = moved if is_told else say("Changed.")
            leave_note(request, said, undo_href=f"/office/calls/{call.key}/edit", fields=before)
            return redirect("office:call", call.key)
    return _form_page(request, form, call)


@for_office
@require_safe
def show_call(request: HttpRequest, key: str) -> HttpResponse:
    return call_view(request, key)


def call_view(
    request: HttpRequest, key: str, *, seat_form: SeatForm | None = None, **more: Any
) -> HttpResponse:
    """The page of one call, with the form for a reader as it was sent."""
    now = timezone.now()
    call = call_of_office(who(request), key)
    form = seat_form or SeatForm(initial={"until": call.due_on + READS_ON})
    facts = {
        "shell": office_shell(request, "office"),
        "call": call_facts(call, now),
        "link": f"{settings.BASE_URL}{call_path(call.key)}",
        "table": call_table(call, now, page=page_of(request)),
        "seats": seats(call),
        "now": now,
        "code": "",
        "code_for": "",
        "form": form,
        **more,
    }
    return render(request, "office/calls/call.html", facts, status=422 if form.errors else 200)


@for_office
@require_POST
def edit_stage(request: HttpRequest, key: str) -> HttpResponse:
    """Open, close, withdraw; and back."""
    act = request.POST.get("act", "")
    call = call_of_office(who(request), key)
    if act in TURNED:
        try:
            turn_call(by=who(request), call=call, act=act, undo=undo_time(), now=timezone.now())
        except (CallDaysWrong, CallDayPassed, CallClosingPassed) as refusal:
            return _draft_to_mend(request, call, refusal)
        back = UNDO_OF.get(act, "")
        href = f"/office/calls/{key}/stage" if back else ""
        leave_note(request, TURNED[act], undo_href=href, fields={"act": back})
    return redirect("office:call", key)


def undo_time() -> timedelta:
    return timedelta(seconds=settings.UNDO_SECONDS)


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """At the field where it can be mended, if the form has it."""
    field = FIELD_OF.get(refusal.code)
    said = f"{translate(refusal)} {translate(refusal.hint or '')}".strip()
    form.add_error(field if field in form.fields else None, said)


def _draft_to_mend(request: HttpRequest, call: Call, refusal: Refusal) -> HttpResponse:
    """The form of a draft that can't be opened as it is, with what is wrong at its field."""
    initial = initial_of(call)
    form = CallForm(initial, zone=who(request).time_zone, initial=initial)
    refuse(form, refusal)
    return _form_page(request, form, call)


def _form_page(request: HttpRequest, form: DaysForm, call: Call | None) -> HttpResponse:
    facts = {
        "shell": office_shell(request, "office"),
        "form": form,
        "title": call.title if call is not None else "",
        "action": f"/office/calls/{call.key}/edit" if call is not None else "/office/calls/new",
        "back_href": f"/office/calls/{call.key}/" if call is not None else "/office/calls/",
        "is_draft": isinstance(form, CallForm),
    }
    return render(request, "office/calls/form.html", facts, status=422 if form.errors else 200)
