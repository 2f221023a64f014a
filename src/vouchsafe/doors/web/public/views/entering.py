"""One-time ways in: a printed sign-in link, an invitation, set-up. Looking shows; pressing the button uses it up."""

from __future__ import annotations

from typing import Any

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vouchsafe.core.words import Refusal
from vouchsafe.doors.web.public.forms import JoinForm, SetUpForm
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import instance_name, plain_shell
from vouchsafe.people import access
from vouchsafe.people.actions.accept_invitation import accept_invitation
from vouchsafe.people.actions.set_up_instance import set_up_instance
from vouchsafe.people.actions.use_sign_in_link import use_sign_in_link

shown_then_pressed = require_http_methods(["GET", "HEAD", "POST"])


@shown_then_pressed
def show_sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Who is about to sign in, with one button; the button uses the link up."""
    if request.method == "POST":
        return let_in(request, use_sign_in_link(token=token, now=timezone.now()))
    link = access.sign_in_link(token)
    spent = link.used_at is not None or link.expires_at <= timezone.now()
    return _page(request, "enter", name=str(link.account), email=link.account.email, spent=spent)


@shown_then_pressed
def show_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what; one name and one button to join."""
    invitation = access.invitation(token)
    account = access.account_of(invitation.email)
    form = JoinForm(request.POST or None, initial={"name": account.name if account else invitation.name})
    if request.method == "POST" and form.is_valid():
        joined = accept_invitation(invitation=invitation, name=form.cleaned_data["name"], now=timezone.now())
        return let_in(request, joined)
    over = (
        invitation.accepted_at is not None
        or invitation.withdrawn_at is not None
        or invitation.expires_at <= timezone.now()
    )
    return _page(
        request,
        "invitation",
        status=422 if form.errors else 200,
        form=form,
        over=over,
        inviter=str(invitation.invited_by),
        role=invitation.role,
        email=invitation.email,
        instance=instance_name(),
    )


@shown_then_pressed
@sensitive_post_parameters("owner_email")
def show_set_up(request: HttpRequest, token: str) -> HttpResponse:
    """The first start: who hosts, and who is there first. Only whoever holds the printed link can answer."""
    if not access.may_set_up(token):
        raise Http404
    form = SetUpForm(request.POST or None, initial={"host": settings.HOST})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            row = set_up_instance(
                host=facts["host"],
                name=facts["name"] or facts["owner_name"],
                owner_name=facts["owner_name"],
                owner_email=facts["owner_email"],
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, translate(refusal))
        else:
            return let_in(request, row.owner)
    return _page(
        request,
        "set_up",
        status=422 if form.errors else 200,
        form=form,
        said=settings.HOST,
        has_public_address=settings.PUBLIC_URL is not None,
    )


def _page(request: HttpRequest, page: str, *, status: int = 200, **facts: Any) -> HttpResponse:
    facts["shell"] = plain_shell(request)
    return render(request, f"public/ways/{page}.html", facts, status=status)


def let_in(request: HttpRequest, account: object, *, method: str = "link", then: str = "") -> HttpResponse:
    """Sign someone in whose way in was good. A second factor, where there is one, is asked for all the same."""
    record_authentication(request, account, method=method)
    # The link proves who it was printed or mailed for; an address is proved by its own mail.
    login = Login(user=account, email_verification=EmailVerificationMethod.NONE, redirect_url=then or None)
    answer: HttpResponse = perform_login(request, login)
    return answer
