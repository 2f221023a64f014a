"""Writing the letter: plain fields on one side, the typeset page on the other. Works without scripts."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from vouchsafe.adapters.pdf.live_page import live_page
from vouchsafe.asks.access import Visit, stage
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.core.words import Refusal
from vouchsafe.desk.writer_page import WriterPage, writer_page
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.writer.forms import LetterForm
from vouchsafe.doors.web.writer.proof import refuse_applicant, visit_of
from vouchsafe.doors.web.writer.proving import asks_for_proof
from vouchsafe.letters import access as letters
from vouchsafe.letters.actions.save_draft import DraftChangedElsewhere, save_draft
from vouchsafe.letters.draft_body import DraftBody


@asks_for_proof
def edit_letter(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows the editor as it was left; POST keeps the words and goes on to the review."""
    visit = visit_of(request, key)
    refuse_applicant(request, visit)
    visit.demand_proof()
    page = writer_page(visit)
    if page.sealed is not None and page.stage == "sealed":
        return redirect("writer:request", key)
    if request.method != "POST":
        body, revision = letters.draft_in_hand(visit)
        shown = body or _first_body(page, letters.remembered_letterhead(visit))
        return _editor(request, page, shown, revision)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _editor(
            request,
            page,
            form.as_typed(),
            form.based,
            problem=str(next(iter(form.errors.values()))[0]),
            status=422,
        )
    try:
        draft = _keep(visit, form)
    except DraftChangedElsewhere as refusal:
        return _editor(
            request, page, form.body(), int(str(refusal.facts["revision"])), conflict=refusal, status=409
        )
    if request.POST.get("then") == "stay":
        return redirect("writer:write", key)
    return redirect("writer:review", key) if draft else redirect("writer:write", key)


@require_POST
def create_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Autosave. Answers with the revision the next save is based on, or 409 when another window was faster."""
    visit = visit_of(request, key)
    refuse_applicant(request, visit)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"problem": str(next(iter(form.errors.values()))[0])}, status=422)
    try:
        draft = _keep(visit, form)
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "problem": str(refusal.sentence)}, status=409)
    return JsonResponse({"revision": draft.revision})


@require_POST
def show_preview(request: HttpRequest, key: str) -> HttpResponse:
    """The typed letter as pages, from the template of the sealed PDF. Keeps nothing."""
    visit = visit_of(request, key)
    refuse_applicant(request, visit)
    visit.demand_proof()
    form = LetterForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    return render(request, "writer/letter/_pages.html", pages_of(form.body(), writer_page(visit)))


def pages_of(body: DraftBody, page: WriterPage) -> dict[str, Any]:
    """Each page as a picture, or the sentence that says why it can't be set; what runs over, what is not theirs."""
    try:
        live = live_page(body.page(), theirs=page.points)
    except Refusal as refusal:
        return {"pictures": (), "refusal": refusal}
    pictures = tuple(
        f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode('ascii')}" for svg in live.svg_pages
    )
    quoted = [f"“{point}”" for point in live.still_theirs]
    return {"pictures": pictures, "live": live, "still_theirs": quoted, "refusal": None}


def _keep(visit: Visit, form: LetterForm) -> Any:
    now = timezone.now()
    visit.demand_proof()
    if stage(visit.request) not in {"agreed", "writing"}:
        record_answer(visit=visit, said="yes", today=timezone.localdate(), now=now)
    return save_draft(visit=visit, body=form.body(), based_on=form.based, now=now)


def _first_body(page: WriterPage, remembered: dict[str, Any]) -> DraftBody:
    """What stands in a new letter: what the writer told us before, the date, a plain opening. No words of praise."""
    return DraftBody(
        letterhead=tuple(remembered.get("letterhead") or ([page.organisation] if page.organisation else ())),
        dated=date_format(timezone.localdate(), "j F Y"),
        addressee=tuple(filter(None, [page.first.organisation if page.first else ""])),
        opening="To whom it may concern,",
        closing="Yours faithfully,",
        name=remembered.get("name") or page.writer,
        lines=tuple(remembered.get("lines") or ()),
        typed=remembered.get("typed") or page.writer,
        paper=remembered.get("paper") or "a4",
    )


def _editor(
    request: HttpRequest,
    page: WriterPage,
    body: DraftBody,
    revision: int,
    *,
    problem: str = "",
    conflict: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    other = None
    if conflict is not None:
        other, _ = letters.draft_in_hand(visit_of(request, page.request_key))
    facts = {
        "shell": plain_shell(request),
        "page": page,
        "body": body,
        "revision": revision,
        "problem": problem,
        "conflict": conflict,
        "other": other,
        "words": len(body.text.split()),
        **pages_of(body, page),
    }
    return render(request, "writer/letter/edit.html", facts, status=status)
