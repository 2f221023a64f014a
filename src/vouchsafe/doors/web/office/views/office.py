"""How the instance fares, and its journal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vouchsafe.desk import keeping, mailbox, office
from vouchsafe.doors.web.office.keeping import for_keeper, has_second_factor, who
from vouchsafe.doors.web.ui.shells import keeper_shell


@for_keeper
@require_safe
def show_office(request: HttpRequest) -> HttpResponse:
    facts = {
        "shell": keeper_shell(request, "office"),
        "next_sweep": keeping.next_sweep(),
        "health": office.health(timezone.now()),
        "catches_mail": mailbox.is_open(),
        "runs_office": who(request).runs_office,
        "has_second_factor": has_second_factor(request),
    }
    return render(request, "office/office.html", facts)
