"""A file that came by reply: what we got, and what happens to it next."""

from __future__ import annotations

from datetime import datetime

from vouchsafe.adapters.post.kinds.foot import sent_for, via
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import say, say_n


def received(
    route: Route,
    *,
    applicant: str,
    file_name: str,
    pages: int,
    page_url: str,
    seals_at: datetime | None = None,
) -> Mail:
    """With `seals_at` it is sealed then unless stopped; without, the writer confirms by one click first."""
    got = say_n(
        "We have your letter for {applicant}: {file_name}, one page.",
        "We have your letter for {applicant}: {file_name}, {n} pages.",
        pages,
        applicant=applicant,
        file_name=file_name,
    )
    if seals_at is not None:
        then = say(
            "It will be sealed at {time}, unless you stop it before.", time=f"{seals_at:%H:%M %Z}".strip()
        )
        label = say("Look at it, or stop it")
    else:
        then = say(
            "We could not check that the mail came from you. One click on the page settles it. Until then nobody sees the letter."
        )
        label = say("Look at it, and confirm")
    return Mail(
        kind="received",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("Your letter for {applicant} has arrived", applicant=applicant),
        preheader=then,
        paragraphs=(got, then),
        button=Link(label, page_url),
        lines=(say("Sent the wrong file? Reply with the right one. It replaces this one."),),
        foot=sent_for(route, applicant),
        takes_reply=True,
        automatic=True,
    )
