"""A call for letters: what it asks, for whoever has its link; taking part, and naming writers, for who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.asks.actions.drop_nomination import drop_nomination
from vouchsafe.core.stages import CALL
from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.call_page import call_facts, invited_calls, own_part, parts_of
from vouchsafe.doors.web.applicant.forms.ask import refuse
from vouchsafe.doors.web.applicant.views.plan_drawing import draw_after
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.shells import applicant_shell, shell_of
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people import access as people
from vouchsafe.people.access import NotHere
from vouchsafe.plans.access_calls import application_in, call_shown, nominated, stage
from vouchsafe.plans.actions.nominate_writer import nominate_writer
from vouchsafe.plans.actions.take_part import leave_call, take_part

if TYPE_CHECKING:
    from vouchsafe.desk.call_page import OwnPart
    from vouchsafe.people.models import Account


class WriterForm(forms.Form):
    contact = forms.ChoiceField(
        label=_("Whom do you name?"),
        error_messages={
            "required": _("Choose one of your people."),
            "invalid_choice": _("Choose one of your people."),
        },
    )

    def __init__(self, *args: Any, part: OwnPart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (one.key, f"{one.name}, {one.organisation}" if one.organisation else one.name)
            for one in part.choices
        ]
        self.fields["contact"].choices = choices  # type: ignore[attr-defined]  # declared above


@login_required
@require_safe
def show_calls(request: HttpRequest) -> HttpResponse:
    """Those the viewer takes part in, and those the office invited them to."""
    account = applicant_of(request)
    facts = {
        "shell": applicant_shell(request, "plan"),
        "parts": parts_of(account),
        "invited": invited_calls(account, timezone.now()),
    }
    return render(request, "applicant/calls/list.html", facts)


@require_safe
def show_call(request: HttpRequest, key: str) -> HttpResponse:
    """Anyone with the link sees what is asked; who takes part sees their writers beside it."""
    return call_view(request, key)


def call_view(request: HttpRequest, key: str, form: WriterForm | None = None) -> HttpResponse:
    now = timezone.now()
    call = call_shown(key)
    account: Account | None = request.user if request.user.is_authenticated else None
    part = own_part(account, call, now) if account is not None else None
    facts = {
        "shell": shell_of(request),
        "call": call_facts(call, now),
        "is_signed_in": account is not None,
        "runs_office": account is not None and account.runs_office,
        "part": part,
        "form": form or (WriterForm(part=part) if part is not None else None),
        "has_errors": form is not None,
    }
    return render(request, "applicant/calls/call.html", facts, status=422 if form is not None else 200)


@login_required
@require_POST
def edit_part(request: HttpRequest, key: str) -> HttpResponse:
    """Take part, or leave; each undoes the other while the call is open."""
    account, now = applicant_of(request), timezone.now()
    call = call_shown(key)
    if request.POST.get("act") == "leave":
        application = application_in(call, account)
        if application is None:
            raise NotHere(key)
        leave_call(by=account, application=application, now=now)
        said = say("You no longer take part. Requests to writers stand until you stop asking.")
        undo_href = request.path if CALL.allows("apply", stage(call)) else ""
        leave_note(request, said, undo_href=undo_href, fields={"act": "join"})
    else:
        take_part(by=account, call=call, now=now)
        leave_note(
            request,
            say("You take part. Now name your writers."),
            undo_href=request.path,
            fields={"act": "leave"},
        )
    draw_after(account, now)
    return redirect("applicant:call", key)


@login_required
@require_POST
def edit_writers(request: HttpRequest, key: str) -> HttpResponse:
    """Name a writer, or take one off; asking them is the ordinary way from there."""
    account, now = applicant_of(request), timezone.now()
    call = call_shown(key)
    application = application_in(call, account)
    part = own_part(account, call, now)
    if application is None or part is None:
        raise NotHere(key)
    if request.POST.get("act") == "drop":
        contact = nominated(application, request.POST.get("contact", ""))
        drop_nomination(by=account, application=application, contact=contact, now=now)
        leave_note(
            request,
            say("{name} is taken off the call.", name=contact.name),
            undo_href=request.path,
            fields={"act": "name", "contact": contact.key},
        )
        return redirect("applicant:call", key)
    form = WriterForm(request.POST, part=part)
    if form.is_valid():
        contact = people.contact(account, form.cleaned_data["contact"])
        try:
            nominate_writer(by=account, application=application, contact=contact, now=now)
        except Refusal as refusal:
            refuse(form, refusal, "contact")
        else:
            leave_note(
                request,
                say("{name} is named. Nobody has asked them yet.", name=contact.name),
                undo_href=request.path,
                fields={"act": "drop", "contact": contact.key},
            )
            return redirect("applicant:call", key)
    return call_view(request, key, form)
