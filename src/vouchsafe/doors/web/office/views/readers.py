"""Readers that wait: the office makes sure whose address it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.core.words import say
from vouchsafe.desk.held_readers import held_readers
from vouchsafe.doors.web.office.keeping import for_office, who
from vouchsafe.doors.web.ui.shells import office_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.packets import access
from vouchsafe.packets.actions.confirm_reader import confirm_reader
from vouchsafe.packets.actions.set_reader_code import set_reader_code


@for_office
@require_safe
def show_readers(request: HttpRequest) -> HttpResponse:
    return _page(request)


@for_office
@require_POST
def create_confirmation(request: HttpRequest, key: str) -> HttpResponse:
    reader = access.held_reader(key)
    now = timezone.now()
    with_code = request.POST.get("act") == "code"
    code = set_reader_code(by=who(request), reader=reader, now=now) if with_code else ""
    is_mailed = confirm_reader(by=who(request), reader=reader, now=now)
    if code:  # shown on this page alone: of the code only a hash is kept
        return _page(request, code=code, code_for=reader.name)
    mailed = say("{name} is mailed the link now.", name=reader.name)
    nothing = say("The address is confirmed. No link was mailed, for there is nothing to read any more.")
    leave_note(request, mailed if is_mailed else nothing)
    return redirect("office:readers")


def _page(request: HttpRequest, *, code: str = "", code_for: str = "") -> HttpResponse:
    facts = {
        "shell": office_shell(request, "office"),
        "readers": held_readers(),
        "code": f"{code[:3]} {code[3:]}".strip(),
        "code_for": code_for,
    }
    return render(request, "office/readers.html", facts)
