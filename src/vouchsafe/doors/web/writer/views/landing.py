"""The writer's lasting page: by a link, and, once someone pressed something, without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from vouchsafe.asks.access import Visit, visit_by_token
from vouchsafe.asks.actions.record_opening import record_opening
from vouchsafe.desk.writer_mail import mail_strip
from vouchsafe.desk.writer_page import WriterPage, writer_page
from vouchsafe.doors.web.ui.shell import Link, Shell
from vouchsafe.doors.web.ui.shells import initials, plain_shell
from vouchsafe.doors.web.writer.acts import answer_from, upload_from
from vouchsafe.doors.web.writer.forms import AnswerForm
from vouchsafe.doors.web.writer.proof import keep_proof, refuse_applicant, visit_of


def show_landing(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, and changes nothing. A press (POST) does what its button says and trades the token for a cookie."""
    visit = visit_by_token(token)
    if request.method != "POST":
        return _landing(request, visit, stop_token=token if visit.is_proven else "")
    refuse_applicant(request, visit)
    act = request.POST.get("act", "open")
    if act == "file":
        response = upload_from(request, visit)
    elif act in AnswerForm.ACTS:
        response = answer_from(request, visit)
    else:
        record_opening(request=visit.request, now=timezone.now())
        response = redirect("writer:mail" if act == "mail" else "writer:request", visit.request.key)
    if response.status_code < 400:
        keep_proof(request, response, visit)
    return response


@require_safe
def show_request(request: HttpRequest, key: str) -> HttpResponse:
    return _landing(request, visit_of(request, key))


def _landing(request: HttpRequest, visit: Visit, *, stop_token: str = "") -> HttpResponse:
    page = writer_page(visit)
    here = request.path
    facts = {
        "shell": _shell(request, page, stop_token),
        "page": page,
        "here": here,
        "by_token": here.startswith("/r/"),
        "initials": initials(page.applicant),
        "today": timezone.localdate(),
        "promise": _promise(page),
        "strip": mail_strip(visit),
    }
    return render(request, f"writer/request/{_template(page)}.html", facts)


def _template(page: WriterPage) -> str:
    """Each state of a request is a page of its own."""
    if page.stage == "withdrawn":
        return "withdrawn"
    if page.sealed is not None and page.stage == "sealed":
        return "sealed"
    if page.stage == "declined":
        return "declined"
    return "agreed" if page.stage in {"agreed", "writing"} else "asked"


def _promise(page: WriterPage) -> object:
    """The day a promise is prefilled with: the shown date, or in two weeks."""
    if page.promised_on:
        return page.promised_on
    first = page.first
    return first.shown_on if first and first.shown_on else timezone.localdate() + timedelta(days=14)


def _shell(request: HttpRequest, page: WriterPage, stop_token: str) -> Shell:
    # Their move: to answer, to write, to seal. The icon of the tab says so.
    is_theirs = page.stage in {"asked", "agreed", "writing"}
    shell = replace(plain_shell(request, whose=page.mailbox), your_move=is_theirs)
    if not stop_token:
        return shell
    return replace(shell, foot=(Link(gettext("Stop emails like this"), f"/stop/{stop_token}"), *shell.foot))
