"""What happened to a request, as its applicant sees it, too."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vouchsafe.desk.timeline import timeline
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.writer.proof import refuse_applicant, visit_of
from vouchsafe.doors.web.writer.proving import asks_for_proof


@require_safe
@asks_for_proof
def show_story(request: HttpRequest, key: str) -> HttpResponse:
    visit = visit_of(request, key)
    refuse_applicant(request, visit)
    visit.demand_proof()
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "rows": timeline(visit.request),
        "applicant": visit.request.contact.owner.name,
        "home": f"/requests/{key}/",
    }
    return render(request, "writer/request/story.html", facts)
