"""Sorting people fast: how they know you, your work, and how you get on, forty to a page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from vouchsafe.core.words import say_n
from vouchsafe.desk.ratings import AT_ONCE, unsorted
from vouchsafe.doors.web.applicant.forms.contact import KNOWS, TIES, WARMTH, RatingForm
from vouchsafe.doors.web.applicant.views.people_words import place
from vouchsafe.doors.web.applicant.views.viewer import applicant_of, redraw
from vouchsafe.doors.web.ui.shells import applicant_shell
from vouchsafe.doors.web.ui.status import leave_note
from vouchsafe.people.actions.rate_contacts import rate_contacts


@dataclass(frozen=True, slots=True)
class RatingLine:
    key: str
    name: str
    place: str
    tie: str


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_ratings(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _keep(request)
    word = request.GET.get("q", "").strip()[:200]
    found = unsorted(applicant_of(request), word=word, after=request.GET.get("after", ""))
    facts = {
        "shell": applicant_shell(request, "people"),
        "lines": tuple(
            RatingLine(row.key, row.name, place(row.title, row.organisation), row.tie) for row in found.rows
        ),
        "count": found.count,
        "has_more": found.has_more,
        "at_once": AT_ONCE,
        "word": word,
        "ties": [("", gettext("They are …")), *((key, str(said)) for key, said in TIES.items())],
        "knows": [
            ("", gettext("Know my work …")),
            *((str(key), str(said)) for key, said in KNOWS),
        ],
        "warmth": [("", gettext("We get on …")), *((str(key), str(said)) for key, said in WARMTH)],
    }
    return render(request, "applicant/people/ratings.html", facts)


def _keep(request: HttpRequest) -> HttpResponse:
    ratings = {}
    keys = request.POST.getlist("person")[:AT_ONCE]
    for key in keys:
        form = RatingForm(request.POST, prefix=key)
        if not form.is_valid():
            return HttpResponseBadRequest()  # selects offer nothing that could be wrong
        ratings[key] = form.rating()
    now = timezone.now()
    count = rate_contacts(by=applicant_of(request), ratings=ratings, now=now)
    if count:
        redraw(applicant_of(request), now)
        leave_note(request, say_n("{n} person sorted.", "{n} people sorted.", count))
    if "more" in request.POST and keys:
        asked = {"after": keys[-1], **({"q": word} if (word := request.POST.get("q", "")[:200]) else {})}
        return redirect(f"{reverse('applicant:ratings')}?{urlencode(asked)}")
    return redirect("applicant:people")
