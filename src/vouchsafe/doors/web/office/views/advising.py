"""An adviser's pages: whom they help, and one applicant as far as that applicant agreed. Nothing can be changed here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vouchsafe.core.words import say
from vouchsafe.desk.advised import advised_page, shown_letter
from vouchsafe.desk.cohort import cohort
from vouchsafe.doors.web.office.keeping import for_adviser, who
from vouchsafe.doors.web.ui.numbers import hundredths
from vouchsafe.doors.web.ui.shells import adviser_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.letters.actions.read_shown import read_shown
from vouchsafe.letters.page_views import page_views
from vouchsafe.people import access
from vouchsafe.people.actions.end_advising import end_advising


@for_adviser
@require_safe
def show_cohort(request: HttpRequest) -> HttpResponse:
    rows = cohort(who(request), timezone.localdate())
    only = request.GET.get("show", "")
    facts = {
        "shell": adviser_shell(request, "advising"),
        "rows": [row for row in rows if row.why is not None or only != "word"],
        "everyone": len(rows),
        "words": sum(row.why is not None for row in rows),
        "only": only,
        "hundredths": hundredths,
    }
    return render(request, "office/advising/cohort.html", facts)


@for_adviser
@require_safe
def show_advised(request: HttpRequest, key: str) -> HttpResponse:
    page = advised_page(access.advised(who(request), key), timezone.localdate())
    facts = {"shell": adviser_shell(request, "advising"), "page": page, "hundredths": hundredths}
    return render(request, "office/advising/advised.html", facts)


@for_adviser
@require_safe
def show_letter(request: HttpRequest, key: str, letter_key: str) -> HttpResponse:
    """An open letter that the applicant shows: its pages, and their words as text."""
    advising = access.advised(who(request), key)
    data = read_shown(advising=advising, letter_key=letter_key)
    found = shown_letter(advising, letter_key)
    if found is None:
        raise Http404
    facts = {
        "shell": adviser_shell(request, "advising"),
        "letter": found,
        "name": str(advising.applicant),
        "key": key,
        "views": page_views(data),
    }
    return render(request, "office/advising/letter.html", facts)


@for_adviser
@require_safe
def show_page(request: HttpRequest, key: str, letter_key: str, number: int) -> HttpResponse:
    views = page_views(read_shown(advising=access.advised(who(request), key), letter_key=letter_key))
    if not 1 <= number <= len(views):
        raise Http404
    return HttpResponse(views[number - 1].picture, content_type="image/jpeg")


@for_adviser
@require_POST
def remove_advised(request: HttpRequest, key: str) -> HttpResponse:
    """The adviser ends it from their side; only the office can name them anew."""
    advising = access.advised(who(request), key)
    end_advising(by=who(request), advising=advising, now=timezone.now())
    leave_note(request, say("You no longer look along with {name}.", name=str(advising.applicant)))
    return redirect("office:cohort")
