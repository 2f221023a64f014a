"""Who may come into the office: those who run it, and for some pages the owner of a personal host."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from vouchsafe.doors.web.ui.shells import office_shell
from vouchsafe.people import access

if TYPE_CHECKING:
    from vouchsafe.people.models import Account

View = Callable[..., HttpResponse]
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def who(request: HttpRequest) -> Account:
    """Who is signed in; the decorators below have made sure that somebody is."""
    return cast("Account", request.user)


def for_office(view: View) -> View:
    """For who runs the office. Anyone else finds nothing here."""
    return _guarded(view, lambda viewer: viewer.runs_office)


def for_adviser(view: View) -> View:
    """For who advises applicants. Anyone else finds nothing here, who runs the office too."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not who(request).advises:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def for_keeper(view: View) -> View:
    """For who runs the office, or the owner of a personal host."""
    return _guarded(view, access.keeps_instance)


def _guarded(view: View, may: Callable[[Account], bool]) -> View:
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(who(request)):
            raise Http404
        if settings.OFFICE_SECOND_FACTOR and not has_second_factor(request):
            return render(request, "office/protect.html", {"shell": office_shell(request)}, status=403)
        return view(request, *args, **kwargs)

    return guarded


def has_second_factor(request: HttpRequest) -> bool:
    """Where others can reach the instance, the office needs a passkey or an authenticator app (promise 11)."""
    return bool(is_mfa_enabled(who(request), types=FACTORS))
