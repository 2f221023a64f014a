"""The link from the mail: it shows whose letters these are, and one press opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vouchsafe.core.words import Refusal, Sentence, say_n
from vouchsafe.desk.reader_page import reader_page
from vouchsafe.doors.web.reader.forms import CodeForm
from vouchsafe.doors.web.reader.proof import READER_COOKIE, refuse_applicant
from vouchsafe.doors.web.reader.views.states import over
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.packets.access import reader_by_token
from vouchsafe.packets.actions.open_packet import open_packet
from vouchsafe.packets.actions.take_reader_code import ReaderCodeSpent, take_reader_code
from vouchsafe.people.access import NotHere

if TYPE_CHECKING:
    from datetime import datetime

    from vouchsafe.packets.models import Reader


@require_http_methods(["GET", "HEAD", "POST"])
def show_landing(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, and changes nothing. The press (POST) is what "opened" means; it trades the token for a cookie."""
    now = timezone.now()
    try:
        visit = reader_by_token(token, now)
    except NotHere:
        lost = {"shell": plain_shell(request)}
        return render(request, "reader/packet/unknown.html", lost, status=404)
    page = reader_page(visit, now)
    if visit.is_over or not page.readable:
        return over(request, page)
    needs_code = bool(visit.reader.code_hash)
    form, status = CodeForm(request.POST if request.method == "POST" and needs_code else None), 200
    if request.method == "POST":
        refuse_applicant(request, visit.reader.packet.owner)
        if needs_code and (refusal := _refused(form, visit.reader, now)):
            status = refusal
    if request.method != "POST" or status != 200:
        facts: dict[str, Any] = {
            "shell": plain_shell(request),
            "page": page,
            "headline": _headline(len(page.letters), page.applicant),
            "form": form,
            "needs_code": needs_code,
        }
        return render(request, "reader/packet/landing.html", facts, status=status)
    open_packet(reader=visit.reader, now=now)
    response = redirect("reader:packet", page.key)
    READER_COOKIE.keep(request, response, page.key, now)
    return response


def _refused(form: CodeForm, reader: Reader, now: datetime) -> int:
    """The status of a page that asks for the code again, or 0: it was right."""
    if not form.is_valid():
        return 422
    try:
        take_reader_code(reader=reader, code=form.cleaned_data["code"], now=now)
    except Refusal as refusal:
        form.add_error("code", f"{translate(refusal)} {translate(refusal.hint or '')}".strip())
        return 429 if isinstance(refusal, ReaderCodeSpent) else 422
    return 0


def _headline(count: int, applicant: str) -> Sentence:
    if count == 1:
        return say_n(
            "A letter of recommendation for {name}",
            "Letters of recommendation for {name}",
            count,
            name=applicant,
        )
    return say_n(
        "{n} letter of recommendation for {name}",
        "{n} letters of recommendation for {name}",
        count,
        name=applicant,
    )
