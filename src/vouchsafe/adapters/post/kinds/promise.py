"""The promise made: thanks to the writer, with the date for their calendar."""

from __future__ import annotations

from datetime import date

from vouchsafe.adapters.post.kinds.foot import reads_replies, sent_for, via
from vouchsafe.adapters.post.mail import Attachment, Link, Mail, Route
from vouchsafe.core.words import say


def promise(route: Route, *, applicant: str, by: date, calendar: bytes, page_url: str = "") -> Mail:
    """`calendar` is the .ics of the promised day."""
    replies = reads_replies(route, page_url)
    return Mail(
        kind="promise",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("Thank you for saying yes to {applicant}", applicant=applicant),
        preheader=say("You chose {by}.", by=by),
        paragraphs=(
            say("Thank you. {applicant} knows that you said yes.", applicant=applicant),
            say("You chose {by}. The attached file puts that day into your calendar.", by=by),
            say("If your plans change, say so. A late no is better than silence."),
        ),
        button=Link(say("Write or upload the letter"), page_url) if page_url else None,
        lines=(say("Prefer your own program? Reply with the file attached, and you are done."),)
        if replies
        else (),
        foot=sent_for(route, applicant),
        takes_reply=replies,
        automatic=True,
        attachments=(Attachment("letter.ics", "text/calendar; charset=utf-8; method=PUBLISH", calendar),),
    )
