"""The promise made: thanks to the writer, with the date for their calendar; and the promise taken back."""

from __future__ import annotations

from datetime import date

from vouchsafe.adapters.post.kinds.foot import reads_replies, sent_for, via
from vouchsafe.adapters.post.mail import Attachment, Link, Mail, Route
from vouchsafe.core.words import say


def promise(
    route: Route,
    *,
    applicant: str,
    by: date,
    chosen: bool = True,
    attachments: tuple[Attachment, ...] = (),
    page_url: str = "",
) -> Mail:
    """`chosen`: the writer named the day, and a file for their calendar is attached; else it is the one shown."""
    replies = reads_replies(route, page_url)
    day = (
        say("You chose {by}. The attached file puts that day into your calendar.", by=by)
        if chosen
        else say("{applicant} hopes to have the letter by {by}.", applicant=applicant, by=by)
    )
    return Mail(
        kind="promise",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("Thank you for saying yes to {applicant}", applicant=applicant),
        preheader=say("You chose {by}.", by=by) if chosen else say("By {by}.", by=by),
        paragraphs=(
            say("Thank you. {applicant} can see that you said yes.", applicant=applicant),
            day,
            say("If your plans change, say so. A late no is better than silence."),
        ),
        button=Link(say("Write or upload the letter"), page_url) if page_url else None,
        lines=(say("Prefer your own program? Reply with the file attached, and you are done."),)
        if replies
        else (),
        foot=sent_for(route, applicant),
        takes_reply=replies,
        automatic=True,
        attachments=attachments,
    )


def promise_off(
    route: Route, *, applicant: str, attachments: tuple[Attachment, ...] = (), page_url: str = ""
) -> Mail:
    """A yes taken back: thanks for the word, and the day leaves the calendar it was put into."""
    return Mail(
        kind="promise-off",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("You need not write for {applicant}", applicant=applicant),
        preheader=say("Thank you for saying so."),
        paragraphs=(
            say(
                "Thank you for saying so. {applicant} knows, and can ask somebody else.", applicant=applicant
            ),
            say("The attached file takes the day out of your calendar. No more reminders will come."),
        ),
        button=Link(say("Open the page"), page_url) if page_url else None,
        foot=sent_for(route, applicant),
        automatic=True,
        attachments=attachments,
    )
