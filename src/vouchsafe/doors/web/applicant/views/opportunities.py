"""Opportunities: the list, one of them, changing it, taking it off the list and back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vouchsafe.core.words import Refusal, Sentence, say, say_n
from vouchsafe.desk.call_page import part_of
from vouchsafe.desk.opportunity import (
    OpportunityLine,
    OpportunityPicture,
    opportunity_lines,
    opportunity_picture,
)
from vouchsafe.desk.plan_board import counted
from vouchsafe.doors.web.applicant.views.opportunities_forms import DestinationForm, OpportunityForm
from vouchsafe.doors.web.applicant.views.opportunities_new import FormPage
from vouchsafe.doors.web.applicant.views.plan_drawing import draw_after
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.plans import access
from vouchsafe.plans.actions.edit_opportunity import edit_opportunity as keep_edit
from vouchsafe.plans.actions.remove_opportunity import remove_opportunity as take_off
from vouchsafe.plans.actions.restore_opportunity import restore_opportunity as put_back


@dataclass(frozen=True, slots=True)
class ListPage:
    headline: Sentence
    lines: tuple[OpportunityLine, ...]


@dataclass(frozen=True, slots=True)
class OpportunityPage:
    headline: Sentence
    above: Sentence
    picture: OpportunityPicture
    destination_form: DestinationForm
    has_errors: bool
    call_key: str = ""
    """Of the call that it is a part in: its page changes what stands here, and leaves it."""


@login_required
@require_safe
def show_opportunities(request: HttpRequest) -> HttpResponse:
    lines = opportunity_lines(applicant_of(request), timezone.localdate())
    needing = [line for line in lines if line.need and not line.is_past]
    page = ListPage(
        headline=say_n(
            "Letters are needed for one opportunity.",
            "Letters are needed for {count} opportunities.",
            len(needing),
            count=counted(len(needing)),
        )
        if needing
        else say("Nothing needs a letter now."),
        lines=lines,
    )
    facts = {"shell": applicant_shell(request, "plan"), "page": page}
    return render(request, "applicant/opportunities/list.html", facts)


@login_required
@require_safe
def show_opportunity(request: HttpRequest, key: str) -> HttpResponse:
    return opportunity_page(request, key)


def opportunity_page(
    request: HttpRequest, key: str, destination_form: DestinationForm | None = None
) -> HttpResponse:
    """The page of one opportunity, with the form for a destination as it was sent."""
    account = applicant_of(request)
    opportunity = access.opportunity(account, key)
    picture = opportunity_picture(account, opportunity, timezone.localdate())
    form = destination_form or DestinationForm(opportunity=opportunity)
    page = OpportunityPage(
        headline=picture.worth.headline,
        above=say("{title} at {organisation}", title=opportunity.title, organisation=opportunity.organisation)
        if opportunity.organisation
        else say("{title}", title=opportunity.title),
        picture=picture,
        destination_form=form,
        has_errors=bool(form.errors),
        call_key=part_of(account, key),
    )
    facts = {"shell": applicant_shell(request, "plan"), "page": page}
    status = 422 if page.has_errors else 200
    return render(request, "applicant/opportunities/opportunity.html", facts, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_opportunity(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    opportunity = access.opportunity(account, key)
    if request.method != "POST":
        return _show_edit(request, OpportunityForm(zone=account.time_zone, kept=opportunity), key)
    form = OpportunityForm(request.POST, zone=account.time_zone, kept=opportunity)
    if form.is_valid():
        now = timezone.now()
        try:
            keep_edit(by=account, opportunity=opportunity, facts=form.facts(), now=now)
        except Refusal as refusal:
            form.add_error(None, f"{translate(refusal)} {translate(refusal.hint or '')}")
        else:
            draw_after(account, now)
            leave_note(request, say("Changed."))
            return redirect("applicant:opportunity", key=key)
    return _show_edit(request, form, key, status=422)


@login_required
@require_POST
def remove_opportunity(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    opportunity = access.opportunity(account, key)
    now = timezone.now()
    take_off(by=account, opportunity=opportunity, now=now)
    draw_after(account, now)
    note = say("{title} is off the list. Requests and letters stay.", title=opportunity.title)
    leave_note(request, note, undo_href=f"/opportunities/{key}/restoral/")
    return redirect("applicant:opportunities")


@login_required
@require_POST
def restore_opportunity(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    now = timezone.now()
    put_back(by=account, opportunity=access.removed_opportunity(account, key), now=now)
    draw_after(account, now)
    leave_note(request, say("It is back."))
    return redirect("applicant:opportunity", key=key)


def _show_edit(request: HttpRequest, form: OpportunityForm, key: str, status: int = 200) -> HttpResponse:
    page = FormPage(
        form=form,
        title=say("What has changed?"),
        hint=say("Dates that writers have been shown stay as they were shown."),
        action=f"/opportunities/{key}/edit/",
        back_href=f"/opportunities/{key}/",
        back_label=say("Back"),
        button=say("Keep the changes"),
    )
    facts = {"shell": applicant_shell(request, "plan"), "page": page}
    return render(request, "applicant/opportunities/form.html", facts, status=status)
