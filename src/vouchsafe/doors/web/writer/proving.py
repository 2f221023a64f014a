"""A page that needs the writer's mailbox to be proved offers the way to prove it, instead of only refusing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vouchsafe.asks.access import FreshCodeNeeded, MailboxNotProven
from vouchsafe.desk.writer_page import writer_page
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.writer.proof import visit_of


def asks_for_proof(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages of one request: whoever came by a handed-over link is offered a code, mailed to the writer.

    So is whoever proved the mailbox by a link, where the page holds words that were sealed.
    """

    @wraps(view)
    def asked(request: HttpRequest, key: str, **places: Any) -> HttpResponse:
        try:
            return view(request, key, **places)
        except MailboxNotProven as refusal:
            page = writer_page(visit_of(request, key))
            facts = {"shell": plain_shell(request), "page": page, "refusal": refusal}
            return render(request, "writer/request/prove.html", facts, status=409)
        except FreshCodeNeeded:
            facts = {
                "shell": plain_shell(request),
                "page": writer_page(visit_of(request, key)),
                "use": "words",
                "then": request.path if request.method in ("GET", "HEAD") else "",
            }
            status = 200 if request.method in ("GET", "HEAD") else 409
            return render(request, "writer/request/ask_code.html", facts, status=status)

    return asked
