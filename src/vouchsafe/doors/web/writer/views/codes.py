"""A code mailed to the writer's own address: it proves the mailbox, or opens a sealed text for ten minutes."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from vouchsafe.asks.access import Visit
from vouchsafe.asks.actions.send_code import send_code
from vouchsafe.asks.actions.take_code import take_code
from vouchsafe.core.words import Refusal
from vouchsafe.desk.writer_page import writer_page
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.writer.forms import CodeForm
from vouchsafe.doors.web.writer.proof import READING, keep_proof, refuse_applicant, visit_of

# What the code is wanted for, and the page that follows it. All but the first are what a link alone never opens.
PAGES = {
    "prove": "request",
    "read": "copy",
    "reopen": "sealed",
    "withdraw": "sealed",
    "calendar": "calendar",
    "uses": "uses",
    "checklist": "checklist",
    "words": "written",
    "queue": "queue",
    "assistants": "assistants",
    "record": "record",
}


@require_POST
def create_code(request: HttpRequest, key: str) -> HttpResponse:
    """Mail a code to the address that the request has; whoever asks never names it."""
    visit = visit_of(request, key)
    refuse_applicant(request, visit)
    use = _use(request)
    send_code(request=visit.request, use=_kind(use), now=timezone.now())
    return _ask_for_code(request, visit, use, CodeForm(), 200)


@require_POST
def create_proof(request: HttpRequest, key: str) -> HttpResponse:
    """Take the code. The page that follows is the one it was wanted for."""
    visit = visit_of(request, key)
    refuse_applicant(request, visit)
    use = _use(request)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask_for_code(request, visit, use, form, 422)
    now = timezone.now()
    try:
        proven = take_code(request=visit.request, use=_kind(use), code=form.cleaned_data["code"], now=now)
    except Refusal as refusal:
        form.add_error("code", f"{refusal.sentence} {refusal.hint or ''}".strip())
        return _ask_for_code(request, visit, use, form, 422)
    response = redirect(_then(request, key) or reverse(f"writer:{PAGES[use]}", args=[key]))
    opens = _kind(use) == "read"
    keep_proof(
        request,
        response,
        proven,
        reads_until=(now + READING).timestamp() if opens else 0.0,
        code_at=now.timestamp() if opens else 0.0,
    )
    return response


def type_the_code(request: HttpRequest, visit: Visit, use: str) -> HttpResponse:
    """The page that takes a code which has just been mailed."""
    return _ask_for_code(request, visit, use, CodeForm(), 200)


def ask_for_code(request: HttpRequest, visit: Visit, use: str) -> HttpResponse:
    """Instead of a page or an act that a link alone, which may have been forwarded, never opens."""
    facts = {"shell": plain_shell(request), "page": writer_page(visit), "use": use, "then": _here(request)}
    return render(
        request, "writer/request/ask_code.html", facts, status=409 if request.method == "POST" else 200
    )


def _here(request: HttpRequest) -> str:
    """The page of a single letter that was asked for; the others are known by their use."""
    return (
        request.path
        if request.method in ("GET", "HEAD") and re.search("/letters/|/queue/", request.path)
        else ""
    )


def _then(request: HttpRequest, key: str) -> str:
    """Where the code leads back to: a page of this request alone, whatever a form says."""
    then = request.POST.get("then", "")
    return then if re.fullmatch(rf"/requests/{re.escape(key)}/[\w/-]*", then) else ""


def _use(request: HttpRequest) -> str:
    use = request.POST.get("use", "")
    return use if use in PAGES else "prove"


def _kind(use: str) -> str:
    return "prove" if use == "prove" else "read"


def _ask_for_code(request: HttpRequest, visit: Visit, use: str, form: CodeForm, status: int) -> HttpResponse:
    then = _then(request, visit.request.key)
    facts = {
        "shell": plain_shell(request),
        "page": writer_page(visit),
        "form": form,
        "use": use,
        "then": then,
    }
    return render(request, "writer/request/code.html", facts, status=status)
