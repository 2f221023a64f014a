"""Codes to type: for signing in, and for a writer.

A code stands in the mail and not in its subject, so that a locked phone does not show it. The mail
holds no link: a code is typed on the page that asked for it, and that is what the person is looking at.
"""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Mail, Route
from vouchsafe.core.words import Sentence, say, say_n


def sign_in_code(route: Route, *, code: str, minutes: int) -> Mail:
    """For somebody who is signing in."""
    return _code(
        route,
        "sign-in-code",
        say("Your code to sign in"),
        code,
        minutes,
        say("Type this code on the page to sign in."),
    )


def writer_code(route: Route, *, code: str, minutes: int, applicant: str) -> Mail:
    """A fresh code that opens the text of a sealed letter to its writer."""
    return _code(
        route,
        "writer-code",
        say("Your code for the letter for {applicant}", applicant=applicant),
        code,
        minutes,
        say("Type this code on the page to open your letter for {applicant}.", applicant=applicant),
    )


def _code(route: Route, kind: str, subject: Sentence, code: str, minutes: int, what: Sentence) -> Mail:
    return Mail(
        kind=kind,
        route=route,
        from_name=from_house(route.house),
        subject=subject,
        preheader=what,
        paragraphs=(what, say_n("It works for one minute.", "It works for {n} minutes.", minutes)),
        code=code,
        lines=(
            say(
                "Nobody from Vouchsafe will ever ask you for it. If you did not ask for a code, delete this mail."
            ),
        ),
        foot=sent_because(
            route,
            say("You get this because somebody asked for a code with your address."),
            say("Nothing more comes unless a code is asked for again."),
        ),
        automatic=True,
    )
