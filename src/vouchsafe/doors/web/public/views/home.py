"""The front door."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from vouchsafe.doors.web.ui.shells import plain_shell, start_of
from vouchsafe.people import access


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """What this is, for who is signed out; the desk or the office for who is signed in."""
    if request.user.is_authenticated:
        return redirect(start_of(request))
    instance = access.instance()
    return render(
        request,
        "public/pages/home.html",
        {"shell": plain_shell(request), "instance": instance.name if instance else ""},
    )
