"""What hangs on an opportunity: its checklist, where letters go, and who takes the calls."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from vouchsafe.core.words import Refusal, say
from vouchsafe.doors.web.applicant.views.opportunities import opportunity_page
from vouchsafe.doors.web.applicant.views.opportunities_forms import DestinationForm
from vouchsafe.doors.web.applicant.views.plan_drawing import draw_after
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people import access as people
from vouchsafe.people.access import NotHere
from vouchsafe.people.actions.say_reach import say_reach
from vouchsafe.plans import access
from vouchsafe.plans.actions.add_destination import add_destination
from vouchsafe.plans.actions.name_phone_reference import name_phone_reference
from vouchsafe.plans.actions.remove_destination import remove_destination as take_off
from vouchsafe.plans.actions.restore_destination import restore_destination as put_back
from vouchsafe.plans.actions.tick_step import tick_step


@login_required
@require_POST
def edit_step(request: HttpRequest, key: str) -> HttpResponse:
    """Tick one of the basics, or untick it."""
    account = applicant_of(request)
    opportunity = access.opportunity(account, key)
    try:
        tick_step(
            by=account,
            opportunity=opportunity,
            slug=request.POST.get("step", ""),
            done=request.POST.get("done") == "yes",
            now=timezone.now(),
        )
    except ValueError:  # no such step
        raise NotHere("step") from None
    return redirect("applicant:opportunity", key=key)


@login_required
@require_POST
def create_destination(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    opportunity = access.opportunity(account, key)
    form = DestinationForm(request.POST, opportunity=opportunity)
    if not form.is_valid():
        return opportunity_page(request, key, form)
    try:
        row = add_destination(by=account, opportunity=opportunity, now=timezone.now(), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error("address", f"{translate(refusal)} {translate(refusal.hint or '')}")
        return opportunity_page(request, key, form)
    note = say("Letters for {title} also go to {label}.", title=opportunity.title, label=row.label)
    leave_note(request, note, undo_href=f"/destinations/{row.key}/removal/")
    return redirect("applicant:opportunity", key=key)


@login_required
@require_POST
def remove_destination(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    destination = access.destination(account, key)
    take_off(by=account, destination=destination, now=timezone.now())
    note = say("Letters no longer go to {label}.", label=destination.label)
    leave_note(request, note, undo_href=f"/destinations/{key}/restoral/")
    return redirect("applicant:opportunity", key=destination.opportunity.key)


@login_required
@require_POST
def restore_destination(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    destination = access.removed_destination(account, key)
    put_back(by=account, destination=destination, now=timezone.now())
    leave_note(request, say("It is back."))
    return redirect("applicant:opportunity", key=destination.opportunity.key)


@login_required
@require_POST
def edit_phone_reference(request: HttpRequest, key: str) -> HttpResponse:
    """Keep someone for the calls here, or no longer; the plan then leaves them out, or may propose them."""
    account = applicant_of(request)
    opportunity = access.opportunity(account, key)
    contact = people.contact(account, request.POST.get("contact", ""))
    named = request.POST.get("named") == "yes"
    now = timezone.now()
    name_phone_reference(by=account, opportunity=opportunity, contact=contact, named=named, now=now)
    draw_after(account, now)
    note = (
        say("{name} takes the calls here, and is not asked to write as well.", name=contact.name)
        if named
        else say("{name} may be asked to write here.", name=contact.name)
    )
    leave_note(
        request,
        note,
        undo_href=f"/opportunities/{key}/phone-references/",
        fields={"contact": contact.key, "named": "no" if named else "yes"},
    )
    return redirect("applicant:opportunity", key=key)


@login_required
@require_POST
def create_unreachable(request: HttpRequest, key: str) -> HttpResponse:
    """Say here that someone can't be reached any more: kept as a fact about them, and weighed everywhere."""
    account = applicant_of(request)
    opportunity = access.opportunity(account, key)
    contact = people.contact(account, request.POST.get("contact", ""))
    now = timezone.now()
    say_reach(by=account, contact=contact, unreachable=True, now=now)
    draw_after(account, now)
    leave_note(
        request,
        say("{name} can’t be reached any more, so is asked for nothing.", name=contact.name),
        undo_href=f"/people/{contact.key}/reach/",
        fields={"unreachable": "no", "opportunity": opportunity.key},
    )
    return redirect("applicant:opportunity", key=key)
