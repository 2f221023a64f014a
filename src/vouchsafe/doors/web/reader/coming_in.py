"""A reader's page without a reader: it says how to come in, and is the same for everybody, whether there is one or not."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vouchsafe.doors.web.reader.proof import ComeByYourLink
from vouchsafe.doors.web.ui.shells import plain_shell


class WayIn:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ComeByYourLink):
            return None
        return render(request, "reader/packet/come_in.html", {"shell": plain_shell(request)}, status=404)
