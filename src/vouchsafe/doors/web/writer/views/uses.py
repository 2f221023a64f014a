"""What a sealed letter may be used for: its writer says so, and is shown what that ends before it is saved."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vouchsafe.core.uses import Uses
from vouchsafe.core.words import Refusal, Sentence, say
from vouchsafe.desk.uses_page import Ending, UsesPage, endings, sealed_of, uses_page
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.doors.web.writer.forms_uses import ANY, KINDS, NAMED, UsesForm
from vouchsafe.doors.web.writer.proof import refuse_applicant, visit_of
from vouchsafe.doors.web.writer.proving import asks_for_proof
from vouchsafe.doors.web.writer.views.codes import ask_for_code
from vouchsafe.letters.actions.set_scope import set_scope


@require_http_methods(["GET", "HEAD", "POST"])
@asks_for_proof
def edit_uses(request: HttpRequest, key: str, letter: str = "") -> HttpResponse:
    """Purposes, kinds, last day, saving. Narrowing is shown with what it ends, and saved by a second press."""
    visit = visit_of(request, key, letter)
    refuse_applicant(request, visit)
    visit.demand_proof()
    # Having just sealed something opens nothing older: whoever holds a forwarded link could seal to get in.
    seal = sealed_of(visit, letter)
    if not visit.may_open(seal.letter.key):
        return ask_for_code(request, visit, "uses")
    page = uses_page(visit, seal)
    if request.method != "POST":
        return _page(request, page, UsesForm(page.asked, initial=_initial(page)))
    form = UsesForm(page.asked, request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, page, form, status=422)
    uses, now = form.uses(), timezone.now()
    ends = endings(seal, page.uses, uses, now)
    if ends and request.POST.get("seen") != _mark(uses):
        return _page(request, page, form, ends=ends, seen=_mark(uses))
    try:
        set_scope(visit=visit, seal=seal, uses=uses, now=now)
    except Refusal as refusal:
        form.add_error(None, f"{refusal.sentence} {refusal.hint or ''}".strip())
        return _page(request, page, form, status=409)
    leave_note(request, _said(page, uses))
    return redirect(f"{page.base}/sealed")


def _said(page: UsesPage, uses: Uses) -> Sentence:
    if uses == page.uses:
        return say("Nothing was changed.")
    if page.is_released:
        return say("What the letter may be used for is kept. {name} is told by mail.", name=page.applicant)
    return say("What the letter may be used for is kept.")


def _initial(page: UsesPage) -> dict[str, object]:
    uses = page.uses
    return {
        "reach": NAMED if uses.opportunities else KINDS if uses.kinds else ANY,
        "named": list(uses.opportunities),
        "kinds": list(uses.kinds),
        "last_on": uses.last_on,
        "on_screen_only": uses.on_screen_only,
    }


def _mark(uses: Uses) -> str:
    """What was shown when the second press is asked for; a form changed meanwhile is shown again."""
    return json.dumps(
        [sorted(uses.opportunities), sorted(uses.kinds), str(uses.last_on), uses.on_screen_only]
    )


def _page(
    request: HttpRequest,
    page: UsesPage,
    form: UsesForm,
    *,
    ends: tuple[Ending, ...] = (),
    seen: str = "",
    status: int = 200,
) -> HttpResponse:
    facts = {"shell": plain_shell(request), "page": page, "form": form, "ends": ends, "seen": seen}
    return render(request, "writer/letter/uses.html", facts, status=status)
