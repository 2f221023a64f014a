"""The note after an act ("Asked Ben. Undo"), carried to the next page in a signed cookie.

A note in the session would have to be deleted by a GET, and a GET changes no row. The cookie goes once the
page that shows it has been served.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from vouchsafe.core.words import Sentence
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shell import StatusNote

COOKIE = "vouchsafe-note"
SECONDS = 120


def leave_note(
    request: HttpRequest,
    text: Sentence | str,
    *,
    undo_href: str = "",
    undo_label: Sentence | str = "",
    tone: str = "seal",
    fields: Mapping[str, str] | None = None,
) -> None:
    """Say something on the next page this person sees; `undo_href` is posted to, with `fields`."""
    request.note_to_leave = {  # type: ignore[attr-defined]  # read by StatusNotes below
        "text": translate(text),
        "undo_href": undo_href,
        "undo_label": translate(undo_label) if undo_label else "",
        "tone": tone,
        "fields": dict(fields or {}),
    }


def note_of(request: HttpRequest) -> StatusNote | None:
    """The note for this page, if one was left."""
    kept = request.COOKIES.get(COOKIE)
    if not kept:
        return None
    try:
        plain = signing.loads(kept, salt=COOKIE, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return StatusNote(**cast(dict[str, Any], plain))


class StatusNotes:
    """Sets the cookie after an act, and clears it with the page that showed it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        note = getattr(request, "note_to_leave", None)
        if note is not None:
            response.set_cookie(
                COOKIE,
                signing.dumps(note, salt=COOKIE),
                max_age=SECONDS,
                httponly=True,
                samesite="Lax",
                secure=bool(settings.SESSION_COOKIE_SECURE),
            )
        elif COOKIE in request.COOKIES and _shows_a_page(request, response):
            response.delete_cookie(COOKIE, samesite="Lax")
        return response


def _shows_a_page(request: HttpRequest, response: HttpResponse) -> bool:
    html = str(response.headers.get("Content-Type", "")).startswith("text/html")
    return html and response.status_code < 300 and "HX-Request" not in request.headers
