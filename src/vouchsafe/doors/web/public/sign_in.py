"""Where django-allauth meets the house: its adapters and forms, calling people's actions.

Every mail it wants to send becomes a parcel in the outbox, every message it flashes the note of the next page,
and its secrets are encrypted before they reach a row.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.conf import settings
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vouchsafe.core.words import say
from vouchsafe.doors.web.ui.shells import joining_is_open, start_of
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.ledger import custody
from vouchsafe.people.actions.mail_account import mail_account
from vouchsafe.people.actions.prove_address import prove_address

CODE_MINUTES = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
SECRET_CONTEXT = "second-factor"  # noqa: S105 - the name of what is encrypted, not a secret
NOTES = {
    "cannot_delete_primary_email": say("Your address can be changed, but not taken away."),
    "email_confirmation_failed": say("That address could not be confirmed."),
    "email_confirmed": say("Your address is confirmed."),
    "email_deleted": say("The change of address is taken back."),
    "password_changed": say("Your password is changed."),
    "password_set": say("Your password is set."),
    "recovery_codes_generated": say("Your recovery codes are ready. Only these work from now on."),
    "totp_activated": say("Your authenticator app is added."),
    "totp_deactivated": say("Your authenticator app is removed."),
    "webauthn_added": say("Your passkey is added."),
    "webauthn_removed": say("The passkey is removed."),
}

AGAIN = {
    "mfa_reauthenticate:webauthn": _("Use my passkey"),
    "reauthenticate": _("Use my password"),
    "mfa_reauthenticate": _("Use a code from my app, or a recovery code"),
}


class PasswordForm(LoginForm):  # type: ignore[misc]  # allauth is untyped
    """Signing in with a password, for those who set one: the usual form asks for an address alone."""

    def _setup_password_field(self) -> None:
        """Keep the field that the usual form takes away."""


class AppForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth is untyped
    """Adding an authenticator app. Its secret is made when asked for by a POST, and looking never changes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        kept = session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if kept:
            self.secret = session[SECRET_SESSION_KEY] = kept


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("That is not the code we sent. Type it again, or ask for a new one."),
        "email_password_mismatch": _(
            "The address and the password don’t go together. Try again, or sign in with a code."
        ),
        "invalid_login": _("Enter your email address, like name@example.org"),
        "too_many_login_attempts": _("That was tried too often. Wait a few minutes, then try again."),
        "rate_limited": _("That was asked too often. Wait a few minutes, then try again."),
        "email_taken": _("That address can’t be used here."),
        "same_as_current": _("That is your address already."),
        "incorrect_password": _("That is not your password."),
        "enter_current_password": _("Enter your password."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth names a template; we queue a mail of our own kinds."""
        what = template_prefix.rpartition("/")[2]
        code = context.get("code")
        facts = {"code": str(code), "minutes": CODE_MINUTES} if code else {"what": what}
        mail_account(
            email=email,
            kind="sign_in_code" if code else "account_note",
            facts=facts,
            language=get_language() or settings.LANGUAGE_CODE,
            to_sign_in=not code,
            now=timezone.now(),
        )

    def pre_login(self, request: HttpRequest, user: Any, **facts: Any) -> HttpResponse | None:
        """A code that came back by mail proves its address, whether or not allauth knew of it."""
        for record in get_authentication_records(request, user):
            if record["method"] == "code" and record.get("email"):
                prove_address(account=user, address=record["email"], now=timezone.now())
        response: HttpResponse | None = super().pre_login(request, user, **facts)
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """What allauth wants said goes into the note of the next page, in our words where we have some."""
        name = (message_template or "").rpartition("/")[2].removesuffix(".txt")
        text = strip_tags(str(message)) if message else NOTES.get(name, "")
        if text:  # a note is a cookie: even a page that only looks may leave one
            leave_note(request, text, tone="stop" if level >= messages.ERROR else "seal")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The passkey first: it is one touch."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        for way in ways:
            way["description"] = AGAIN.get(way["id"], way["description"])
        return sorted(ways, key=lambda way: list(AGAIN).index(way["id"]))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return joining_is_open()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return start_of(request)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return start_of(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/account/"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Passkeys and authenticator apps: named after the house, their secrets encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That did not work. Try again."),
        "unverified_email": _("Confirm your email address first, on the page of your address."),
        "add_email_blocked": _("Remove your passkeys and authenticator app before you change the address."),
    }

    def encrypt(self, text: str) -> str:
        return b64encode(custody.encrypt(text.encode(), context=SECRET_CONTEXT)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return custody.decrypt(b64decode(encrypted_text), context=SECRET_CONTEXT).decode()

    def _get_site_name(self) -> str:
        return "Vouchsafe"


@receiver(authenticator_added)
def trust_who_added(sender: object, request: HttpRequest, user: Any, **_facts: object) -> None:
    """Whoever has just added a passkey or an app has shown it: they are not asked again for the next minutes."""
    record_authentication(request, user, method="mfa", reauthenticated=True)
