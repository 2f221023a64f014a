"""What the office does with a call's committee and its shortlist, and the table as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.call_table import call_table, table_as_csv
from vouchsafe.doors.web.office.call_forms import SeatForm
from vouchsafe.doors.web.office.keeping import for_office, who
from vouchsafe.doors.web.office.views.calls import call_view, refuse, undo_time
from vouchsafe.doors.web.ui.shortlisting import turn_shortlist
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.packets.access_committee import seat_of_office
from vouchsafe.packets.actions.mail_seat import mail_seat
from vouchsafe.packets.actions.name_seat import name_seat
from vouchsafe.packets.actions.revoke_seat import revoke_seat
from vouchsafe.packets.actions.set_seat_code import set_seat_code
from vouchsafe.plans.access_calls import call_of_office
from vouchsafe.plans.actions.note_table_taken import note_table_taken


@for_office
@require_POST
def create_seat(request: HttpRequest, key: str) -> HttpResponse:
    """Name a reader. Their link is mailed by a press of its own, once the call is open."""
    call = call_of_office(who(request), key)
    form, now = SeatForm(request.POST), timezone.now()
    if not form.is_valid():
        return call_view(request, key, seat_form=form)
    try:
        seat = name_seat(
            by=who(request),
            call=call,
            name=form.cleaned_data["name"],
            address=form.cleaned_data["address"],
            expires_at=form.expires_at(call),
            may_shortlist=form.cleaned_data["may_shortlist"],
            now=now,
        )
    except Refusal as refusal:
        refuse(form, refusal)
        return call_view(request, key, seat_form=form)
    if seat.added_at != now:  # they read here already, and an undo would end that
        leave_note(request, say("Changed."))
        return redirect("office:call", key)
    leave_note(
        request,
        say("{name} is on the committee. Nothing is mailed yet.", name=seat.name),
        undo_href=f"/office/calls/{key}/readers/{seat.key}",
        fields={"act": "revoke"},
    )
    return redirect("office:call", key)


@for_office
@require_POST
def edit_seat(request: HttpRequest, key: str, seat_key: str) -> HttpResponse:
    """Mail the link, set a code to tell apart from it, or end the access now."""
    seat = seat_of_office(who(request), key, seat_key)
    act, now = request.POST.get("act", ""), timezone.now()
    if act == "mail":
        mail_seat(by=who(request), seat=seat, undo=undo_time(), now=now)
        leave_note(request, say("The link goes to {name}.", name=seat.name))
    elif act == "code":
        code = set_seat_code(by=who(request), seat=seat, now=now)
        return call_view(request, key, code=f"{code[:3]} {code[3:]}", code_for=seat.name)
    elif act == "revoke":
        revoke_seat(by=who(request), seat=seat, now=now)
        leave_note(request, say("{name} can’t read anything of this call from now on.", name=seat.name))
    return redirect("office:call", key)


@for_office
@require_POST
def edit_shortlist(request: HttpRequest, key: str) -> HttpResponse:
    call = call_of_office(who(request), key)
    return turn_shortlist(request, by=who(request), call=call, href=f"/office/calls/{key}/")


@for_office
@require_POST
def create_table_file(request: HttpRequest, key: str) -> HttpResponse:
    """The table as CSV: states and days, no word of a letter. That it was taken out is a line of the journal."""
    now = timezone.now()
    call = call_of_office(who(request), key)
    data = table_as_csv(call, call_table(call, now))
    note_table_taken(by=who(request), call=call, now=now)
    answer = HttpResponse(data, content_type="text/csv; charset=utf-8")
    name = slugify(call.title) or "call"
    answer["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer
