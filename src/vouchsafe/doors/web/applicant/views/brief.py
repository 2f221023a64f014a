"""The brief: a sheet to print or to hold, the slip to leave, and what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.asks import access
from vouchsafe.asks.actions.hand_over_link import hand_over_link
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.undo_ask import undo_ask
from vouchsafe.core.addresses import request_path
from vouchsafe.core.words import Refusal, Sentence, say
from vouchsafe.desk.brief_page import brief_page
from vouchsafe.doors.web.applicant.forms.ask import SaidForm, refuse
from vouchsafe.doors.web.applicant.views.plan_drawing import draw_after
from vouchsafe.doors.web.ui.qr import qr_code
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people import access as people
from vouchsafe.plans import access as plans

if TYPE_CHECKING:
    from vouchsafe.people.models import Account


@login_required
@require_safe
def show_brief(request: HttpRequest, contact_key: str, opportunity_key: str) -> HttpResponse:
    return _page(request, contact_key, opportunity_key, SaidForm(initial={"asked_on": timezone.localdate()}))


@login_required
@require_POST
def create_slip(request: HttpRequest, contact_key: str, opportunity_key: str) -> HttpResponse:
    """Make the link that the slip carries: it shows the request and can decline, no more."""
    account = cast("Account", request.user)
    contact = people.contact(account, contact_key)
    opportunity = plans.opportunity(account, opportunity_key)
    now = timezone.now()
    page = brief_page(account, contact, opportunity, now)
    if page.can_hand_over:
        if not page.request_key:
            open_request(
                by=account,
                contact=contact,
                opportunity=opportunity,
                shown_on=page.shown_on,
                confidentiality="open",
                subject="",
                note="",
                today=timezone.localdate(now),
                now=now,
            )
        row = access.request_with(account, contact_key)
        if row is not None:
            hand_over_link(by=account, request=row, now=now)
    return redirect("applicant:brief", contact_key=contact_key, opportunity_key=opportunity_key)


@login_required
@require_POST
def create_spoken_ask(request: HttpRequest, contact_key: str, opportunity_key: str) -> HttpResponse:
    """ "I have asked her": record what was said; a yes leads on to the mail that holds everything."""
    account = cast("Account", request.user)
    contact = people.contact(account, contact_key)
    opportunity = plans.opportunity(account, opportunity_key)
    form = SaidForm(request.POST)
    if not form.is_valid():
        return _page(request, contact_key, opportunity_key, form)
    now = timezone.now()
    try:
        ask = record_ask(
            by=account,
            contact=contact,
            opportunity=opportunity,
            today=timezone.localdate(now),
            now=now,
            **form.cleaned_data,
        )
    except Refusal as refusal:
        refuse(form, refusal, "maybe_until" if refusal.code == "maybe-needs-date" else "asked_on")
        return _page(request, contact_key, opportunity_key, form)
    draw_after(account, now)
    leave_note(
        request,
        _noted(ask.said, contact.name, ask.maybe_until),
        undo_href=f"/brief/{contact_key}/{opportunity_key}/asks/{ask.key}/removal/",
    )
    if ask.said == "yes":
        return redirect(f"/asks/new/?contact={contact_key}&opportunity={opportunity_key}")
    return redirect("applicant:brief", contact_key=contact_key, opportunity_key=opportunity_key)


@login_required
@require_POST
def remove_spoken_ask(
    request: HttpRequest, contact_key: str, opportunity_key: str, ask_key: str
) -> HttpResponse:
    account = cast("Account", request.user)
    ask = access.ask_of(account, ask_key)
    now = timezone.now()
    undo_ask(by=account, ask=ask, now=now)
    draw_after(account, now)
    leave_note(request, say("Taken back. Nothing is noted of that talk."))
    return redirect("applicant:brief", contact_key=contact_key, opportunity_key=opportunity_key)


def _noted(said: str, writer: str, until: object) -> Sentence:
    if said == "yes":
        return say("Noted: {writer} said yes. Now one mail that holds everything.", writer=writer)
    if said == "maybe":
        return say("Noted: {writer} will think about it until {until}.", writer=writer, until=until)
    if said == "no":
        return say("Noted: {writer} said no. You have time to ask someone else.", writer=writer)
    return say("Noted: you did not meet {writer}.", writer=writer)


def _page(request: HttpRequest, contact_key: str, opportunity_key: str, form: SaidForm) -> HttpResponse:
    account = cast("Account", request.user)
    contact = people.contact(account, contact_key)
    opportunity = plans.opportunity(account, opportunity_key)
    page = brief_page(account, contact, opportunity, timezone.now())
    address = settings.BASE_URL + request_path(page.token) if page.token else ""
    facts = {
        "shell": applicant_shell(request, "desk"),
        "page": page,
        "form": form,
        "address": address,
        "code": qr_code(address) if address else None,
        "here": f"/brief/{contact_key}/{opportunity_key}",
    }
    return render(request, "applicant/brief/brief.html", facts, status=422 if form.errors else 200)
