"""Inviting applicants to a call by a file: looked over line by line first, sent by one press.

Nothing is kept in between: what was read rides along in the form and is read again when it is sent.
"""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from vouchsafe.core.reading.call_list import CallList, read_call_list
from vouchsafe.core.words import Refusal, say_n
from vouchsafe.doors.web.office.keeping import for_office, who
from vouchsafe.doors.web.office.views.calls import refuse, undo_time
from vouchsafe.doors.web.office.views.invitations import InvitationsForm
from vouchsafe.doors.web.ui.shells import instance_name, office_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.plans.access_calls import call_of_office
from vouchsafe.plans.actions.invite_applicants import invite_applicants


class ApplicantsForm(InvitationsForm):
    """The same question with other columns."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _(
            "The first line names the columns: name, address, writer 1, writer 1 address, and so on. Only address is needed."
        )


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
def create_call_invitations(request: HttpRequest, key: str) -> HttpResponse:
    """A file or a pasted table; then what it would do; then, by another press, doing it."""
    call = call_of_office(who(request), key)
    form = ApplicantsForm(request.POST, request.FILES) if request.method == "POST" else ApplicantsForm()
    facts: dict[str, Any] = {
        "shell": office_shell(request, "office"),
        "form": form,
        "key": key,
        "title": call.title,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "office/calls/file.html", facts, status=422 if form.errors else 200)
    try:
        found = read_call_list(form.contents())
        if request.POST.get("act") == "send" and found.rows:
            mailed = invite_applicants(
                by=who(request),
                call=call,
                rows=found.rows,
                instance_name=instance_name(),
                wait=undo_time(),
                now=timezone.now(),
            )
            leave_note(request, say_n("One applicant is invited.", "{n} applicants are invited.", mailed))
            return redirect("office:call", key)
    except Refusal as refusal:
        refuse(form, refusal)
        return render(request, "office/calls/file.html", facts, status=422)
    facts |= {"found": found, "text": _as_text(found)}
    return render(request, "office/calls/preview.html", facts)


def _as_text(found: CallList) -> str:
    """The rows that can be sent, as a table that is read back the same way."""
    most = max((len(row.writers) for row in found.rows), default=0)
    heads = ["name", "address"]
    for n in range(1, most + 1):
        heads += [f"writer {n}", f"writer {n} address"]
    lines = ["\t".join(heads)]
    for row in found.rows:
        cells = [row.name, row.address]
        for name, address in row.writers:
            cells += [name, address]
        lines.append("\t".join(" ".join(cell.replace('"', "”").split()) for cell in cells))
    return "\n".join(lines)
