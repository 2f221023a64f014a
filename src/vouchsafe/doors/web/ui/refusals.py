"""What no view handled: refusals say what was wrong, absences that nothing is here, and a store that fails that it does."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vouchsafe.core.words import Refusal
from vouchsafe.doors.web.ui.shell import Shell
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.ledger.out_of_reach import is_out_of_reach
from vouchsafe.people.access import NotHere

log = logging.getLogger("vouchsafe.web")
RETRY_SECONDS = 60


class Refusals:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotHere) or _names_a_nul(exception):
            # Absence and refusal look the same, so that nobody learns what exists.
            return render(request, "ui/not_found.html", {"shell": plain_shell(request)}, status=404)
        if isinstance(exception, Refusal):
            facts = {"shell": plain_shell(request), "refusal": exception}
            return render(request, "ui/refused.html", facts, status=409)
        if is_out_of_reach(exception):
            log.exception("what is kept could not be reached for %s", request.method)
            response = render(request, "ui/unavailable.html", {"shell": Shell(instance_name="")}, status=503)
            response["Retry-After"] = str(RETRY_SECONDS)
            return response
        return None


def _names_a_nul(exception: Exception) -> bool:
    """PostgreSQL takes no NUL in a text, so no key and no word that is kept here holds one."""
    return isinstance(exception, DataError) and "NUL (0x00)" in str(exception)
