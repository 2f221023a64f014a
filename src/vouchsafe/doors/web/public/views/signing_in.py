"""Signing in: allauth's pages where looking would have changed something, and the challenge for passkeys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.stages import LoginStageController
from allauth.account.views import EmailView, LoginView
from allauth.decorators import rate_limit
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, get_totp_secret
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.stages import PasskeySignupStage
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django.views.generic.edit import FormView

from vouchsafe.doors.web.public.sign_in import PasswordForm

Options = Any  # what the browser is asked to sign, as allauth hands it over


class PasswordLogin(LoginView):  # type: ignore[misc]  # allauth is untyped
    """For those who set a password. The usual page asks for an address and mails a code."""

    template_name = "account/login_password.html"

    def get_form_class(self) -> type[PasswordForm]:
        return PasswordForm


class Address(EmailView):  # type: ignore[misc]  # allauth is untyped
    """The change of one's address. allauth would settle missing rows on looking; here only an act does."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
            return answer
        self._did_send_verification_email = False
        return FormView.dispatch(self, request, *args, **kwargs)


show_address = login_required(Address.as_view())


class AuthenticatorApp(ActivateTOTPView):  # type: ignore[misc]  # allauth is untyped
    """Adding an authenticator app, in two steps: the secret is made by a press, then shown."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if SECRET_SESSION_KEY not in request.session:
            return render(request, "mfa/totp/begin.html")
        page: HttpResponse = super().get(request, *args, **kwargs)
        return page

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "begin" in request.POST:
            get_totp_secret(regenerate=True)
            return redirect(request.path)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


@require_POST
@rate_limit(action="login")  # type: ignore[untyped-decorator]  # allauth is untyped
def create_challenge(request: HttpRequest, purpose: str) -> HttpResponse:
    """What a passkey must sign. allauth would make it on a GET; a GET changes nothing here."""
    make = CHALLENGES.get(purpose)
    options = make(request) if make else None
    if options is None:
        raise Http404
    return JsonResponse(options)


def _sign_in(request: HttpRequest) -> Options | None:
    return auth.begin_authentication(user=None)


def _second_factor(request: HttpRequest) -> Options | None:
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    return auth.begin_authentication(stage.login.user) if stage else None


def _again(request: HttpRequest) -> Options | None:
    return auth.begin_authentication(request.user) if request.user.is_authenticated else None


def _join(request: HttpRequest) -> Options | None:
    stage = LoginStageController.enter(request, PasskeySignupStage.key)
    return auth.begin_registration(stage.login.user, True) if stage else None


def _add(request: HttpRequest) -> Options | None:
    return auth.begin_registration(request.user, True) if request.user.is_authenticated else None


CHALLENGES: dict[str, Callable[[HttpRequest], Options | None]] = {
    "sign-in": _sign_in,
    "second-factor": _second_factor,
    "again": _again,
    "join": _join,
    "add": _add,
}
