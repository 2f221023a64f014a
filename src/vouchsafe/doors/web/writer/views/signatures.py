"""Signing while one writes, for the script of the editor; without scripts the editor's own form does it."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from vouchsafe.asks.access import FreshCodeNeeded
from vouchsafe.core.words import Refusal
from vouchsafe.desk.writer_page import writer_page
from vouchsafe.doors.web.writer.forms import LetterForm
from vouchsafe.doors.web.writer.proof import refuse_applicant, visit_of
from vouchsafe.doors.web.writer.signing import act_of, sign_from
from vouchsafe.doors.web.writer.views.editor import keep_words, signature_facts
from vouchsafe.letters import access as letters


@require_POST
def create_signature(request: HttpRequest, key: str, letter: str = "") -> HttpResponse:
    """Sign the letter in hand, or take the signature off; answers with that part of the editor.

    The words are saved only where none were yet: from then on autosave is about them, and neither waits for the other.
    """
    visit = visit_of(request, key, letter)
    refuse_applicant(request, visit)
    visit.demand_proof()
    form = LetterForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    refusal, revision = None, 0
    try:
        before, revision = letters.draft_in_hand(visit)
        if before is None:
            revision = keep_words(visit, form).revision
        sign_from(request, visit, act_of(request))
    except Refusal as refused:
        refusal = refused
    body = form.body()
    if not isinstance(refusal, FreshCodeNeeded):
        after, revision = letters.draft_in_hand(visit)
        body = replace(body, picture=after.picture if after else b"")
    signature = signature_facts(visit, body, not_signed=refusal)
    facts = {"page": writer_page(visit), "body": body, **signature}
    status = 200 if refusal is None else 403 if isinstance(refusal, FreshCodeNeeded) else 422
    response = render(request, "writer/letter/_signature.html", facts, status=status)
    response["X-Revision"] = str(revision)
    return response
