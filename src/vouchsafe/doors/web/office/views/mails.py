"""Every kind of mail with invented people, so that whoever keeps the instance knows what it says in their name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vouchsafe.desk.mail_samples import mail_sample, mail_samples
from vouchsafe.doors.web.office.keeping import for_keeper
from vouchsafe.doors.web.office.views.mailbox import MAIL_POLICY
from vouchsafe.doors.web.ui.shells import keeper_shell


@for_keeper
@require_safe
def show_mails(request: HttpRequest) -> HttpResponse:
    made = mail_samples()
    facts = {
        "shell": keeper_shell(request, "office"),
        "outward": [each for each in made if not each.to_applicant],
        "inward": [each for each in made if each.to_applicant],
    }
    return render(request, "office/mails.html", facts)


@for_keeper
@require_safe
def show_sample(request: HttpRequest, slug: str) -> HttpResponse:
    facts = {"shell": keeper_shell(request, "office"), "sample": mail_sample(slug)}
    return render(request, "office/mail_sample.html", facts)


@for_keeper
@require_safe
def show_sample_html(request: HttpRequest, slug: str, look: str) -> HttpResponse:
    """The mail as it looks, on a screen of its own: nothing in it loads, runs or sends."""
    answer = HttpResponse(mail_sample(slug).as_it_looks(look))
    answer["Content-Security-Policy"] = MAIL_POLICY
    return answer
