"""How the browser of a reader on a committee is known again: a signed cookie, set by a press on the page of the link.

As a reader's (`proof.py`) it lasts half a day and holds no right: access is asked again at every request.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from vouchsafe.core.clocks import SKEW
from vouchsafe.core.words import Refusal, msg
from vouchsafe.doors.web.reader.proof import LIFE, ComeByYourLink, SignedInAsTheirOwnReader
from vouchsafe.packets.access_committee import SeatVisit, seat_by_key
from vouchsafe.people.access import NotHere

if TYPE_CHECKING:
    from vouchsafe.packets.models import Reader
    from vouchsafe.people.models import Account

COOKIE = "__Host-vouchsafe-committee" if settings.HTTPS else "vouchsafe-committee"
SALT = "committee"
MOST = 10  # a cookie holds 4 kB; the oldest goes first


class SignedInAsOffice(Refusal):
    code = "signed-in-as-office"
    msgid = msg("You are signed in here as somebody who runs the office, and the office reads no letters.")
    hint_msgid = msg("What is read on this page is recorded as the reader’s. Sign out if you are the reader.")


def seats_of(request: HttpRequest, now: datetime) -> dict[str, float]:
    """Every seat this browser came to, oldest first, with the time stamp until which that is believed."""
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return {}
    first, last = (
        now.timestamp(),
        (now + LIFE + SKEW).timestamp(),
    )  # later ones are from before a clock was set back
    return {key: until for key, until in kept.items() if first < until <= last}


def seat_visit_of(request: HttpRequest, key: str, now: datetime) -> SeatVisit:
    """The visit of a browser that came in by the link. Without that there is only the way in, and so after a code was set since."""
    until = seats_of(request, now).get(key)
    if until is None:
        raise ComeByYourLink
    try:
        visit = seat_by_key(key, now)
    except NotHere:
        raise ComeByYourLink from None
    set_at = visit.seat.code_set_at
    if visit.seat.code_hash and set_at is not None and until < (set_at + LIFE).timestamp():
        raise ComeByYourLink
    return visit


def refuse_applicant_of(request: HttpRequest, applicant: Account) -> None:
    """Before anything is recorded: a browser signed in as the very applicant opens nothing of theirs."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.pk == applicant.pk:
        raise SignedInAsTheirOwnReader(applicant=applicant.name)


def demand_seat(request: HttpRequest, reader: Reader, now: datetime) -> None:
    """A reader on a committee reads where they came in by the call's link, which may ask for a code, and not as its office."""
    if reader.seat is not None:
        seat_visit_of(request, reader.seat.key, now)
        refuse_office(request)


def keep_seat(request: HttpRequest, response: HttpResponse, key: str, now: datetime) -> None:
    kept = seats_of(request, now)
    kept.pop(key, None)
    kept[key] = (now + LIFE).timestamp()
    response.set_cookie(
        COOKIE,
        signing.dumps(dict(list(kept.items())[-MOST:]), salt=SALT, compress=True),
        max_age=LIFE,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def refuse_office(request: HttpRequest) -> None:
    """Who runs a call names its readers and holds their codes, so in that browser nothing of it is read."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    if has_session and request.user.is_authenticated and request.user.runs_office:
        raise SignedInAsOffice
