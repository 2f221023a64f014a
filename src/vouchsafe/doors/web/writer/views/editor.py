"""Writing the letter: plain fields on one side, the typeset page on the other. Works without scripts."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from vouchsafe.adapters.pdf.live_page import live_page
from vouchsafe.asks.access import FreshCodeNeeded, Visit, stage
from vouchsafe.asks.actions.record_answer import record_answer
from vouchsafe.core.sealing.strokes import is_drawn
from vouchsafe.core.words import Refusal
from vouchsafe.desk.writer_page import WriterPage, writer_page
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.writer.forms import LetterForm
from vouchsafe.doors.web.writer.proof import refuse_applicant, visit_of
from vouchsafe.doors.web.writer.proving import asks_for_proof
from vouchsafe.doors.web.writer.signing import act_of, sign_from
from vouchsafe.letters import access as letters
from vouchsafe.letters.actions.save_draft import DraftChangedElsewhere, save_draft
from vouchsafe.letters.draft_body import DraftBody
from vouchsafe.letters.signatures import keeps_signature


@asks_for_proof
def edit_letter(request: HttpRequest, key: str, letter: str = "") -> HttpResponse:
    """GET shows the editor as it was left; POST keeps the words and goes on to the review."""
    visit = visit_of(request, key, letter)
    refuse_applicant(request, visit)
    visit.demand_proof()
    page = writer_page(visit)
    if page.is_done:
        return redirect(f"{page.base}/sealed" if letter else f"{page.base}/")
    if request.method != "POST":
        body, revision = letters.draft_in_hand(visit)
        return _editor(request, visit, page, body or first_body(visit, page), revision)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _editor(
            request,
            visit,
            page,
            _signed(visit, form.as_typed()),
            form.based,
            problem=str(next(iter(form.errors.values()))[0]),
            status=422,
        )
    try:
        draft = keep_words(visit, form)
    except DraftChangedElsewhere as refusal:
        return _editor(
            request,
            visit,
            page,
            _signed(visit, form.body()),
            int(str(refusal.facts["revision"])),
            conflict=refusal,
            status=409,
        )
    act = act_of(request)
    if act:
        return _sign(request, visit, page, act, draft.revision)
    stays = request.POST.get("then") == "stay"
    return redirect(f"{page.base}/{'write' if stays else 'review'}")


def _sign(request: HttpRequest, visit: Visit, page: WriterPage, act: str, revision: int) -> HttpResponse:
    """The words are saved by now, so what can't be signed costs none of them."""
    try:
        sign_from(request, visit, act)
    except FreshCodeNeeded:
        raise
    except Refusal as refusal:
        body, _ = letters.draft_in_hand(visit)
        problem = f"{refusal.sentence} {refusal.hint or ''}".strip()
        return _editor(request, visit, page, body or DraftBody(), revision, problem=problem, status=422)
    return redirect(f"{page.base}/write#signature")


@require_POST
def create_draft(request: HttpRequest, key: str, letter: str = "") -> HttpResponse:
    """Autosave. Answers with the revision the next save is based on, or 409 when another window was faster.

    Where a code is due again it answers 403: the words are kept on the device until one was taken.
    """
    visit = visit_of(request, key, letter)
    refuse_applicant(request, visit)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"problem": str(next(iter(form.errors.values()))[0])}, status=422)
    try:
        draft = keep_words(visit, form)
    except Refusal as refusal:
        status = 403 if isinstance(refusal, FreshCodeNeeded) else 409
        return JsonResponse({"code": refusal.code, "problem": str(refusal.sentence)}, status=status)
    return JsonResponse({"revision": draft.revision})


@require_POST
def show_preview(request: HttpRequest, key: str, letter: str = "") -> HttpResponse:
    """The typed letter as pages, from the template of the sealed PDF. Keeps nothing."""
    visit = visit_of(request, key, letter)
    refuse_applicant(request, visit)
    visit.demand_proof()
    form = LetterForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    body, page = _signed(visit, form.body()), writer_page(visit)
    return render(request, "writer/letter/_pages.html", {"page": page, **pages_of(body, page)})


def _signed(visit: Visit, typed: DraftBody) -> DraftBody:
    """What was typed, with the picture that stands under the draft: no form carries it."""
    before, _ = letters.draft_in_hand(visit)
    return replace(typed, picture=before.picture if before else b"")


def pages_of(body: DraftBody, page: WriterPage) -> dict[str, Any]:
    """Each page as a picture, or the sentence that says why it can't be set; what runs over, what is not theirs."""
    try:
        live = live_page(body.page(), theirs=page.points)
    except Refusal as refusal:
        return {"pictures": (), "live": None, "still_theirs": [], "refusal": refusal}
    pictures = tuple(
        f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode('ascii')}" for svg in live.svg_pages
    )
    quoted = [f"“{point}”" for point in live.still_theirs]
    return {"pictures": pictures, "live": live, "still_theirs": quoted, "refusal": None}


def keep_words(visit: Visit, form: LetterForm) -> Any:
    """Save what was typed; the first words are a yes."""
    now = timezone.now()
    visit.demand_proof()
    if not visit.at and stage(visit.request) not in {"agreed", "writing"}:
        record_answer(visit=visit, said="yes", today=timezone.localdate(), now=now)
    return save_draft(visit=visit, body=form.body(), based_on=form.based, now=now)


def signature_facts(visit: Visit, body: DraftBody, *, not_signed: Refusal | None = None) -> dict[str, Any]:
    """The signature as a picture for the page, whether one is kept for this writer, and why it was not taken."""
    drawn = is_drawn(body.picture)
    kind = "svg+xml" if drawn else "png" if body.picture.startswith(b"\x89PNG") else "jpeg"
    shown = f"data:image/{kind};base64,{b64encode(body.picture).decode('ascii')}" if body.picture else ""
    return {"signature_shown": shown, "keeps_signature": keeps_signature(visit), "not_signed": not_signed}


def first_body(visit: Visit, page: WriterPage) -> DraftBody:
    """What stands in a new letter: what the writer told us before, the date, a plain opening. No words of praise."""
    remembered = letters.remembered_letterhead(visit)
    place = page.first.organisation if page.first else ""
    return DraftBody(
        letterhead=tuple(remembered.get("letterhead") or ([page.organisation] if page.organisation else ())),
        dated=date_format(timezone.localdate(), "DATE_FORMAT"),
        addressee=tuple(remembered.get("addressees", {}).get(place) or filter(None, [place])),
        opening=gettext("To whom it may concern,"),
        closing=gettext("Yours faithfully,"),
        name=remembered.get("name") or page.writer,
        lines=tuple(remembered.get("lines") or ()),
        typed=remembered.get("typed") or page.writer,
        paper=remembered.get("paper") or "a4",
    )


def _editor(
    request: HttpRequest,
    visit: Visit,
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
        other, _ = letters.draft_in_hand(visit)
    facts = {
        "shell": plain_shell(request),
        "page": page,
        "body": body,
        "revision": revision,
        "problem": problem,
        "conflict": conflict,
        "other": other,
        "words": len(body.text.split()),
        **signature_facts(visit, body),
        **pages_of(body, page),
    }
    return render(request, "writer/letter/edit.html", facts, status=status)
