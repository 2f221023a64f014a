"""Pages for what went wrong: they say what happened and what to do, and never show a traceback."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Absence and refusal look the same: nobody learns what exists."""
    return render(request, "public/errors/not_found.html", status=404)


def show_forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "public/errors/not_found.html", status=404)


def show_bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "public/errors/bad_request.html", status=400)


def show_csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came from elsewhere, or a page left open until its cookie went."""
    return render(request, "public/errors/stale_form.html", status=403)


def show_fault(request: HttpRequest) -> HttpResponse:
    return render(request, "public/errors/fault.html", status=500)
