"""Where whoever was told that something of theirs goes for its age keeps it: shown first, kept by a press."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.packets.access_aged import farewell_by_token
from vouchsafe.packets.actions.keep_longer import keep_longer


@require_http_methods(["GET", "HEAD", "POST"])
def show_farewell(request: HttpRequest, token: str) -> HttpResponse:
    """What goes and when, without a name: the link was mailed, and mails are forwarded."""
    farewell = farewell_by_token(token)
    if request.method == "POST":
        keep_longer(farewell=farewell, now=timezone.now())
        farewell = farewell_by_token(token)  # as it is now; gone with an account that goes at this moment
    facts = {
        "shell": plain_shell(request),
        "is_open": farewell.ended_at is None,
        "is_kept": farewell.outcome in ("kept", "used", "off"),
        "requests": len(farewell.abouts) if farewell.kind == "requests" else 0,
        "erase_on": farewell.erase_on,
    }
    return render(request, "public/ways/keep.html", facts)
