"""How the browser of a writer's assistant is known again: a signed cookie, set by a press and never by a visit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest

from vouchsafe.asks.access_assistants import AssistantVisit, assistant_by_key, assistant_visit
from vouchsafe.doors.web.writer.kept_keys import KeptKeys
from vouchsafe.doors.web.writer.proof import SignedInAsApplicant
from vouchsafe.people.access import NotHere

if TYPE_CHECKING:
    from vouchsafe.asks.models import Assistant

KEPT = KeptKeys("assistant", life=timedelta(days=30))


def assistant_of(request: HttpRequest, key: str) -> Assistant:
    """The assistant of a browser that came back. Asked anew each time, so that taking one off holds at once."""
    if key not in KEPT.of(request):
        raise NotHere(key)
    return assistant_by_key(key)


def helping_visit(request: HttpRequest, key: str, request_key: str) -> AssistantVisit:
    """At one request; somebody signed in as its applicant is no assistant there."""
    visit = assistant_visit(assistant_of(request, key), request_key)
    owner = visit.request.contact.owner
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.pk == owner.pk:
        raise SignedInAsApplicant(applicant=owner.name)
    return visit
