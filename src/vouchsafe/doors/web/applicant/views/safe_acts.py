"""What one does with a letter in the Safe: bring one, give thanks, ask for a confirmation, take one out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from vouchsafe.core.addresses import ask_path
from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.safe import safe_letter, who_could_confirm
from vouchsafe.doors.web.applicant.forms.ask import refuse
from vouchsafe.doors.web.applicant.forms.safe import BroughtForm, ConfirmationForm, ThanksForm
from vouchsafe.doors.web.applicant.views.safe import letter_page
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.letters.access_open import Shelved, brought_upload
from vouchsafe.letters.actions.ask_confirmation import ask_confirmation
from vouchsafe.letters.actions.bring_letter import bring_letter
from vouchsafe.letters.actions.remove_brought import remove_brought
from vouchsafe.letters.actions.restore_brought import restore_brought
from vouchsafe.letters.actions.send_thanks import send_thanks
from vouchsafe.letters.actions.take_back_thanks import take_back_thanks
from vouchsafe.letters.inspecting import FileRefused, WordsTaken, inspect_file
from vouchsafe.people import access as people
from vouchsafe.plans import access as plans

if TYPE_CHECKING:
    from vouchsafe.people.models import Account


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_brought(request: HttpRequest) -> HttpResponse:
    """A letter one already has: inspected and kept, marked as not sealed by its writer."""
    account = applicant_of(request)
    if request.method != "POST":
        return _bring(request, BroughtForm())
    form = BroughtForm(request.POST, request.FILES)
    if not form.is_valid():
        return _bring(request, form, status=422)
    given = form.cleaned_data["file"]
    try:
        checked = inspect_file(given.read(), given.name or "letter", about=account.name)
        if isinstance(checked, WordsTaken):
            form.add_error(
                "file",
                gettext("Only the words of this file can be read. Save the letter as a PDF and choose that."),
            )
            return _bring(request, form, status=422)
        letter = bring_letter(
            by=account,
            writer_name=form.cleaned_data["writer_name"],
            title=form.cleaned_data["title"],
            checked=checked,
            now=timezone.now(),
        )
    except Refusal as refusal:
        refuse(form, refusal, "file" if isinstance(refusal, FileRefused) else None)
        return _bring(request, form, status=422)
    leave_note(request, say("It is in the Safe. Readers are not shown it until its writer has confirmed it."))
    return redirect("applicant:safe_letter", letter.key)


@login_required
@require_POST
def create_thanks(request: HttpRequest, key: str) -> HttpResponse:
    account = applicant_of(request)
    found = safe_letter(account, key)
    form = ThanksForm(request.POST)
    if not form.is_valid():
        return letter_page(request, found, form, status=422)
    try:
        send_thanks(
            by=account,
            letter_key=key,
            words=form.cleaned_data["words"],
            now=timezone.now(),
            undo=timedelta(seconds=settings.UNDO_SECONDS),
        )
    except Refusal as refusal:
        refuse(form, refusal)
        return letter_page(request, found, form, status=409)
    leave_note(
        request,
        say("Your thanks go to {writer}.", writer=found.letter.writer_name),
        undo_href=f"/safe/{key}/thanks/removal",
    )
    return redirect("applicant:safe_letter", key)


@login_required
@require_POST
def remove_thanks(request: HttpRequest, key: str) -> HttpResponse:
    take_back_thanks(by=applicant_of(request), letter_key=key, now=timezone.now())
    leave_note(request, say("The thanks were not sent."), tone="wait")
    return redirect("applicant:safe_letter", key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_confirmation(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the writer of a brought letter to confirm it; the next page is the request, to look at and send."""
    account = applicant_of(request)
    brought_upload(account, key)
    letter = safe_letter(account, key).letter
    contacts, opportunities = who_could_confirm(account)
    if request.method != "POST":
        chosen = next(
            (each for each, name in contacts if name.casefold() == letter.writer_name.casefold()), ""
        )
        form = ConfirmationForm(
            contacts=contacts,
            opportunities=opportunities,
            initial={"contact": chosen, "note": _note(account, letter)},
        )
        return _confirm(request, letter, form)
    form = ConfirmationForm(request.POST, contacts=contacts, opportunities=opportunities)
    if not form.is_valid():
        return _confirm(request, letter, form, status=422)
    try:
        purpose = ask_confirmation(
            by=account,
            letter_key=key,
            contact=people.contact(account, form.cleaned_data["contact"]),
            opportunity=plans.opportunity(account, form.cleaned_data["opportunity"]),
            note=form.cleaned_data["note"],
            today=timezone.localdate(),
            now=timezone.now(),
        )
    except Refusal as refusal:
        refuse(form, refusal)
        return _confirm(request, letter, form, status=409)
    leave_note(request, say("The request is ready, with the letter attached. Nothing has been sent yet."))
    return redirect(ask_path(purpose.request.key))


@login_required
@require_POST
def remove_letter(request: HttpRequest, key: str) -> HttpResponse:
    remove_brought(by=applicant_of(request), letter_key=key, now=timezone.now())
    leave_note(request, say("The letter is out of the Safe."), undo_href=f"/safe/{key}/restoral", tone="wait")
    return redirect("applicant:safe")


@login_required
@require_POST
def restore_letter(request: HttpRequest, key: str) -> HttpResponse:
    restore_brought(by=applicant_of(request), letter_key=key, now=timezone.now())
    leave_note(request, say("The letter is in the Safe again."))
    return redirect("applicant:safe_letter", key)


def _bring(request: HttpRequest, form: BroughtForm, *, status: int = 200) -> HttpResponse:
    facts = {"shell": applicant_shell(request, "safe"), "form": form}
    return render(request, "applicant/safe/bring.html", facts, status=status)


def _confirm(
    request: HttpRequest, letter: Shelved, form: ConfirmationForm, *, status: int = 200
) -> HttpResponse:
    facts = {"shell": applicant_shell(request, "safe"), "form": form, "letter": letter}
    return render(request, "applicant/safe/confirmation.html", facts, status=status)


def _note(account: Account, letter: Shelved) -> str:
    return gettext(
        "Dear {writer},\n\nyou once wrote me a letter, and it is attached. Would you confirm that it is yours? "
        "You can seal it as it is, or write a newer one. Please say no if you would rather not.\n\n{name}"
    ).format(writer=letter.writer_name, name=account.name)
