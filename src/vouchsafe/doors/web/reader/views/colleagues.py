"""A reader names a colleague, who gets a link of their own instead of a forwarded one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.reader_page import reader_page
from vouchsafe.doors.web.reader.committee_proof import demand_seat
from vouchsafe.doors.web.reader.forms import ColleagueForm
from vouchsafe.doors.web.reader.proof import refuse_applicant, visit_of
from vouchsafe.doors.web.reader.views.states import over
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.packets.actions.name_colleague import name_colleague


@require_http_methods(["GET", "HEAD", "POST"])
def edit_colleague(request: HttpRequest, key: str) -> HttpResponse:
    now = timezone.now()
    visit = visit_of(request, key, now)
    refuse_applicant(request, visit.reader.packet.owner)
    demand_seat(request, visit.reader, now)
    page = reader_page(visit, now)
    if visit.is_over or not page.readable:
        return over(request, page)
    form, status = ColleagueForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                name_colleague(
                    reader=visit.reader,
                    name=form.cleaned_data["colleague_name"],
                    address=form.cleaned_data["colleague_address"],
                    now=now,
                )
            except Refusal as refusal:
                said = f"{translate(refusal)} {translate(refusal.hint or '')}".strip()
                form.add_error("colleague_address", said)
                status = 409
            else:
                # The same words whether it is mailed or held: what the address belongs to is nobody's to learn here.
                leave_note(
                    request,
                    say(
                        "{name} gets a link once the address has been looked at.",
                        name=form.cleaned_data["colleague_name"],
                    ),
                )
                return redirect("reader:packet", key)
    facts = {"shell": plain_shell(request, whose=page.reader), "page": page, "form": form}
    return render(request, "reader/packet/colleague.html", facts, status=status)
