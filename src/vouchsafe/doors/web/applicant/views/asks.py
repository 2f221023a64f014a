"""Preparing an ask, one thing a page: note, points, documents, may you read it, date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from vouchsafe.asks import access
from vouchsafe.asks.actions.attach_document import attach_document
from vouchsafe.asks.actions.choose_confidentiality import choose_confidentiality
from vouchsafe.asks.actions.edit_purpose import edit_purpose
from vouchsafe.asks.actions.heed_call import choice_demanded
from vouchsafe.asks.actions.move_date import move_date
from vouchsafe.asks.actions.open_request import open_request
from vouchsafe.asks.actions.remove_document import remove_document as take_off
from vouchsafe.asks.preparing import prepare_document
from vouchsafe.core.reading.resume import MAX_BYTES
from vouchsafe.core.reading.resume_points import ResumeRefusal, points_to_offer
from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.ask_page import AskPage, ask_page, earlier, proposal
from vouchsafe.doors.web.applicant.forms.ask import (
    DateForm,
    DocumentForm,
    NoteForm,
    PairForm,
    PointsForm,
    ReadingForm,
    refuse,
)
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people import access as people
from vouchsafe.plans import access as plans

if TYPE_CHECKING:
    from django import forms
    from django.core.files.uploadedfile import UploadedFile

    from vouchsafe.asks.models import Purpose
    from vouchsafe.people.models import Account

STEPS = ("note", "points", "documents", "reading", "date", "check")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_ask(request: HttpRequest) -> HttpResponse:
    """Begin: whom and for what, then the note as we would write it. Nothing is kept before the first POST."""
    account = cast("Account", request.user)
    given = request.GET if request.method != "POST" else {**request.GET.dict(), **request.POST.dict()}
    contact_key, opportunity_key = given.get("contact", ""), given.get("opportunity", "")
    if not (contact_key and opportunity_key):
        return _choose(request, account, contact_key, opportunity_key)
    contact = people.contact(account, contact_key)
    opportunity = plans.opportunity(account, opportunity_key)
    before = earlier(account, contact, opportunity)
    if before and before.purpose_key:
        return redirect("applicant:ask-note", key=before.purpose_key)
    now = timezone.now()
    proposed = proposal(account, contact, opportunity, now)
    if before and before.same_sent_on:
        facts = {
            "shell": applicant_shell(request, "desk"),
            "before": before,
            "writer": contact.name,
            "title": opportunity.title,
            "contact_key": contact.key,
        }
        return render(request, "applicant/asks/asked.html", facts)
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={"subject": proposed.subject, "note": proposed.note},
    )
    if request.method == "POST" and form.is_valid():
        try:
            purpose = open_request(
                by=account,
                contact=contact,
                opportunity=opportunity,
                shown_on=proposed.shown_on,
                confidentiality="open",
                subject=form.cleaned_data["subject"],
                note=form.cleaned_data["note"],
                today=timezone.localdate(now),
                now=now,
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return redirect("applicant:ask-points", key=purpose.key)
    facts = {
        "shell": applicant_shell(request, "desk"),
        "form": form,
        "writer": contact.name,
        "title": opportunity.title,
        "back_href": f"/people/{contact.key}/",
        "back_label": contact.name,
        "before": before if before and before.any_sent_on else None,
        "hidden": {"contact": contact.key, "opportunity": opportunity.key},
        "step": 1,
    }
    return render(request, "applicant/asks/note.html", facts, status=422 if form.errors else 200)


def _choose(request: HttpRequest, account: Account, contact: str, opportunity: str) -> HttpResponse:
    names = [(row.key, row.name) for row in people.contacts(account)]
    titles = [(row.key, row.title) for row in plans.opportunities(account)]
    form = PairForm(
        initial={"contact": contact, "opportunity": opportunity}, contacts=names, opportunities=titles
    )
    facts = {
        "shell": applicant_shell(request, "desk"),
        "form": form,
        "has_people": bool(names),
        "has_titles": bool(titles),
    }
    return render(request, "applicant/asks/choose.html", facts)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_note(request: HttpRequest, key: str) -> HttpResponse:
    purpose, page = _load(request, key)
    form = NoteForm(_sent(request), initial={"subject": page.subject, "note": page.note})
    if form.is_valid():
        account = cast("Account", request.user)
        try:
            edit_purpose(by=account, purpose=purpose, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return _on(request, page.key, "note")
    return _step(request, page, "note", form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_points(request: HttpRequest, key: str) -> HttpResponse:
    """Up to three things to mention: typed, or ticked from a résumé that is read and not kept."""
    purpose, page = _load(request, key)
    initial = {f"point_{n}": said for n, said in enumerate(page.points, 1)}
    if request.method != "POST":
        return _step(request, page, "points", PointsForm(initial=initial))
    form = PointsForm(request.POST, request.FILES)
    if form.is_valid():
        account = cast("Account", request.user)
        try:
            if "read" in request.POST or form.cleaned_data["resume"]:
                return _step(request, page, "points", _offering(form))
            edit_purpose(by=account, purpose=purpose, points=form.points, now=timezone.now())
        except ResumeRefusal as refusal:
            refuse(form, refusal, "resume")
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return _on(request, page.key, "points")
    return _step(request, page, "points", form)


def _offering(form: PointsForm) -> PointsForm:
    """The same page with what the résumé says its owner did, none of it ticked."""
    given = cast("UploadedFile[bytes] | None", form.cleaned_data["resume"])
    points = points_to_offer(given.read(MAX_BYTES + 1) if given else b"")
    offering = PointsForm(
        initial={name: said for name, said in form.cleaned_data.items() if name != "resume"}
    )
    offering.offered = list(points)
    return offering


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_document(request: HttpRequest, key: str) -> HttpResponse:
    """What goes along: the file is inspected and cleaned before it is kept."""
    purpose, page = _load(request, key)
    sent = request.method == "POST"
    form = DocumentForm(request.POST, request.FILES) if sent else DocumentForm()
    if sent and form.is_valid():
        given = cast("UploadedFile[bytes]", form.cleaned_data["file"])
        account = cast("Account", request.user)
        try:
            prepared = prepare_document(data=given.read(), name=given.name or "")
            attach_document(
                by=account,
                purpose=purpose,
                kind=form.cleaned_data["kind"],
                prepared=prepared,
                now=timezone.now(),
            )
        except Refusal as refusal:
            refuse(form, refusal, "file")
        else:
            return redirect("applicant:ask-documents", key=page.key)
    return _step(request, page, "documents", form)


@login_required
@require_POST
def remove_document(request: HttpRequest, key: str, document_key: str) -> HttpResponse:
    account = cast("Account", request.user)
    purpose = access.purpose_of(account, key)
    document = access.document(purpose.request, document_key)
    take_off(by=account, purpose=purpose, document=document, now=timezone.now())
    leave_note(
        request,
        say("{name} is not sent along.", name=document.name),
        undo_href=f"/purposes/{key}/documents/{document_key}/restoral/",
    )
    return redirect("applicant:ask-documents", key=key)


@login_required
@require_POST
def restore_document(request: HttpRequest, key: str, document_key: str) -> HttpResponse:
    account = cast("Account", request.user)
    purpose = access.purpose_of(account, key)
    document = access.removed_document(purpose.request, document_key)
    take_off(by=account, purpose=purpose, document=document, back=True, now=timezone.now())
    leave_note(request, say("{name} goes along after all.", name=document.name))
    return redirect("applicant:ask-documents", key=key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_reading(request: HttpRequest, key: str) -> HttpResponse:
    purpose, page = _load(request, key)
    demanded = choice_demanded(purpose.opportunity)
    form = ReadingForm(
        _sent(request), initial={"choice": "waived" if page.is_waived else "open"}, demanded=demanded
    )
    if form.is_valid():
        account = cast("Account", request.user)
        try:
            purpose = choose_confidentiality(
                by=account, purpose=purpose, choice=form.cleaned_data["choice"], now=timezone.now()
            )
        except Refusal as refusal:
            refuse(form, refusal, "choice")
        else:
            return _on(request, purpose.key, "reading")
    return _step(request, page, "reading", form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_date(request: HttpRequest, key: str) -> HttpResponse:
    """The date the writer sees; it can still be moved after the mail has left."""
    account = cast("Account", request.user)
    purpose = access.purpose_of(account, key)
    page = ask_page(purpose)
    form = DateForm(_sent(request), initial={"shown_on": page.shown_on}, needed=page.deadline_on is not None)
    if form.is_valid():
        now = timezone.now()
        try:
            move_date(
                by=account,
                purpose=purpose,
                shown_on=form.cleaned_data["shown_on"],
                shown_time=purpose.shown_time,
                today=timezone.localdate(now),
                now=now,
            )
        except Refusal as refusal:
            refuse(form, refusal, "shown_on")
        else:
            if page.is_mailed:
                leave_note(request, say("The date is moved. Reminders follow it."))
                return redirect("applicant:request", key=page.request_key)
            return _on(request, page.key, "date")
    return _step(request, page, "date", form)


def _load(request: HttpRequest, key: str) -> tuple[Purpose, AskPage]:
    purpose = access.purpose_of(cast("Account", request.user), key)
    return purpose, ask_page(purpose)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _on(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """The next step, or back to the check for whoever came from there to change one thing."""
    after = "check" if request.GET.get("then") == "check" else STEPS[STEPS.index(step) + 1]
    return redirect(f"applicant:ask-{after}", key=key)


def _step(request: HttpRequest, page: AskPage, step: str, form: forms.Form) -> HttpResponse:
    if page.is_mailed and step != "date" and request.method != "POST":
        return redirect("applicant:request", key=page.request_key)
    at = STEPS.index(step)
    checking = request.GET.get("then") == "check"
    back = "check" if checking else STEPS[at - 1] if at else ""
    if page.is_mailed:
        back_href, back_label = f"/asks/{page.request_key}/", page.writer
    elif back:
        back_href, back_label = f"/purposes/{page.key}/{back}/", ""
    else:
        back_href, back_label = f"/asks/{page.request_key}/", page.writer
    facts = {
        "shell": applicant_shell(request, "desk"),
        "page": page,
        "form": form,
        "writer": page.writer,
        "title": page.title,
        "back_href": back_href,
        "back_label": back_label,
        "onward": "?" + urlencode({"then": "check"}) if checking else "",
        "next_href": f"/purposes/{page.key}/{'check' if checking else STEPS[at + 1]}/",
        "before": None,
        "hidden": {},
        "step": at + 1,
    }
    return render(request, f"applicant/asks/{step}.html", facts, status=422 if form.errors else 200)
