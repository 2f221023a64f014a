"""A reader asks the writer of a letter something, or for a call."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vouchsafe.core.words import Refusal, say
from vouchsafe.desk.call_back import questions_of
from vouchsafe.desk.reader_page import reader_page
from vouchsafe.doors.web.reader.committee_proof import demand_seat
from vouchsafe.doors.web.reader.forms import QuestionForm
from vouchsafe.doors.web.reader.proof import refuse_applicant, visit_of
from vouchsafe.doors.web.reader.views.states import over
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.packets.access import readable_seal
from vouchsafe.packets.actions.ask_writer import ask_writer


@require_http_methods(["GET", "HEAD", "POST"])
def edit_question(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """What was asked and what became of it; below, a new question. The writer's address is not here until they give it."""
    now = timezone.now()
    visit = visit_of(request, key, now)
    refuse_applicant(request, visit.reader.packet.owner)
    demand_seat(request, visit.reader, now)
    page = reader_page(visit, now)
    if visit.is_over or not page.readable:
        return over(request, page)
    seal = readable_seal(visit.reader, number, now)
    form, status = QuestionForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                ask_writer(
                    reader=visit.reader,
                    seal=seal,
                    wants=form.cleaned_data["wants"],
                    words=form.cleaned_data["words"],
                    now=now,
                )
            except Refusal as refusal:
                form.add_error("words", f"{translate(refusal)} {translate(refusal.hint or '')}".strip())
                status = 409
            else:
                leave_note(request, say("Your question went to {writer} by mail.", writer=seal.writer_name))
                return redirect("reader:question", key, number)
    facts = {
        "shell": plain_shell(request, whose=page.reader),
        "page": page,
        "number": seal.number,
        "writer": seal.writer_name,
        "is_open": seal.letter.is_open,
        "mailed": bool(visit.reader.address),
        "questions": questions_of(visit.reader, seal),
        "form": form,
    }
    return render(request, "reader/packet/question.html", facts, status=status)
