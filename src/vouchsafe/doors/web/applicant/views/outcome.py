"""How it ended: choose, look at what everybody would be told, and tell them in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vouchsafe.asks import access as asks
from vouchsafe.asks.actions.resume_request import resume_request
from vouchsafe.asks.actions.take_back_outcome import take_back_outcome
from vouchsafe.asks.actions.tell_outcome import tell_outcome
from vouchsafe.core.lint import Finding, Level
from vouchsafe.core.words import Refusal, Sentence, say
from vouchsafe.desk.outcome_page import Endings, Telling, checked, endings, outcome_of, telling
from vouchsafe.doors.web.applicant.forms.ask import refuse
from vouchsafe.doors.web.applicant.forms.outcome import CAME, EndingForm, TellingForm
from vouchsafe.doors.web.applicant.views.plan_drawing import draw_after
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people.access import NotHere
from vouchsafe.plans import access

SAID = {
    "got": say("You got it."),
    "did_not": say("It did not work out."),
    "declined": say("You decided against it."),
    "stopped": say("You stopped applying."),
}


@dataclass(frozen=True, slots=True)
class OutcomePage:
    form: EndingForm
    endings: Endings
    said: dict[str, Sentence]


@dataclass(frozen=True, slots=True)
class TellingPage:
    headline: Sentence
    form: TellingForm
    picture: Telling
    findings: tuple[tuple[Sentence, Sentence | None], ...]
    must_be_sure: bool
    button: Sentence


@login_required
@require_safe
def show_outcome(request: HttpRequest) -> HttpResponse:
    """Which has ended, and how; and what was told before."""
    known = endings(applicant_of(request))
    form = EndingForm(
        initial={"opportunity": request.GET.get("opportunity", "")}, opportunities=known.going_on
    )
    facts = {"shell": applicant_shell(request, "desk"), "page": OutcomePage(form, known, SAID)}
    return render(request, "applicant/outcome/outcome.html", facts)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_outcome(request: HttpRequest) -> HttpResponse:
    """What would be sent, to change and to check; and the one press that sends it."""
    account = applicant_of(request)
    given = request.POST if request.method == "POST" else request.GET
    came = given.get("came", "")
    opportunity = access.opportunity(account, given.get("opportunity", ""))
    if came not in dict(CAME):
        return redirect("applicant:outcome")
    picture = telling(account, opportunity, came)
    first_fate = "close" if came == "got" else "go_on"
    form = TellingForm(
        request.POST if request.method == "POST" else None,
        wrote=bool(picture.wrote),
        others=picture.others,
        initial={
            "told_words": picture.told_words,
            "stop_words": picture.stop_words,
            **{f"fate_{other.key}": first_fate for other in picture.others},
        },
    )
    findings: tuple[Finding, ...] = ()
    must_be_sure = False
    if form.is_valid():
        said = form.cleaned_data
        findings = (*checked(account, said["told_words"]), *checked(account, said["stop_words"]))
        must_be_sure = any(found.level is Level.CONFIRM for found in findings) and not said["sure"]
        if not must_be_sure:
            now = timezone.now()
            try:
                outcome = tell_outcome(
                    by=account,
                    opportunity=opportunity,
                    came=came,
                    told_words=said["told_words"],
                    stop_words=said["stop_words"],
                    close=[access.opportunity(account, key) for key in form.keys_for("close")],
                    pause=[access.opportunity(account, key) for key in form.keys_for("pause")],
                    undo=timedelta(seconds=settings.UNDO_SECONDS),
                    now=now,
                )
            except Refusal as refusal:
                refuse(form, refusal)
            else:
                draw_after(account, now)
                leave_note(
                    request,
                    say("Noted. The mails leave in {n} seconds.", n=settings.UNDO_SECONDS)
                    if picture.wrote or picture.asked or form.keys_for("close")
                    else say("Noted."),
                    undo_href=f"/outcome/{outcome.key}/undoing/",
                )
                return redirect("applicant:outcome")
    page = TellingPage(
        headline=SAID[came],
        form=form,
        picture=picture,
        findings=tuple((found.sentence, found.hint) for found in findings),
        must_be_sure=must_be_sure,
        button=say("Tell them") if picture.wrote or picture.asked else say("Note it"),
    )
    status = 422 if form.errors or must_be_sure else 200
    facts = {"shell": applicant_shell(request, "desk"), "page": page}
    return render(request, "applicant/outcome/telling.html", facts, status=status)


@login_required
@require_POST
def remove_outcome(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    outcome = outcome_of(account, key)
    if outcome is None:
        raise NotHere(key)
    now = timezone.now()
    stopped = take_back_outcome(by=account, outcome=outcome, now=now)
    draw_after(account, now)
    leave_note(
        request,
        say(
            "Undone. Nobody has been told. {names} wants no more mails, so speak in person.",
            names=", ".join(stopped),
        )
        if len(stopped) == 1
        else say(
            "Undone. Nobody has been told. {names} want no more mails, so speak in person.",
            names=", ".join(stopped),
        )
        if stopped
        else say("Undone. Nobody has been told, and everything goes on."),
    )
    return redirect("applicant:outcome")


@login_required
@require_POST
def resume_paused(request: HttpRequest, request_key: str) -> HttpResponse:
    account = applicant_of(request)
    row = asks.request_of(account, request_key)
    resume_request(by=account, request=row, now=timezone.now())
    leave_note(request, say("The request to {name} goes on.", name=row.contact.name))
    return redirect("applicant:outcome")
