"""A packet for a reader: whose letters, for what, and how to check them."""

from __future__ import annotations

from datetime import date

from vouchsafe.adapters.post.kinds.foot import sent_for, via
from vouchsafe.adapters.post.mail import Attachment, Link, Mail, Route
from vouchsafe.core.words import say, say_n


def packet(
    route: Route,
    *,
    applicant: str,
    purpose: str,
    letters: int,
    page_url: str = "",
    until: date | None = None,
    words: str = "",
    attachments: tuple[Attachment, ...] = (),
) -> Mail:
    """By link, or as signed PDFs where the instance has no public address."""
    return Mail(
        kind="packet",
        route=route,
        from_name=via(applicant, route.house),
        subject=say_n(
            "A letter of recommendation for {applicant}: {purpose}",
            "Letters of recommendation for {applicant}: {purpose}",
            letters,
            applicant=applicant,
            purpose=purpose,
        ),
        preheader=say_n("One sealed letter.", "{n} sealed letters.", letters),
        words=words,
        paragraphs=(
            say_n(
                "One sealed letter of recommendation for {applicant}, for {purpose}.",
                "{n} sealed letters of recommendation for {applicant}, for {purpose}.",
                letters,
                applicant=applicant,
                purpose=purpose,
            ),
            *(
                (say_n("It is attached as a signed PDF.", "They are attached as signed PDFs.", letters),)
                if attachments
                else ()
            ),
            *((say("The link works until {until}.", until=until),) if until and page_url else ()),
        ),
        button=Link(say_n("Read the letter", "Read the letters", letters), page_url) if page_url else None,
        lines=(
            say_n(
                "It carries its number, so that you can check who wrote it and that nothing was changed.",
                "Every letter carries its number, so that you can check who wrote it and that nothing was changed.",
                letters,
            ),
            say("You need no account."),
        ),
        foot=sent_for(
            route,
            applicant,
            say(
                "You get this because {applicant} named you as a reader. Nobody reminds you.",
                applicant=applicant,
            ),
        ),
        attachments=attachments,
    )
