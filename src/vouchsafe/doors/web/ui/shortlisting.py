"""Shortlisting those ticked in the table of a call: one press, whether by its office or by a reader with that right."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from vouchsafe.core.words import say_n
from vouchsafe.doors.web.ui.paging import back_to, page_of
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.packets.actions.shortlist_applicants import shortlist_applicants
from vouchsafe.plans.access_calls import turned_at

if TYPE_CHECKING:
    from vouchsafe.packets.models import Seat
    from vouchsafe.people.models import Account
    from vouchsafe.plans.models import Call


def turn_shortlist(request: HttpRequest, *, by: Account | Seat, call: Call, href: str) -> HttpResponse:
    """Those ticked, all at once, and back to the table at `href`; undo takes back those for whom it changed."""
    listed, page, now = request.POST.get("act") != "unlist", page_of(request), timezone.now()
    changed = shortlist_applicants(
        by=by,
        call=call,
        keys=request.POST.getlist("who") or turned_at(call, request.POST.get("at", "")),
        listed=listed,
        undo=timedelta(seconds=settings.UNDO_SECONDS),
        now=now,
    )
    leave_note(
        request,
        say_n("One applicant is shortlisted.", "{n} applicants are shortlisted.", len(changed))
        if listed
        else say_n(
            "One applicant is off the shortlist.", "{n} applicants are off the shortlist.", len(changed)
        ),
        undo_href=f"{href}shortlist" if changed else "",
        fields={"act": "unlist" if listed else "list", "at": now.isoformat(), "page": str(page)},
    )
    return redirect(back_to(href, page))
