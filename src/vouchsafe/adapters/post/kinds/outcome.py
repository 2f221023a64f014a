"""How it ended, told to everyone who wrote, whatever the result; and the polite end of a request."""

from __future__ import annotations

from vouchsafe.adapters.post.kinds.foot import sent_for, via
from vouchsafe.adapters.post.mail import Attachment, Mail, Route
from vouchsafe.core.words import say


def outcome(route: Route, *, applicant: str, words: str, purpose: str) -> Mail:
    """`words` tell the result; `purpose` is what the letter was for."""
    return Mail(
        kind="outcome",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("How it went: {purpose}", purpose=purpose),
        preheader=say("You wrote for {applicant}. This is what came of it.", applicant=applicant),
        words=words,
        foot=sent_for(route, applicant),
    )


def cancelled(
    route: Route,
    *,
    applicant: str,
    purpose: str,
    words: str = "",
    attachments: tuple[Attachment, ...] = (),
) -> Mail:
    """The letter is no longer needed. Said at once, so that nobody writes in vain. A promised day is called off."""
    return Mail(
        kind="cancelled",
        route=route,
        from_name=via(applicant, route.house),
        subject=say("No letter needed for {applicant} after all", applicant=applicant),
        preheader=say("You need not do anything."),
        words=words,
        paragraphs=(
            say("{applicant} no longer needs a letter for {purpose}.", applicant=applicant, purpose=purpose),
            say("You need not do anything, and no more reminders will come. Thank you for being willing."),
            *((say("The attached file takes the day out of your calendar."),) if attachments else ()),
        ),
        foot=sent_for(route, applicant),
        automatic=True,
        attachments=attachments,
    )
