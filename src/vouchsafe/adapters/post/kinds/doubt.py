"""Polite answers to a mail we could not act on: in doubt the writer is asked, never guessed."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import from_house, sent_because, sent_for, via
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import Sentence, say


def yes_or_no(route: Route, *, applicant: str, page_url: str = "") -> Mail:
    """The reply was neither plainly yes nor plainly no."""
    return Mail(
        kind="yes-or-no",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("Was that a yes, for {applicant}?", applicant=applicant),
        preheader=say("One click settles it."),
        paragraphs=(
            say(
                "Thank you for your reply. We could not tell for certain whether it was a yes or a no, and we do not guess."
            ),
            say("{applicant} can read what you wrote.", applicant=applicant),
        ),
        button=Link(say("Say yes or no"), page_url) if page_url else None,
        lines=() if page_url else (say("Reply with the one word yes or no."),),
        foot=sent_for(route, applicant),
        takes_reply=True,
        automatic=True,
    )


def not_taken(route: Route, *, why: Sentence, hint: Sentence | None = None, page_url: str = "") -> Mail:
    """What was sent could not be taken: the refusal's own sentence and hint."""
    return Mail(
        kind="not-taken",
        route=route,
        from_name=from_house(route.house),
        subject=say("We could not take what you sent"),
        preheader=why,
        paragraphs=(
            say("Thank you for your mail. We could not take what you sent."),
            why,
            *((hint,) if hint else ()),
        ),
        button=Link(say("Open the page"), page_url) if page_url else None,
        lines=(say("Nothing is lost: reply again whenever you like."),),
        foot=sent_because(route, say("You get this because a mail came from your address.")),
        takes_reply=True,
        automatic=True,
    )
