"""A code that a reader's link asks for, told apart from it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from vouchsafe.core.words import say
from vouchsafe.doors.web.applicant.views.packets import packet_view
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.packets import access
from vouchsafe.packets.actions.set_reader_code import remove_reader_code, set_reader_code


@login_required
@require_POST
def create_code(request: HttpRequest, key: str) -> HttpResponse:
    """A new code, shown once on this page; of the code only a keyed hash is kept."""
    account = applicant_of(request)
    reader = access.reader_of(account, key)
    code = set_reader_code(by=account, reader=reader, now=timezone.now())
    return packet_view(request, reader.packet.key, code=f"{code[:3]} {code[3:]}", link_for=reader.name)


@login_required
@require_POST
def remove_code(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    reader = access.reader_of(account, key)
    remove_reader_code(by=account, reader=reader, now=timezone.now())
    leave_note(request, say("The link of {reader} opens without a code.", reader=reader.name))
    return redirect("applicant:packet", reader.packet.key)
