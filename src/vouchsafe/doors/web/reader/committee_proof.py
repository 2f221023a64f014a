"""How the browser of a reader on a committee is known again: a signed cookie, set by a press on the page of the link.

As a reader's (`proof.py`) it lasts half a day and holds no right: access is asked again at every request.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest

from vouchsafe.core.words import Refusal, msg
from vouchsafe.doors.web.reader.proof import ComeByYourLink, ProofCookie, demand_after_code
from vouchsafe.packets.access_committee import SeatVisit, seat_by_key
from vouchsafe.people.access import NotHere

if TYPE_CHECKING:
    from vouchsafe.packets.models import Reader

SEAT_COOKIE = ProofCookie("committee", most=10)


class SignedInAsOffice(Refusal):
    code = "signed-in-as-office"
    msgid = msg("You are signed in here as somebody who runs the office, and the office reads no letters.")
    hint_msgid = msg("What is read on this page is recorded as the reader’s. Sign out if you are the reader.")


def seat_visit_of(request: HttpRequest, key: str, now: datetime) -> SeatVisit:
    """The visit of a browser that came in by the link. Without that there is only the way in, and so after a code was set since."""
    until = SEAT_COOKIE.keys_of(request, now).get(key)
    if until is None:
        raise ComeByYourLink
    try:
        visit = seat_by_key(key, now)
    except NotHere:
        raise ComeByYourLink from None
    demand_after_code(visit.seat, until)
    return visit


def demand_seat(request: HttpRequest, reader: Reader, now: datetime) -> None:
    """A reader on a committee reads where they came in by the call's link, which may ask for a code, and not as its office."""
    if reader.seat is not None:
        seat_visit_of(request, reader.seat.key, now)
        refuse_office(request)


def refuse_office(request: HttpRequest) -> None:
    """Who runs a call names its readers and holds their codes, so in that browser nothing of it is read."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    if has_session and request.user.is_authenticated and request.user.runs_office:
        raise SignedInAsOffice
