"""Calendar files as answers: RFC 5545, published, for whoever holds the address."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext

from vouchsafe.core.timing import Entry, Organiser, write_calendar
from vouchsafe.doors.web.ui.sentences import translate
from vouchsafe.doors.web.ui.shells import instance_name

HOST = "vouchsafe"
"""What follows the @ in uids. Keys are random, so no host is needed, and moving to another changes no entry."""


def calendar_answer(entries: Iterable[Entry], *, name: str = "", file_name: str = "") -> HttpResponse:
    """Entries as a file, in the active language. With `file_name` a browser keeps it instead of showing it."""
    content = write_calendar(
        entries,
        name=name or gettext("Letters"),
        host=HOST,
        organiser=Organiser(instance_name() or "Vouchsafe", settings.MAIL_FROM),
        speak=translate,
    )
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    if file_name:
        answer.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer
