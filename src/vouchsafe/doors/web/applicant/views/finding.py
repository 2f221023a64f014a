"""*Find or do* as a page: where its link leads without scripts, and where "Search everything" leads with them."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vouchsafe.core.addresses import ask_path
from vouchsafe.core.words import Sentence, say
from vouchsafe.desk.finding import Found, Kind, find
from vouchsafe.doors.web.applicant.views.viewer import applicant_of
from vouchsafe.doors.web.ui.shell import Command
from vouchsafe.doors.web.ui.shells import applicant_shell

TITLES: tuple[tuple[Kind, Sentence], ...] = (
    ("person", say("People")),
    ("request", say("Requests")),
    ("opportunity", say("What letters are for")),
    ("letter", say("Letters in the Safe")),
    ("packet", say("Packets")),
)


@dataclass(frozen=True, slots=True)
class Group:
    title: Sentence
    rows: tuple[tuple[str, str, str], ...]
    """(where it is, name, what stands beside it) each."""


@dataclass(frozen=True, slots=True)
class FindPage:
    sought: str
    groups: tuple[Group, ...]
    commands: tuple[Command, ...]


@login_required
@require_safe
def show_find(request: HttpRequest) -> HttpResponse:
    shell = applicant_shell(request)
    sought = request.GET.get("q", "").strip()[:100]
    found = find(applicant_of(request), sought)
    words = sought.casefold().split()
    page = FindPage(
        sought=sought,
        groups=tuple(
            Group(title, tuple((_href(one), one.name, one.beside) for one in found if one.kind == kind))
            for kind, title in TITLES
            if any(one.kind == kind for one in found)
        ),
        commands=tuple(one for one in shell.commands if all(word in one.label.casefold() for word in words)),
    )
    return render(request, "applicant/desk/find.html", {"shell": shell, "page": page})


def _href(found: Found) -> str:
    places = {"person": "people", "opportunity": "opportunities", "letter": "safe", "packet": "packets"}
    return ask_path(found.key) if found.kind == "request" else f"/{places[found.kind]}/{found.key}/"
