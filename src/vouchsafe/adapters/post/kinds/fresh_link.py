"""A fresh link to the page, because somebody at the known address asked for one."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import sent_for, via
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import Sentence, say


def fresh_link(route: Route, *, applicant: str, page_url: str, letters: int = 1) -> Mail:
    """To a writer: to the page of the one request, or to the list of all where there are several."""
    if letters > 1:
        subject, button = say("Your link to the letters you are asked for"), say("Open your list")
    else:
        subject, button = (
            say("Your link to the request of {applicant}", applicant=applicant),
            say("Open the page"),
        )
    return _fresh(route, subject, kind="fresh-link", applicant=applicant, button=Link(button, page_url))


def fresh_reader_link(route: Route, *, applicant: str, page_url: str) -> Mail:
    """To a reader of a packet that is still open to them."""
    subject = say("Your link to the letters for {applicant}", applicant=applicant)
    button = Link(say("Open the letters"), page_url)
    return _fresh(route, subject, kind="fresh-reader-link", applicant=applicant, button=button)


def _fresh(route: Route, subject: Sentence, *, kind: str, applicant: str, button: Link) -> Mail:
    """Older links keep working."""
    return Mail(
        kind=kind,
        route=route,
        from_name=via(applicant, route.house),
        subject=subject,
        preheader=say("Older links keep working too."),
        paragraphs=(say("Here is the link you asked for. Older links keep working too."),),
        button=button,
        lines=(
            say(
                "Did not ask for it? Then somebody typed your address. Nothing has changed, and you can delete this mail."
            ),
        ),
        foot=sent_for(route, applicant, say("Nothing more comes unless a link is asked for again.")),
        automatic=True,
    )
