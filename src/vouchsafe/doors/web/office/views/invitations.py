"""Inviting many people by a file: looked over line by line first, sent by one press, taken back by another.

Nothing is kept in between: what was read rides along in the form and is read again when it is sent.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from vouchsafe.core.reading.invitation_list import read_invitations
from vouchsafe.core.words import Refusal, say_n
from vouchsafe.desk.invitation_preview import invitation_preview
from vouchsafe.doors.web.office.forms import ROLES
from vouchsafe.doors.web.office.keeping import for_office, who
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import instance_name, office_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people.actions.invite_people import Sorted, invite_people, sort_invitations
from vouchsafe.people.actions.withdraw_batch import withdraw_batch

LONGEST = 200_000


class InvitationsForm(forms.Form):
    file = forms.FileField(label=_("A file of people"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=_("Or paste the table"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"data-lines": "few"}),
        help_text=_(
            "The first line names the columns: name, address, role, adviser. Only address is needed."
        ),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        file = said.get("file")
        if file is None and not said.get("text", "").strip():
            raise forms.ValidationError({"text": gettext("Choose a file, or paste the table.")})
        if file is not None and file.size > LONGEST:
            raise forms.ValidationError(
                {"file": gettext("This file is too large for a list of people. Split it.")}
            )
        return said

    def contents(self) -> bytes:
        file = self.cleaned_data["file"]
        data: bytes = file.read() if file is not None else self.cleaned_data["text"].encode()
        return data


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
def create_invitations(request: HttpRequest) -> HttpResponse:
    """A file or a pasted table; then what it would do; then, by another press, doing it."""
    form = InvitationsForm(request.POST, request.FILES) if request.method == "POST" else InvitationsForm()
    if request.method != "POST" or not form.is_valid():
        return _page(request, "file", status=422 if form.errors else 200, form=form)
    data = form.contents()
    try:
        found = sort_invitations(by=who(request), read=read_invitations(data), now=timezone.now())
    except Refusal as refusal:
        form.add_error(
            None, f"{translate(refusal)} {translate(refusal.hint) if refusal.hint else ''}".strip()
        )
        return _page(request, "file", status=422, form=form)
    if request.POST.get("act") == "send" and found.rows:
        return _send(request, found)
    return _page(
        request,
        "preview",
        found=found,
        roles=dict(ROLES),
        text=_as_text(found),
        mails=[
            invitation_preview(str(who(request)), instance_name(), role, timezone.now())
            for role in dict.fromkeys(row.role for row, _adviser in found.rows)
        ],
    )


@for_office
@require_POST
def remove_invitations(request: HttpRequest, key: str) -> HttpResponse:
    count = withdraw_batch(by=who(request), batch=key, now=timezone.now())
    leave_note(request, say_n("One invitation is taken back.", "{n} invitations are taken back.", count))
    return redirect("office:people")


def _send(request: HttpRequest, found: Sorted) -> HttpResponse:
    batch = invite_people(
        by=who(request),
        rows=found.rows,
        instance_name=instance_name(),
        now=timezone.now(),
        wait=timedelta(seconds=settings.UNDO_SECONDS),
    )
    leave_note(
        request,
        say_n("One invitation goes out.", "{n} invitations go out.", len(found.rows)),
        undo_href=f"/office/invitations/files/{batch}/withdrawal",
    )
    return redirect("office:people")


def _as_text(found: Sorted) -> str:
    """The rows that can be sent, as a table that is read back the same way."""
    lines = ["name\taddress\trole\tadviser"]
    for row, adviser in found.rows:
        name = " ".join(row.name.replace('"', "”").split())
        lines.append(f"{name}\t{row.address}\t{row.role}\t{adviser.email.lower() if adviser else ''}")
    return "\n".join(lines)


def _page(request: HttpRequest, page: str, *, status: int = 200, **facts: Any) -> HttpResponse:
    facts["shell"] = office_shell(request, "people")
    return render(request, f"office/invitations/{page}.html", facts, status=status)
