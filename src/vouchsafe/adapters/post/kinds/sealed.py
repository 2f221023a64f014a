"""The sealed letter: the writer's own copy. It goes to the writer and to nobody else."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import sent_for, via
from vouchsafe.adapters.post.mail import Attachment, Link, Mail, Route
from vouchsafe.core.words import say


def sealed(
    route: Route,
    *,
    applicant: str,
    number: str,
    in_confidence: bool,
    page_url: str = "",
    copy: bytes | None = None,
) -> Mail:
    """`number` is the letter's number for verification; `copy` is the sealed PDF."""
    return Mail(
        kind="sealed",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("Your letter for {applicant} is sealed", applicant=applicant),
        preheader=say("Letter {number}. Thank you for writing it.", number=number),
        paragraphs=(
            say(
                "Thank you. Your letter for {applicant} is sealed as letter {number}.",
                applicant=applicant,
                number=number,
            ),
            *((say("Your copy is attached."),) if copy is not None else ()),
            say("{applicant} will not see the text.", applicant=applicant)
            if in_confidence
            else say("{applicant} can read it.", applicant=applicant),
            say("You can open it again for one hour, or until somebody reads it, whichever is first."),
        ),
        button=Link(say("See where it goes"), page_url) if page_url else None,
        foot=sent_for(route, applicant),
        automatic=True,
        attachments=(Attachment(f"letter-{number}.pdf", "application/pdf", copy),)
        if copy is not None
        else (),
    )
