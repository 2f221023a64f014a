"""A letter that a reader was given was replaced by a newer one: both numbers, and never a word of either."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say


def letter_replaced(
    route: Route, *, applicant: str, writer: str, number: str, replaces: str, page_url: str
) -> Mail:
    """`replaces` is the number of the letter they hold; the page is where it is checked."""
    return Mail(
        kind="letter-replaced",
        route=route,
        from_name=from_house(route.house),
        subject=say("A newer letter by {writer} for {applicant}", writer=writer, applicant=applicant),
        preheader=say("Letter {number} takes the place of the one you were given.", number=number),
        paragraphs=(
            say(
                "You were given letter {replaces} by {writer} for {applicant}. {writer} has sealed a newer one since: letter {number} takes its place.",
                replaces=replaces,
                writer=writer,
                applicant=applicant,
                number=number,
            ),
            say("If you have not decided yet, ask {applicant} for the newer letter.", applicant=applicant),
        ),
        button=Link(say("Check letter {number}", number=replaces), page_url),
        foot=sent_because(
            route,
            say("You get this because {applicant} gave you a letter to read.", applicant=applicant),
            say("Such mails come only when a letter you were given is replaced."),
        ),
        automatic=True,
    )
