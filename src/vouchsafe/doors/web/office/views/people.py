"""People of the instance, their roles, and invitations."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.core.words import say
from vouchsafe.desk import office
from vouchsafe.doors.web.office.forms import ROLES, InviteForm, RoleForm
from vouchsafe.doors.web.office.keeping import for_office, who
from vouchsafe.doors.web.ui.paging import page_of
from vouchsafe.doors.web.ui.shells import instance_name, office_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people import access
from vouchsafe.people.actions.change_role import change_role
from vouchsafe.people.actions.invite_person import invite_person
from vouchsafe.people.actions.withdraw_invitation import withdraw_invitation


@for_office
@require_safe
def show_people(request: HttpRequest) -> HttpResponse:
    return _page(request, InviteForm())


@for_office
@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
def create_invitation(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    email = form.cleaned_data["email"]
    invite_person(
        by=who(request),
        email=email,
        role=form.cleaned_data["role"],
        instance_name=instance_name(),
        now=timezone.now(),
    )
    leave_note(request, say("An invitation goes to {email}.", email=email))
    return redirect("office:people")


@for_office
@require_POST
def remove_invitation(request: HttpRequest, key: str) -> HttpResponse:
    invitation = access.open_invitation(who(request), key)
    withdraw_invitation(by=who(request), invitation=invitation, now=timezone.now())
    leave_note(request, say("The invitation to {email} is withdrawn.", email=invitation.email))
    return redirect("office:people")


@for_office
@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
def edit_role(request: HttpRequest, key: str) -> HttpResponse:
    """Undo gives the former role back."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    account = access.account(key)
    former = account.role
    change_role(by=who(request), account=account, role=form.cleaned_data["role"], now=timezone.now())
    leave_note(
        request,
        say("{name} has another role now.", name=str(account)),
        undo_href=request.path,
        fields={"role": former},
    )
    return redirect("office:people")


def _page(request: HttpRequest, form: InviteForm, *, status: int = 200) -> HttpResponse:
    facts = {
        "shell": office_shell(request, "people"),
        "people": office.people(page_of(request), request.GET.get("q", "").strip()[:200]),
        "invited": office.invited(timezone.now()),
        "roles": ROLES,
        "form": form,
        "own_key": who(request).key,
    }
    return render(request, "office/people.html", facts, status=status)
