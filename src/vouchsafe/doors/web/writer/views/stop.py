from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from vouchsafe.asks.access import visit_by_token
from vouchsafe.asks.actions.stop_mail import stop_mail
from vouchsafe.desk.writer_page import writer_page
from vouchsafe.doors.web.ui.shells import plain_shell


@csrf_exempt  # RFC 8058: a mail program presses this for its reader, without ever having seen the page
def show_stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST stops. The token is the writer's own, and stopping is all it can do here."""
    visit = visit_by_token(token)
    if request.method == "POST":
        stop_mail(visit=visit, now=timezone.now())
    facts = {
        "shell": plain_shell(request),
        "page": writer_page(visit),
        "is_stopped": request.method == "POST",
    }
    return render(request, "writer/request/stop.html", facts)
