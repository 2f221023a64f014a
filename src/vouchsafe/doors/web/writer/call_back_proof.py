"""How the browser of a writer who answers a reader is known again: a signed cookie, set by a press, never by a visit.

It holds no more than the key of the question: it shows no letter and opens no page of a request.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from vouchsafe.doors.web.writer.kept_keys import KeptKeys
from vouchsafe.doors.web.writer.proof import SignedInAsApplicant
from vouchsafe.packets.access_call_backs import CallBackVisit, call_back_by_key
from vouchsafe.people.access import NotHere

KEPT = KeptKeys("call-back", life=timedelta(days=1))


def call_back_of(request: HttpRequest, key: str, now: datetime) -> CallBackVisit:
    if key not in KEPT.of(request):
        raise NotHere(key)
    return call_back_by_key(key, now)


def refuse_applicant_here(request: HttpRequest, visit: CallBackVisit) -> None:
    """Not even looking: a reader's question may quote what the applicant must not read."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.pk == visit.owner_key:
        raise SignedInAsApplicant(applicant=visit.call_back.reader.packet.owner.name)
