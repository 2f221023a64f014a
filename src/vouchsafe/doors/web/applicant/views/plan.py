"""The plan: how likely, what one more ask buys, who it rests on; and what the applicant says to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from vouchsafe.asks.access import ask_of
from vouchsafe.asks.actions.record_ask import record_ask
from vouchsafe.asks.actions.undo_ask import undo_ask
from vouchsafe.core.words import Sentence, msg, say
from vouchsafe.desk.plan_board import NoPlan, drawing_of, plan_board
from vouchsafe.doors.web.applicant.views.plan_drawing import draw_after, draw_when_asked
from vouchsafe.doors.web.applicant.views.plan_words import DrawingRow, drawing_row, plan_page
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people import access as people
from vouchsafe.people.access import NotHere
from vouchsafe.plans import access
from vouchsafe.plans.actions.ask_anyway import ask_anyway
from vouchsafe.plans.actions.say_chance import ChanceNotOpen, say_chance
from vouchsafe.plans.actions.wish_for import wish_for

HAPPENED = {
    "yes": msg("{name} has said yes. Send the mail that holds everything when you are ready."),
    "no": msg("{name} has said no. The plan goes on without them."),
    "waiting": msg("You have called {name}. The plan waits for an answer, and knows who stands by."),
}
"""What may be recorded here in one press, and what is said then."""


@dataclass(frozen=True, slots=True)
class EmptyPage:
    headline: Sentence
    nothing: NoPlan
    drawing: DrawingRow | None
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class PartPage:
    drawing: DrawingRow
    chosen: str


@login_required
@require_safe
def show_plan(request: HttpRequest) -> HttpResponse:
    account = applicant_of(request)
    board = plan_board(account, timezone.localdate(), request.GET.get("for", ""))
    shell = applicant_shell(request, "plan")
    if isinstance(board, NoPlan):
        drawing = drawing_row(board.drawing)
        page = EmptyPage(_headline_of_nothing(board), board, drawing)
        return render(request, "applicant/plan/empty.html", {"shell": shell, "page": page})
    return render(request, "applicant/plan/plan.html", {"shell": shell, "page": plan_page(board)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_plan(request: HttpRequest) -> HttpResponse:
    """Draw it again, because someone asked for it; or say how far the worker is with that."""
    if request.method != "POST":
        return _how_far(request)
    if draw_when_asked(applicant_of(request), timezone.now()):
        leave_note(request, say("Drawn again."))
    return _back(request.POST.get("opportunity", ""))


def _how_far(request: HttpRequest) -> HttpResponse:
    drawing = drawing_row(drawing_of(applicant_of(request)))
    chosen = request.GET.get("for", "")
    if request.headers.get("HX-Request") != "true":
        return _back(chosen)
    if drawing is None:  # it is done: the whole page is another one now
        return HttpResponseClientRedirect(_back(chosen)["Location"])
    return render(request, "applicant/plan/_drawing.html", {"page": PartPage(drawing, chosen)})


@login_required
@require_POST
def edit_wish(request: HttpRequest) -> HttpResponse:
    """Choose someone for an opportunity, keep them out of it, or leave it to the plan."""
    account = applicant_of(request)
    opportunity = access.opportunity(account, request.POST.get("opportunity", ""))
    contact = people.contact(account, request.POST.get("contact", ""))
    kind = request.POST.get("wish", "")
    if kind not in ("pin", "forbid", "swap", "none"):
        raise NotHere("wish")
    out = people.contact(account, request.POST.get("out", "")) if kind == "swap" else None
    now = timezone.now()
    wish_for(
        by=account,
        opportunity=opportunity,
        contact=contact,
        kind=None if kind == "none" else kind,
        now=now,
        out=out,
    )
    drawn = draw_after(account, now)
    leave_note(
        request,
        _what_was_wished(kind, contact.name, out.name if out else "", drawn),
        undo_href="" if kind == "none" else "/plan/wishes/",
        fields={"opportunity": opportunity.key, "contact": contact.key, "wish": "none"},
    )
    return _back(opportunity.key)


@login_required
@require_POST
def edit_chance(request: HttpRequest) -> HttpResponse:
    """A number the applicant knows better than we do: how likely this person's yes is. Empty goes back to ours."""
    account = applicant_of(request)
    opportunity = access.opportunity(account, request.POST.get("opportunity", ""))
    contact = people.contact(account, request.POST.get("contact", ""))
    said = request.POST.get("yes", "").strip()
    if len(said) > 3 or (said and not said.isdecimal()):
        raise ChanceNotOpen
    now = timezone.now()
    before = say_chance(
        by=account, opportunity=opportunity, contact=contact, yes=int(said) if said else None, now=now
    )
    draw_after(account, now)
    leave_note(
        request,
        say("{name}: {n} in 100, as you say.", name=contact.name, n=int(said))
        if said
        else say("{name}: our figure counts again.", name=contact.name),
        undo_href="/plan/chances/",
        fields={
            "opportunity": opportunity.key,
            "contact": contact.key,
            "yes": "" if before is None else str(before),
        },
    )
    return _back(opportunity.key)


