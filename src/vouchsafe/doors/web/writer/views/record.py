"""A writer's yearly record of letters: to look at, to print, and as a table. It names other applicants, so it needs a code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from vouchsafe.asks.access import FreshCodeNeeded
from vouchsafe.core.spreadsheet import to_csv
from vouchsafe.desk.letters_record import LettersRecord, letters_record
from vouchsafe.doors.web.ui.shells import plain_shell
from vouchsafe.doors.web.writer.proving import asks_for_proof
from vouchsafe.doors.web.writer.views.codes import ask_for_code
from vouchsafe.doors.web.writer.views.queue import at_home


@require_safe
@asks_for_proof
def show_record(request: HttpRequest, key: str) -> HttpResponse:
    """One year's letters: `?year=`, else the newest that has any; `?as=table` for a spreadsheet."""
    visit = at_home(request, key)
    year = request.GET.get("year", "")
    try:
        record = letters_record(
            visit,
            today=timezone.localdate(),
            year=int(year) if year.isdecimal() and len(year) == 4 else None,
        )
    except FreshCodeNeeded:
        return ask_for_code(request, visit, "record")
    if request.GET.get("as") == "table":
        return _table(record)
    facts = {
        "shell": plain_shell(request, whose=visit.mailbox),
        "record": record,
        "here": f"/requests/{key}/record",
        "home": f"/requests/{key}",
    }
    return render(request, "writer/queue/record.html", facts)


def _table(record: LettersRecord) -> HttpResponse:
    heads = [
        gettext("Sealed"),
        gettext("For whom"),
        gettext("For what"),
        gettext("Letter"),
        gettext("Withdrawn"),
    ]
    rows = (
        [
            row.sealed_on.isoformat(),
            row.applicant,
            "; ".join(row.purposes),
            row.number,
            row.withdrawn_on or "",
        ]
        for row in record.rows
    )
    answer = HttpResponse(to_csv(heads, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="letters-{record.year}.csv"'
    return answer
