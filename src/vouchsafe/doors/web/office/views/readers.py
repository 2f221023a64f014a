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


@for_office
@require_safe
def show_readers(request: HttpRequest) -> HttpResponse:
    facts = {"shell": office_shell(request, "office"), "readers": held_readers()}
    return render(request, "office/readers.html", facts)


@for_office
@require_POST
def create_confirmation(request: HttpRequest, key: str) -> HttpResponse:
    reader = access.held_reader(key)
    confirm_reader(by=who(request), reader=reader, now=timezone.now())
    leave_note(request, say("{name} may be sent the packet now.", name=reader.name))
    return redirect("office:readers")
