"""Addresses of programs that are called when something happens: given here, each with its secret shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vouchsafe.core.words import Refusal, Sentence, say
from vouchsafe.doors.web.public.program_forms import HookForm
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import shell_of
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.ledger import hooks

if TYPE_CHECKING:
    from vouchsafe.ledger.models import Calling, Hook
    from vouchsafe.people.models import Account

STATES = {
    "waiting": (say("Is told soon"), "wait"),
    "begun": (say("Is being told"), "wait"),
    "taken": (say("Taken"), "seal"),
    "failed": (say("Not taken"), "stop"),
}
AGAIN = (say("Not taken, is told again later"), "stop")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth is untyped
def create_hook(request: HttpRequest) -> HttpResponse:
    """The addresses there are, and a new one: its secret is in the answer to the press, and nowhere again."""
    account = cast("Account", request.user)
    may_office = account.runs_office and (not settings.OFFICE_SECOND_FACTOR or is_mfa_enabled(account))
    form = HookForm(request.POST or None, for_office=may_office)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            _, secret = hooks.make(chain=account.key, now=timezone.now(), **form.facts())
        except Refusal as refusal:
            hint = f" {translate(refusal.hint)}" if refusal.hint else ""
            form.add_error("url", translate(refusal) + hint)
        else:
            form = HookForm(for_office=may_office)
    status = 201 if secret else 422 if form.errors else 200
    facts = {"shell": shell_of(request), "form": form, "rows": hooks.of(account.key), "secret": secret}
    return render(request, "public/account/hooks.html", facts, status=status)


@login_required
@require_safe
def show_hook(request: HttpRequest, key: str) -> HttpResponse:
    return _page(request, _hook(request, key))


@login_required
@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
def create_secret(request: HttpRequest, key: str) -> HttpResponse:
    """A new secret, in the answer to the press alone."""
    hook = _hook(request, key)
    return _page(request, hook, secret=hooks.roll(hook=hook, now=timezone.now()))


@login_required
@require_POST
def create_trial(request: HttpRequest, key: str) -> HttpResponse:
    hook = _hook(request, key)
    hooks.trial(hook=hook, now=timezone.now())
    leave_note(request, say("A trial is on its way."))
    return redirect("hook", key)


@login_required
@require_POST
def edit_pause(request: HttpRequest, key: str) -> HttpResponse:
    """Go on after a pause."""
    hooks.resume(hook=_hook(request, key), now=timezone.now())
    leave_note(request, say("The address is called again."))
    return redirect("hook", key)


@login_required
@require_POST
def remove_hook(request: HttpRequest, key: str) -> HttpResponse:
    hooks.remove(hook=_hook(request, key), now=timezone.now())
    leave_note(request, say("The address is called no more."))
    return redirect("hooks")


@login_required
@require_POST
def create_replay(request: HttpRequest, key: str) -> HttpResponse:
    """Tell an event again, under the same webhook-id."""
    calling = hooks.calling_of(cast("Account", request.user).key, key)
    if calling is None:
        raise Http404
    hooks.replay(calling=calling, now=timezone.now())
    leave_note(request, say("It is told again."))
    return redirect("hook", calling.hook.key)


def _hook(request: HttpRequest, key: str) -> Hook:
    """One's own, or nothing is here."""
    account = cast("Account", request.user)
    found = next((one for one in hooks.of(account.key) if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, hook: Hook, secret: str = "") -> HttpResponse:
    rows = [(row, *_state(row)) for row in hooks.callings(hook)]
    facts = {"shell": shell_of(request), "hook": hook, "rows": rows, "secret": secret}
    return render(request, "public/account/hook.html", facts, status=201 if secret else 200)


def _state(row: Calling) -> tuple[Sentence, str]:
    return AGAIN if row.state == "waiting" and row.attempts else STATES[row.state]
