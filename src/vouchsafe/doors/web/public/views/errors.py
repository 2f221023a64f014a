"""Pages for what went wrong: they say what happened and what to do, and never show a traceback."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vouchsafe.doors.web.ui.shell import Link, Shell
from vouchsafe.doors.web.ui.shells import plain_shell

log = logging.getLogger("vouchsafe.web")


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Absence and refusal look the same: nobody learns what exists."""
    return render(request, "ui/not_found.html", {"shell": _shell(request)}, status=404)


def show_forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return show_not_found(request)


def show_bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "public/errors/bad_request.html", {"shell": _shell(request)}, status=400)


def show_csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came from elsewhere, or a page left open until its cookie went."""
    facts = {"shell": _shell(request), "back": request.path}
    return render(request, "public/errors/stale_form.html", facts, status=403)


def show_fault(request: HttpRequest) -> HttpResponse:
    """Rendered without a database, for that may be what failed."""
    return render(request, "public/errors/fault.html", {"shell": _bare()}, status=500)


def _shell(request: HttpRequest) -> Shell:
    try:
        return plain_shell(request)
    except DatabaseError:
        log.exception("the name of the instance could not be read")
        return _bare()


def _bare() -> Shell:
    return Shell(instance_name="", foot=(Link("Help", "/help/"),))
