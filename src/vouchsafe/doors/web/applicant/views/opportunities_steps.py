"""A first opportunity by hand, one thing a page: what the letters are for, then how many and by when."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vouchsafe.core.words import Refusal, Sentence, say
from vouchsafe.doors.web.applicant.views.opportunities_forms import OpportunityForm
from vouchsafe.doors.web.applicant.views.plan_drawing import draw_after
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.plans.actions.add_opportunity import add_opportunity

WHAT = ("title", "organisation", "kind")
WHEN = ("need", "deadline_on", "deadline_time", "zone")
HEADINGS = {"what": say("What are the letters for?"), "when": say("How many, and by when?")}


@dataclass(frozen=True, slots=True)
class StepPage:
    """One of the two pages. `kept` are the answers of the page before, which ride along unseen."""

    step: str
    heading: Sentence
    number: int
    form: OpportunityForm
    asked: tuple[str, ...]
    kept: tuple[tuple[str, str], ...] = ()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_opportunity_by_steps(request: HttpRequest) -> HttpResponse:
    """Nothing is kept before the second page is sent."""
    account = applicant_of(request)
    zone = account.time_zone
    if request.method != "POST":
        return _page(request, "what", OpportunityForm(zone=zone))
    if request.POST.get("step") != "when":
        form = OpportunityForm(request.POST, zone=zone, only=WHAT)
        if not form.is_valid():
            return _page(request, "what", form, status=422)
        return _page(request, "when", OpportunityForm(zone=zone, initial=form.cleaned_data))
    form = OpportunityForm(request.POST, zone=zone)
    if not form.is_valid():
        return _page(request, "what" if form.errors.keys() & set(WHAT) else "when", form, status=422)
    now = timezone.now()
    try:
        opportunity = add_opportunity(by=account, facts=form.facts(), now=now)
    except Refusal as refusal:
        form.add_error(None, translate(refusal))
        return _page(request, "when", form, status=422)
    draw_after(account, now)
    undo = f"/opportunities/{opportunity.key}/removal/"
    leave_note(request, say("{title} is kept.", title=opportunity.title), undo_href=undo)
    return redirect("applicant:desk")


def _page(request: HttpRequest, step: str, form: OpportunityForm, *, status: int = 200) -> HttpResponse:
    kept = tuple((name, str(form[name].value() or "")) for name in WHAT) if step == "when" else ()
    page = StepPage(
        step=step,
        heading=HEADINGS[step],
        number=1 if step == "what" else 2,
        form=form,
        asked=WHAT if step == "what" else WHEN,
        kept=kept,
    )
    facts = {"shell": applicant_shell(request, "desk"), "page": page}
    return render(request, "applicant/opportunities/steps.html", facts, status=status)
