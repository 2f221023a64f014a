"""Where the letter goes: the writer's checklist, with a copy for each portal and a tick once it is there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.asks.access import Visit
from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.places_page import place_of, places_page
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.doors.web.writer.proof import refuse_applicant, visit_of
from vouchsafe.doors.web.writer.proving import asks_for_proof
from vouchsafe.doors.web.writer.views.codes import ask_for_code
from vouchsafe.packets.actions.make_conforming_copy import make_conforming_copy
from vouchsafe.packets.actions.tick_upload import tick_upload


@require_safe
@asks_for_proof
def show_places(request: HttpRequest, key: str) -> HttpResponse:
    return _page(request, _proven(request, key))


@require_POST
@asks_for_proof
def create_place_copy(request: HttpRequest, key: str, place_key: str) -> HttpResponse:
    """The letter as this portal takes it. The text needs a fresh code, as everywhere after the seal."""
    visit = _proven(request, key)
    place, seal = place_of(visit, place_key, timezone.localdate())
    if not visit.may_open(seal.letter.key):
        return ask_for_code(request, visit, "checklist")
    try:
        name, data = make_conforming_copy(visit=visit, seal=seal, destination=place, now=timezone.now())
    except Refusal as refusal:
        return _page(request, visit, refusal=refusal, status=409)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@asks_for_proof
def edit_place_tick(request: HttpRequest, key: str, place_key: str) -> HttpResponse:
    visit = _proven(request, key)
    place, seal = place_of(visit, place_key, timezone.localdate())
    done = request.POST.get("done") == "yes"
    tick_upload(visit=visit, seal=seal, destination=place, done=done, now=timezone.now())
    leave_note(
        request,
        say("{label} is done.", label=place.label)
        if done
        else say("{label} is open again.", label=place.label),
        undo_href=request.path,
        fields={"done": "no" if done else "yes"},
    )
    return redirect("writer:checklist", key)


def _proven(request: HttpRequest, key: str) -> Visit:
    visit = visit_of(request, key)
    refuse_applicant(request, visit)
    visit.demand_proof()
    return visit


def _page(
    request: HttpRequest, visit: Visit, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "page": places_page(visit, timezone.localdate()),
        "refusal": refusal,
    }
    return render(request, "writer/letter/places.html", facts, status=status)
