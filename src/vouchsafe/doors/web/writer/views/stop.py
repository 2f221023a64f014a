from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from vouchsafe.asks.access import visit_by_token
from vouchsafe.asks.actions.stop_mail import stop_mail
from vouchsafe.asks.actions.stop_weekly_list import stop_weekly_list
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


@csrf_exempt  # RFC 8058, as above
def show_stop_weekly(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST stops the weekly list and nothing else; from the page that says so it can be had again."""
    visit = visit_by_token(token)
    wanted = request.POST.get("wanted") == "yes"
    if request.method == "POST":
        stop_weekly_list(visit=visit, wanted=wanted, now=timezone.now())
    facts = {
        "shell": plain_shell(request),
        "is_stopped": request.method == "POST" and not wanted,
        "is_wanted": request.method == "POST" and wanted,
    }
    return render(request, "writer/request/stop_weekly.html", facts)
