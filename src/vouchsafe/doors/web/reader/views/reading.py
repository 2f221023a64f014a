"""Reading: the packet as one page, a letter by itself, its pictures, and files to keep. Access is asked each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.core.sealing import rosette, seal_words
from vouchsafe.desk.reader_page import ReaderLetter, ReaderPage, reader_page
from vouchsafe.doors.web.reader.committee_proof import demand_seat
from vouchsafe.doors.web.reader.marking import marked_picture
from vouchsafe.doors.web.reader.proof import refuse_applicant, visit_of
from vouchsafe.doors.web.reader.views.states import over
from vouchsafe.doors.web.ui.dates import day_words
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.letters.page_views import PageView, page_views
from vouchsafe.packets.access import ReaderVisit, demand_access, readable_seal
from vouchsafe.packets.actions.look_at_letter import look_at_letter
from vouchsafe.packets.actions.make_reading_copy import make_reading_copy
from vouchsafe.packets.actions.read_letter import read_letter
from vouchsafe.packets.actions.take_packet import take_packet

if TYPE_CHECKING:
    from datetime import datetime

    from vouchsafe.people.models import Account


@require_safe
def show_packet(request: HttpRequest, key: str) -> HttpResponse:
    """Every letter, one under the other, in the order its applicant chose."""
    visit, page, _ = _sitting(request, key)
    if visit.is_over or not page.readable:
        return over(request, page)
    facts = {
        "shell": plain_shell(request, whose=page.reader),
        "page": page,
        "here": request.path,
        "curves": {letter.number: rosette(letter.digest) for letter in page.readable},
    }
    return render(request, "reader/packet/packet.html", facts)


@require_safe
def show_letter(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """One letter: its pages, their words for whoever can't see them, and the facts beside it."""
    visit, page, now = _sitting(request, key)
    if visit.is_over or not page.readable:
        return over(request, page)
    letter, place = _letter(page, number)
    views = _views(request, visit, number, now)
    beside = page.readable
    facts = {
        "shell": plain_shell(request, whose=page.reader),
        "page": page,
        "letter": letter,
        "views": views,
        "here": request.path,
        "base": f"/reading/{key}/",
        "words": seal_words(letter.digest),
        "curves": rosette(letter.digest),
        "place": place + 1,
        "before": f"/reading/{key}/{beside[place - 1].number}/" if place else "",
        "after": f"/reading/{key}/{beside[place + 1].number}/" if place + 1 < len(beside) else "",
    }
    return render(request, "reader/packet/letter.html", facts)


@require_safe
def show_picture(request: HttpRequest, key: str, number: str, page: int) -> HttpResponse:
    """One page as a picture, with the reader's name across it."""
    visit, now = _visit(request, key)
    if visit.is_over:
        raise Http404
    views = _views(request, visit, number, now)
    if not 1 <= page <= len(views):
        raise Http404
    words = gettext("{reader}, {day}, letter {number}").format(
        reader=visit.reader.name, day=day_words(now, "plain"), number=number
    )
    return HttpResponse(marked_picture(views[page - 1].picture, words), content_type="image/svg+xml")


@require_POST
def create_download(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """The sealed PDF, byte for byte. The download is recorded."""
    visit, page, now = _sitting(request, key)
    if visit.is_over:
        return over(request, page)
    seal = readable_seal(visit.reader, number, now)
    data = read_letter(
        reader=visit.reader, seal=seal, what="downloaded", now=now, signed_in=_signed_in(request)
    )
    return _pdf(data, f"letter-{seal.number}.pdf")


@require_POST
def create_packet_file(request: HttpRequest, key: str) -> HttpResponse:
    """The cover with every sealed letter attached."""
    visit, page, now = _sitting(request, key)
    if visit.is_over or not page.readable:
        return over(request, page)
    return _pdf(take_packet(reader=visit.reader, now=now, signed_in=_signed_in(request)), "letters.pdf")


@require_POST
def create_copy(request: HttpRequest, key: str) -> HttpResponse:
    """All letters in one file to read on, with the reader's name on every page."""
    visit, page, now = _sitting(request, key)
    if visit.is_over or not page.readable:
        return over(request, page)
    made = make_reading_copy(reader=visit.reader, now=now, signed_in=_signed_in(request))
    return _pdf(made, "reading-copy.pdf")


def _visit(request: HttpRequest, key: str) -> tuple[ReaderVisit, datetime]:
    now = timezone.now()
    visit = visit_of(request, key, now)
    refuse_applicant(request, visit.reader.packet.owner)
    demand_seat(request, visit.reader, now)
    return visit, now


def _sitting(request: HttpRequest, key: str) -> tuple[ReaderVisit, ReaderPage, datetime]:
    visit, now = _visit(request, key)
    return visit, reader_page(visit, now), now


def _letter(page: ReaderPage, number: str) -> tuple[ReaderLetter, int]:
    for place, letter in enumerate(page.readable):
        if letter.number == number:
            return letter, place
    raise Http404


def _views(request: HttpRequest, visit: ReaderVisit, number: str, now: datetime) -> tuple[PageView, ...]:
    """Drawn first; then access is asked again, for a revocation may have come meanwhile."""
    seal = readable_seal(visit.reader, number, now)
    data = look_at_letter(reader=visit.reader, seal=seal, now=now, signed_in=_signed_in(request))
    views = page_views(data)
    demand_access(reader=visit.reader, seal=seal, now=timezone.now())
    return views


def _signed_in(request: HttpRequest) -> Account | None:
    """Who else this browser is, asked only where it has a session at all."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return request.user
    return None


def _pdf(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
