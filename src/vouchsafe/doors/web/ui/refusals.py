"""Refusals and absences that no view handled: a page that says what was wrong, or one that says nothing is here."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vouchsafe.core.words import Refusal
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.people.access import NotHere


class Refusals:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotHere):
            # Absence and refusal look the same, so that nobody learns what exists.
            return render(request, "ui/not_found.html", {"shell": plain_shell(request)}, status=404)
        if isinstance(exception, Refusal):
            facts = {"shell": plain_shell(request), "refusal": exception}
            return render(request, "ui/refused.html", facts, status=409)
        return None
