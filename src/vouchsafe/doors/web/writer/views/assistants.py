"""Whom a writer lets help, and what those people laid before them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from vouchsafe.asks.access import FreshCodeNeeded, Visit
from vouchsafe.asks.actions.name_assistant import name_assistant
from vouchsafe.asks.actions.revoke_assistant import revoke_assistant
from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.assistants import assistants_page
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.doors.web.writer.forms_assistants import AssistantForm
from vouchsafe.doors.web.writer.proof import refuse_applicant, visit_of
from vouchsafe.doors.web.writer.proving import asks_for_proof
from vouchsafe.doors.web.writer.views.codes import ask_for_code
from vouchsafe.letters.actions.drop_offering import drop_offering
from vouchsafe.letters.actions.take_offering import take_offering
from vouchsafe.letters.draft_body import DraftBody


@require_http_methods(["GET", "HEAD", "POST"])
@asks_for_proof
def edit_assistants(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows who helps and what they laid here; a press names somebody, and needs a code taken in this browser."""
    visit = _proven(request, key)
    form = AssistantForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, visit, form)
    said = form.cleaned_data
    try:
        named = name_assistant(
            visit=visit,
            name=said["name"],
            address=said["address"],
            for_all=said["for_all"],
            now=timezone.now(),
        )
    except FreshCodeNeeded:
        return ask_for_code(request, visit, "assistants")
    except Refusal as refusal:
        form.add_error("address", f"{refusal.sentence} {refusal.hint or ''}".strip())
        return _page(request, visit, form)
    leave_note(request, say("{name} is mailed a link of their own.", name=named.name))
    return redirect("writer:assistants", key)


@require_POST
@asks_for_proof
def remove_assistant(request: HttpRequest, key: str, assistant_key: str) -> HttpResponse:
    visit = _proven(request, key)
    revoke_assistant(visit=visit, key=assistant_key, now=timezone.now())
    leave_note(request, say("Their link opens nothing any more."))
    return redirect("writer:assistants", key)


@require_POST
@asks_for_proof
def edit_offering(request: HttpRequest, key: str, offering_key: str) -> HttpResponse:
    """Take it up as the letter in hand, or throw it away."""
    visit = _proven(request, key)
    if request.POST.get("act") == "drop":
        drop_offering(visit=visit, key=offering_key)
        leave_note(request, say("It is thrown away."))
        return redirect("writer:assistants", key)
    first = DraftBody(name=visit.request.contact.name)
    letter = take_offering(visit=visit, key=offering_key, first=first, now=timezone.now())
    return redirect("writer:review" if letter.origin == "uploaded" else "writer:write", key)


def _proven(request: HttpRequest, key: str) -> Visit:
    visit = visit_of(request, key)
    refuse_applicant(request, visit)
    visit.demand_proof()
    return visit


def _page(request: HttpRequest, visit: Visit, form: AssistantForm) -> HttpResponse:
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "page": assistants_page(visit),
        "form": form,
        "may_name": visit.works_here
        or visit.took_code,  # asked before anything is typed, so that nothing is typed twice
    }
    return render(request, "writer/request/assistants.html", facts, status=422 if form.errors else 200)
