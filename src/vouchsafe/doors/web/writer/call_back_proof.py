"""How the browser of a writer who answers a reader is known again: a signed cookie, set by a press, never by a visit.

It holds no more than the key of the question: it shows no letter and opens no page of a request.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from vouchsafe.doors.web.writer.proof import SignedInAsApplicant
from vouchsafe.packets.access_call_backs import CallBackVisit, call_back_by_key
from vouchsafe.people.access import NotHere

COOKIE = "__Host-vouchsafe-call-back" if settings.HTTPS else "vouchsafe-call-back"
SALT = "call-back"
LIFE = timedelta(days=1)
MOST = 20


def kept_of(request: HttpRequest) -> list[str]:
    try:
        kept: list[str] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return []
    return kept


def call_back_of(request: HttpRequest, key: str, now: datetime) -> CallBackVisit:
    if key not in kept_of(request):
        raise NotHere(key)
    return call_back_by_key(key, now)


def keep_call_back(request: HttpRequest, response: HttpResponse, key: str) -> None:
    kept = [one for one in kept_of(request) if one != key]
    response.set_cookie(
        COOKIE,
        signing.dumps([*kept, key][-MOST:], salt=SALT, compress=True),
        max_age=LIFE,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def refuse_applicant_here(request: HttpRequest, visit: CallBackVisit) -> None:
    """Not even looking: a reader's question may quote what the applicant must not read."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.pk == visit.owner_key:
        raise SignedInAsApplicant(applicant=visit.call_back.reader.packet.owner.name)
