"""The ask: an applicant's own words to a writer, the page that shows what it is for, and an easy no."""

from __future__ import annotations

from datetime import date

from vouchsafe.adapters.post.kinds.foot import reads_replies, sent_for, via
from vouchsafe.adapters.post.mail import Attachment, Link, Mail, Route
from vouchsafe.core.words import Sentence, say


def ask(
    route: Route,
    *,
    applicant: str,
    words: str,
    by: date | None = None,
    subject: str = "",
    page_url: str = "",
    attachments: tuple[Attachment, ...] = (),
) -> Mail:
    """Without a `page_url` (an instance nobody can reach) the writer answers by replying.

    A reply is asked for only where it can arrive.

    `subject` is the applicant's own; left empty, the mail says who asks and by when.
    """
    replies = reads_replies(route, page_url)
    return Mail(
        kind="ask",
        route=route,
        from_name=via(applicant, route.house),
        subject=subject or _subject(applicant, by),
        preheader=_preheader(by, page_url, replies),
        words=words,
        button=Link(say("See what it is for, and answer"), page_url) if page_url else None,
        lines=_lines(page_url, replies),
        foot=sent_for(route, applicant),
        takes_reply=replies,
        attachments=attachments,
    )


def _subject(applicant: str, by: date | None) -> Sentence:
    if by:
        return say("{applicant} asks you for a letter by {by}", applicant=applicant, by=by)
    return say("{applicant} asks you for a letter", applicant=applicant)


def _preheader(by: date | None, page_url: str, replies: bool) -> Sentence:
    if not page_url:
        return say("You can answer by replying.")
    if by is None:
        return say("You can answer on one page.")
    if replies:
        return say("By {by}. You can answer on one page, or reply with the file attached.", by=by)
    return say("By {by}. You can answer on one page.", by=by)


def _lines(page_url: str, replies: bool) -> tuple[Sentence, ...]:
    if not page_url:
        return (
            say("Already have a letter? Reply with the file attached, and you are done."),
            say("Otherwise a yes or a no in your own words is enough. No account, no password."),
        )
    letter = (
        say("Already have a letter? Reply with the file attached, and you are done.")
        if replies
        else say("Already have a letter? The same page takes the file.")
    )
    return (letter, say("Cannot do it? The same page says no kindly. No account, no password."))
