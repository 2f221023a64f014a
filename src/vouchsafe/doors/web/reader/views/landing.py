"""The link from the mail: it shows whose letters these are, and one press opens them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vouchsafe.core.words import Sentence, say, say_n
from vouchsafe.desk.reader_page import reader_page
from vouchsafe.doors.web.reader.proof import keep_proof, refuse_applicant
from vouchsafe.doors.web.reader.views.states import over
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.packets.access import reader_by_token
from vouchsafe.packets.actions.record_viewing import record_viewing
from vouchsafe.people.access import NotHere


@require_http_methods(["GET", "HEAD", "POST"])
def show_landing(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, and changes nothing. The press (POST) is what "opened" means; it trades the token for a cookie."""
    now = timezone.now()
    try:
        visit = reader_by_token(token, now)
    except NotHere:
        lost = {"shell": plain_shell(request)}
        return render(request, "reader/packet/unknown.html", lost, status=404)
    page = reader_page(visit, now)
    if visit.is_over or not page.readable:
        return over(request, page)
    if request.method != "POST":
        facts: dict[str, Any] = {
            "shell": plain_shell(request),
            "page": page,
            "headline": _headline(len(page.letters), page.applicant),
        }
        return render(request, "reader/packet/landing.html", facts)
    refuse_applicant(request, visit)
    record_viewing(reader=visit.reader, seal=None, what="opened", now=now)
    response = redirect("reader:packet", page.key)
    keep_proof(request, response, page.key, now)
    return response


def _headline(count: int, applicant: str) -> Sentence:
    if count == 1:
        return say("A letter of recommendation for {name}", name=applicant)
    return say_n(
        "{n} letter of recommendation for {name}",
        "{n} letters of recommendation for {name}",
        count,
        name=applicant,
    )
