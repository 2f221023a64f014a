"""A reader asks the writer something: the page of the mail, and the page after a press. No account, one click."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vouchsafe.core.words import Refusal
from vouchsafe.desk.call_back import call_back_page
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.writer.call_back_proof import KEPT, call_back_of, refuse_applicant_here
from vouchsafe.packets.access_call_backs import CallBackVisit, call_back_by_token
from vouchsafe.packets.actions.answer_reader import answer_reader

ACTS = {"answer": "answered", "contact": "contact", "decline": "declined"}


@require_http_methods(["GET", "HEAD", "POST"])
def show_call_back(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, and changes nothing. A press answers and trades the token for a cookie."""
    return _page(request, call_back_by_token(token, timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_call_back(request: HttpRequest, key: str) -> HttpResponse:
    return _page(request, call_back_of(request, key, timezone.now()))


def _page(request: HttpRequest, visit: CallBackVisit) -> HttpResponse:
    refuse_applicant_here(request, visit)
    said = ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    words, problems, status = request.POST.get("words", ""), [], 200
    if said:
        try:
            answer_reader(visit=visit, said=said, words=words, now=timezone.now())
        except Refusal as refusal:
            problems = [("words", refusal.sentence), ("words", refusal.hint)]
            status = 409
        else:
            response = redirect("writer:answered_call_back", visit.call_back.key)
            KEPT.keep(request, response, visit.call_back.key)
            return response
    facts: dict[str, Any] = {
        "shell": plain_shell(request),
        "page": call_back_page(visit),
        "words": words,
        "problems": [(field, problem) for field, problem in problems if problem],
    }
    return render(request, "writer/call_back/call_back.html", facts, status=status)
