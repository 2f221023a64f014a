"""A writer lets somebody help them: the assistant's own link, and what it is for."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say


def assistant(route: Route, *, writer: str, page_url: str, applicant: str = "") -> Mail:
    """`applicant` is whom the one letter is for; empty where the help is for all of the writer's letters."""
    what = (
        say("{writer} asks you to help with a letter for {applicant}", writer=writer, applicant=applicant)
        if applicant
        else say("{writer} asks you to help with letters of recommendation", writer=writer)
    )
    return Mail(
        kind="assistant",
        route=route,
        from_name=from_house(route.house),
        subject=what,
        preheader=say("This link is yours alone."),
        paragraphs=(
            say("{what}.", what=what),
            say(
                "You can see what is asked and by when, lay words or a file before {writer}, and tick off portals. "
                "Saying yes or no, and sealing, stay with {writer}.",
                writer=writer,
            ),
        ),
        button=Link(say("See what is asked"), page_url),
        lines=(say("This link is yours alone. {writer} can end it at any time.", writer=writer),),
        foot=sent_because(
            route,
            say("You get this because {writer} named you as their assistant.", writer=writer),
            say("Nothing more comes by itself."),
        ),
        automatic=True,
    )
