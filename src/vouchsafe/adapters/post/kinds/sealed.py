"""The receipt for a sealed letter. It goes to the writer and to nobody else, and holds not a word of the letter."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from vouchsafe.adapters.post.kinds.foot import sent_for, via
from vouchsafe.adapters.post.mail import Attachment, Link, Mail, Route
from vouchsafe.core.words import Sentence, say


def sealed(
    route: Route,
    *,
    applicant: str,
    number: str,
    in_confidence: bool,
    page_url: str = "",
    opens_until: datetime | None = None,
    zone: str = "UTC",
    attachments: tuple[Attachment, ...] = (),
) -> Mail:
    """`number` is the letter's number for verification.

    Until `opens_until`, by the clock of `zone`, its writer can open it again. `attachments` call a promised day off.
    """
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
            say("{applicant} will not see the text.", applicant=applicant)
            if in_confidence
            else say("{applicant} can read it once it is safe.", applicant=applicant),
            *((_reopening(opens_until, zone),) if opens_until and page_url else ()),
            *(
                (say("The attached file takes the promised day out of your calendar."),)
                if attachments
                else ()
            ),
        ),
        button=Link(say("See it, or keep a copy"), page_url) if page_url else None,
        lines=(say("The text opens with a fresh code that is mailed to you."),) if page_url else (),
        foot=sent_for(route, applicant, say("No reminders come for a letter that is sealed.")),
        automatic=True,
        attachments=attachments,
    )


def _reopening(until: datetime, zone: str) -> Sentence:
    return say(
        "You can open it again until {time}. Nobody reads it before that, unless you say so.",
        time=until.astimezone(ZoneInfo(zone)),
    )
