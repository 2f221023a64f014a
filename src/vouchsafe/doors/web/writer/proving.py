"""A page that needs the writer's mailbox to be proved offers the way to prove it, instead of only refusing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vouchsafe.asks.access import MailboxNotProven
from vouchsafe.desk.writer_page import writer_page
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.writer.proof import visit_of


def asks_for_proof(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages of one request: whoever came by a handed-over link is offered a code, mailed to the writer."""

    @wraps(view)
    def asked(request: HttpRequest, key: str, **places: Any) -> HttpResponse:
        try:
            return view(request, key, **places)
        except MailboxNotProven as refusal:
            page = writer_page(visit_of(request, key))
            facts = {"shell": plain_shell(request), "page": page, "refusal": refusal}
            return render(request, "writer/request/prove.html", facts, status=409)

    return asked
