"""One's own account: what one is called, how one signs in, taking everything along, and leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.export import export
from vouchsafe.doors.web.public.forms import AccountForm, LeavingForm
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import shell_of
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.packets.actions.erase_account import erase_account
from vouchsafe.people.access import hosts_personally, sign_on_of, sign_ons_of
from vouchsafe.people.actions.edit_account import edit_account
from vouchsafe.people.actions.take_off_sign_on import take_off_sign_on

if TYPE_CHECKING:
    from vouchsafe.people.models import Account


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show_account(request: HttpRequest) -> HttpResponse:
    account = cast("Account", request.user)
    facts = {name: getattr(account, name) for name in ("name", "pronouns", "time_zone", "language")}
    form = AccountForm(request.POST or None, initial=facts)
    if request.method == "POST" and form.is_valid():
        edit_account(account=account, now=timezone.now(), **form.cleaned_data)
        leave_note(request, say("Saved."))
        answer = redirect("account")
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # the account's own choice now counts here too
        return answer
    return render(
        request,
        "public/account/account.html",
        {
            "shell": shell_of(request),
            "form": form,
            "email": account.email,
            "has_password": account.has_usable_password(),
            "has_second_factor": is_mfa_enabled(account),
            "sign_ons": tuple(
                (_provider_named(one.issuer), one.key, one.linked_at) for one in sign_ons_of(account)
            ),
            "has_office": not hosts_personally(),
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
def remove_sign_on(request: HttpRequest, key: str) -> HttpResponse:
    """No longer linked to what a provider calls its holder."""
    account = cast("Account", request.user)
    one = sign_on_of(account, key)
    take_off_sign_on(by=account, sign_on=one, now=timezone.now())
    leave_note(request, say("{provider} is off your account.", provider=_provider_named(one.issuer)))
    return redirect("account")


def _provider_named(issuer: str) -> str:
    """What people call a provider; one that is no longer set goes by its address."""
    oidc, saml = settings.SIGN_ON.get("oidc"), settings.SIGN_ON.get("saml")
    if oidc and oidc["issuer"].rstrip("/") == issuer.rstrip("/"):
        return str(oidc["name"])
    if saml and saml["idp"] in ("", issuer):  # unnamed, it is whoever its metadata describes
        return str(saml["name"])
    return urlsplit(issuer).hostname or issuer


@login_required
@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
def show_export(request: HttpRequest) -> HttpResponse:
    """Everything that is theirs, as a file. A press makes it, so that no scanner fetches it."""
    answer = HttpResponse(export(cast("Account", request.user)), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="vouchsafe-{timezone.localdate():%Y-%m-%d}.zip"'
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth is untyped
def show_leaving(request: HttpRequest) -> HttpResponse:
    """The one place that asks again: the address typed in full, then everything is gone."""
    form = LeavingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erase_account(
                account=cast("Account", request.user),
                typed_address=form.cleaned_data["address"],
                now=timezone.now(),
            )
        except Refusal as refusal:
            hint = f" {translate(refusal.hint)}" if refusal.hint else ""
            form.add_error("address", translate(refusal) + hint)
        else:
            logout(request)
            leave_note(request, say("Your account and everything in it is erased."))
            return redirect("home")
    return render(
        request,
        "public/account/leaving.html",
        {"shell": shell_of(request), "form": form},
        status=422 if form.errors else 200,
    )
