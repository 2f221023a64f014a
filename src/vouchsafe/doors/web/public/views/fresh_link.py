"""For a writer or a reader whose link is dead or lost: type the address, and a fresh one is mailed there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from vouchsafe.core.words import Refusal, msg
from vouchsafe.doors.web.public.forms import FreshLinkForm
from vouchsafe.doors.web.ui.pace import takes_place
from vouchsafe.doors.web.ui.shells import shell_of
from vouchsafe.people.actions.wish_for_link import wish_for_link

PRESSES = 10  # of one visitor in a minute


class TooManyWishes(Refusal):
    code = "too-many-wishes"
    msgid = msg("That was many addresses in one minute.")
    hint_msgid = msg("Wait a minute, then try again.")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("address")
def create_fresh_link(request: HttpRequest) -> HttpResponse:
    """Whatever is typed, the same page follows; who is known here is looked up later and elsewhere."""
    form = FreshLinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        if not takes_place(request, now, what="fresh-link", most=PRESSES):
            raise TooManyWishes
        wish_for_link(typed=form.cleaned_data["address"], now=now)
        return redirect("fresh_link_asked")
    facts = {"shell": shell_of(request), "form": form}
    return render(request, "public/ways/fresh_link.html", facts, status=422 if form.errors else 200)


@require_safe
def show_fresh_link_asked(request: HttpRequest) -> HttpResponse:
    return render(request, "public/ways/fresh_link_asked.html", {"shell": shell_of(request)})
