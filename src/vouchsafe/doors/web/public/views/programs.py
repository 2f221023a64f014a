"""Programs that one lets in: the tokens they show, made here and shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from vouchsafe.core.grants import GRANTS, OFFICE
from vouchsafe.core.words import Refusal, say
from vouchsafe.doors.web.public.program_forms import TokenForm
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import shell_of
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people.access_programs import program_token_of, program_tokens
from vouchsafe.people.actions.make_program_token import make_program_token
from vouchsafe.people.actions.revoke_program_token import revoke_program_token

if TYPE_CHECKING:
    from vouchsafe.people.models import Account


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth is untyped
def create_token(request: HttpRequest) -> HttpResponse:
    """The tokens there are, and a new one: it is shown in the answer to the press, and nowhere again."""
    account = cast("Account", request.user)
    form = TokenForm(request.POST or None, grants=_offered(account))
    shown = ""
    if request.method == "POST" and form.is_valid():
        try:
            _, shown = make_program_token(by=account, now=timezone.now(), **form.facts())
        except Refusal as refusal:
            hint = f" {translate(refusal.hint)}" if refusal.hint else ""
            form.add_error(None, translate(refusal) + hint)
        else:
            form = TokenForm(grants=_offered(account))
    now = timezone.now()
    rows = [
        (
            row,
            [say(GRANTS[grant]) for grant in row.grants if grant in GRANTS],
            bool(row.expires_at and row.expires_at <= now),
        )
        for row in program_tokens(account)
    ]
    facts = {"shell": shell_of(request), "form": form, "rows": rows, "shown": shown}
    status = 201 if shown else 422 if form.errors else 200
    return render(request, "public/account/programs.html", facts, status=status)


@login_required
@require_POST
def remove_token(request: HttpRequest, key: str) -> HttpResponse:
    account = cast("Account", request.user)
    revoke_program_token(by=account, token=program_token_of(account, key), now=timezone.now())
    leave_note(request, say("The program is shut out."))
    return redirect("programs")


def _offered(account: Account) -> list[str]:
    """The office's grant needs what the office's pages need."""
    runs = account.runs_office and (not settings.OFFICE_SECOND_FACTOR or is_mfa_enabled(account))
    return [grant for grant in GRANTS if runs or grant not in OFFICE]
