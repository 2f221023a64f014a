"""One-time ways in: a printed sign-in link, an invitation. Looking shows who; pressing the button uses it up."""

from __future__ import annotations

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.people import access
from vouchsafe.people.actions.use_sign_in_link import use_sign_in_link


@require_http_methods(["GET", "HEAD", "POST"])
def show_sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        return let_in(request, use_sign_in_link(token=token, now=timezone.now()))
    link = access.sign_in_link(token)
    return render(
        request,
        "public/ways/enter.html",
        {
            "shell": plain_shell(request),
            "name": str(link.account),
            "spent": link.used_at is not None or link.expires_at <= timezone.now(),
            "email": link.account.email,
        },
    )


def let_in(request: HttpRequest, account: object) -> HttpResponse:
    """Sign someone in whose way in was good. A second factor, where there is one, is asked for all the same."""
    record_authentication(request, account, method="link")
    # The link proves who it was printed or mailed for; the address itself is proved by its own mail.
    response: HttpResponse = perform_login(
        request, Login(user=account, email_verification=EmailVerificationMethod.NONE)
    )
    return response
