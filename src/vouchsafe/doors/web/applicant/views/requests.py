"""One request: how it stands, what the writer sees, and the mails as they were or will be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vouchsafe.asks import access
from vouchsafe.asks.access import Visit
from vouchsafe.desk.mail_preview import sent_mail
from vouchsafe.desk.request_page import request_page
from vouchsafe.desk.writer_page import writer_page
from vouchsafe.doors.web.ui.shells import applicant_shell, initials

if TYPE_CHECKING:
    from vouchsafe.people.models import Account


@login_required
@require_safe
def show_request(request: HttpRequest, key: str) -> HttpResponse:
    row = access.request_of(cast("Account", request.user), key)
    page = request_page(row, timezone.localdate(), timezone.now())
    shell = applicant_shell(request, "desk", your_move=bool(page.next_step or page.trouble))
    facts = {"shell": shell, "page": page, "here": f"/asks/{key}"}
    return render(request, "applicant/asks/request.html", facts)


@login_required
@require_safe
def show_preview(request: HttpRequest, key: str) -> HttpResponse:
    """What the writer's page shows to whoever opens it; nothing of the letter is on it."""
    row = access.request_of(cast("Account", request.user), key)
    page = writer_page(Visit(row))
    documents = page.documents
    # The applicant's copy carries no letter, sealed or in hand, whatever the writer's own page would show.
    bare = replace(page, documents=(), letter=None, sealed=None, answer_words="")
    facts = {
        "shell": applicant_shell(request, "desk"),
        "page": bare,
        "documents": documents,
        "initials": initials(page.applicant),
        "by_token": True,
        "back_href": f"/asks/{key}/",
    }
    return render(request, "applicant/asks/preview.html", facts)


@login_required
@require_safe
def show_mail(request: HttpRequest, key: str, mail_key: str) -> HttpResponse:
    """A mail of this request, as it was or will be sent."""
    row = access.request_of(cast("Account", request.user), key)
    mail = access.ask_outgoing(row, mail_key)
    facts = {
        "shell": applicant_shell(request, "desk"),
        "mail": sent_mail(mail, request=row),
        "writer": row.contact.name,
        "back_href": f"/asks/{key}/",
        "state": mail.state,
        "at": mail.ended_at or mail.due_at,
        "undo_href": f"/asks/{key}/mails/{mail_key}/removal/" if mail.state == "waiting" else "",
    }
    return render(request, "applicant/asks/mail.html", facts)
