"""The last look, sending, and taking back what still waits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vouchsafe.asks import access
from vouchsafe.asks.actions.hold_ready import hold_ready
from vouchsafe.asks.actions.send_ask import send_ask
from vouchsafe.asks.actions.withdraw_ask import withdraw_ask
from vouchsafe.asks.actions.withdraw_reminder import withdraw_reminder
from vouchsafe.core.words import Refusal, Sentence, say
from vouchsafe.desk.ask_page import AskPage, Check, ask_page
from vouchsafe.desk.ask_page import check as check_of
from vouchsafe.doors.web.applicant.forms.ask import SendForm, refuse
from vouchsafe.doors.web.applicant.views.plan_drawing import draw_after
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note

if TYPE_CHECKING:
    from datetime import datetime

    from vouchsafe.ledger.models import Outgoing
    from vouchsafe.people.models import Account

MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_ask(request: HttpRequest, key: str) -> HttpResponse:
    """The mail as it will look. A POST sends it; sending twice sends one mail."""
    account = cast("Account", request.user)
    purpose = access.purpose_of(account, key)
    page = ask_page(purpose)
    again = request.POST.get("again") == "yes"
    if page.is_mailed and request.method != "POST":
        return redirect("applicant:request", key=page.request_key)
    now = timezone.now()
    look = check_of(purpose, page, now)
    form = SendForm(request.POST if request.method == "POST" else None)
    # A mail that is on its way already needs no second look: the same press twice is one act.
    if form.is_valid() and (page.is_mailed or _is_meant(form, look)):
        if form.cleaned_data["when"] == "needed" and not page.is_mailed:
            return _held_ready(request, account, key, form) or _check_page(request, page, look, form)
        try:
            row = send_ask(
                by=account,
                purpose=purpose,
                now=now,
                undo=undo_time(),
                send_at=look.morning if form.cleaned_data["when"] == "morning" else None,
                ask_anyway=form.cleaned_data["ask_anyway"],
                again=again,
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            draw_after(account, now)
            _note_sent(request, page, row, now)
            return redirect("applicant:request", key=page.request_key)
    return _check_page(request, page, look, form)


@login_required
@require_POST
def edit_ready(request: HttpRequest, key: str) -> HttpResponse:
    """An ask held ready goes by itself once it is needed, or, by `wanted=no`, no longer does."""
    account = cast("Account", request.user)
    purpose = access.purpose_of(account, key)
    wanted = request.POST.get("wanted") != "no"
    hold_ready(by=account, purpose=purpose, ready=wanted, now=timezone.now())
    _note_ready(request, purpose.request.contact.name, key, wanted)
    return redirect("applicant:request", key=purpose.request.key)


@login_required
@require_safe
def show_ask_mail(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML part itself, alone on a page that may do nothing."""
    purpose = access.purpose_of(cast("Account", request.user), key)
    look = check_of(purpose, ask_page(purpose), timezone.now())
    response = HttpResponse(look.mail.html)
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


@login_required
@require_POST
def remove_mail(request: HttpRequest, key: str, mail_key: str) -> HttpResponse:
    """Undo: take back an ask or a reminder that still waits in the outbox."""
    account = cast("Account", request.user)
    row = access.request_of(account, key)
    mail = access.ask_outgoing(row, mail_key)
    now = timezone.now()
    if mail.kind == "ask":
        withdraw_ask(by=account, request=row, outgoing_key=mail.key, now=now)
        draw_after(account, now)
    elif mail.kind == "reminder":
        withdraw_reminder(by=account, request=row, outgoing_key=mail.key, now=now)
    leave_note(request, say("The mail to {writer} was not sent.", writer=row.contact.name))
    return redirect("applicant:request", key=key)


def undo_time() -> timedelta:
    return timedelta(seconds=settings.UNDO_SECONDS)


def _is_meant(form: SendForm, look: Check) -> bool:
    """Whether the second clicks that this ask needs were made; what is missing becomes an error."""
    if look.needs_click and not form.cleaned_data["confirmed"]:
        form.add_error("confirmed", gettext("Mend the words first, or tick this to send them as they are."))
    if look.needs_ask_anyway and not form.cleaned_data["ask_anyway"]:
        form.add_error("ask_anyway", gettext("Tick this to ask although there is little time."))
    return form.is_valid()


def _note_sent(request: HttpRequest, page: AskPage, row: Outgoing, now: datetime) -> None:
    if row.state != "waiting":
        return
    soon = row.due_at - now <= timedelta(minutes=10)
    said: Sentence = (
        say(
            "The mail to {writer} goes in {seconds} seconds.",
            writer=page.greeting,
            seconds=settings.UNDO_SECONDS,
        )
        if soon
        else say(
            "The mail to {writer} goes on {when}.", writer=page.greeting, when=timezone.localtime(row.due_at)
        )
    )
    leave_note(request, said, undo_href=f"/asks/{page.request_key}/mails/{row.key}/removal/")


def _held_ready(request: HttpRequest, account: Account, key: str, form: SendForm) -> HttpResponse | None:
    """The ask waits until it is needed; None where it can't, which the form then says."""
    purpose = access.purpose_of(account, key)
    try:
        hold_ready(by=account, purpose=purpose, ready=True, now=timezone.now())
    except Refusal as refusal:
        refuse(form, refusal)
        return None
    _note_ready(request, purpose.request.contact.name, key, True)
    return redirect("applicant:request", key=purpose.request.key)


def _note_ready(request: HttpRequest, writer: str, key: str, wanted: bool) -> None:
    said = (
        say("The mail to {writer} goes by itself once it is needed.", writer=writer)
        if wanted
        else say("The mail to {writer} goes only when you send it.", writer=writer)
    )
    undo = {"wanted": "no" if wanted else "yes"}
    leave_note(request, said, undo_href=f"/purposes/{key}/ready/", fields=undo)


def _check_page(request: HttpRequest, page: AskPage, look: Check, form: SendForm) -> HttpResponse:
    facts = {
        "shell": applicant_shell(request, "desk"),
        "page": page,
        "check": look,
        "form": form,
        "back_href": f"/purposes/{page.key}/date/",
        "brief_href": f"/brief/{page.contact_key}/{page.opportunity_key}/",
        "here": f"/purposes/{page.key}",
    }
    return render(request, "applicant/asks/check.html", facts, status=422 if form.errors else 200)
