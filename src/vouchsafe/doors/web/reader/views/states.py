"""A link that no longer opens: each reason is a page of its own, with what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vouchsafe.core.words import Sentence, say
from vouchsafe.desk.reader_page import ReaderPage
from vouchsafe.doors.web.ui.shells import plain_shell


def over(request: HttpRequest, page: ReaderPage) -> HttpResponse:
    """410: it was here, and it is over."""
    headline, below = _why(page)
    facts = {"shell": plain_shell(request), "headline": headline, "below": below}
    return render(request, "reader/packet/over.html", facts, status=410)


def _why(page: ReaderPage) -> tuple[Sentence, Sentence]:
    name = page.applicant
    if page.committee:
        return (
            say("The letters for {name} are not open to you now", name=name),
            say("The table of the call tells what can be read. Ask its office if you expected otherwise."),
        )
    if page.is_over == "revoked":
        return (
            say("This link no longer opens the letters for {name}", name=name),
            say("{name} has ended the access it gave. Ask {name} if you still need the letters.", name=name),
        )
    if page.is_over == "expired":
        return (
            say("This link has expired"),
            say(
                "It opened letters of recommendation for {name} until {until}. Ask {name} for a new one.",
                name=name,
                until=page.until,
            ),
        )
    if page.is_over == "held":
        return (
            say("This link waits"),
            say(
                "The people who run this site first make sure that it goes to the right reader. Try again later."
            ),
        )
    if {letter.gone for letter in page.letters} == {"withdrawn"}:
        return (
            say("The letters for {name} were withdrawn", name=name),
            say("Whoever wrote them has taken them back. Ask {name} what comes in their place.", name=name),
        )
    return (
        say("None of the letters for {name} can be read now", name=name),
        say(
            "Their writers have withdrawn them, or agreed to other uses only. Ask {name} what comes in their place.",
            name=name,
        ),
    )
