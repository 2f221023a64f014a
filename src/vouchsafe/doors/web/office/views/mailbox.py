"""Caught mails. They hold live links and codes: whoever keeps the instance sees them only while nothing else carries mail."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import urlize
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from vouchsafe.desk import mailbox
from vouchsafe.doors.web.office.keeping import for_keeper
from vouchsafe.doors.web.ui.shells import keeper_shell

# The mail as it looks: its own styles, nothing that loads, runs or sends, in an origin of its own.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


@for_keeper
@require_safe
def show_mailbox(request: HttpRequest) -> HttpResponse:
    _demand_open()
    facts = {"shell": keeper_shell(request, "mailbox"), "mails": mailbox.caught_list()}
    return render(request, "office/mailbox.html", facts)


@for_keeper
@require_safe
def show_mail(request: HttpRequest, name: str) -> HttpResponse:
    mail = _mail(name)
    facts = {
        "shell": keeper_shell(request, "mailbox"),
        "mail": mail,
        "text": mark_safe(urlize(mail.text, nofollow=True, autoescape=True)),  # noqa: S308 - urlize escapes
    }
    return render(request, "office/mail.html", facts)


@for_keeper
@require_safe
def show_mail_html(request: HttpRequest, name: str) -> HttpResponse:
    answer = HttpResponse(_mail(name).html)
    answer["Content-Security-Policy"] = MAIL_POLICY
    return answer


def _mail(name: str) -> mailbox.Caught:
    _demand_open()
    mail = mailbox.caught(name)
    if mail is None or not mail.is_readable:
        raise Http404
    return mail


def _demand_open() -> None:
    if not mailbox.is_open():
        raise Http404
