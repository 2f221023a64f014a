"""Reminders, at most three: thanks, the next date, an offer of help, and never blame. The last offers a way out."""

from __future__ import annotations

from datetime import date

from vouchsafe.adapters.post.kinds.foot import reads_replies, sent_for, via
from vouchsafe.adapters.post.mail import Link, Mail, Route
from vouchsafe.core.words import Sentence, say


def reminder(
    route: Route,
    *,
    applicant: str,
    number: int,
    said_yes: bool,
    by: date | None = None,
    words: str = "",
    page_url: str = "",
) -> Mail:
    """Number 1 to 3. `words` are the applicant's own, if they wrote any."""
    if number not in (1, 2, 3):
        raise ValueError("a reminder is the first, second or third")
    replies = reads_replies(route, page_url)
    promised, open_ = _promised(applicant, number, by, page_url), _open(applicant, number, by, page_url)
    label = say("Write or upload the letter") if said_yes else say("See what it is for, and answer")
    return Mail(
        kind="reminder",
        route=route,
        from_name=via(applicant, route.house),
        subject=_subject(applicant, said_yes, by),
        preheader=say("By {by}.", by=by) if by else say("No account, no password."),
        words=words,
        paragraphs=promised if said_yes else open_,
        button=Link(label, page_url) if page_url else None,
        lines=(
            *((say("Replying with the file attached is enough."),) if replies else ()),
            *((say("To choose another day or to stop reminders, open the same page."),) if page_url else ()),
        ),
        foot=sent_for(route, applicant),
        takes_reply=replies,
        automatic=True,
    )


def _subject(applicant: str, said_yes: bool, by: date | None) -> Sentence:
    if said_yes and by:
        return say("Your letter for {applicant}, by {by}", applicant=applicant, by=by)
    if said_yes:
        return say("Your letter for {applicant}", applicant=applicant)
    return say("{applicant} would still be glad of a letter", applicant=applicant)


def _promised(applicant: str, number: int, by: date | None, page_url: str) -> tuple[Sentence, ...]:
    date_line = say("The next date is {by}.", by=by) if by else say("There is no date that presses.")
    if number == 1:
        return (
            say("Thank you for saying that you will write for {applicant}.", applicant=applicant),
            date_line,
        )
    if number == 2:
        return (
            say("Thank you again for writing for {applicant}.", applicant=applicant),
            date_line,
            say(
                "If notes or a list of points would help, tell {applicant}, who can send them.",
                applicant=applicant,
            ),
        )
    return (
        say(
            "This is the last reminder about your letter for {applicant}. Thank you for everything so far.",
            applicant=applicant,
        ),
        date_line,
        say(
            "If it no longer fits into your weeks, say so on the same page. That is all right, and it helps to know."
        )
        if page_url
        else say(
            "If it no longer fits into your weeks, say so in a reply. That is all right, and it helps to know."
        ),
    )


def _open(applicant: str, number: int, by: date | None, page_url: str) -> tuple[Sentence, ...]:
    asked = (
        say(
            "{applicant} asked whether you would write a letter of recommendation, by {by}.",
            applicant=applicant,
            by=by,
        )
        if by
        else say("{applicant} asked whether you would write a letter of recommendation.", applicant=applicant)
    )
    if number == 3:
        last = (
            say("This is the last time we ask. A no is a good answer too, and takes one click.")
            if page_url
            else say("This is the last time we ask. A no is a good answer too, and takes one word.")
        )
        return (asked, last)
    return (
        asked,
        say(
            "A yes helps, and so does a no. If you need to know more first, ask {applicant}.",
            applicant=applicant,
        ),
    )