@login_required
@require_POST
def create_asked(request: HttpRequest) -> HttpResponse:
    """What has happened already: she said yes, or no, or has been called; the plan starts in the middle."""
    said = request.POST.get("said", "yes")
    if said not in HAPPENED:
        raise NotHere("said")
    account = applicant_of(request)
    opportunity = access.opportunity(account, request.POST.get("opportunity", ""))
    contact = people.contact(account, request.POST.get("contact", ""))
    now, today = timezone.now(), timezone.localdate()
    row = record_ask(
        by=account,
        contact=contact,
        opportunity=opportunity,
        channel="phone" if said == "waiting" else "in_person",
        said=said,
        asked_on=today,
        today=today,
        now=now,
    )
    draw_after(account, now)
    leave_note(
        request,
        say(HAPPENED[said], name=contact.name),
        undo_href=f"/plan/asked/{row.key}/undo/",
        fields={"opportunity": opportunity.key},
    )
    return _back(opportunity.key)


@login_required
@require_POST
def remove_asked(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    now = timezone.now()
    undo_ask(by=account, ask=ask_of(account, key), now=now)
    draw_after(account, now)
    leave_note(request, say("Undone."))
    return _back(request.POST.get("opportunity", ""))


@login_required
@require_POST
def create_asking_anyway(request: HttpRequest) -> HttpResponse:
    """Ask although there is under a week: said by pressing a button, and taken back as easily."""
    account = applicant_of(request)
    opportunity = access.opportunity(account, request.POST.get("opportunity", ""))
    anyway = request.POST.get("anyway") != "no"
    now = timezone.now()
    ask_anyway(by=account, opportunity=opportunity, anyway=anyway, now=now)
    draw_after(account, now)
    leave_note(
        request,
        say("Then ask today, in person if you can, and make it easy to say no.")
        if anyway
        else say("Nobody is asked for {title} now.", title=opportunity.title),
        undo_href="/plan/asking-anyway/" if anyway else "",
        fields={"opportunity": opportunity.key, "anyway": "no"},
    )
    return _back(opportunity.key)


def _headline_of_nothing(nothing: NoPlan) -> Sentence:
    if nothing.drawing is not None and nothing.drawing.state != "failed":
        return say("Your first plan is being drawn.")
    if not nothing.has_opportunities:
        return say("A plan begins with what the letters are for.")
    return say("Nobody chosen yet.")


def _what_was_wished(kind: str, name: str, out: str, drawn: bool) -> Sentence:
    if not drawn:
        return say("Noted for {name}. The plan is large, and is being drawn again.", name=name)
    if kind == "swap":
        return say(
            "{name} writes in place of {out}, as far as that can be. What it costs stands below.",
            name=name,
            out=out,
        )
    if kind == "pin":
        return say("{name} is chosen. What that costs stands below.", name=name)
    if kind == "forbid":
        return say("{name} is kept out. What that costs stands below.", name=name)
    return say("The plan decides about {name}.", name=name)


def _back(opportunity: str) -> HttpResponseRedirect:
    # The key was looked up, or is only ever compared with the applicant's own.
    return HttpResponseRedirect(f"/plan/?for={opportunity}" if opportunity.isalnum() else "/plan/")
