"""What an applicant does about a request once it is out: remind, move, change the address, hand over, stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from vouchsafe.asks import access
from vouchsafe.asks.actions.ask_suggested import ask_suggested
from vouchsafe.asks.actions.change_address import change_address
from vouchsafe.asks.actions.change_reminder import change_reminder
from vouchsafe.asks.actions.drop_reminder import drop_reminder
from vouchsafe.asks.actions.hand_over_link import hand_over_link
from vouchsafe.asks.actions.make_link import token_of
from vouchsafe.asks.actions.remind_by_hand import remind_by_hand
from vouchsafe.asks.actions.restore_reminder import restore_reminder as put_back
from vouchsafe.asks.actions.restore_request import restore_request as go_on
from vouchsafe.asks.actions.withdraw_request import withdraw_request
from vouchsafe.core.addresses import request_path
from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.mail_preview import reminder_to_come
from vouchsafe.desk.request_page import request_page
from vouchsafe.doors.web.applicant.forms.ask import AddressForm, ReminderDayForm, ReminderForm, refuse
from vouchsafe.doors.web.applicant.views.asks_sending import undo_time
from vouchsafe.doors.web.applicant.views.plan_drawing import draw_after
from vouchsafe.doors.web.ui.qr import qr_code
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note

if TYPE_CHECKING:
    from vouchsafe.asks.models import Request
    from vouchsafe.people.models import Account


@login_required
@require_POST
def create_suggested(request: HttpRequest, key: str, suggestion_key: str) -> HttpResponse:
    """Accept whom the writer proposed: the same request goes to them. Pressed twice, it goes once."""
    account, row, now = cast("Account", request.user), _load(request, key), timezone.now()
    mail = ask_suggested(
        by=account, request=row, key=suggestion_key, today=timezone.localdate(), now=now, undo=undo_time()
    )
    draw_after(account, now)
    asked = access.request_of(account, mail.about)
    if mail.state == "waiting":
        leave_note(
            request,
            say(
                "The mail to {writer} goes in {seconds} seconds.",
                writer=asked.contact.name,
                seconds=settings.UNDO_SECONDS,
            ),
            undo_href=f"/asks/{asked.key}/mails/{mail.key}/removal/",
        )
    return redirect("applicant:request", key=asked.key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_reminder(request: HttpRequest, key: str) -> HttpResponse:
    """Write the reminder yourself: own words, then ours, then send with undo."""
    row = _load(request, key)
    form = ReminderForm(_sent(request))
    if form.is_valid():
        try:
            mail = remind_by_hand(
                by=cast("Account", request.user),
                request=row,
                words=form.cleaned_data["words"],
                undo=undo_time(),
                now=timezone.now(),
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            leave_note(
                request,
                say("The reminder to {writer} goes in {seconds} seconds.", writer=row.contact.name, seconds=settings.UNDO_SECONDS),
                undo_href=f"/asks/{key}/mails/{mail.key}/removal/",
            )  # fmt: skip
            return redirect("applicant:request", key=key)
    page = request_page(row, timezone.localdate(), timezone.now())
    facts = {"mail": reminder_to_come(row, now=timezone.now()), "page": page}
    return _render(request, "remind", key, form, **facts)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_reminder(request: HttpRequest, key: str, reminder_key: str) -> HttpResponse:
    """Read a planned reminder, and move it."""
    row = _load(request, key)
    reminder = access.reminder(row, reminder_key)
    day = timezone.localtime(reminder.due_at).date()
    form = ReminderDayForm(_sent(request), initial={"day": day})
    if form.is_valid():
        now = timezone.now()
        try:
            change_reminder(
                by=cast("Account", request.user),
                reminder=reminder,
                day=form.cleaned_data["day"],
                today=timezone.localdate(now),
                now=now,
            )
        except Refusal as refusal:
            refuse(form, refusal, "day")
        else:
            leave_note(request, say("The reminder now goes on {day}.", day=form.cleaned_data["day"]))
            return redirect("applicant:request", key=key)
    facts = {
        "mail": reminder_to_come(row, now=reminder.due_at),
        "writer": row.contact.name,
        "day": day,
        "drop_href": f"/asks/{key}/reminders/{reminder_key}/removal/",
    }
    return _render(request, "reminder", key, form, **facts)


@login_required
@require_POST
def remove_reminder(request: HttpRequest, key: str, reminder_key: str) -> HttpResponse:
    row = _load(request, key)
    reminder = access.reminder(row, reminder_key)
    drop_reminder(by=cast("Account", request.user), reminder=reminder, now=timezone.now())
    leave_note(
        request,
        say("The reminder of {day} is dropped.", day=timezone.localtime(reminder.due_at).date()),
        undo_href=f"/asks/{key}/reminders/{reminder_key}/restoral/",
    )
    return redirect("applicant:request", key=key)


@login_required
@require_POST
def restore_reminder(request: HttpRequest, key: str, reminder_key: str) -> HttpResponse:
    row = _load(request, key)
    put_back(by=cast("Account", request.user), request=row, key=reminder_key, now=timezone.now())
    leave_note(request, say("The reminder goes on its day after all."))
    return redirect("applicant:request", key=key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_address(request: HttpRequest, key: str) -> HttpResponse:
    """Another address for the writer; the ask is then sent again from its own check."""
    row = _load(request, key)
    first = row.contact.addresses.first()
    form = AddressForm(_sent(request), initial={"address": first.address if first else ""})
    if form.is_valid():
        try:
            change_address(
                by=cast("Account", request.user), request=row, now=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            refuse(form, refusal, "address")
        else:
            leave_note(
                request, say("From now on we write to {address}.", address=form.cleaned_data["address"])
            )
            purpose = request.GET.get("purpose", "")
            if purpose:
                return redirect("applicant:ask-check", key=purpose)
            return redirect("applicant:request", key=key)
    return _render(request, "address", key, form, writer=row.contact.name)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_link(request: HttpRequest, key: str) -> HttpResponse:
    """The link to hand over: it shows the request and can decline. A GET only shows one that was made."""
    row = _load(request, key)
    page = request_page(row, timezone.localdate(), timezone.now())
    if request.method == "POST":
        if page.is_reachable:
            hand_over_link(by=cast("Account", request.user), request=row, now=timezone.now())
        return redirect("applicant:request-link", key=key)
    link = access.handed_link(row) if page.is_reachable else None
    address = settings.BASE_URL + request_path(token_of(link)) if link else ""
    facts = {"page": page, "address": address, "code": qr_code(address) if address else None}
    return _render(request, "link", key, None, **facts)


@login_required
@require_POST
def remove_request(request: HttpRequest, key: str) -> HttpResponse:
    """Stop asking. The writer is told politely, half a minute later."""
    row = _load(request, key)
    account = cast("Account", request.user)
    now = timezone.now()
    withdraw_request(
        by=account, request=row, words=request.POST.get("words", "")[:2000], undo=undo_time(), now=now
    )
    draw_after(account, now)
    leave_note(
        request,
        say("You have stopped asking {writer}.", writer=row.contact.name),
        undo_href=f"/asks/{key}/restoral/",
    )
    return redirect("applicant:request", key=key)


@login_required
@require_POST
def restore_request(request: HttpRequest, key: str) -> HttpResponse:
    row = _load(request, key)
    account = cast("Account", request.user)
    now = timezone.now()
    go_on(by=account, request=row, now=now)
    draw_after(account, now)
    leave_note(request, say("You go on asking {writer}.", writer=row.contact.name))
    return redirect("applicant:request", key=key)


def _load(request: HttpRequest, key: str) -> Request:
    return access.request_of(cast("Account", request.user), key)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _render(request: HttpRequest, name: str, key: str, form: Any, **facts: object) -> HttpResponse:
    status = 422 if form is not None and form.errors else 200
    shown = {"shell": applicant_shell(request, "desk"), "form": form, "back_href": f"/asks/{key}/", **facts}
    return render(request, f"applicant/asks/{name}.html", shown, status=status)
