"""Bringing what was taken along into an empty account."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vouchsafe.core.reading.export import Brought, Export, read_export
from vouchsafe.core.words import Refusal, say
from vouchsafe.doors.web.public.program_forms import BringingForm
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import shell_of
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.letters.actions.bring_export import bring_export
from vouchsafe.letters.inspecting import WordsTaken, inspect_file

if TYPE_CHECKING:
    from vouchsafe.letters.actions.upload_letter import CheckedFile
    from vouchsafe.people.models import Account


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth is untyped
def create_bringing(request: HttpRequest) -> HttpResponse:
    account = cast("Account", request.user)
    form = BringingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            export = read_export(form.cleaned_data["file"].read())
            came = bring_export(
                by=account, export=export, letters=_inspected(export, account), now=timezone.now()
            )
        except Refusal as refusal:
            hint = f" {translate(refusal.hint)}" if refusal.hint else ""
            form.add_error("file", translate(refusal) + hint)
        else:
            leave_note(
                request,
                say(
                    "Brought in: people {people}, opportunities {opportunities}, letters {letters}. Left out: {left_out}.",
                    people=came.people,
                    opportunities=came.opportunities,
                    letters=came.letters,
                    left_out=came.left_out,
                ),
            )
            return redirect("account")
    status = 422 if form.errors else 200
    return render(
        request, "public/account/bringing.html", {"shell": shell_of(request), "form": form}, status=status
    )


def _inspected(export: Export, account: Account) -> list[tuple[Brought, CheckedFile]]:
    """The slow half, before anything is written: each file as any that is brought. One that is refused is left out."""
    found = []
    for letter in export.letters:
        try:
            checked = inspect_file(letter.pdf, f"{letter.number or 'letter'}.pdf", about=account.name)
        except Refusal:
            continue
        if not isinstance(checked, WordsTaken):
            found.append((letter, checked))
    return found
