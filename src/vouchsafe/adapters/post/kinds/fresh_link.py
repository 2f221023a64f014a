"""A fresh link to the page, because somebody at the known address asked for one."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import sent_for, via
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say


def fresh_link(route: Route, *, applicant: str, page_url: str) -> Mail:
    """Older links keep working."""
    return Mail(
        kind="fresh-link",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("Your link to the request of {applicant}", applicant=applicant),
        preheader=say("Older links keep working too."),
        paragraphs=(say("Here is the link you asked for. Older links keep working too."),),
        button=Link(say("Open the page"), page_url),
        lines=(
            say(
                "Did not ask for it? Then somebody typed your address. Nothing has changed, and you can delete this mail."
            ),
        ),
        foot=sent_for(route, applicant, say("Nothing more comes unless a link is asked for again.")),
        automatic=True,
    )
